# METADATA
# description: |
#   Classes of operations of the Docker API. Which of a socket proxy's ordered rules concern an
#   operation depends on nothing but its method and its path, so that the operations that the
#   same rules concern are one class, which is decided once.
package composelint.rule_classes

import data.composelint.eras
import data.composelint.operations

# of are the classes of a set of rules. Those of the kinds that come with composelint are prepared
# (tables.rego); those of any other kind, and those before Podman, are made here.
of(id, false) := data.composelint.prepared.rule_sets[id]

of(id, false) := group(rule_sets[id], data.composelint.docker_api.operations) if not data.composelint.prepared.rule_sets[id]

of(id, true) := group(rule_sets[id], array.concat(data.composelint.docker_api.operations, data.composelint.docker_api.libpod))

# rule_sets are all ordered rules that are known: those of a kind, of its eras and of its profiles.
rule_sets := object.union_n([
	{kind: proxy.rules | some kind, proxy in data.composelint.proxies; proxy.rules},
	{$"{kind}@{i}": eras.rules(proxy, i) | some kind, proxy in data.composelint.proxies; proxy.rules; some i, _ in proxy.eras},
	{$"{kind}/{profile}": rules | some kind, proxy in data.composelint.proxies; some profile, rules in proxy.profiles},
])

# group makes the classes of operations under ordered rules, and says of which one each is. A class
# is its steps: a verdict, when it applies (always, or while a flag is on or off), and that
# flag. The last step always applies; its flag is the last that would have said otherwise. The
# flags are all that steps name.
group(rules, asked) := {"classes": grouped, "of": numbered, "flags": named} if {
	by_operation := {operation.id: _steps(rules, operation) | some operation in asked}
	grouped := [steps | some steps in {steps | some steps in by_operation}]
	numbered := {id: i | some id, its in by_operation; some i, steps in grouped; steps == its}
	named := [flag | some flag in {flag | some steps in grouped; some [_, _, flag] in steps}; flag != ""]
}

_steps(rules, operation) := _closed(array.slice(steps, 0, end + 1)) if {
	concerned := [[rule.verdict, _when(rule), object.get(rule, "if", object.get(rule, "unless", ""))] |
		some rule in rules
		_concerns_method(rule, operation.method)
		_concerns_path(rule, operations.paths[operation.id][0])
	]
	steps := array.concat(concerned, [["deny", "always", ""]])
	end := min({i | some i, step in steps; step[1] == "always"})
}

_closed(steps) := array.concat(array.slice(steps, 0, count(steps) - 1), [[last[0], last[1], flag]]) if {
	last := steps[count(steps) - 1]
	flag := _last([flag | some [verdict, "on", flag] in steps; verdict != last[0]])
}

_last(flags) := flags[count(flags) - 1] if {
	count(flags) > 0
} else := ""

_when(rule) := "on" if {
	rule["if"]
} else := "off" if {
	rule.unless
} else := "always"

_concerns_method(rule, method) if method in rule.methods

_concerns_method(rule, method) if {
	not rule.methods
	not method in object.get(rule, "not_methods", [])
}

_concerns_path(rule, path) if regex.match(rule.path, path)

_concerns_path(rule, _) if not rule.path

# flag_sets are, of the steps of a class, the sets of flags each of which lets its operations through, if
# all others are off.
#     rule_classes.flag_sets([["deny", "off", "POST"], ["allow", "on", "CONTAINERS"], ["deny", "always", ""]])
flag_sets(steps) := {needed |
	some i, ["allow", when, flag] in steps
	when != "off"
	before := array.slice(steps, 0, i)
	needed := {flag | when == "on"} | {gate | some ["deny", "off", gate] in before}
	count(needed & {closing | some ["deny", "on", closing] in before}) == 0
}

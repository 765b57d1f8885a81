# METADATA
# description: The forms of a finding. They are what policies of users are promised (docs/policies.md).
package composelint.lint

# on is a finding about a node of the model.
#     lint.on({"at": "services.web"}, "what is wrong")
on(node, message) := {"at": node.at, "message": message}

# on_key is a finding about one value of a node.
#     lint.on_key({"at": "services.web"}, "privileged", "what is wrong")
on_key(node, key, message) := {"at": node.at, "key": key, "message": message}

# with_severity states a finding's severity where it can be below that of the METADATA.
#     lint.with_severity(lint.on({"at": "services.web"}, "what is wrong"), "note")
with_severity(finding, severity) := object.union(finding, {"severity": severity})

# with_related adds further places to a finding, each an at with a label. Of many, those are enough
# that somebody still reads: shown.
#     lint.with_related(lint.on({"at": "services.web"}, "what is wrong"), [{"at": "networks.front", "label": "on this network"}])
with_related(finding, related) := object.union(finding, {"related": related})

# against names the controls of standards that a finding speaks against, where they are not all those of
# its rule.
#     lint.against(lint.on({"at": "services.web"}, "what is wrong"), ["cis-docker-1.8.0/5.11"])
against(finding, controls) := object.union(finding, {"controls": controls})

# about says what a finding is about that could stand at any of several nodes, such as a variable that
# many values need: by that, a baseline and an alert know it again when it stands at another one.
#     lint.about(lint.on({"at": "services.web"}, "what is wrong"), "team[\"web\"]")
about(finding, subject) := object.union(finding, {"about": subject})

# shown are the first of what a finding has many of, such as all services of a network.
#     count(lint.shown(numbers.range(1, 100)))
shown(many) := array.slice(many, 0, most_shown)

# most_shown is how many those are.
most_shown := 20

# with_path adds the way of an attack to a finding, from its entry to what it reaches: each
# step an at with a label.
#     lint.with_path(lint.on({"at": "services.web"}, "what is wrong"), [{"at": "services.web", "label": "service \"web\""}])
with_path(finding, path) := object.union(finding, {"path": path})

# with_fix adds a way to mend a finding, the best one first. A title says what it does, as one would ask
# for it.
#     lint.with_fix(lint.on({"at": "services.web"}, "what is wrong"), lint.safe("remove \"privileged\"", [lint.remove_key({"at": "services.web"}, "privileged")]))
with_fix(finding, fix) := object.union(finding, {"fixes": array.concat(object.get(finding, "fixes", []), [fix])})

# with_fixes adds several ways, the best one first.
#     lint.with_fixes(lint.on({"at": "services.web"}, "what is wrong"), [lint.by_hand("nobody knows what it needs")])
with_fixes(finding, fixes) := object.union(finding, {"fixes": array.concat(object.get(finding, "fixes", []), fixes)})

# by_hand is said of a finding that other findings of its rule have a fix for, and this one has not. It says why.
#     lint.by_hand("what it needs is not known")
by_hand(why) := {"title": "", "edits": [], "refused": why}

# safe is a fix after which Compose makes the same of the files but for what the finding is about, and the
# service is known to go on to run.
#     lint.safe("remove \"privileged\"", [lint.remove_key({"at": "services.web"}, "privileged")])
safe(title, edits) := {"title": title, "edits": edits}

# unsafe is a fix after which something may be otherwise. The risk says what, as a clause.
#     lint.unsafe("remove \"privileged\"", "it may need a device", [lint.remove_key({"at": "services.web"}, "privileged")])
unsafe(title, risk, edits) := {"title": title, "risk": risk, "edits": edits}

# set is the edit that gives what stands under Compose's keys below a node another value, or adds it.
#     lint.set({"at": "services.web"}, ["read_only"], true)
set(node, path, value) := {"op": "set", "at": node.at, "path": path, "value": value}

# append is the edit that adds an item to the list under Compose's keys below a node.
#     lint.append({"at": "services.web"}, ["security_opt"], "no-new-privileges:true")
append(node, path, value) := {"op": "append", "at": node.at, "path": path, "value": value}

# remove is the edit that takes a node out of the files.
#     lint.remove({"at": "services.web.environment[POST]"})
remove(node) := {"op": "remove", "at": node.at}

# remove_key is the edit that takes out what a node has under one of Compose's keys.
#     lint.remove_key({"at": "services.web"}, "privileged")
remove_key(node, key) := {"op": "remove", "at": node.at, "key": key}

# replace is the edit that gives a node that is a text, or a part of one, another one.
#     lint.replace({"at": "services.web.image"}, "nginx:1.29")
replace(node, value) := {"op": "replace", "at": node.at, "value": value}

# define is the edit that adds a service, a network or the like to the file of a node, under Compose's keys.
#     lint.define({"at": "services.web"}, ["networks", "docker-api"], {"internal": true})
define(node, path, value) := {"op": "define", "at": node.at, "path": path, "value": value}

# rename is the edit that gives a node another key.
#     lint.rename({"at": "services.web.environment[LEVEL]"}, "LOG_LEVEL")
rename(node, name) := {"op": "rename", "at": node.at, "value": name}

# correct is the edit that writes what is right in the place of a slip of it: the text of a node, or its key.
#     lint.correct({"at": "services.web.prots"}, "ports")
correct(node, value) := {"op": "correct", "at": node.at, "value": value}

# require is the edit that asks for a variable, by ${NAME:?}, in the place of the secret in a node, which no
# policy repeats. Of a variable whose default the secret is, the default goes.
#     lint.require({"at": "services.web.environment[PASSWORD]"}, "PASSWORD")
require(node, variable) := {"op": "require", "at": node.at, "value": variable}

# unquote is the edit that takes quotes off which are a part of a value.
#     lint.unquote({"at": "services.web.environment[LEVEL]"})
unquote(node) := {"op": "unquote", "at": node.at}

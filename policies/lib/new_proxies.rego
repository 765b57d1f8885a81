# METADATA
# description: |
#   The socket proxies that a project does not have yet: of the kinds with flags that are known to run hardened,
#   the one that lets through what a client needs and the least besides, as a service of Compose.
#   data.composelint.deployments has the kinds.
package composelint.new_proxies

import data.composelint.eras
import data.composelint.fewest_flags
import data.composelint.flag_effects
import data.composelint.rule_classes

# for_needs is the best proxy for operations, by the kind that denies the fewest of them, does not give away
# the host, lets through the least, and takes the fewest flags. Those that are on by default stay on where
# operations that may be needed besides take them.
#     new_proxies.for_needs({"ContainerList"}, {"SystemPing"})
for_needs(needs, wishes) := min({[count(of_kind.denied), of_kind.root, count(of_kind.passing), count(of_kind.flags), kind, of_kind] |
	some kind, _ in _kinds
	of_kind := _of_kind(kind, needs, wishes)
})[5]

_of_kind(kind, needs, wishes) := {
	"kind": kind,
	"flags": flags,
	"off": _kinds[kind].default_on - (flags | more),
	"passing": passing,
	"denied": needs - passing,
	"root": flag_effects.root("", passing),
} if {
	flags := _fewest(kind, needs)
	more := _fewest(kind, needs | wishes)
	passing := _passing(kind, flags | (_kinds[kind].default_on & more))
}

_fewest(kind, operations) := fewest_flags.fewest_of(_kinds[kind].sets, _kinds[kind].gate, {_kinds[kind].sets[class] |
	some operation in operations
	class := _kinds[kind].of[operation]
})

_passing(kind, flags) := {operation |
	classes := {class | some class, sets in _kinds[kind].sets; some enough in sets; count(enough - flags) == 0}
	some operation, class in _kinds[kind].of
	class in classes
}

# _kinds are those that are known to run hardened, with what each class of operations takes.
_kinds := {kind: {"gate": gate, "of": classes.of, "sets": sets, "default_on": default_on} |
	some kind, deployment in data.composelint.deployments
	proxy := data.composelint.proxies[kind]
	proxy.language == "flags"
	[id, facts] := _as_released(kind, proxy, regex.replace(deployment.image, `^.*:`, ""))
	classes := rule_classes.of(id, false)
	gate := object.get(proxy, "gate", "")
	sets := [rule_classes.flag_sets(steps) | some steps in classes.classes]
	truth := data.composelint.truth[proxy.truth]
	default_on := {flag | some flag in classes.flags; regex.match(truth.flag, facts.variables[flag])}
}

# _as_released are the rules and the facts of a kind in the release of a tag.
_as_released(kind, proxy, tag) := [$"{kind}@{era}", eras.facts(proxy, era)] if {
	era := eras.of(proxy, tag)
} else := [kind, proxy]

# service is a proxy as a service of Compose, on a network, with a socket of the host.
#     new_proxies.service(new_proxies.for_needs({"ContainerList"}, set()), "docker-api", "/var/run/docker.sock")
service(proxy, network, socket) := object.union_n([
	{
		"image": deployment.image,
		"restart": "unless-stopped",
		"read_only": true,
		"cap_drop": ["ALL"],
		"security_opt": ["no-new-privileges:true"],
		"environment": object.union({flag: "0" | some flag in proxy.off}, {flag: "1" | some flag in proxy.flags}),
		"volumes": [$"{socket}:/var/run/docker.sock:ro"],
		"networks": [network],
		"mem_limit": "256m",
		"cpus": 0.5,
		"pids_limit": 100,
	},
	{"cap_add": deployment.cap_add | count(deployment.cap_add) > 0},
	{"tmpfs": deployment.tmpfs | count(deployment.tmpfs) > 0},
	{"labels": {"traefik.enable": "false"} | count(traefiks) > 0},
]) if deployment := data.composelint.deployments[proxy.kind]

# port is where it listens.
#     new_proxies.port(new_proxies.for_needs({"ContainerList"}, set()))
port(proxy) := data.composelint.proxies[proxy.kind].port

# traefiks are the services that may route to every container that does not object.
traefiks := {service.name | some service in input.project.services; service.traefik}

# METADATA
# title: Traefik routes to every container
# description: |
#   Traefik's Docker provider makes a route to every container that it sees and that has a port,
#   under a host name made of the container's, unless the container objects: databases and
#   administration interfaces too, and whatever is started on the host tomorrow. A request with
#   the right `Host` header is all that it takes to reach them.
#
#   Set `--providers.docker.exposedbydefault=false` on Traefik, and the label
#   `traefik.enable=true` on the services that it is to route to.
# related_resources:
#   - ref: https://doc.traefik.io/traefik/providers/docker/#exposedbydefault
#     description: exposedByDefault, in Traefik's documentation
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [nist-800-190/4.4.2]
#   tags: [external/cwe/cwe-668, external/cwe/cwe-1188]
#   techniques: [T1190]
package composelint.rules["traefik-exposed-by-default"]

import data.composelint.lint
import data.composelint.proxy_plans
import data.composelint.services
import data.composelint.traefik

findings contains lint.with_fixes(lint.on({"at": own[0][0]}, message), _fixes(name, $"{provider}.exposedbydefault")) if {
	some name, options in traefik.options
	not name in traefik.perhaps_with_file
	some provider in ["docker", "providers.docker", "swarm", "providers.swarm"]
	own := [[at, option] |
		some [at, option] in options
		startswith($"{option}.", $"{provider}.")
	]
	count(own) > 0
	not _restricted(own, provider)
	message := $`{services.by_name[name].called} makes a route to every container that does not object: set "{provider}.exposedbydefault" to "false"`
}

# Who is routed to by labels says now that it wants to be.
_fixes(name, option) := [lint.unsafe(
	$`set "{option}" to "false"`,
	"a container of another project that does not say traefik.enable=true has no route any more",
	array.concat([edit], _routed),
) |
	some edit in _edits(name, option)
]

_edits(name, option) := [edit | some spelt in stated; some edit in proxy_plans.option_edits(name, spelt, "false")] if {
	stated := {stated.name | some stated in services.by_name[name].options; lower(stated.name) == option}
	count(stated) > 0
} else := [lint.append(services.by_name[name], ["command"], $"--{option}=false")] if {
	count(services.by_name[name].command) > 0
} else := [lint.set(services.by_name[name], ["environment", variable], "false")] if {
	variable := $"TRAEFIK_{upper(replace(option, ".", "_"))}"
}

_routed := [lint.set(service, ["labels", "traefik.enable"], "true") |
	some service in input.project.services
	names := {lower(label.name) | some label in service.labels}
	not "traefik.enable" in names
	some_router := [name | some name in names; regex.match(`^traefik\.(http|tcp|udp)\.`, name)]
	count(some_router) > 0
]

# A value that is not known may be right.
_restricted(own, provider) if {
	some [at, option] in own
	option in {provider, $"{provider}.exposedbydefault"}
	not traefik.on(at)
}

_restricted(own, provider) if {
	some [_, option] in own
	option == $"{provider}.constraints"
}

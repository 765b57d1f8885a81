# METADATA
# title: Hardening that docker stack deploy ignores
# description: |
#   `docker stack deploy` goes by a part of the Compose file only. It passes over
#   `security_opt`, `network_mode` and others with a line on the terminal at most, and over
#   the host address of a published port: the file looks safe, and what runs is not. This is
#   judged with `--target swarm`.
#
#   Use what a swarm goes by instead: `cap_drop`, `read_only`, `user` and `ulimits`,
#   `deploy.resources.limits`, a network with `internal: true`, a volume of `type: tmpfs`;
#   and set for the whole engine, in `daemon.json`, what it cannot set for a service, such
#   as `no-new-privileges`.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/docker/stack/deploy/
#     description: docker stack deploy
#   - ref: https://docs.docker.com/engine/swarm/stack-deploy/
#     description: Deploy a stack to a swarm
#   - ref: https://github.com/docker/cli/blob/v28.5.1/cli/compose/types/types.go
#     description: What docker stack deploy does not support
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   by_hand: what a swarm goes by instead is set in other places, such as the daemon.json of its machines
#   controls: []
#   tags: [external/cwe/cwe-693]
#   techniques: [T1562.001]
package composelint.rules["stack-ignored-option"]

import data.composelint.lint

findings contains lint.on(option, message) if {
	input.config.target == "swarm"
	some service in input.project.services
	some option in service.security_options
	_hardens(option.name, option.value)
	message := _message(service.called, $`the option "{option.name}" of`, _option(option.name))
}

findings contains lint.on(namespace, message) if {
	input.config.target == "swarm"
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "network"
	namespace.mode in _separating
	message := _message(service.called, $`"network_mode: {namespace.mode}" of`, "network_mode")
}

findings contains lint.on_key(service, "cgroup_parent", message) if {
	input.config.target == "swarm"
	some service in input.project.services
	service.cgroup_parent != ""
	message := _message(service.called, `"cgroup_parent" of`, "cgroup_parent")
}

# Without its tmpfs a container is no less safe, as its files are writable anyway or nowhere.
findings contains lint.with_severity(lint.on(mount, message), "note") if {
	input.config.target == "swarm"
	some service in input.project.services
	some mount in service.mounts
	mount.type == "tmpfs"
	startswith(mount.at, $`{service.at}.tmpfs[`)
	target := mount.target
	message := _message(service.called, $`the tmpfs "{target}" of`, "tmpfs")
}

findings contains lint.on(port, message) if {
	input.config.target == "swarm"
	some service in input.project.services
	some port in service.ports
	address := port.host_ip
	not address in {"0.0.0.0", "::", ""}
	message := _message(service.called, $`the address "{address}" of a port of`, "ports")
}

_option(name) := name if {
	data.composelint.stack_ignored.options[name]
} else := "security_opt"

_hardens(name, value) if {
	not name in data.composelint.stack_ignored.weakening.names
	not value in data.composelint.stack_ignored.weakening.values
}

# _separating are the modes that keep a container off the network, or on one way out.
_separating := {"none", "service", "container"}

_message(called, what, key) := $`"docker stack deploy" ignores {what} {called}, so that {option.instead}: {option.remedy}` if {
	option := data.composelint.stack_ignored.options[key]
}

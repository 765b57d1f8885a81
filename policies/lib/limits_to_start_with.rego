# METADATA
# description: |
#   Limits for services that have none, as a start: enough for most programs, more for images that are known to
#   need it.
package composelint.limits_to_start_with

import data.composelint.images
import data.composelint.lint

# fix states the limits that a service lacks: of memory, CPU or both.
#     limits_to_start_with.fix(services.by_name.web, ["memory", "CPU"])
fix(service, lacks) := lint.by_hand("its settings say how much memory it takes: a limit has to be above that") if {
	"memory" in lacks
	service.at in _sized
} else := lint.unsafe(title, "what needs more memory is killed, and more processors slow: look at docker stats under load first", edits) if {
	keys := _keys(service.at)
	values := {"memory": _memory(service.at, service.name), "CPU": _cpus(service.at)}
	edits := [lint.set(service, keys[limit], values[limit]) | some limit in lacks]
	title := $`limit it to {concat(" and ", [_phrase(limit, values[limit]) | some limit in lacks])}`
}

# pids limits the processes of a service.
#     limits_to_start_with.pids(services.by_name.web)
pids(service) := lint.unsafe("limit it to 1000 processes", "what needs more processes and threads fails: look at docker stats under load first", [lint.set(service, _keys(service.at).pids, 1000)])

# _sized are the services that are told how much memory to take.
_sized contains service.at if {
	some service in input.project.services
	some setting in array.concat(service.environment, service.options)
	regex.match(`(?i)(java_opts|jvm|heap|memory|cache.?size|buffer.?pool|shared.?buffers)`, setting.name)
}

_phrase("memory", value) := $"{value} of memory"

_phrase("CPU", value) := {true: "one CPU", false: $"{value} CPUs"}[value == 1]

# What a service states under deploy is where others look for it, and a swarm goes by that alone.
_keys(at) := {"memory": ["deploy", "resources", "limits", "memory"], "CPU": ["deploy", "resources", "limits", "cpus"], "pids": ["deploy", "resources", "limits", "pids"]} if {
	at in _by_deploy
} else := {"memory": ["mem_limit"], "CPU": ["cpus"], "pids": ["pids_limit"]}

_by_deploy contains service.at if {
	input.config.target == "swarm"
	some service in input.project.services
}

_by_deploy contains service.at if {
	some service in input.project.services
	some resources in [service.deploy.limits, service.deploy.reservations]
	some amount in resources
	amount != 0
}

# Twice of what is reserved, or what is known, or plenty: a limit that is too high does less harm than one that
# kills.
_memory(at, name) := $"{ceil((2 * _reserved_memory[at]) / 1073741824)}g" if {
	_reserved_memory[at] > 1073741824
} else := known.memory if {
	known := data.composelint.image_memory.images[images.known[name]]
} else := data.composelint.image_memory.others

_cpus(at) := ceil(_reserved_cpus[at]) if {
	_reserved_cpus[at] > 1
} else := 1

_reserved_memory := {service.at: service.deploy.reservations.memory | some service in input.project.services}

_reserved_cpus := {service.at: service.deploy.reservations.cpus | some service in input.project.services}

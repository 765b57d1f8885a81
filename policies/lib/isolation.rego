# METADATA
# description: What containers share with each other and with the host, for several rules.
package composelint.isolation

import data.composelint.lint
import data.composelint.mounts

# rights are, by service, those that lead to the host, as phrases.
rights := {service.name: phrases |
	some service in input.project.services
	privileged := {"is privileged" | service.privileged == true}
	capable := {phrase |
		some capability in service.cap_add
		data.composelint.capabilities.added[capability.name].severity == "error"
		phrase := $`has the capability "{capability.name}"`
	}
	mounted := {"holds an API socket" | some mount in service.mounts; mounts.api_sockets[mount.at]}
	given := {"holds an API socket" | service.use_api_socket == true}
	phrases := union({privileged, capable, mounted, given})
}

# lent are, by the at of a namespace that a container joins, the right that its owner has and
# the container itself has not: the gravest, if there are several.
lent := {namespace.at: right |
	some service in input.project.services
	own := rights[service.name]
	not "is privileged" in own
	some namespace in service.namespaces
	right := max(rights[namespace.joined] - own)
}

# shared are the namespaces, as [name, service], that are not a container's alone: those of the
# host, and PID namespaces with other containers in them. A hook takes what it does not state
# from its service.
shared := _stated_shared | {[name, service.name] |
	some service in input.project.services
	service.name != service.owner
	some name in ["network", "pid", "ipc", "uts"]
	[name, service.owner] in _stated_shared
	not [name, service.name] in _stated
}

_stated := {[namespace.name, service.name] |
	some service in input.project.services
	some namespace in service.namespaces
}

_stated_shared := {[namespace.name, service.name] |
	some service in input.project.services
	some namespace in service.namespaces
	namespace.host == true
} | {["pid", name] |
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "pid"
	namespace.of != ""
	some name in ({namespace.joined, service.name} - {""})
}

# own_namespace is the fix that gives a container a namespace of its own.
#     isolation.own_namespace({"at": "services.web.pid", "name": "pid"})
own_namespace(namespace) := lint.unsafe($`give it {names[namespace.name]} namespace of its own`, "what it does in the other one does not work any more", [lint.remove(namespace)])

# names are the namespaces as a phrase has them.
names := {"cgroup": "a cgroup", "ipc": "an IPC", "pid": "a PID", "userns": "a user"}

# METADATA
# description: What the engine's configuration makes of containers.
package composelint.daemon

# said is the place of a key of the engine's configuration, as the related place of a finding.
#     daemon.said({"at": "daemon"}, "userns-remap")
said(daemon, key) := [{"at": daemon.at, "key": key, "label": "the engine's configuration says so"}]

# remapped are the services, by name, whose root is another user on the host: by userns-remap, which
# they do not undo.
remapped contains service.name if {
	input.daemon.userns_remap != ""
	some service in input.project.services
	count({service.name, service.owner} & _in_host_namespace) == 0
}

_in_host_namespace contains service.name if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "userns"
}

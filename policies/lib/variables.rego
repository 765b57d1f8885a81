# METADATA
# description: The variables whose values are not known here, and what depends on them.
package composelint.variables

import data.composelint.rules["docker-socket-mount"] as docker_socket_mount

# required are the uses of each variable that the file requires and nobody sets, by its name: those
# that require it first, then all others.
required[variable] := array.concat([use | some use in requiring], [use | some use in object.get(_others, variable, set())]) if {
	some variable, requiring in _requiring
}

_requiring[unknown.variable] contains use if {
	some unknown in untold
	unknown.required == true
	use := {"at": unknown.at, "key": unknown.key, "reason": unknown.reason}
}

_others[unknown.variable] contains use if {
	some unknown in untold
	unknown.required == false
	use := {"at": unknown.at, "key": unknown.key, "reason": ""}
}

# untold are the values that are not known, but for those of which a finding says so already.
untold contains unknown if {
	some unknown in input.unknown
	not unknown.at in _told
}

_told contains finding.at if {
	"docker-socket-mount" in input.config.enabled
	some finding in docker_socket_mount.findings
	finding.at in _partial
}

_partial contains mount.at if {
	some service in input.project.services
	some mount in service.mounts
	mount.partial
}

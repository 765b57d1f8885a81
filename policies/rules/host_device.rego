# METADATA
# title: Device of the host
# description: |
#   A device is handed over as the host has it, without what a file system or a driver of the
#   host would check in between. With a disk, a container reads and changes every file of the
#   host; with `/dev/mem` or a processor's registers, the kernel; with other devices (serial
#   ports, USB, `/dev/fuse`, `/dev/kvm`) whatever is attached to them, and code of the kernel
#   that few have tested against attackers. `device_cgroup_rules` grants the same by numbers.
#
#   Bind the directory that is meant instead of the disk, and name one device instead of a
#   directory or a wildcard. Where the device is what the service is for, such as the stick of
#   a home automation, grant it without making nodes (`/dev/ttyUSB0:/dev/ttyUSB0:rw`) and
#   ignore the finding with a reason. Graphics cards and `/dev/net/tun` draw none.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#devices
#     description: devices, in the Compose file reference
#   - ref: https://docs.docker.com/reference/compose-file/services/#device_cgroup_rules
#     description: device_cgroup_rules, in the Compose file reference
#   - ref: https://docs.docker.com/reference/cli/docker/container/run/#device
#     description: Devices of the host in a container
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.18, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-668]
#   techniques: [T1611]
package composelint.rules["host-device"]

import data.composelint.lint
import data.composelint.needed_privileges

findings contains _with_fix(lint.with_severity(lint.on(device, message), kind.severity), device, kind.instead) if {
	some service in input.project.services
	some device in service.devices
	device.permissions != "m"
	not device.at in _needed
	kind := _kind_of_path(device.source)
	message := $`{service.called} gets the host's device "{device.source}"{_can(kind)}: {kind.instead}`
}

findings contains lint.with_severity(lint.on(device, message), "note") if {
	some service in input.project.services
	some device in service.devices
	device.permissions != "m"
	need := needed_privileges.of(service.name, "devices", device.source)
	kind := _kind_of_path(device.source)
	message := $`{service.called} gets the host's device "{device.source}", {need}: {needed_privileges.remains(kind.can)}`
}

findings contains _with_fix(lint.with_severity(lint.on(grant, message), kind.severity), grant, kind.instead) if {
	some service in input.project.services
	some grant in service.device_cgroup_rules

	# To make device nodes is every container's right.
	grant.access != "m"
	rule := $"{grant.type} {grant.major}:{grant.minor}"
	kind := _kind_of_rule(rule)
	message := $`{service.called} may use the host's devices "{rule}"{_can(kind)}: {kind.instead}`
}

_with_fix(finding, device, instead) := lint.with_fix(finding, lint.unsafe("remove it", "what needs the device does not work any more", [lint.remove(device)])) if {
	startswith(instead, "remove it")
} else := finding

_needed := {device.at |
	some service in input.project.services
	some device in service.devices
	needed_privileges.of(service.name, "devices", device.source)
}

_can(kind) := $", with which it can {kind.can}" if {
	kind.can
} else := ""

_other := {"severity": "warning", "instead": "remove it unless the service cannot work without it"}

# What is no absolute path and no name of the Container Device Interface is no device that
# Docker knows.
_kind_of_path(path) := kind if {
	regex.match(`^/|=`, path)
	kind := _first(array.concat(data.composelint.devices.paths, [_other]), path)
	kind.severity != "silent"
}

_kind_of_rule(rule) := kind if {
	kind := _first(array.concat(data.composelint.devices.numbers, [_other]), rule)
	kind.severity != "silent"
}

_first(kinds, text) := [kind | some kind in kinds; regex.match(object.get(kind, "pattern", ""), text)][0]

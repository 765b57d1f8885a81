# METADATA
# title: Volume that mounts a device of the host
# description: |
#   The local driver mounts what `driver_opts` say as root of the host, before the container starts
#   and whatever it may do itself. With a file system on a disk, such as `type: ext4` and
#   `device: /dev/sda1`, all files on that disk are in the container, the host's own among them,
#   past every permission. A file system of the kernel can do as much.
#
#   Mount the disk on the host and bind the directory that the container needs, or leave
#   `driver_opts` out. Network file systems and `tmpfs` are no finding.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/docker/volume/create/#driver-specific-options
#     description: Options of the local driver
#   - ref: https://man7.org/linux/man-pages/man2/mount.2.html
#     description: mount(2)
# custom:
#   severity: error
#   security_severity: 8.5
#   precision: medium
#   set: default
#   by_hand: which directory of the file system is needed is for you to say
#   controls: [cis-docker-1.8.0/5.6, cis-docker-1.8.0/5.18]
#   tags: [external/cwe/cwe-250, external/cwe/cwe-668]
#   techniques: [T1611]
package composelint.rules["device-volume"]

import data.composelint.lint

findings contains lint.on(volume, message) if {
	some volume in input.project.volumes
	volume.type != ""
	volume.device == ""
	not volume.name in _plain
	message := $`the volume "{volume.name}" mounts the file system "{volume.type}"{_of(volume.source)} as root of the host: bind the directory that is needed`
}

_plain contains volume.name if {
	some volume in input.project.volumes
	some known in data.composelint.volume_types.plain
	regex.match(known.pattern, volume.type)
}

_of("") := ""

_of(source) := $` of "{source}"` if source != ""

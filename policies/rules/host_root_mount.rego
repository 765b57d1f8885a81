# METADATA
# title: The host's root directory in a container
# description: |
#   The whole file system of the host is in the container. Writable, that is root on the
#   host: a line in `/etc/shadow`, a cron job, an SSH key. Read-only, it still shows every
#   secret there is: keys, password hashes, other containers' volumes and environment; and
#   the sockets in it, the container engine's above all, take orders through a read-only
#   mount as well.
#
#   Mount the one directory that the container needs, read-only if it only reads.
#   Monitoring agents mostly need `/proc`, `/sys` or `/var/log` and document which; for those
#   that are known to need all of it, read-only, this is a note.
# related_resources:
#   - ref: https://docs.docker.com/engine/storage/bind-mounts/
#     description: Bind mounts
#   - ref: https://docs.docker.com/engine/security/#docker-daemon-attack-surface
#     description: Docker daemon attack surface
# custom:
#   severity: error
#   security_severity: 9.5
#   precision: very-high
#   set: default
#   fixes: [safe]
#   controls: [cis-docker-1.8.0/5.6, cis-docker-1.8.0/5.32, nist-800-190/4.5.5]
#   tags: [external/cwe/cwe-250, external/cwe/cwe-668]
#   techniques: [T1611, T1485]
package composelint.rules["host-root-mount"]

import data.composelint.lint
import data.composelint.mounts
import data.composelint.needed_privileges
import data.composelint.outsiders

findings contains _with_fix(outsiders.with_way(lint.on(mount, message), service.owner, mount.at), mount) if {
	some service in input.project.services
	some mount in service.mounts
	mount.type in {"bind", "volume", "secret", "config"}
	mount.host_path == "/"
	not needed_privileges.mount[mount.at]
	message := $`{service.called} mounts the host's root directory{_mode(mount.at)}: {_remedy(mount.at)}`
}

findings contains lint.with_severity(lint.on(mount, message), "note") if {
	some service in input.project.services
	some mount in service.mounts
	mount.host_path == "/"
	need := needed_privileges.mount[mount.at]
	remains := needed_privileges.remains("read every secret of the host, and as root use the API socket in it")
	message := $`{service.called} mounts the host's root directory read-only, {need}: {remains}`
}

findings contains lint.on_key(watch, "path", message) if {
	some service in input.project.services
	some watch in service.watch
	startswith(watch.action, "sync")
	watch.path == "/"
	message := $`{service.called} gets a copy of the host's root directory while it is watched: watch the sources alone`
}

# Which one directory it needs, nobody else knows.
_with_fix(finding, mount) := lint.with_fix(finding, mounts.read_only_fix(mount, true)) if {
	mount.at in needed_privileges.writable
} else := finding

_mode(at) := " read-only, with every secret and the API socket in it" if {
	at in mounts.read_only
} else := " writable, which is root on the host" if {
	at in mounts.writable
} else := ""

_remedy(at) := `mount it read-only, with ":ro"` if {
	at in needed_privileges.writable
} else := "mount the one directory it needs"

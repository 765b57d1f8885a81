# METADATA
# title: Sensitive path of the host in a container
# description: |
#   The container has files of the host that are not its own. Writable, a system directory
#   is a way to become root there: a cron job, a unit of systemd, an account, a program
#   that the host runs. Read-only, it still hands out keys, password hashes, logs, and the
#   files of other containers. A socket takes orders through a read-only mount as well.
#
#   A secret, a config or an env file is such a file as well where it is one of the host's, and so
#   is what `develop.watch` copies into the container.
#
#   Mount the one file or directory that the container needs, with `:ro` where it only
#   reads; hand over keys and passwords with `secrets`. Monitoring agents do read `/proc`
#   and `/sys`: their documentation says what else they need.
# related_resources:
#   - ref: https://docs.docker.com/engine/storage/bind-mounts/
#     description: Bind mounts
#   - ref: https://docs.docker.com/engine/security/#docker-daemon-attack-surface
#     description: Docker daemon attack surface
#   - ref: https://man7.org/linux/man-pages/man7/hier.7.html
#     description: "hier(7): what the directories of a Linux system hold"
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: high
#   set: default
#   fixes: [safe, unsafe]
#   controls: [cis-docker-1.8.0/5.6, nist-800-190/4.5.5]
#   tags: [external/cwe/cwe-668, external/cwe/cwe-732]
#   techniques: [T1611, T1552.001]
package composelint.rules["sensitive-host-mount"]

import data.composelint.host_paths
import data.composelint.lint
import data.composelint.mounts
import data.composelint.needed_privileges

findings contains _with_fix(lint.with_severity(lint.on(mount, message), severity), mount, mount.source, remedy) if {
	some service in input.project.services
	some mount in service.mounts
	mount.type in {"bind", "volume"}
	not mounts.api_sockets[mount.at]
	entry := host_paths.known[mount.host_path]
	mode := _mode(mount.at)
	severity := entry[_graded[mode]]
	severity != "none"
	not needed_privileges.mount[mount.at]
	does := _does(mode, entry)
	remedy := _remedy(mount.at, mode, entry)
	message := $`{service.called} {does} "{mount.source}", {entry.holds}: {remedy}`
}

findings contains lint.with_severity(lint.on(mount, message), "note") if {
	some service in input.project.services
	some mount in service.mounts
	mount.type in {"bind", "volume"}
	not mounts.api_sockets[mount.at]
	need := needed_privileges.mount[mount.at]
	entry := host_paths.known[mount.host_path]
	entry.read_only != "none"
	message := $`{service.called} can read "{mount.source}", {entry.holds}, {need}: {needed_privileges.remains("read that")}`
}

# A secret or a config is read-only, and meant: a key of its own among those of the host is no
# finding, but what the host has for itself.
findings contains lint.with_severity(lint.on_key(definition, "file", message), severity) if {
	some kind, definitions in {"secret": input.project.secrets, "config": input.project.configs}
	some definition in definitions
	severity := host_paths.as_files[definition.file]
	holds := host_paths.known[definition.file].holds
	message := $`the {kind} "{definition.name}" is "{definition.file}", {holds}: give it a file of its own`
}

findings contains lint.with_severity(lint.on(file, message), severity) if {
	some service in input.project.services
	some key, files in {"env_file": service.env_files, "label_file": service.label_files}
	some file in files
	severity := host_paths.as_files[file.path]
	holds := host_paths.known[file.path].holds
	message := $`the {key} of {service.called} is "{file.path}", {holds}: give it a file of its own`
}

# While it is watched, docker compose copies what changes.
findings contains lint.with_severity(lint.on_key(watch, "path", message), entry.read_only) if {
	some service in input.project.services
	some watch in service.watch
	startswith(watch.action, "sync")
	entry := host_paths.kept[watch.path]
	message := $`{service.called} gets a copy of "{watch.path}", {entry.holds}, while it is watched: watch the sources alone`
}

_with_fix(finding, mount, _, `mount it read-only, with ":ro"`) := lint.with_fix(finding, mounts.read_only_fix(mount, mount.at in needed_privileges.writable))

_with_fix(finding, mount, source, "leave it out") := lint.with_fix(finding, lint.unsafe($`leave out "{source}"`, "what needs it does not work any more", [lint.remove(mount)]))

_with_fix(finding, _, _, remedy) := finding if not remedy in {`mount it read-only, with ":ro"`, "leave it out"}

_mode(at) := "writable" if {
	at in mounts.writable
} else := "read-only" if {
	at in mounts.read_only
} else := "unknown"

# _graded is the grade that counts: where the mode is unknown, the lower one.
_graded := {"writable": "writable", "read-only": "read_only", "unknown": "read_only"}

_does("read-only", entry) := "can use, even read-only," if {
	entry.orders == true
} else := "can read"

_does("writable", entry) := "can use" if {
	entry.orders == true
} else := "can write to"

_does("unknown", _) := "mounts"

_remedy(at, mode, entry) := `mount it read-only, with ":ro"` if {
	at in needed_privileges.writable
} else := remedy if {
	remedy := entry.remedy[_graded[mode]]
} else := "leave it out" if {
	entry.orders == true
} else := `mount it read-only, with ":ro"` if {
	mode == "writable"
	entry.read_only in {"none", "note"}
} else := "mount only what it needs"

# METADATA
# title: Volume misses the data
# description: |
#   Docker's images keep their data in one directory, and a volume elsewhere is empty: the data are in
#   an anonymous volume or in the container itself, and a new container begins with none. PostgreSQL's
#   images of version 18 and later keep them in a directory of the version, and do not start at all
#   where something is mounted at the place of former versions.
#
#   Mount the volume where the image has its data. For PostgreSQL that is `/var/lib/postgresql` from
#   version 18 on, `/var/lib/postgresql/data` before. Data that are already in an anonymous volume
#   (`docker inspect` of the container names it) have to be copied first.
# related_resources:
#   - ref: https://github.com/docker-library/docs/blob/master/postgres/README.md#pgdata
#     description: PGDATA, in the page of PostgreSQL's image
#   - ref: https://docs.docker.com/engine/storage/volumes/
#     description: Volumes
# custom:
#   severity: error
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: []
#   tags: [correctness]
package composelint.rules["volume-misses-data"]

import data.composelint.images
import data.composelint.lint

findings contains lint.with_fix(lint.with_severity(lint.on(mount, message), severity), _mounted(mount, entry.data)) if {
	some service in input.project.services
	entry := _entries[service.name]
	some mount in service.mounts
	mount.target == entry.refused
	severity := {true: "warning", false: "error"}[object.get(entry, "moving", false)]
	message := $`{service.called} mounts something at "{mount.target}", with which its image does not start from version {entry.since} on: mount it at "{entry.data}"`
}

findings contains lint.with_fix(lint.with_severity(lint.on(mount, message), "warning"), _mounted(mount, entry.data)) if {
	some service in input.project.services
	service.name in _without_data
	entry := _entries[service.name]
	entry.declared == true
	some mount in service.mounts
	mount.type in {"bind", "volume"}
	mount.target != "/"
	startswith(entry.data, concat("", [mount.target, "/"]))
	message := $`{service.called} mounts something at "{mount.target}", while its image keeps the data in an anonymous volume at "{entry.data}": mount it there`
}

findings contains lint.with_fix(lint.with_severity(lint.on(volume, message), "warning"), _mounted(volume, entry.data)) if {
	some service in input.project.services
	service.name in _without_data
	volume := _only_volume[service.name]
	entry := _entries[service.name]
	message := $`{service.called} mounts the volume "{volume.volume}" at "{volume.target}", while its image keeps the data in "{entry.data}": mount it there`
}

_mounted(mount, path) := lint.unsafe($`mount it at "{path}"`, "data of now have to be moved there, and those of another version migrated", [lint.set(mount, ["target"], path)])

# _entries are, by service, what is known of the data of its image, where no setting has them elsewhere.
_entries := {service.name: entry |
	some service in input.project.services
	image := images.unaltered[service.name]
	some i in data.composelint.prepared.image_data_of[image]
	entry := data.composelint.image_data.entries[i]
	regex.match(object.get(entry, "tags", ""), service.image.tag)
	service.environment_incomplete == false
	stated := {variable.name | some variable in service.environment}
	count(stated & {name | some name in object.get(entry, "variables", [])}) == 0
	words := [word.value | some word in service.command]
	count(words) == count(service.command)
	images.starts(words, object.get(entry, "programs", []))
	count([word | some word in words; regex.match(object.get(entry, "moved", "^$"), word)]) == 0
}

# _without_data are the services that mount nothing at their data, above them where no volume is declared,
# or below. What they mount is known.
_without_data contains service.name if {
	some service in input.project.services
	service.volumes_from == []
	entry := _entries[service.name]
	targets := [mount.target | some mount in service.mounts]
	count(targets) == count(service.mounts)
	count([target | some target in targets; _brings(target, entry.data, object.get(entry, "declared", false))]) == 0
}

_brings(target, path, _) if target == path

_brings(target, path, _) if startswith(target, concat("", [path, "/"]))

_brings(target, path, false) if startswith(path, concat("", [trim_right(target, "/"), "/"]))

# _only_volume is, by service, the one named volume that it mounts, unless that is meant for something else
# than data, or a file of the project may have them elsewhere.
_only_volume := {service.name: volumes[0] |
	some service in input.project.services
	volumes := [mount | some mount in service.mounts; mount.type == "volume"; mount.volume != ""]
	count(volumes) == 1
	volumes[0].read_only == false
	entry := _entries[service.name]
	not startswith(entry.data, concat("", [volumes[0].target, "/"]))
	not regex.match(`(?i)log|conf|etc|cert|ssl|tls|backup|dump|sock|run|tmp|temp|init|script|plugin|extension|module|import|export|share|secret|keys?$`, volumes[0].target)
	targets := [mount.target | some mount in service.mounts]
	count([target | some target in targets; regex.match(_configuration, target)]) == 0
}

_configuration := `\.(cnf|conf|ini|json|toml|xml|ya?ml)$|(^|/)(etc|conf|config|conf\.d)(/|$)`

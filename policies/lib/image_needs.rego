# METADATA
# description: What the services' images need when they are hardened, and how advice says so.
package composelint.image_needs

import data.composelint.images
import data.composelint.lint
import data.composelint.mounts
import data.composelint.networks

# known are, by service, what is known of the needs of an image that comes from a registry: an entry of
# data.composelint.image_needs.
known := {service.name: found[0] |
	some service in input.project.services
	service.name in images.pulled
	found := [entry |
		some i in _indexes(images.known[service.name])
		entry := data.composelint.image_needs.entries[i]
		_fits(service.name, object.get(entry, "tags", ""))
	]
	count(found) > 0
}

# of are those of known whose service starts by the image's own entrypoint and program.
of := {service.name: entry |
	some service in input.project.services
	images.unaltered[service.name]
	entry := known[service.name]
	images.starts(images.first_words[service.name], object.get(entry, "start", []))
}

# By its own name, or as one of all that a publisher has.
_indexes(image) := [indexes |
	some name in [image, regex.replace(image, `/.*`, "/*")]
	indexes := data.composelint.prepared.image_needs_of[name]
][0]

_fits(_, "")

_fits(name, tags) if {
	tags != ""
	regex.match(tags, _tags[name])
}

_tags := {service.name: service.image.tag | some service in input.project.services}

# capabilities are, by service, those that its image needs with the user that it runs as.
capabilities := {service.name: names |
	some service in input.project.services
	entry := of[service.name]
	entry.capabilities
	names := (_always(entry, service.no_new_privileges) | _as_root(entry.capabilities, service.user)) | _low_ports(entry, service.name)
}

_always(entry, no_new_privileges) := {name | some name in object.get(entry, "always", [])} if {
	not _without_them(entry, no_new_privileges)
} else := set()

_without_them(entry, true) if entry.unless_no_new_privileges == true

_as_root(names, user) := {name | some name in names} if {
	user in {"", "0"}
} else := set()

# Docker lets every container bind the ports below 1024 in a network namespace of its own.
_low_ports(entry, name) := {"NET_BIND_SERVICE"} if {
	entry.low_ports == true
	networks.on_host[name]
} else := set()

# missing_tmpfs are, by service, where it needs a tmpfs with a root file system that is read-only, as the
# file would write it.
missing_tmpfs := {service.name: paths |
	some service in input.project.services
	wanted := of[service.name].tmpfs
	paths := [path | some path in wanted; not _writable(service.name, split(path, ":")[0])]
}

# missing_volumes are, by service, where its image writes to what it has there already, for which a volume
# is right: it begins with that.
missing_volumes := {service.name: paths |
	some service in input.project.services
	entry := of[service.name]
	given := {mounts.one_spelling(split(path, ":")[0]) | some path in object.get(entry, "tmpfs", [])}
	paths := [path |
		some path in object.get(entry, "writes", [])
		not mounts.one_spelling(path) in given
		not _writable(service.name, path)
	]
}

# writers are the services of which it is known where their image writes.
writers contains name if {
	some name, entry in of
	array.concat(object.get(entry, "tmpfs", []), object.get(entry, "writes", [])) != []
}

_writable(name, path) if {
	some at in _writable_at[name]
	mounts.covers(at, mounts.one_spelling(path))
}

_writable_at := {service.name: ats |
	some service in input.project.services
	of[service.name]
	ats := {mount.at | some mount in service.mounts; mount.at in mounts.writable}
}

# never_read_only are the services whose image does not support a read-only root file system.
never_read_only contains name if {
	some name, entry in of
	not regex.replace(images.known[name], `^.*/`, "") in object.get(entry, "read_only_images", [regex.replace(images.known[name], `^.*/`, "")])
}

# never_as_user are the services whose image does not support a user.
never_as_user contains name if {
	some name, entry in of
	not regex.replace(images.known[name], `^.*/`, "") in object.get(entry, "user_images", [regex.replace(images.known[name], `^.*/`, "")])
}

never_as_user contains name if {
	some name, entry in of
	entry.root_only == true
}

# never_root are the services whose image does not start as root.
never_root contains name if {
	some name, entry in known
	entry.own_user
}

never_root contains service.name if {
	some service in input.project.services
	some tag in data.composelint.image_needs.tags
	regex.match(tag.pattern, service.image.tag)
}

# lacking are, by service, the programs that its image is known to lack, with what is there instead.
lacking := {service.name: lacked |
	some service in input.project.services
	image := images.unaltered[service.name]
	some lacked in data.composelint.image_needs.programs
	image in lacked.images
	_fits(service.name, object.get(lacked, "tags", ""))
}

# better_user is the user, other than root, that a service may run as, for a message; otherwise where none is
# known.
#     image_needs.better_user("web", "one that owns only what it needs")
better_user(name, otherwise) := $`"{of[name].user}", once its data belong to that` if {
	of[name].user
} else := $`"{known[name].own_user}", as its image does` if {
	known[name].own_user
} else := otherwise

# with_better_user adds the fix that sets that user to a finding, where one is known.
#     image_needs.with_better_user({"at": "services.web"}, {"at": "services.web", "name": "web"})
with_better_user(finding, service) := lint.with_fix(finding, lint.unsafe($`set "user" to "{user}"`, "its data have to belong to that user, as to chown them does", [lint.set(service, ["user"], user)])) if {
	user := _better_user(service.name)
} else := finding

_better_user(name) := user if {
	user := of[name].user
} else := known[name].own_user

# broken_by_no_new_privileges are, by service, what that option breaks: the entry's no_new_privileges.
broken_by_no_new_privileges := {service.name: breaks |
	some service in input.project.services
	breaks := of[service.name].no_new_privileges
	service.environment_incomplete == false
	_as(service.user, object.get(breaks, "user", service.user))
	set_here := {variable.name | some variable in service.environment}
	count({name | some name in object.get(breaks, "variables_unset", [])} & set_here) == 0
	_any_of(object.get(breaks, "variables", []), set_here)
	_any_of(object.get(breaks, "ports", []), {port.target | some port in service.ports})
}

_as(user, user)

_any_of([], _)

_any_of(wanted, there) if count({one | some one in wanted} & there) > 0

# quoted is a list of texts for a message.
#     image_needs.quoted(["CHOWN", "SETGID", "SETUID"])
quoted(texts) := $`"{texts[0]}"` if {
	count(texts) == 1
} else := $`{concat(", ", [$"\"{text}\"" | some text in array.slice(texts, 0, count(texts) - 1)])} and "{texts[count(texts) - 1]}"`

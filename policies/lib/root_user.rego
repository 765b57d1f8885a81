# METADATA
# description: Which services are told to run as root.
package composelint.root_user

import data.composelint.daemon
import data.composelint.image_needs
import data.composelint.isolation

# told are the services and jobs that are told to, for no reason that the file shows.
told := {service.name |
	some service in input.project.services
	service.kind in {"service", "job"}
	service.user == "0"
	count(isolation.rights[service.name]) == 0
} - (((_collecting | _changing_owners) | image_needs.never_as_user) | daemon.remapped)

_collecting := {service.name |
	some service in input.project.services
	some mount in service.mounts
	some path in data.composelint.root_readers.paths
	_at_or_below(mount.host_path, path)
}

_at_or_below(path, directory) if path == directory

_at_or_below(path, directory) if {
	directory != "/"
	startswith(path, $"{directory}/")
}

# _changing_owners are those by which the others do without root.
_changing_owners := {service.name |
	some service in input.project.services
	some word in array.concat(service.entrypoint, service.command)
	regex.match(`\bchown\b`, word.value)
}

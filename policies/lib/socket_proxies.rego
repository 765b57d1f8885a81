# METADATA
# description: |
#   Which services are socket proxies, of which kind, and what each of them shares by volumes or
#   points at. data.composelint.proxies has the kinds.
package composelint.socket_proxies

import data.composelint.eras
import data.composelint.images
import data.composelint.lookalikes

# kinds are the kinds of the services that are socket proxies, by service: told by the image, or
# by the configuration, or by what looks like one.
kinds := object.union_n([lookalikes.kinds, sold_as, _older, named])

# sold_as are the kinds that the names of their images say.
sold_as := {service: kind |
	some service, image in images.names
	kind := data.composelint.prepared.kinds[image]
}

_older := {service.name: era.kind |
	some service in input.project.services
	some era in data.composelint.proxies[sold_as[service.name]].eras
	era.kind
	regex.match(era.tags, service.image.tag)
}

# named are the kinds that the configuration says.
named := {role.service: role.kind |
	some role in input.config.roles.proxies
	some service in input.project.services
	service.name == role.service
}

# facts are, by service, what is known of its kind, as its tag has it.
facts := {name: _facts(name, data.composelint.proxies[kind]) | some name, kind in kinds}

_facts(name, proxy) := eras.facts(proxy, era_of[name])

_facts(name, proxy) := proxy if not era_of[name]

# era_of is, by service with an older tag, the index of the era of its kind.
era_of := {service.name: i |
	some service in input.project.services
	i := eras.of(data.composelint.proxies[kinds[service.name]], service.image.tag)
}

# files are, by service, the files that make its image a proxy.
files := {name: object.get(known, "files", []) | some name, known in facts}

# programs are, by service, the same as words of a command line.
programs := {name: words |
	some name, paths in files
	words := {word |
		some path in paths
		[_, directory, called] := regex.find_all_string_submatch_n(`^(.*)/([^/]*)$`, path, 1)[0]
		some word in ({path, called} | {$"./{called}" | not _starts_elsewhere(name, directory)})
	}
}

_starts_elsewhere(name, directory) if trim_suffix(_starts[name], "/") != directory

# _starts are, by service, where its programs start, unless the image says it.
_starts := {service.name: service.working_dir |
	some service in input.project.services
	service.working_dir != ""
}

# services are those services in the order of the file: few of all that there are.
services := [service | some service in input.project.services; kinds[service.name]]

# volumes are the named volumes by which a proxy can share its filtered socket, with the proxies'
# names.
volumes := _mounted_by_proxies

_mounted_by_proxies[mount.volume] contains service.name if {
	some service in services
	some mount in service.mounts
	mount.volume != ""
	mount.host_path == ""
}

# upstreams are, by proxy, the services that it points at itself, such as an engine of its own.
upstreams := {service.name: names |
	some service in services
	names := {name |
		some endpoint in service.endpoints
		some name in endpoint.services
		name != service.name
	}
}

# settled are the proxies whose clients learn of them from an application's own settings.
settled := {name | some name, known in facts; known.settings == true}

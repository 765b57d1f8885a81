# METADATA
# description: |
#   Which services are socket proxies, of which kind, and what each of them shares by volumes or
#   points at. data.composelint.proxies has the kinds.
package composelint.socket_proxies

import data.composelint.images

# kinds are the kinds of the services that are socket proxies, by service: told by the image, or
# by the configuration.
kinds := object.union_n([_sold_as, _older, _named])

_sold_as := {service: kind |
	some service, image in images.names
	kind := data.composelint.prepared.kinds[image]
}

_older := {service.name: era.kind |
	some service in input.project.services
	some era in data.composelint.proxies[_sold_as[service.name]].eras
	regex.match(era.tags, service.image.tag)
}

_named := {role.service: role.kind |
	some role in input.config.roles.proxies
	some service in input.project.services
	service.name == role.service
}

# facts are, by service, what is known of its kind.
facts := {name: data.composelint.proxies[kind] | some name, kind in kinds}

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

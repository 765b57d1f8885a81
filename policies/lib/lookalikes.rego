# METADATA
# description: |
#   Services that hold an API socket and look like socket proxies, or hand on to one, although their image
#   is not known as one. data.composelint.lookalikes says by what.
package composelint.lookalikes

import data.composelint.client_needs
import data.composelint.images
import data.composelint.mounts
import data.composelint.setting_names
import data.composelint.shims

# kinds are, by such a service, the kind that it is judged as: one of which is known that it hands on
# everything, or one whose rules are unknown.
kinds := {name: _kind(name) | some name in (_looking | _forwarding)}

_kind(name) := "socat" if {
	name in (_socat | _forwarding)
} else := "unknown"

# _forwarding are the services that hand on by a port of their own what comes to a proxy, perhaps through
# others like them.
_forwarding contains name if {
	some name, _ in shims.forwards
	not name in _known
	count((graph.reachable(_forwards, {name}) - {name}) & (_looking | object.keys(shims.proxies))) > 0
}

_forwards := object.union(
	{forward.server: set() | some forward in shims.forwards},
	{name: {forward.server} | some name, forward in shims.forwards},
)

_looking := ((((_by_name | _by_flags) | _servers) | _socat) & _holders) - _known

# _known are the services of which the configuration or the image says what they are.
_known := union({
	object.keys(shims.proxies),
	object.keys(client_needs.known),
	{name | some name, image in images.names; data.composelint.prepared.consoles_of[image]},
	{name | some name, image in images.names; _last(image) in _clients_by_last_element},
})

_clients_by_last_element := {_last(image) | some image, _ in data.composelint.prepared.consumers_of}

_last(image) := parts[count(parts) - 1] if parts := split(image, "/")

_holders contains service.name if {
	some service in input.project.services
	some mount in service.mounts
	mounts.api_sockets[mount.at]
	service.name == service.owner
}

_by_name contains name if {
	some name, image in images.names
	regex.match(data.composelint.lookalikes.names, _last(image))
}

_by_name contains service.name if {
	some service in input.project.services
	service.built == true
	some called in array.concat([service.name], [context.source | some context in service.build.contexts; context.name == ""])
	regex.match(data.composelint.lookalikes.names, _last(called))
}

# A service that others point at, and that is called so.
_by_name contains name if {
	some name in _pointed_at
	regex.match(data.composelint.lookalikes.names, name)
}

_by_flags contains service.name if {
	some service in input.project.services
	service.name in _holders
	some setting in array.concat(service.environment, service.options)
	regex.match(data.composelint.lookalikes.flags.alone, setting.name)
}

_by_flags contains service.name if {
	some service in input.project.services
	service.name in _holders
	flags := {variable.name |
		some variable in service.environment
		variable.name in data.composelint.lookalikes.flags.variables
		regex.match(data.composelint.lookalikes.flags.values, variable.value)
	}
	count(flags) >= data.composelint.lookalikes.flags.many
}

_servers contains name if {
	some name in _pointed_at
	_last(images.names[name]) in data.composelint.lookalikes.servers
}

_pointed_at contains name if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	some name in endpoint.services
	name != service.owner
}

_socat contains service.name if {
	some service in input.project.services
	service.name in _holders
	words := concat(" ", [object.get(word, "value", "") | some word in array.concat(service.entrypoint, service.command)])
	regex.match(data.composelint.lookalikes.socat.listens, words)
	regex.match(data.composelint.lookalikes.socat.connects, words)
}

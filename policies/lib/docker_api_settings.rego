# METADATA
# description: |
#   What of a project is about the Docker API, for `composelint verify`, which asks it of the files and of
#   the containers that run: the variables of the socket proxies, the settings that tell clients where the
#   API is, and the mounts that hand out a socket.
package composelint.docker_api_settings

import data.composelint.mounts
import data.composelint.proxy_ports
import data.composelint.setting_names
import data.composelint.settings
import data.composelint.socket_proxies

# found is the whole answer.
found := {"proxies": proxies, "endpoints": endpoints, "sockets": sort(object.keys(mounts.api_sockets))}

# proxies are the socket proxies: the variables of each that are its image's own, as far as the service
# states them, the values of those that it does not state, and its ports.
proxies := {service.name: proxy |
	some service in socket_proxies.services
	stated := {variable.name | some variable in service.environment; settings.is_own(service.name, variable.name)}
	variables := object.get(object.get(socket_proxies.facts, service.name, {}), "variables", {})
	proxy := {
		"stated": sort(stated),
		"defaults": {name: value | some name, value in variables; is_string(value)},
		"ports": sort(object.get(proxy_ports.ports, service.name, set())),
	}
}

# endpoints are the settings, by their at, that say where the Docker API is, in order.
endpoints := sort({setting.at |
	some service in input.project.services
	some setting in array.concat(service.environment, service.options)
	setting.name in setting_names.docker_api
})

package composelint.docker_api_settings_test

import data.composelint.docker_api_settings
import data.composelint.fixture

test_found if {
	found := docker_api_settings.found with input as _project
	found.proxies == {"proxy": {
		"stated": ["CONTAINERS", "POST"],
		"defaults": object.remove(data.composelint.proxies.tecnativa.variables, {"ALLOW_PAUSE", "ALLOW_UNPAUSE"}),
		"ports": [2375],
	}}
	found.endpoints == ["services.logs.environment[DOCKER_HOST]"]
	found.sockets == ["services.proxy.volumes[/run/docker.sock]"]
}

# Who has patterns of names has those that are like them.
test_patterns if {
	docker_api_settings.proxies.proxy.stated == ["PUID"] with input as fixture.project([fixture.proxy("proxy", {
		"image": fixture.image("proxy", "linuxserver/socket-proxy", "latest"),
		"environment": fixture.environment("proxy", {"PUID": "1000", "TZ2": "UTC"}),
	})])
}

test_nothing if {
	docker_api_settings.found == {"proxies": {}, "endpoints": [], "sockets": []} with input as fixture.project([fixture.service("app", {})])
}

_project := fixture.project([
	fixture.proxy("proxy", {
		"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "0", "COLOUR": "red"}),
		"mounts": [fixture.mount("proxy", "/run/docker.sock", {"read_only": true})],
	}),
	fixture.service("logs", {"environment": fixture.environment("logs", {"DOCKER_HOST": "tcp://proxy:2375", "LEVEL": "info"})}),
])

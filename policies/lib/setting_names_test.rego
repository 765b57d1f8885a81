package composelint.setting_names_test

import data.composelint.fixture
import data.composelint.setting_names

test_docker_api if {
	setting_names.docker_api == {
		"DOCKER_HOST", "docker_host", "providers.docker.endpoint", "providers.Docker.Endpoint", "WUD_WATCHER_LOCAL_HOST",
	} with input as fixture.project([
		fixture.service("app", {"environment": fixture.environment("app", {name: "" | some name in _names})}),
		fixture.service("traefik", {"options": fixture.settings("services.traefik", "command", {"providers.docker.endpoint": ""})}),
	])
}

_names := [
	"DOCKER_HOST", "docker_host", "providers.docker.endpoint", "providers.Docker.Endpoint", "WUD_WATCHER_LOCAL_HOST",
	"DOCKER_HOSTNAME", "HOST", "host", "DATABASE_URL", "WUD_WATCHER_LOCAL_PORT", "",
]

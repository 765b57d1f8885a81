package composelint.rules["engine-incompatible_test"]

import data.composelint.fixture
import data.composelint.rules["engine-incompatible"] as rule

test_traefik if {
	rule.findings == {_finding(
		"warning",
		`service "app" runs a Traefik that asks for version 1.24 of the Docker API, and Engine 29 takes none before 1.40: go to 3.6.1 or later, or 2.11.31`,
	)} with input as _traefik("v3.5")
	{finding.at | some finding in rule.findings} == {"services.app.image"} with input as _traefik("2.11.30")
	{finding.at | some finding in rule.findings} == {"services.app.image"} with input as _traefik("v1.7.12-alpine")
	{finding.at | some finding in rule.findings} == {"services.app.image"} with input as _traefik("3.6.0")
}

test_traefik_of_today if {
	rule.findings == set() with input as _traefik("v3.6")
	rule.findings == set() with input as _traefik("v3.6.1")
	rule.findings == set() with input as _traefik("v2.11")
	rule.findings == set() with input as _traefik("3")
	rule.findings == set() with input as _traefik("latest")
}

test_traefik_without_docker if {
	rule.findings == set() with input as _app("traefik", "v3.5", {})
	{finding.at | some finding in rule.findings} == {"services.app.image"} with input as _app("traefik", "v3.5", {"mounts": [fixture.mount("app", "/run/docker.sock", {})]})
	rule.findings == set() with input as _app("traefik", "v3.5", fixture.traefik("app", {"providers.file.directory": "/etc/traefik"}, "no"))
}

test_watchtower if {
	rule.findings == {_finding(
		"warning",
		`service "app" runs a Watchtower that asks for version 1.25 of the Docker API, and Engine 29 takes none before 1.40: set "DOCKER_API_VERSION" to "1.44"`,
	)} with input as _app("containrrr/watchtower", "latest", {})
	rule.findings == set() with input as _app("containrrr/watchtower", "", {"environment": fixture.environment("app", {"DOCKER_API_VERSION": "1.44"})})
	rule.findings == set() with input as _app("containrrr/watchtower", "", {"options": fixture.settings("services.app", "command", {"api-version": "1.44"})})
	rule.findings == set() with input as _app("containrrr/watchtower", "", {"environment_incomplete": true})
	rule.findings == set() with input as _app("nicholas-fedor/watchtower", "1.14.2", {})
}

test_portainer if {
	rule.findings == {_finding(
		"note",
		`service "app" runs a Portainer that asks for version 1.41 of the Docker API, as users say, and Engine 29.0 to 29.2 takes none before 1.44: go to 2.33.5 or later`,
	)} with input as _app("portainer/portainer-ce", "2.27", {})
	rule.findings == set() with input as _app("portainer/portainer-ce", "2.21.5", {})
	rule.findings == set() with input as _app("portainer/portainer-ce", "2.33.5", {})
}

test_engine if {
	rule.findings == set() with input as _on("28", _traefik("v3.5"))
	rule.findings == set() with input as _on("29.3", _app("portainer/portainer-ce", "2.27", {}))
	rule.findings == set() with input as _on("29", _app("portainer/portainer-ce", "2.27", {}))
	rule.findings == {_finding(
		"note",
		`service "app" runs a Portainer that asks for version 1.41 of the Docker API, as users say, and Engine 29.1 takes none before 1.44: go to 2.33.5 or later`,
	)} with input as _on("29.1", _app("portainer/portainer-ce", "2.27", {}))
	{finding.at | some finding in rule.findings} == {"services.app.image"} with input as _on("30.1.2", _traefik("v3.5"))
}

test_switched_off if {
	rule.findings == set() with input as _app("traefik", "v3.5", fixture.traefik("app", {"providers.docker": "false"}, "no"))
}

test_unknown if {
	rule.findings == set() with input as fixture.project([fixture.service("app", object.union(
		{"image": fixture.without(fixture.image("app", "traefik", ""), ["tag"])},
		fixture.traefik("app", {"providers.docker": "true"}, "no"),
	))])
	rule.findings == set() with input as _app("acme/traefik", "v3.5", fixture.traefik("app", {"providers.docker": "true"}, "no"))
}

_finding(severity, message) := {"at": "services.app.image", "message": message, "severity": severity}

_traefik(tag) := _app("traefik", tag, fixture.traefik("app", {"providers.docker": "true"}, "no"))

_on(engine, document) := object.union(document, {"config": {"engine": engine}})

_app(image, tag, fields) := fixture.project([fixture.service("app", object.union({"image": fixture.image("app", image, tag)}, fields))])

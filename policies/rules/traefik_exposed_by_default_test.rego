package composelint.rules["traefik-exposed-by-default_test"]

import data.composelint.fixture
import data.composelint.rules["traefik-exposed-by-default"] as rule

test_command if {
	rule.findings == {{
		"at": "services.traefik.command[providers.docker]",
		"message": `service "traefik" makes a route to every container that does not object: set "providers.docker.exposedbydefault" to "false"`,
	}} with input as _command({"api": "true", "providers.docker": "true", "providers.docker.endpoint": "tcp://proxy:2375"})
}

test_stated if {
	{finding.at | some finding in rule.findings} == {"services.traefik.command[providers.docker.exposedByDefault]"} with input as _command({"providers.docker.exposedByDefault": "true"})
}

test_variables if {
	rule.findings == {{
		"at": "services.traefik.environment[TRAEFIK_PROVIDERS_SWARM]",
		"message": `service "traefik" makes a route to every container that does not object: set "providers.swarm.exposedbydefault" to "false"`,
	}} with input as _traefik({"environment": fixture.environment("traefik", {"TRAEFIK_PROVIDERS_SWARM": "true", "TRAEFIK": "", "TZ": "UTC"})})
}

test_variables_beside_a_command if {
	rule.findings == set() with input as _traefik({
		"options": fixture.settings("services.traefik", "command", {"api": ""}),
		"environment": fixture.environment("traefik", {"TRAEFIK_PROVIDERS_DOCKER": "true"}),
	})
}

test_restricted if {
	rule.findings == set() with input as _command({"providers.docker": "true", "providers.docker.exposedbydefault": "false"})
	rule.findings == set() with input as _command({"providers.docker": "false"})
	rule.findings == set() with input as _command({"providers.docker": "", "providers.docker.constraints": "Label(`a`, `b`)"})
	rule.findings == set() with input as _command({"providers.file.directory": "/etc/traefik/dynamic", "providers.dockerish": "true"})
}

test_unknown_value if {
	rule.findings == set() with input as _traefik({"options": [{"at": "services.traefik.command[providers.docker.exposedbydefault]", "name": "providers.docker.exposedbydefault", "literal": "", "from_file": false}]})
}

test_files if {
	rule.findings == set() with input as _traefik(object.union({"options": _docker}, {"mounts": [fixture.mount("traefik", "/srv/traefik.yml", {"target": "/etc/traefik/traefik.yml"})]}))
	rule.findings == set() with input as _traefik(object.union({"options": _docker}, {"mounts": [fixture.mount("traefik", "/srv/traefik", {"target": "/etc/traefik"})]}))
	rule.findings == set() with input as _traefik(object.union({"options": _docker}, {"built": true, "build": fixture.build("traefik", {})}))
}

test_named_file if {
	rule.findings == set() with input as _command({"configFile": "/config/static.yml", "providers.docker": ""})
}

test_other_images if {
	rule.findings == set() with input as fixture.project([fixture.service("traefik", {"options": fixture.settings("services.traefik", "command", {"providers.docker": ""})})])
}

_docker := fixture.settings("services.traefik", "command", {"providers.docker": ""})

_command(options) := _traefik({"options": fixture.settings("services.traefik", "command", options)})

_traefik(fields) := fixture.project([fixture.service("traefik", object.union({"image": fixture.image("traefik", "traefik", "v3.5")}, fields))])

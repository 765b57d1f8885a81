package composelint.rules["traefik-exposed-by-default_test"]

import data.composelint.fixture
import data.composelint.rules["traefik-exposed-by-default"] as rule

test_docker if {
	rule.findings == {{
		"at": "services.traefik.command[providers.docker]",
		"message": `service "traefik" makes a route to every container that does not object: set "providers.docker.exposedbydefault" to "false"`,
	}} with input as _told({"api": "true", "providers.docker": "true", "providers.docker.endpoint": "tcp://proxy:2375"})
}

test_stated if {
	{finding.at | some finding in rule.findings} == {"services.traefik.command[providers.docker.exposedbydefault]"} with input as _told({"providers.docker.exposedbydefault": "true"})
}

test_swarm if {
	rule.findings == {{
		"at": "services.traefik.command[providers.swarm]",
		"message": `service "traefik" makes a route to every container that does not object: set "providers.swarm.exposedbydefault" to "false"`,
	}} with input as _told({"providers.swarm": "true"})
}

test_restricted if {
	rule.findings == set() with input as _told({"providers.docker": "true", "providers.docker.exposedbydefault": "false"})
	rule.findings == set() with input as _told({"providers.docker": "false"})
	rule.findings == set() with input as _told({"providers.docker": "", "providers.docker.constraints": "Label(`a`, `b`)"})
	rule.findings == set() with input as _told({"providers.file.directory": "/etc/traefik/dynamic", "providers.dockerish": "true"})
}

test_unknown_value if {
	rule.findings == set() with input as fixture.project([fixture.service("traefik", {"traefik": {
		"options": [{"at": "services.traefik.command[providers.docker.exposedbydefault]", "name": "providers.docker.exposedbydefault", "literal": "", "from_file": false}],
		"file": "no",
	}})])
}

test_files if {
	rule.findings == set() with input as fixture.project([fixture.service("traefik", fixture.traefik("traefik", {"providers.docker": ""}, "yes"))])
	rule.findings == set() with input as fixture.project([fixture.service("traefik", fixture.traefik("traefik", {"providers.docker": ""}, "perhaps"))])
}

test_other_images if {
	rule.findings == set() with input as fixture.project([fixture.service("traefik", {"options": fixture.settings("services.traefik", "command", {"providers.docker": ""})})])
}

_told(options) := fixture.project([fixture.service("traefik", fixture.traefik("traefik", options, "no"))])

package composelint.rules["traefik-exposed-by-default_test"]

import data.composelint.fixture
import data.composelint.rules["traefik-exposed-by-default"] as rule

test_docker if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.traefik.command[providers.docker]",
		"message": `service "traefik" makes a route to every container that does not object: set "providers.docker.exposedbydefault" to "false"`,
	}} with input as _told({"api": "true", "providers.docker": "true", "providers.docker.endpoint": "tcp://proxy:2375"})
}

test_stated if {
	{finding.at | some finding in rule.findings} == {"services.traefik.command[providers.docker.exposedbydefault]"} with input as _told({"providers.docker.exposedbydefault": "true"})
}

test_swarm if {
	fixture.without_fixes(rule.findings) == {{
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

# An option goes where the others are, and who has a router by labels says that it wants one.
test_fixes if {
	_edits == {{"op": "append", "at": "services.traefik", "path": ["command"], "value": "--providers.docker.exposedbydefault=false"}} with input as _commanded("--providers.docker")
	_edits == {{"op": "replace", "at": "services.traefik.command[0]", "value": "--providers.docker.exposedByDefault=false"}} with input as _commanded("--providers.docker.exposedByDefault=true")
	_edits == {
		{"op": "set", "at": "services.traefik", "path": ["environment", "TRAEFIK_PROVIDERS_DOCKER_EXPOSEDBYDEFAULT"], "value": "false"},
		{"op": "set", "at": "services.web", "path": ["labels", "traefik.enable"], "value": "true"},
	} with input as fixture.project([
		fixture.service("traefik", fixture.traefik("traefik", {"providers.docker": "true"}, "no")),
		fixture.service("web", {"labels": fixture.settings("services.web", "labels", {"traefik.http.routers.web.rule": "Host(`web`)"})}),
		fixture.service("told", {"labels": fixture.settings("services.told", "labels", {"traefik.http.routers.told.rule": "Host(`told`)", "traefik.enable": "true"})}),
	])
}

_edits := {edit | some finding in rule.findings; some fix in finding.fixes; some edit in fix.edits}

_commanded(word) := fixture.project([fixture.service("traefik", object.union(
	fixture.traefik("traefik", {lower(name): value}, "no"),
	{
		"command": [{"at": "services.traefik.command[0]", "value": word, "literal": word}],
		"options": [{"at": $"services.traefik.command[{name}]", "name": name, "value": value, "literal": value, "from_file": false}],
	},
))]) if {
	[name, value] := array.slice(array.concat(split(trim_left(word, "-"), "="), ["true"]), 0, 2)
}

package composelint.rules["new-privileges-allowed_test"]

import data.composelint.fixture
import data.composelint.rules["new-privileges-allowed"] as rule

test_zone if {
	rule.findings == {
		{"at": "services.proxy", "message": _message("proxy")},
		{"at": "services.client", "message": _message("client")},
		{"at": "services.holder", "message": _message("holder")},
		{"at": "services.user", "message": _message("user")},
	} with input as fixture.project([
		fixture.proxy("proxy", {"no_new_privileges": false}),
		fixture.service("client", {"no_new_privileges": false, "endpoints": [fixture.docker_host("client", "proxy")]}),
		fixture.service("holder", {"no_new_privileges": false, "mounts": [fixture.mount("holder", "/run/docker.sock", {})]}),
		fixture.service("user", {"no_new_privileges": false, "use_api_socket": true}),
	])
}

test_elsewhere_notes_told_as_one if {
	rule.findings == {
		{"at": "services.web", "message": _message("web"), "severity": "note", "summary": _summary},
		{"at": "services.db", "message": _message("db"), "severity": "note", "summary": _summary},
	} with input as _two
}

_summary := `can gain privileges by setuid programs: add "no-new-privileges:true" to "security_opt"`

test_strict if {
	rule.findings == {
		{"at": "services.web", "message": _message("web")},
		{"at": "services.db", "message": _message("db")},
	} with input as fixture.strict(_two)
}

test_known_image if {
	{finding.message | some finding in rule.findings} == {$`{_message("app")}, and set "PGADMIN_LISTEN_PORT" to "8080", and publish that`} with input as fixture.project([fixture.service("app", {
		"no_new_privileges": false,
		"image": fixture.image("app", "dpage/pgadmin4", "9.16"),
		"ports": [fixture.port("app", 80, {})],
	})])
}

test_switched_off if {
	rule.findings == {{
		"at": "off",
		"message": `service "web" switches "no-new-privileges" off: set it to "true"`,
	}} with input as fixture.project([fixture.service("web", {"no_new_privileges": false, "security_options": [
		{"at": "seccomp", "name": "seccomp", "value": "false"},
		{"at": "on", "name": "no-new-privileges", "value": "true"},
		{"at": "off", "name": "no-new-privileges", "value": "false"},
	]})])
}

test_switched_on_after_all if {
	rule.findings == set() with input as fixture.project([fixture.service("web", {"no_new_privileges": true, "security_options": [
		{"at": "off", "name": "no-new-privileges", "value": "false"},
		{"at": "on", "name": "no-new-privileges", "value": "true"},
	]})])
}

test_unknown_and_fragment if {
	rule.findings == set() with input as fixture.project([
		fixture.without(fixture.service("web", {}), ["no_new_privileges"]),
		fixture.service("db", {"no_new_privileges": false, "complete": false}),
	])
}

_two := fixture.project([
	fixture.service("web", {"no_new_privileges": false}),
	fixture.service("db", {"no_new_privileges": false}),
])

_message(name) := $`service "{name}" can gain privileges by setuid programs: add "no-new-privileges:true" to "security_opt"`

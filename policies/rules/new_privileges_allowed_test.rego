package composelint.rules["new-privileges-allowed_test"]

import data.composelint.fixture
import data.composelint.rules["new-privileges-allowed"] as rule

test_zone if {
	fixture.without_fixes(rule.findings) == {
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
	fixture.without_fixes(rule.findings) == {
		{"at": "services.web", "message": _message("web"), "severity": "note", "summary": _summary},
		{"at": "services.db", "message": _message("db"), "severity": "note", "summary": _summary},
	} with input as _two
}

_summary := `can gain privileges by setuid programs: add "no-new-privileges:true" to "security_opt"`

test_strict if {
	fixture.without_fixes(rule.findings) == {
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
	fixture.without_fixes(rule.findings) == {{
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

test_fixes if {
	_fixes == {{"title": _title, "edits": _added}} with input as _one("postgres", {})
	_fixes == {_unsafe} with input as _one("example/app", {})
	_fixes == {_unsafe} with input as _one("codercom/code-server", {})
	_fixes == {_unsafe} with input as _one("postgres", _checked([{"at": "t", "value": "sudo -u postgres pg_isready", "literal": ""}]))
	_fixes == {_unsafe} with input as _one("postgres", _checked([{"at": "t", "literal": ""}]))
	_fixes == set() with input as _one("dpage/pgadmin4", {"ports": [fixture.port("app", 80, {})]})
}

test_fix_of_what_is_switched_off if {
	_fixes == {{"title": `set "no-new-privileges" to "true"`, "risk": _unsafe.risk, "edits": [{"op": "replace", "at": "off", "value": "no-new-privileges:true"}]}} with input as _one("postgres", {"security_options": [{"at": "off", "name": "no-new-privileges", "value": "0"}]})
}

_fixes := {fix | some finding in rule.findings; some fix in finding.fixes}

_title := `add "no-new-privileges:true" to "security_opt"`

_added := [{"op": "append", "at": "services.app", "path": ["security_opt"], "value": "no-new-privileges:true"}]

_unsafe := {"title": _title, "risk": "a program that becomes another user by a setuid program, such as sudo, does not any more", "edits": _added}

_one(repository, fields) := fixture.project([fixture.service("app", object.union({"no_new_privileges": false, "image": fixture.image("app", repository, "17")}, fields))])

_checked(words) := {"healthcheck": {"at": "services.app.healthcheck", "stated": true, "disabled": false, "test": words}}

package composelint.rules["ipc-shareable_test"]

import data.composelint.fixture
import data.composelint.rules["ipc-shareable"] as rule

test_joined if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.ipc",
		"message": `service "db" shares its IPC namespace with service "a": give each one of its own unless they exchange shared memory`,
		"related": [{"at": "services.a.ipc", "label": `service "a" joins it`}],
	}} with input as fixture.project([_db, _joiner("a", "service", "db", "db")])
}

test_joined_by_several if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.ipc",
		"message": `service "db" shares its IPC namespace with 2 others: give each one of its own unless they exchange shared memory`,
		"related": [
			{"at": "services.a.ipc", "label": `service "a" joins it`},
			{"at": "services.b.ipc", "label": `service "b" joins it`},
		],
	}} with input as fixture.project([_db, _joiner("a", "service", "db", "db"), _joiner("b", "container", "the-db", "db")])
}

test_not_joined if {
	rule.findings == set() with input as fixture.project([_db])
	rule.findings == set() with input as fixture.project([_db, _joiner("a", "service", "elsewhere", "")])
	rule.findings == set() with input as fixture.project([_db, fixture.service("a", {"namespaces": [fixture.namespace("a", "pid", {"mode": "service", "of": "db", "joined": "db", "host": false})]})])
}

test_not_shareable if {
	rule.findings == set() with input as fixture.project([fixture.service("db", {}), _joiner("a", "service", "db", "db")])
	rule.findings == set() with input as fixture.project([
		fixture.service("db", {"namespaces": [fixture.namespace("db", "ipc", {})]}),
		_joiner("a", "service", "db", "db"),
	])
}

_db := fixture.service("db", {"container_name": "the-db", "namespaces": [fixture.namespace("db", "ipc", {"mode": "shareable", "host": false})]})

_joiner(name, mode, of, joined) := fixture.service(name, {"namespaces": [fixture.namespace(name, "ipc", {"mode": mode, "of": of, "joined": joined, "host": false})]})

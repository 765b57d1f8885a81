package composelint.rules["host-ipc_test"]

import data.composelint.fixture
import data.composelint.rules["host-ipc"] as rule

test_host if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ipc",
		"message": `service "app" shares the host's IPC namespace: remove "ipc: host", and set "shm_size" if it runs out of shared memory`,
		"related": [],
	}} with input as _app({})
}

test_chain if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ipc",
		"message": `service "app" joins the IPC namespace of "agent", which is the host's: give it one of its own`,
		"related": [{"at": "services.agent.ipc", "label": "on the way to the host's IPC namespace"}],
	}} with input as _app({"mode": "service", "of": "agent", "joined": "agent", "through": ["services.agent.ipc"]})
}

test_more_privileged if {
	fixture.without_fixes(rule.findings) == {_lent("is privileged")} with input as _joining({}, {"privileged": true, "cap_add": _capabilities("agent", ["SYS_ADMIN"])})
	fixture.without_fixes(rule.findings) == {_lent("holds an API socket")} with input as _joining({}, {"use_api_socket": true})
	fixture.without_fixes(rule.findings) == {_lent("holds an API socket")} with input as _joining({}, {"mounts": [fixture.mount("agent", "/run/docker.sock", {})]})
	fixture.without_fixes(rule.findings) == {_lent(`has the capability "SYS_ADMIN"`)} with input as _joining({}, {"cap_add": _capabilities("agent", ["SYS_ADMIN"])})
	fixture.without_fixes(rule.findings) == {_lent("is privileged")} with input as _joining({"cap_add": _capabilities("app", ["SYS_ADMIN"])}, {"privileged": true})
}

test_no_more_privileged if {
	rule.findings == set() with input as _joining({}, {})
	rule.findings == set() with input as _joining({}, {"cap_add": _capabilities("agent", ["NET_RAW", "SYS_NICE"])})
	rule.findings == set() with input as _joining({"privileged": true}, {"cap_add": _capabilities("agent", ["SYS_ADMIN"])})
	rule.findings == set() with input as _joining({"cap_add": _capabilities("app", ["SYS_ADMIN"])}, {"cap_add": _capabilities("agent", ["SYS_ADMIN"])})
}

test_by_container_name if {
	{finding.severity | some finding in rule.findings} == {"warning"} with input as fixture.project([
		fixture.service("app", {"namespaces": [_namespace({"mode": "container", "of": "the-agent", "joined": "agent", "host": false})]}),
		fixture.service("agent", {"container_name": "the-agent", "privileged": true}),
	])
	rule.findings == set() with input as _app({"mode": "container", "of": "elsewhere", "host": false})
}

test_others if {
	rule.findings == set() with input as _app({"mode": "private", "host": false})
	rule.findings == set() with input as _app({"name": "network"})
	rule.findings == set() with input as fixture.project([fixture.service("app", {})])
}

_lent(right) := {
	"at": "services.app.ipc",
	"message": $`service "app" joins the IPC namespace of "agent", which {right}: give it one of its own`,
	"severity": "warning",
}

_namespace(fields) := fixture.namespace("app", "ipc", fields)

_app(fields) := fixture.project([fixture.service("app", {"namespaces": [_namespace(fields)]})])

_joining(app, agent) := fixture.project([
	fixture.service("app", object.union({"namespaces": [_namespace({"mode": "service", "of": "agent", "joined": "agent", "host": false})]}, app)),
	fixture.service("agent", agent),
])

_capabilities(service, names) := [{"at": $"services.{service}.cap_add[{name}]", "name": name} | some name in names]

package composelint.rules["host-pid_test"]

import data.composelint.fixture
import data.composelint.rules["host-pid"] as rule

test_host if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.pid",
		"message": `service "app" shares the host's PID namespace: remove "pid: host"`,
		"related": [],
	}} with input as _app({})
}

test_chain if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.pid",
		"message": `service "app" joins the PID namespace of "agent", which is the host's: give it one of its own`,
		"related": [{"at": "services.agent.pid", "label": "on the way to the host's PID namespace"}],
	}} with input as _app({"mode": "service", "of": "agent", "joined": "agent", "through": ["services.agent.pid"]})
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
	"at": "services.app.pid",
	"message": $`service "app" joins the PID namespace of "agent", which {right}: give it one of its own`,
	"severity": "warning",
}

_namespace(fields) := fixture.namespace("app", "pid", fields)

_app(fields) := fixture.project([fixture.service("app", {"namespaces": [_namespace(fields)]})])

_joining(app, agent) := fixture.project([
	fixture.service("app", object.union({"namespaces": [_namespace({"mode": "service", "of": "agent", "joined": "agent", "host": false})]}, app)),
	fixture.service("agent", agent),
])

_capabilities(service, names) := [{"at": $"services.{service}.cap_add[{name}]", "name": name} | some name in names]

test_needed if {
	{[finding.severity, finding.message] | some finding in rule.findings} == {["note", `service "app" shares the host's PID namespace, which node-exporter needs to measure the host: whoever takes it over can see every process of the host, so let as few as possible reach it`]} with input as fixture.project([fixture.service("app", {
		"image": fixture.image("app", "prometheus/node-exporter", "v1.9.1"),
		"namespaces": [fixture.namespace("app", "pid", {})],
	})])
}

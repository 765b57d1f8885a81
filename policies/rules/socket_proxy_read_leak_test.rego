package composelint.rules["socket-proxy-read-leak_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-read-leak"] as rule

_project(proxy, services) := fixture.project_with(
	array.concat([fixture.proxy("proxy", object.union({"networks": fixture.attachments("proxy", ["api"])}, proxy))], services),
	{"networks": [fixture.network("api", {})]},
)

_reading := {"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "0"})}

_client(name, fields) := fixture.service(name, object.union(
	{
		"image": fixture.image(name, "traefik", "3"),
		"networks": fixture.attachments(name, ["api"]),
		"endpoints": [fixture.docker_host(name, "proxy")],
	},
	fields,
))

_finding(severity, does, remedy) := {
	"at": "services.proxy.environment[CONTAINERS]",
	"message": $`"CONTAINERS" of the socket proxy "proxy" lets its clients {does}: {remedy}`,
	"severity": severity,
}

_newer := "use linuxserver/socket-proxy, 3.4.3-r0-ls92 or later, which closes files and logs"

_paths := "use a proxy that allows single paths, such as wollomatic/socket-proxy"

# Traefik needs to inspect containers, and nothing of the rest.
test_client if {
	fixture.without_fixes(rule.findings) == {_finding("note", "read any file and the logs of every container", _newer)} with input as _project(_reading, [_client("traefik", {})])
}

test_unknown_client if {
	fixture.without_fixes(rule.findings) == {_finding("note", "read any file, the environment and the logs of every container", _newer)} with input as _project(_reading, [_client("own", _own)])
}

# All that it passes is asked for, and by gates alone.
test_gates_that_are_needed if {
	fixture.without_fixes(rule.findings) == {_finding("note", "read any file and the logs of every container", _newer)} with input as _project(
		{"image": fixture.image("proxy", "mjmccans/docker-socket-proxy", "latest"), "environment": fixture.environment("proxy", {"CONTAINERS": "1", "IMAGES": "1", "INFO": "1"})},
		[_client("diun", {"image": fixture.image("diun", "crazymax/diun", "latest")})],
	)
}

_own := {"image": fixture.image("own", "example/own", "1")}

# What one client needs stays open, whatever another one does.
test_known_and_unknown_client if {
	fixture.without_fixes(rule.findings) == {_finding("note", "read any file of every container", $`{_newer}, with "ALLOW_LOGS=1" and "INFO=1"`)} with input as _project(_reading, [_client("dozzle", {"image": fixture.image("dozzle", "amir20/dozzle", "1")}), _client("own", _own)])
}

test_stranger if {
	fixture.without_fixes(rule.findings) == {_finding("warning", `read any file and the logs of every container, and "app" can call it too`, _newer)} with input as _project(_reading, [
		_client("traefik", {}),
		fixture.service("app", {"networks": fixture.attachments("app", ["api"])}),
	])
}

# The configuration says that it is a client.
test_named_client if {
	fixture.without_fixes(rule.findings) == {_finding("note", `read any file and the logs of every container`, _newer)} with input as object.union(
		_project(_reading, [_client("traefik", {}), fixture.service("app", {"networks": fixture.attachments("app", ["api"])})]),
		{"config": {"roles": {"proxies": [], "clients": [{"service": "app", "needs": ["ContainerList"]}]}}},
	)
}

# Where no service points at the proxy, whoever is beside it may be its client.
test_nobody_points_at_it if {
	fixture.without_fixes(rule.findings) == {_finding("note", "read any file, the environment and the logs of every container", _newer)} with input as _project(_reading, [fixture.service("app", {"networks": fixture.attachments("app", ["api"])})])
}

test_client_that_outsiders_reach if {
	fixture.without_fixes(rule.findings) == {_finding("warning", `read any file and the logs of every container, and outsiders reach "traefik"`, _newer)} with input as _project(_reading, [_client("traefik", {"entries": [fixture.entry("traefik", 443, {})]})])
}

# What hands on to the proxy is as good as a client, whoever asks it.
test_forwarder_that_outsiders_reach if {
	_of_proxy == {_finding("warning", `read any file, the environment and the logs of every container, and outsiders reach "fwd"`, _newer)} with input as _project(_reading, [_forwarder([fixture.entry("fwd", 9000, {})])])
	_of_proxy == {_finding("note", `read any file, the environment and the logs of every container`, _newer)} with input as _project(_reading, [_forwarder([])])
	_of_proxy == {_finding("note", `read any file, the environment and the logs of every container`, _newer)} with input as _project(_reading, [fixture.proxy("filter", {
		"image": fixture.image("filter", "foxxmd/docker-proxy-filter", "0.1.2"),
		"networks": fixture.attachments("filter", ["api"]),
		"endpoints": [fixture.endpoint("filter", "PROXY_URL", "proxy", {})],
		"entries": [fixture.entry("filter", 2375, {})],
	})])
}

_of_proxy := {finding | some finding in fixture.without_fixes(rule.findings); startswith(finding.at, "services.proxy.")}

_forwarder(entries) := fixture.service("fwd", {
	"command": [
		{"at": "services.fwd.command[0]", "value": "TCP-LISTEN:9000,fork", "literal": ""},
		{"at": "services.fwd.command[1]", "value": "TCP:proxy:2375", "literal": ""},
	],
	"networks": fixture.attachments("fwd", ["api"]),
	"endpoints": [object.union(fixture.endpoint("fwd", "TCP", "proxy", {}), {"at": "services.fwd.command[1]"})],
	"entries": entries,
})

# The environment alone is likely to be what an unknown client is there for.
test_environment if {
	fixture.without_fixes(rule.findings) == {_finding("note", `read the environment of every container, and outsiders reach "own"`, _paths)} with input as _project(
		object.union(_reading, _ls92),
		[_client("own", object.union(_own, {"entries": [fixture.entry("own", 443, {})]}))],
	)
}

_ls92 := {"image": fixture.image("proxy", "linuxserver/socket-proxy", "3.4.3-r0-ls92")}

# A shell by GET, which ls92 does not close. The service's own terminal is no gain to itself.
test_open_standard_input if {
	fixture.without_fixes(rule.findings) == {_finding("warning", `open a shell in "console" by GET attach/ws`, _paths)} with input as _project(object.union(_reading, _ls92), [
		_client("traefik", {}),
		fixture.service("console", {"stdin_open": true}),
	])
	rule.findings == set() with input as _project(object.union(_reading, _ls92), [_client("traefik", {"stdin_open": true})])
	fixture.without_fixes(rule.findings) == {_finding("warning", `read any file and the logs of every container and open a shell in "console" by GET attach/ws`, _paths)} with input as _project(_reading, [
		_client("traefik", {}),
		fixture.service("console", {"stdin_open": true}),
	])
}

# linuxserver's newer proxy has a flag for each.
test_flag_of_its_own if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.proxy.environment[ALLOW_ARCHIVE]",
			"message": `"ALLOW_ARCHIVE" of the socket proxy "proxy" lets its clients read any file of every container: set "ALLOW_ARCHIVE" to "0"`,
			"severity": "note",
		},
		_finding("note", "read the environment of every container", _paths),
	} with input as _project(
		object.union(_ls92, {"environment": fixture.environment("proxy", {"CONTAINERS": "1", "ALLOW_ARCHIVE": "1"})}),
		[_client("own", _own)],
	)
}

# A flag has one finding: that no client needs it.
test_older_image_of_linuxserver if {
	fixture.without_fixes(rule.findings) == {_finding("note", "read any file and the logs of every container", "use a newer tag, 3.4.3-r0-ls92 or later, which closes files and logs")} with input as _project(
		object.union(_reading, {"image": fixture.image("proxy", "linuxserver/socket-proxy", "3.4.0-r0-ls86")}),
		[_client("traefik", {})],
	)
}

# The flag that the clients need is not the one to close what they do not: Podman's own logs have another.
test_flag_that_is_needed if {
	rule.findings == set() with input as _project(
		object.union(_ls92, {
			"environment": fixture.environment("proxy", {"CONTAINERS": "1", "INFO": "1", "POST": "0", "LIBPOD_CONTAINERS": "1", "ALLOW_LOGS": "1"}),
			"mounts": [fixture.mount("proxy", "/run/podman/podman.sock", {"target": "/var/run/docker.sock"})],
		}),
		[_client("dozzle", {"image": fixture.image("dozzle", "amir20/dozzle", "1")})],
	)
}

test_flags_of_other_rules if {
	rule.findings == set() with input as _project(
		object.union(_ls92, {"environment": fixture.environment("proxy", {"CONTAINERS": "1", "ALLOW_ARCHIVE": "1"})}),
		[_client("traefik", {})],
	)
}

test_expression if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.command[allowGET]",
		"message": `"allowGET" of the socket proxy "proxy" lets its clients read any file, the environment and the logs of every container: narrow it to the paths that they need`,
		"severity": "note",
	}} with input as _project(
		{
			"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
			"options": fixture.settings("services.proxy", "command", {"allowGET": "/v1[.].{2}/containers/.*", "listenip": "0.0.0.0"}),
		},
		[],
	)
}

# strayer's takes the environment out of the answers.
test_hidden_environment if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy",
		"message": $`socket proxy "proxy" lets its clients read the logs of every container: {_paths}`,
		"severity": "note",
	}} with input as _project({"image": fixture.image("proxy", "strayer/beszel-docker-socket-proxy", "1")}, [])
}

# What stands behind a filter says what it lets through.
test_chain if {
	{finding.at | some finding in rule.findings} == {"services.inner.environment[CONTAINERS]"} with input as fixture.project([
		fixture.proxy("inner", {"environment": fixture.environment("inner", {"CONTAINERS": "1"})}),
		fixture.service("filter", {
			"image": fixture.image("filter", "foxxmd/docker-proxy-filter", "0.1.2"),
			"endpoints": [fixture.endpoint("filter", "PROXY_URL", "inner", {})],
		}),
		fixture.service("own", {"endpoints": [fixture.docker_host("own", "filter")]}),
	])
}

# Whether a filter is in force can depend on what nobody set.
test_perhaps_hidden_environment if {
	fixture.without_fixes(rule.findings) == {_finding("note", "read any file and the logs of every container", _newer)} with input as _project(_reading, [_client("own", _own)])
		with data.composelint.body_filters.perhaps_refused as {"proxy": {"environment"}}
}

# Who filters bodies would lose that by the image that closes files and logs.
test_filtering if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[CONTAINERS]",
		"message": `"CONTAINERS" of the socket proxy "proxy" lets its clients read any file, the environment and the logs of every container: allow only the paths that they need in its configuration`,
		"severity": "note",
	}} with input as _project({"image": fixture.image("proxy", "codeswhat/sockguard", "v1.7.4"), "environment": fixture.environment("proxy", {"CONTAINERS": "1"})}, [])
}

# It is worse where everything can be written, and that is another rule's finding.
test_root if {
	rule.findings == set() with input as _project({"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "1"})}, [_client("traefik", {})])
}

test_closed if {
	rule.findings == set() with input as _project({"environment": fixture.environment("proxy", {"IMAGES": "1"})}, [])
	rule.findings == set() with input as _project(object.union(_reading, _ls92), [_client("traefik", {})])
}

# A client that needs archives gets them.
test_needed if {
	rule.findings == set() with input as object.union(
		_project(_reading, [_client("backup", {"image": fixture.image("backup", "example/backup", "1")})]),
		{"config": {"roles": {"proxies": [], "clients": [{"service": "backup", "needs": [
			"ContainerArchive", "ContainerExport", "ContainerInspect", "ContainerLogs",
		]}]}}},
	)
}

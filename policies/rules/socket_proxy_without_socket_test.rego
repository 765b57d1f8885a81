package composelint.rules["socket-proxy-without-socket_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-without-socket"] as rule

test_none if {
	fixture.without_fixes(rule.findings) == {{"at": "services.proxy", "message": `socket proxy "proxy" has no socket: mount the engine's at "/var/run/docker.sock", read-only`}} with input as _proxy({})
	count(rule.findings) == 1 with input as _proxy({"mounts": [fixture.mount("proxy", "/run", {"type": "tmpfs", "host_path": ""})]})
}

test_elsewhere if {
	fixture.without_fixes(rule.findings) == {{"at": "services.proxy", "message": `socket proxy "proxy" looks for the engine's socket at "/var/run/podman.sock", where nothing is mounted: set "SOCKET_PATH" to "/run/docker.sock"`}} with input as _proxy({
		"environment": fixture.environment("proxy", {"SOCKET_PATH": "/var/run/podman.sock"}),
		"mounts": [fixture.mount("proxy", "/run/docker.sock", {})],
	})
	{finding.message | some finding in rule.findings} == {`socket proxy "proxy" looks for the engine's socket at "/podman.sock", where nothing is mounted: set "socketpath" to "/run/docker.sock"`} with input as _proxy({
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"environment": fixture.environment("proxy", {"SP_SOCKETPATH": "/run/docker.sock"}),
		"options": fixture.settings("services.proxy", "command", {"socketpath": "/podman.sock"}),
		"mounts": [fixture.mount("proxy", "/run/docker.sock", {})],
	})
}

test_there if {
	rule.findings == set() with input as _proxy({"mounts": [fixture.mount("proxy", "/run/docker.sock", {})]})
	rule.findings == set() with input as _proxy({"mounts": [fixture.mount("proxy", "/var/run", {})]})
	rule.findings == set() with input as _proxy({"use_api_socket": true})
}

test_not_known if {
	rule.findings == set() with input as _proxy({"complete": false})
	rule.findings == set() with input as _proxy({"environment_incomplete": true})
	rule.findings == set() with input as _proxy({"environment": fixture.passed_through("proxy", ["SOCKET_PATH"])})
	rule.findings == set() with input as _proxy({"environment": fixture.environment("proxy", {"SOCKET_PATH": "engine:2375"})})
	rule.findings == set() with input as _proxy({"image": fixture.image("proxy", "swiftwave/any", "1")})
	rule.findings == set() with input as fixture.project([fixture.service("app", {})])
}

_proxy(fields) := fixture.project([fixture.proxy("proxy", fields)])

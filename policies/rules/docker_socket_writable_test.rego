package composelint.rules["docker-socket-writable_test"]

import data.composelint.fixture
import data.composelint.rules["docker-socket-writable"] as rule

test_writable_socket_of_a_proxy if {
	rule.findings == {{
		"at": "services.proxy.volumes[/run/docker.sock]",
		"message": `socket proxy "proxy" mounts the API socket writable: add ":ro", which protects the socket's file, though not the API`,
		"fixes": [{
			"title": "mount the socket read-only",
			"edits": [{"op": "set", "at": "services.proxy.volumes[/run/docker.sock]", "path": ["read_only"], "value": true}],
		}],
	}} with input as _proxy([fixture.mount("proxy", "/run/docker.sock", {})])
}

test_directory if {
	{finding.at | some finding in rule.findings} == {"services.proxy.volumes[/run]"} with input as _proxy([fixture.mount("proxy", "/run", {})])
}

test_read_only if {
	rule.findings == set() with input as _proxy([fixture.mount("proxy", "/run/docker.sock", {"read_only": true})])
}

test_unknown if {
	rule.findings == set() with input as _proxy([fixture.without(fixture.mount("proxy", "/run/docker.sock", {}), ["read_only"])])
}

test_filtered_socket if {
	rule.findings == set() with input as _proxy([fixture.named_volume("proxy", "filtered", "/filtered")])
}

test_no_proxy if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {"mounts": [fixture.mount("app", "/run/docker.sock", {})]})])
}

_proxy(mounts) := fixture.project([fixture.proxy("proxy", {"mounts": mounts})])

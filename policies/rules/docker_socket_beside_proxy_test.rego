package composelint.rules["docker-socket-beside-proxy_test"]

import data.composelint.fixture
import data.composelint.rules["docker-socket-beside-proxy"] as rule

test_client_with_socket if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.volumes[/run/docker.sock]",
		"message": `service "app" points at a socket proxy but also mounts the Docker API socket "/run/docker.sock", which bypasses it: remove the mount`,
	}} with input as _beside({
		"mounts": [fixture.mount("app", "/run/docker.sock", {})],
		"endpoints": [fixture.docker_host("app", "proxy")],
	})
}

test_read_only_does_not_help if {
	{finding.message | some finding in rule.findings} == {`service "app" points at a socket proxy but also mounts the Docker API socket "/run/docker.sock", which bypasses it even read-only: remove the mount`} with input as _beside({
		"mounts": [fixture.mount("app", "/run/docker.sock", {"read_only": true})],
		"endpoints": [fixture.endpoint("app", "DOCKER_API", "proxy", {"reachable": false})],
	})
}

test_use_api_socket if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "use_api_socket",
		"message": `service "app" points at a socket proxy but also gets the API socket and the registry credentials: remove "use_api_socket"`,
	}} with input as _beside({"use_api_socket": true, "endpoints": [fixture.docker_host("app", "proxy")]})
}

test_client_by_filtered_socket if {
	{finding.at | some finding in rule.findings} == {"services.app.volumes[/run/docker.sock]"} with input as _beside({
		"mounts": [fixture.mount("app", "/run/docker.sock", {}), fixture.named_volume("app", "filtered", "/proxy")],
		"endpoints": [fixture.endpoint("app", "DOCKER_HOST", "", {"scheme": "unix", "path": "/proxy/docker.sock", "services": []})],
	})
}

test_no_client if {
	rule.findings == set() with input as _beside({"mounts": [fixture.mount("app", "/run/docker.sock", {})]})
}

test_client_without_socket if {
	rule.findings == set() with input as _beside({"endpoints": [fixture.docker_host("app", "proxy")]})
}

test_unknown if {
	rule.findings == set() with input as _beside({
		"mounts": [fixture.without(fixture.mount("app", "/run/docker.sock", {}), ["host_path"])],
		"endpoints": [fixture.docker_host("app", "proxy")],
	})
}

# A proxy behind a proxy holds its socket by right.
test_chained_proxy if {
	rule.findings == set() with input as fixture.project([
		fixture.proxy("inner", {}),
		fixture.proxy("outer", {
			"mounts": [fixture.mount("outer", "/run/docker.sock", {})],
			"endpoints": [fixture.docker_host("outer", "inner")],
		}),
	])
}

test_open_to_outsiders if {
	{finding.path | some finding in rule.findings} == {[
		{"at": "services.app.ports[80/tcp]", "label": "outsiders come in by port 80 on 0.0.0.0"},
		{"at": "services.app", "label": `service "app"`},
		{"at": "services.app.volumes[/run/docker.sock]", "label": "the host's API socket, which is root on the host"},
	]} with input as _beside({
		"mounts": [fixture.mount("app", "/run/docker.sock", {})],
		"endpoints": [fixture.docker_host("app", "proxy")],
		"entries": [fixture.entry("app", 80, {})],
	})
}

# A hook points at what its service points at, and the other way round.
test_hook if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.pre_start[0].volumes[/run/docker.sock]",
		"message": `pre_start hook 1 of service "app" points at a socket proxy but also mounts the Docker API socket "/run/docker.sock", which bypasses it: remove the mount`,
	}} with input as fixture.project([
		fixture.proxy("proxy", {}),
		fixture.service("app", {"endpoints": [fixture.docker_host("app", "proxy")]}),
		fixture.hook("app", "pre_start", {"mounts": [fixture.mount("app.pre_start[0]", "/run/docker.sock", {})]}),
	])
	{finding.at | some finding in rule.findings} == {"services.app.volumes[/run/docker.sock]"} with input as fixture.project([
		fixture.proxy("proxy", {}),
		fixture.service("app", {"mounts": [fixture.mount("app", "/run/docker.sock", {})]}),
		fixture.hook("app", "post_start", {"endpoints": [fixture.docker_host("app.post_start[0]", "proxy")]}),
	])
}

_beside(app) := fixture.project([
	fixture.proxy("proxy", {"mounts": [
		fixture.mount("proxy", "/run/docker.sock", {}),
		fixture.named_volume("proxy", "filtered", "/filtered"),
	]}),
	fixture.service("app", app),
])

test_fixes if {
	_fixes == {{
		"title": "remove the mount of the socket",
		"risk": "what it asks of the engine and the proxy denies, it gets no more",
		"edits": [{"op": "remove", "at": "services.app.volumes[/run/docker.sock]"}],
	}} with input as _mounting("/run/docker.sock", {})
	_fixes == {{"title": "", "edits": [], "refused": "the directory may have more that it needs: mount that alone"}} with input as _mounting("/run", {})
	_fixes == {{"title": "", "edits": [], "refused": `the mount is that of service "base", which may need it`}} with input as _mounting("/run/docker.sock", {"from": "base"})
}

_fixes := {fix | some finding in rule.findings; some fix in finding.fixes}

_mounting(path, fields) := _beside({"mounts": [fixture.mount("app", path, fields)], "endpoints": [fixture.docker_host("app", "proxy")]})

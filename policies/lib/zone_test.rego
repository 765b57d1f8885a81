package composelint.zone_test

import data.composelint.fixture
import data.composelint.zone

test_clients if {
	zone.clients == {"proxy": {"by-name", "by-socket", "other"}, "other": {"by-name"}} with input as fixture.project([
		fixture.proxy("proxy", {"mounts": [fixture.named_volume("proxy", "filtered", "/filtered")]}),
		fixture.proxy("other", {"endpoints": [fixture.docker_host("other", "proxy")]}),
		fixture.service("by-name", {"endpoints": [
			fixture.docker_host("by-name", "proxy"),
			fixture.endpoint("by-name", "remote-host", "other", {}),
		]}),
		fixture.service("by-socket", {
			"mounts": [fixture.named_volume("by-socket", "filtered", "/proxy")],
			"endpoints": [_socket("by-socket", "/proxy/docker.sock")],
		}),
		fixture.service("elsewhere", {
			"mounts": [fixture.named_volume("elsewhere", "filtered", "/own/doc"), fixture.named_volume("elsewhere", "own", "/own")],
			"endpoints": [_socket("elsewhere", "/own/docker.sock"), fixture.endpoint("elsewhere", "DATABASE_URL", "elsewhere", {})],
		}),
	])
}

# A slip of a proxy's name points at it where it is the address of a Docker API.
test_slips if {
	zone.clients == {"proxy": {"app"}} with input as fixture.project([
		fixture.proxy("proxy", {}),
		fixture.service("app", {"endpoints": [fixture.endpoint("app", "DOCKER_HOST", "prxoy", {"services": ["proxy"], "meant": "proxy", "reachable": false})]}),
		fixture.service("web", {"endpoints": [fixture.endpoint("web", "UPSTREAM", "prxoy", {"services": ["proxy"], "meant": "proxy", "reachable": false})]}),
	])
}

_socket(name, path) := fixture.endpoint(name, "DOCKER_HOST", "", {"scheme": "unix", "port": 0, "path": path, "services": []})

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

# What goes before another setting takes its place, and one that is told elsewhere points at the proxy
# with which it is alone.
test_clients_by_what_they_read if {
	zone.clients == {"proxy": {"app"}} with input as _with("crazymax/diun", "4", {"endpoints": [fixture.docker_host("app", "proxy")]}, []) # which is meant
	zone.clients == {"proxy": {"app"}} with input as _with("crazymax/diun", "4", {"endpoints": [fixture.endpoint("app", "DIUN_PROVIDERS_DOCKER_ENDPOINT", "proxy", {})]}, [])
	zone.clients == {} with input as _with(
		"traefik", "v3.7.9", {"environment": fixture.environment("app", {"DOCKER_HOST": "tcp://elsewhere:2375"}), "endpoints": [
			fixture.endpoint("app", "DOCKER_HOST", "elsewhere", {"services": []}),
			fixture.endpoint("app", "providers.docker.endpoint", "proxy", {}),
		]},
		[],
	)
	zone.clients == {"proxy": {"app"}} with input as _with("traefik", "v3.7.9", {"environment": fixture.environment("app", {"DOCKER_HOST": ""}), "endpoints": [fixture.endpoint("app", "providers.docker.endpoint", "proxy", {})]}, [])
}

test_settled_clients if {
	zone.clients == {"proxy": {"app"}} with input as _with("louislam/uptime-kuma", "2", {}, [])
	zone.clients == {"proxy": {"app"}} with input as _with("portainer/portainer-ce", "lts", {}, [])
	zone.clients == {} with input as _with("portainer/portainer-ce", "lts", {"mounts": [fixture.mount("app", "/run/docker.sock", {})]}, [])
	zone.clients == {} with input as _with("portainer/portainer-ce", "lts", {"endpoints": [fixture.endpoint("app", "H", "elsewhere", {"services": []}), fixture.endpoint("app", "host", "elsewhere", {"services": []})]}, [fixture.service("third", {"networks": fixture.attachments("third", ["api"])})])
	zone.clients == {} with input as _with("louislam/uptime-kuma", "2", {}, [fixture.service("third", {"networks": fixture.attachments("third", ["api"])})])
	zone.clients == {} with input as _with("example/app", "2", {}, [])
	zone.clients == {} with input as _with("homarr-labs/homarr", "1", {}, [])
}

_with(image, tag, fields, others) := fixture.project_with(
	array.concat(
		[
			fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api"])}),
			fixture.service("app", object.union({"image": fixture.image("app", image, tag), "networks": fixture.attachments("app", ["api"])}, fields)),
		],
		others,
	),
	{"networks": [fixture.network("api", {})]},
)

_socket(name, path) := fixture.endpoint(name, "DOCKER_HOST", "", {"scheme": "unix", "port": 0, "path": path, "services": []})

package composelint.lookalikes_test

import data.composelint.effective_api
import data.composelint.fixture
import data.composelint.lookalikes
import data.composelint.proxy_setup
import data.composelint.proxy_trust
import data.composelint.zone

_socket(name) := fixture.mount(name, "/run/docker.sock", {})

_holder(name, fields) := fixture.service(name, object.union({"mounts": [_socket(name)]}, fields))

_image(image) := fixture.project([_holder("sp", {"image": fixture.image("sp", image, "1")})])

test_by_the_name_of_the_image if {
	lookalikes.kinds == {"sp": "unknown"} with input as _image("registry.example.com/infra/docker-socket-proxy")
	lookalikes.kinds == {"sp": "unknown"} with input as _image("example/socket-proxy")
	lookalikes.kinds == {"sp": "unknown"} with input as _image("example/docker-api-proxy")
	lookalikes.kinds == {"sp": "unknown"} with input as _image("example/sockguard")
	lookalikes.kinds == {} with input as _image("example/app")
	lookalikes.kinds == {} with input as _image("tecnativa/docker-socket-proxy") # which is known
	lookalikes.kinds == {} with input as _image("lucaslorentz/caddy-docker-proxy") # which is a client
	lookalikes.kinds == {} with input as _image("fork/caddy-docker-proxy")
	lookalikes.kinds == {} with input as fixture.project([fixture.service("sp", {"image": fixture.image("sp", "example/socket-proxy", "1")})])
}

test_by_what_is_built if {
	lookalikes.kinds == {"sp": "unknown"} with input as fixture.project([_holder("sp", {"built": true, "build": fixture.build("sp", {"contexts": [{"at": "services.sp.build.context", "name": "", "source": "./docker-socket-proxy", "remote": false}]})})])
	lookalikes.kinds == {"docker-proxy": "unknown"} with input as fixture.project([_holder("docker-proxy", {"built": true, "build": fixture.build("docker-proxy", {})})])
	lookalikes.kinds == {} with input as fixture.project([_holder("docker-proxy", {})])
	lookalikes.kinds == {"docker-proxy": "unknown"} with input as fixture.project([
		_holder("docker-proxy", {}),
		fixture.service("app", {"endpoints": [fixture.docker_host("app", "docker-proxy")]}),
	])
}

test_by_flags if {
	lookalikes.kinds == {"sp": "unknown"} with input as fixture.project([_holder("sp", {"environment": fixture.environment("sp", {"CONTAINERS": "1", "POST": "0", "IMAGES": "1"})})])
	lookalikes.kinds == {} with input as fixture.project([_holder("sp", {"environment": fixture.environment("sp", {"CONTAINERS": "1", "VERSION": "1"})})])
	lookalikes.kinds == {} with input as fixture.project([_holder("sp", {"environment": fixture.environment("sp", {"CONTAINERS": "web", "POST": "url", "VERSION": "1"})})])
	lookalikes.kinds == {"sp": "unknown"} with input as fixture.project([_holder("sp", {"environment": fixture.environment("sp", {"SP_ALLOW_GET": "/.*"})})])
	lookalikes.kinds == {"sp": "unknown"} with input as fixture.project([_holder("sp", {"options": fixture.settings("services.sp", "command", {"allowGET": "/.*"})})])
}

test_servers_before_the_socket if {
	lookalikes.kinds == {"sp": "unknown"} with input as _before("library/haproxy", "DOCKER_HOST")
	lookalikes.kinds == {"sp": "unknown"} with input as _before("nginx", "DOCKER_HOST")
	lookalikes.kinds == {} with input as _before("nginx", "BACKEND_URL")
	lookalikes.kinds == {} with input as _before("example/app", "DOCKER_HOST")
}

_before(image, name) := fixture.project([
	_holder("sp", {"image": fixture.image("sp", image, "1")}),
	fixture.service("app", {"endpoints": [fixture.endpoint("app", name, "sp", {})]}),
])

# Its command tells that socat hands on everything.
test_socat if {
	lookalikes.kinds == {"sp": "socat"} with input as _socat(["TCP-LISTEN:2375,fork,reuseaddr", "UNIX-CONNECT:/var/run/docker.sock"])
	lookalikes.kinds == {"sp": "socat"} with input as _socat(["-d", "tcp4-l:2375,fork", "unix:/var/run/docker.sock"])
	lookalikes.kinds == {} with input as _socat(["UNIX-LISTEN:/run/docker.sock,fork", "TCP:proxy:2375"])
	"ContainerCreate" in effective_api.allowed.sp with input as _socat(["TCP-LISTEN:2375", "UNIX-CONNECT:/var/run/docker.sock"])
}

_socat(words) := fixture.project([_holder("sp", {
	"image": fixture.image("sp", "alpine/socat", "1"),
	"command": [{"at": $"services.sp.command[{i}]", "value": word, "literal": word} | some i, word in words],
})])

# It is a proxy for all that is said of proxies, and nothing is said of what it lets through.
test_judged_as_a_proxy if {
	zone.clients == {"sp": {"app"}} with input as _before("nginx", "DOCKER_HOST")
	proxy_trust.trusted == {"sp"} with input as _before("nginx", "DOCKER_HOST")
	proxy_setup.replaced == set() with input as _before("nginx", "DOCKER_HOST")
	{decision.verdict | some decision in effective_api.decisions.sp} == {"unknown"} with input as _before("nginx", "DOCKER_HOST")
}

# The configuration says which kind it is.
test_named if {
	lookalikes.kinds == {} with input as object.union(_image("example/socket-proxy"), {"config": {"roles": {"proxies": [{"service": "sp", "kind": "tecnativa"}], "clients": [], "networks": []}}})
}

# One that hands on to a proxy, perhaps through another one like it, holds no socket; what it hands on to
# decides. Who hands on to anything else is none, nor is who hands on to several.
test_forwarding if {
	lookalikes.kinds == {"fwd": "socat"} with input as _forwarding(["proxy"])
	lookalikes.kinds == {} with input as _forwarding(["database"])
	lookalikes.kinds == {} with input as _forwarding(["proxy", "database"])
	lookalikes.kinds == {} with input as _forwarding(["fwd"])
	lookalikes.kinds == {"fwd": "socat", "further": "socat"} with input as object.union(
		_forwarding(["proxy"]),
		{"project": {"services": array.concat(_forwarding(["proxy"]).project.services, [_forwarder("further", 9000, ["fwd"])])}},
	)
	{operation | some operation in effective_api.allowed.fwd} == {"SystemEvents", "SystemPing", "SystemPingHead", "SystemVersion"} with input as _forwarding(["proxy"])
	proxy_trust.trusted == {"fwd", "proxy"} with input as _forwarding(["proxy"])
	zone.askers == {"proxy": {"app"}, "fwd": {"app"}} with input as _forwarding(["proxy"])
	zone.clients == {"proxy": {"fwd"}, "fwd": {"app"}} with input as _forwarding(["proxy"])
	zone.behind == {"fwd": {"proxy"}} with input as _forwarding(["proxy"])
}

# Who asks the forwarder is not known where nobody in the project does.
test_askers_from_elsewhere if {
	zone.askers == {"proxy": {"fwd"}} with input as fixture.project([
		fixture.proxy("proxy", {"mounts": [_socket("proxy")]}),
		_forwarder("fwd", 2375, ["proxy"]),
	])
	zone.relays == {"proxy": {"fwd"}} with input as _forwarding(["proxy"])
}

# One that looks like a proxy itself does not hand on to one by that.
test_forwarding_elsewhere if {
	lookalikes.kinds == {"sp": "unknown"} with input as fixture.project([
		object.union(_forwarder("sp", 5432, ["database"]), {"image": fixture.image("sp", "example/socket-proxy", "1"), "mounts": [_socket("sp")]}),
		fixture.service("database", {}),
	])
}

# What a web server without the socket hands on is not known, perhaps nothing of the Docker API.
test_server_without_a_socket if {
	lookalikes.kinds == {} with input as _server("DOCKER_HOST")
	lookalikes.kinds == {} with input as _server("UPSTREAM")
}

_server(name) := fixture.project([
	fixture.service("web", {"image": fixture.image("web", "library/haproxy", "3.2")}),
	fixture.service("app", {"endpoints": [fixture.endpoint("app", name, "web", {})]}),
])

_forwarding(servers) := fixture.project([
	fixture.proxy("proxy", {"mounts": [fixture.mount("proxy", "/run/docker.sock", {})]}),
	fixture.service("database", {}),
	_forwarder("fwd", 2375, servers),
	fixture.service("app", {"endpoints": [fixture.docker_host("app", "fwd")]}),
])

_forwarder(name, port, servers) := fixture.service(name, {
	"image": fixture.image(name, "alpine/socat", "1"),
	"command": array.concat(
		[{"at": $"services.{name}.command[0]", "value": $"TCP-LISTEN:{port},fork", "literal": ""}],
		[{"at": _at(name, server), "value": $"TCP:{server}:2375", "literal": ""} | some server in servers],
	),
	"endpoints": [object.union(fixture.endpoint(name, "TCP", server, {}), {"at": _at(name, server)}) | some server in servers],
})

_at(name, server) := $"services.{name}.command[{server}]"

package composelint.proxy_sockets_test

import data.composelint.client_needs
import data.composelint.fixture
import data.composelint.proxy_sockets
import data.composelint.reach
import data.composelint.zone

# A road is by a volume, or by a directory or the file of the host, wherever either is mounted.
test_roads if {
	proxy_sockets.roads == {"proxy": {
		"same": {_road("same", "/filtered", "/filtered/docker.sock")},
		"other": {_road("other", "/run", "/run/docker.sock")},
	}} with input as _by_volume([_client("same", _volume("same", "/filtered")), _client("other", _volume("other", "/var/run/"))])
	proxy_sockets.roads == {"proxy": {
		"directory": {_road("directory", "/p", "/p/docker.sock")},
		"file": {_road("file", "/p.sock", "/p.sock")},
		"above": {_road("above", "/srv", "/srv/proxy/docker.sock")},
	}} with input as _by_host([
		_client("directory", fixture.mount("directory", "/srv/proxy", {"target": "/p", "at": "services.directory.volumes[/p]"})),
		_client("file", fixture.mount("file", "/srv/proxy/docker.sock", {"target": "/p.sock", "at": "services.file.volumes[/p.sock]"})),
		_client("above", fixture.mount("above", "/srv", {})),
		_client("beside", fixture.mount("beside", "/srv/proxy2", {})),
		_client("root", fixture.mount("root", "/", {})),
	])
}

_road(name, inside, path) := {"at": $"services.{name}.volumes[{_target(inside)}]", "inside": inside, "path": path}

_target("/run") := "/var/run/"

_target(inside) := inside if inside != "/run"

test_directory_of_the_project if {
	proxy_sockets.roads == {"proxy": {"app": {_road("app", "/p", "/p/docker.sock")}}} with input as fixture.project([
		_wollomatic("/filtered/docker.sock", [fixture.mount("proxy", "sockets", {"target": "/filtered"})]),
		_client("app", fixture.mount("app", "sockets", {"target": "/p", "at": "services.app.volumes[/p]"})),
	])
}

# A shim hands on to a proxy what comes to a socket of its own, and asks for nothing itself.
test_shim if {
	proxy_sockets.roads == {"proxy": {"app": {_road("app", "/p", "/p/docker.sock")}}} with input as _shim("proxy", true)
	zone.clients == {"proxy": {"app", "shim"}} with input as _shim("proxy", true)
	client_needs.needs == {"shim": set()} with input as _shim("proxy", true)
	proxy_sockets.roads == {} with input as _shim("database", true)
	proxy_sockets.roads == {} with input as _shim("proxy", false)
}

_shim(host, reachable) := fixture.project([
	fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api"])}),
	fixture.service("shim", {
		"command": [
			{"at": "services.shim.command[0]", "value": "UNIX-LISTEN:/out/docker.sock,fork", "literal": ""},
			{"at": "services.shim.command[1]", "value": $"TCP:{host}:2375", "literal": ""},
		],
		"mounts": [_volume("shim", "/out")],
		"networks": fixture.attachments("shim", ["api"]),
		"endpoints": [fixture.endpoint("shim", "TCP", host, {"reachable": reachable})],
	}),
	fixture.service("app", {"mounts": [_volume("app", "/p")], "endpoints": [fixture.endpoint("app", "DOCKER_HOST", "", {"scheme": "unix", "path": "/p/docker.sock", "services": []})]}),
])

# Where the rules are its user's own, any directory may have a socket, but for that of the rules.
test_rules_of_the_users_own if {
	proxy_sockets.roads == {"proxy": {"app": {_road("app", "/p", null)}}} with input as _configured([_client("app", fixture.mount("app", "/srv/own", {"target": "/p", "at": "services.app.volumes[/p]"}))])
	proxy_sockets.roads == {} with input as _configured([_client("app", fixture.mount("app", "/srv/haproxy", {"target": "/p"}))])
}

_configured(others) := fixture.project(array.concat(
	[fixture.proxy("proxy", {"mounts": [
		fixture.mount("proxy", "/srv/own", {"target": "/sockets"}),
		fixture.mount("proxy", "/srv/haproxy", {"target": "/usr/local/etc/haproxy"}),
		fixture.mount("proxy", "/run/docker.sock", {}),
	]})],
	others,
))

# A deeper mount is what counts, and what is in no mount is nobody's.
test_mounts_of_the_proxy if {
	proxy_sockets.roads == {"proxy": {"app": {_road("app", "/filtered", "/filtered/docker.sock")}}} with input as fixture.project([
		_wollomatic("/filtered/docker.sock", [fixture.named_volume("proxy", "all", "/"), _volume("proxy", "/filtered")]),
		_client("app", _volume("app", "/filtered")),
		_client("other", fixture.named_volume("other", "all", "/all")),
	])
	proxy_sockets.roads == {} with input as fixture.project([
		_wollomatic("/elsewhere/docker.sock", [_volume("proxy", "/filtered")]),
		_client("app", _volume("app", "/filtered")),
	])
}

# Where it is not known which socket a proxy makes, each of its volumes may have one.
test_unknown_socket if {
	proxy_sockets.roads == {"proxy": {"app": {_road("app", "/filtered", null)}}} with input as _unknown
	zone.clients == {"proxy": {"app"}} with input as _unknown
	proxy_sockets.perhaps == {"services.app.environment[DOCKER_HOST]": {"proxy"}} with input as _unknown
	proxy_sockets.missed == {} with input as _unknown
}

_unknown := fixture.project([
	fixture.proxy("proxy", {"mounts": [_volume("proxy", "/filtered")]}),
	_told("app", "/filtered/any.sock"),
])

test_made if {
	proxy_sockets.made == {"proxy": {"/run/proxy/docker.sock"}} with input as _of("11notes/socket-proxy", {})
	proxy_sockets.made == {"proxy": {"/filtered/docker.sock"}} with input as _of("11notes/socket-proxy", {"SOCKET_PROXY_VOLUME": "/filtered/"})
	proxy_sockets.made == {"proxy": {"/filtered/docker.sock"}} with input as _of("hectorm/cetusguard", {"CETUSGUARD_FRONTEND_ADDR": "tcp://:2375 unix:///filtered/docker.sock"})
	proxy_sockets.made == {"proxy": {"/run/proxy.sock"}} with input as _of("wollomatic/socket-proxy", {"SP_PROXYSOCKETENDPOINT": "/var/run/proxy.sock"})
	proxy_sockets.made == {} with input as _of("wollomatic/socket-proxy", {"SP_PROXYSOCKETENDPOINT": ""})
	proxy_sockets.made == {} with input as _of("tecnativa/docker-socket-proxy", {})
}

_of(image, environment) := fixture.project([fixture.proxy("proxy", {
	"image": fixture.image("proxy", image, "1"),
	"environment": fixture.environment("proxy", environment),
})])

# A client is who names the socket, in either spelling of its directory, or says nothing where the
# socket is at the default path.
test_clients if {
	zone.clients == {"proxy": {"told"}} with input as _by_volume([_told("told", "/filtered/docker.sock")])
	zone.clients == {"proxy": {"run"}} with input as _by_volume([_told_at("run", "/run/docker.sock", "/var/run")])
	zone.clients == {"proxy": {"silent"}} with input as _by_volume([_client("silent", _volume("silent", "/run"))])
	zone.clients == {"proxy": {"silent"}} with input as _by_volume([_client("silent", _volume("silent", "/var/run"))])
	zone.clients == {} with input as _by_volume([_client("silent", _volume("silent", "/filtered"))])
	zone.clients == {} with input as _by_volume([fixture.service("elsewhere", {
		"endpoints": [fixture.docker_host("elsewhere", "engine")],
		"mounts": [_volume("elsewhere", "/run")],
	})])
	zone.clients == {"proxy": {"nginx"}} with input as _by_volume([fixture.service("nginx", {
		"image": fixture.image("nginx", "nginxproxy/nginx-proxy", "1.7"),
		"mounts": [_volume("nginx", "/tmp")],
	})])
	zone.clients == {"proxy": {"file"}} with input as _by_host([_client("file", fixture.mount("file", "/srv/proxy/docker.sock", {"target": "/var/run/docker.sock"}))])
}

test_pointing if {
	proxy_sockets.reached == {"services.told.environment[DOCKER_HOST]": {"proxy"}} with input as _by_volume([_told("told", "/filtered/docker.sock")])
	proxy_sockets.missed == {} with input as _by_volume([_told("told", "/filtered/docker.sock")])
	proxy_sockets.reached == {} with input as _by_volume([_told("told", "/filtered/proxy.sock")])
	proxy_sockets.missed == {"services.told.environment[DOCKER_HOST]": {{"proxy": "proxy", "path": "/filtered/docker.sock"}}} with input as _by_volume([_told("told", "/filtered/proxy.sock")])
}

# Every road is one by which the proxy is called.
test_callers if {
	object.keys(reach.callers.proxy) == {"directory"} with input as _by_host([_client("directory", fixture.mount("directory", "/srv/proxy", {}))])
}

_by_volume(clients) := fixture.project(array.concat([_wollomatic("/filtered/docker.sock", [_volume("proxy", "/filtered")])], clients))

_by_host(clients) := fixture.project(array.concat([_wollomatic("/filtered/docker.sock", [fixture.mount("proxy", "/srv/proxy", {"target": "/filtered"})])], clients))

_wollomatic(path, mounts) := fixture.proxy("proxy", {
	"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
	"environment": fixture.environment("proxy", {"SP_PROXYSOCKETENDPOINT": path}),
	"network_owner": "",
	"mounts": mounts,
})

_client(name, mount) := fixture.service(name, {"mounts": [mount]})

_volume(name, target) := fixture.named_volume(name, "filtered", target)

_told(name, path) := _told_at(name, path, "/filtered")

_told_at(name, path, target) := fixture.service(name, {
	"mounts": [_volume(name, target)],
	"endpoints": [fixture.without(fixture.endpoint(name, "DOCKER_HOST", "", {"scheme": "unix", "port": 0, "path": path, "services": []}), ["reachable"])],
})

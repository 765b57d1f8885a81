package composelint.editor_test

import data.composelint.editor
import data.composelint.fixture

test_flags if {
	editor.proxies.proxy.name == "Tecnativa docker-socket-proxy" with input as _asked_by("traefik")
	editor.proxies.proxy.gate == "POST" with input as _asked_by("traefik")
	editor.proxies.proxy.option == "" with input as _asked_by("traefik")
	_named("CONFIGS") == {
		"name": "CONFIGS", "default": "0", "values": _digits,
		"opens": ["GET /configs", "GET /configs/{id}"],
		"more": ["POST /configs/create", "DELETE /configs/{id}", "POST /configs/{id}/update"],
		"root": false, "more_root": false, "needed_by": [],
	} with input as _asked_by("traefik")
	_named("ALLOW_START") == {
		"name": "ALLOW_START", "default": "0", "values": _digits,
		"opens": [], "more": ["POST /containers/{id}/start"],
		"root": false, "more_root": false, "needed_by": [],
	} with input as _asked_by("traefik")
	[_named("CONTAINERS").root, _named("CONTAINERS").more_root, _named("CONTAINERS").needed_by] == [false, true, ["app"]] with input as _asked_by("traefik")
	_named("CONTAINERS").needed_by == [] with input as _asked_by("example/app")
}

# The gate opens nothing by itself.
test_gate if {
	_named("POST").opens == [] with input as _asked_by("traefik")
	"POST /containers/create" in _named("POST").more with input as _asked_by("traefik")
	_named("POST").more_root == true with input as _asked_by("traefik")
}

test_words if editor.proxies.proxy.flags[0].values == array.concat(_digits, [{"value": "false", "on": false}, {"value": "true", "on": true}]) with input as fixture.project([fixture.proxy("proxy", {"image": object.union(fixture.image("proxy", "yusing/socket-proxy", "latest"), {"registry": "ghcr.io"})})])

test_digits if editor.proxies.proxy.flags[0].values == _digits with input as _proxy("linuxserver/socket-proxy", "1.26.3-r0-ls46", {})

test_option if editor.proxies.proxy.option == "a" with input as _proxy("qmcgaw/docker-proxy-acl-alpine", "1", {})

test_flags_of_option if editor.proxies.proxy.flags[0] == {
	"name": "configs", "default": "", "values": [], "opens": ["GET /configs"], "more": [], "root": false, "more_root": false, "needed_by": [],
} with input as _proxy("qmcgaw/docker-proxy-acl-alpine", "1", {})

# What is steered by other means, or by rules of one's own, has no flags that are known.
test_others if {
	editor.proxies == {} with input as fixture.project([fixture.service("app", {})])
	editor.proxies == {} with input as _proxy("wollomatic/socket-proxy", "1.13.1", {})
	editor.proxies == {} with input as _proxy("tecnativa/docker-socket-proxy", "v0.4.1", {"mounts": [fixture.mount("proxy", "/srv/haproxy.cfg", {"target": "/usr/local/etc/haproxy/haproxy.cfg"})]})
}

_digits := [{"value": "0", "on": false}, {"value": "1", "on": true}]

_named(name) := flag if {
	some flag in editor.proxies.proxy.flags
	flag.name == name
}

_proxy(repository, tag, fields) := fixture.project([fixture.proxy("proxy", object.union({"image": fixture.image("proxy", repository, tag)}, fields))])

_asked_by(image) := fixture.project([
	fixture.proxy("proxy", {"environment": fixture.environment("proxy", {"POST": "0"})}),
	fixture.service("app", {"image": fixture.image("app", image, "v3.6"), "endpoints": [fixture.docker_host("app", "proxy")]}),
])

# Operations that no specification has count where a flag opens nothing else.
test_beyond_specification if {
	not "GET /containers/{id}/checkpoints" in _named("CONTAINERS").opens with input as _asked_by("traefik")
	_named("GRPC").more == ["POST /grpc"] with input as _asked_by("traefik")
}

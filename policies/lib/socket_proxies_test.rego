package composelint.socket_proxies_test

import data.composelint.fixture
import data.composelint.socket_proxies

test_kinds if {
	socket_proxies.kinds == {name: kind | some name, [_, kind] in _images} with input as fixture.project([service |
		some name, [image, _] in _images
		service := fixture.service(name, {"image": image})
	])
}

_images := {
	"hub": [fixture.image("hub", "tecnativa/docker-socket-proxy", "latest"), "tecnativa"],
	"registry": [object.union(fixture.image("registry", "tecnativa/docker-socket-proxy", "v0.4.1"), {"registry": "ghcr.io"}), "tecnativa"],
	"mirror": [fixture.image("mirror", "proxy/cache/tecnativa/docker-socket-proxy", "v0.4.1"), "tecnativa"],
	"lscr": [fixture.image("lscr", "linuxserver/socket-proxy", "latest"), "linuxserver"],
	"quay": [fixture.image("quay", "linuxserver.io/socket-proxy", "3.2.4-r0-ls66"), "linuxserver"],
	"unknown": [object.remove(fixture.image("unknown", "linuxserver/socket-proxy", ""), ["tag"]), "linuxserver"],
	"first": [fixture.image("first", "linuxserver/socket-proxy", "1.24.0-r15-ls4"), "linuxserver-nginx"],
	"last": [fixture.image("last", "linuxserver/socket-proxy", "amd64-1.26.3-r0-ls46"), "linuxserver-nginx"],
	"version": [fixture.image("version", "linuxserver/socket-proxy", "version-1.26.3-r0"), "linuxserver-nginx"],
	"fluence": [fixture.image("fluence", "fluencelabs/docker-socket-proxy", "latest"), "fluencelabs"],
	"wolle": [fixture.image("wolle", "wollomatic/socket-proxy", "1"), "wollomatic"],
	"cetus": [fixture.image("cetus", "hectorm/cetusguard", "v1"), "cetusguard"],
	"eleven": [fixture.image("eleven", "11notes/socket-proxy", "stable"), "11notes"],
}

test_no_kinds if {
	socket_proxies.kinds == {} with input as fixture.project([
		fixture.service("fork", {"image": fixture.image("fork", "tecnativa/docker-socket-proxy-ui", "1")}),
		fixture.service("prefix", {"image": fixture.image("prefix", "nottecnativa/docker-socket-proxy", "1")}),
		fixture.service("bare", {"image": fixture.image("bare", "docker-socket-proxy", "1")}),
		fixture.service("caddy", {"image": fixture.image("caddy", "lucaslorentz/caddy-docker-proxy", "2.10")}),
		fixture.without(fixture.service("unknown", {}), ["image"]),
	])
}

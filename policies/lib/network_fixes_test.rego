package composelint.network_fixes_test

import data.composelint.fixture
import data.composelint.network_fixes

# Who is on no other network that leads outside gets one.
test_make_internal if {
	network_fixes.make_internal({"name": "api", "at": "networks.api"}) == [{
		"title": `set "internal: true" for network "api", and put "app" on network "default" as well`,
		"risk": "who is on this network alone does not reach the internet any more",
		"edits": [
			{"op": "set", "at": "networks.api", "path": ["internal"], "value": true},
			{"op": "append", "at": "services.app", "path": ["networks"], "value": "default"},
		],
	}] with input as _on({"proxy": ["api"], "app": ["api"], "web": ["api", "front"]})
	_titles == [`set "internal: true" for network "api"`] with input as _on({"proxy": ["api"], "web": ["api", "front"]})
	_titles == [`set "internal: true" for network "api", and put 2 services on network "default" as well`] with input as _on({"proxy": ["api"], "a": ["api"], "b": ["api"]})
}

# Nobody meets another one there.
test_no_new_neighbours if {
	_titles == [`set "internal: true" for network "api", and put "app" on network "api-outside" as well`] with input as _on({"proxy": ["api"], "app": ["api"], "db": ["default"]})
	_titles == [`set "internal: true" for network "api", and put "app" on network "api-outside" as well`] with input as _on({"proxy": ["api", "engine"], "app": ["api"], "dind": ["engine"]})
}

# The default network may be the very one.
test_default_made_internal if {
	[edit | some fix in network_fixes.make_internal({"name": "default", "at": "networks.default"}); some edit in fix.edits] == [
		{"op": "set", "at": "networks.default", "path": ["internal"], "value": true},
		{"op": "define", "at": "networks.default", "path": ["networks", "default-outside"], "value": null},
		{"op": "append", "at": "services.app", "path": ["networks"], "value": "default-outside"},
	] with input as _on({"proxy": ["default"], "app": ["default"], "web": ["front"]})
}

_titles := [fix.title | some fix in network_fixes.make_internal({"name": "api", "at": "networks.api"})]

_on(networks_of) := fixture.project_with(
	[_member(name, names) | some name, names in networks_of],
	{"networks": [fixture.network(name, {"internal": false}) | some name in {name | some names in networks_of; some name in names}]},
)

_member(name, networks) := fixture.service(name, {"networks": fixture.attachments(name, networks), "image": fixture.image(name, _images[name == "proxy"], "v0.4.1")})

_images := {true: "tecnativa/docker-socket-proxy", false: "example/app"}

# A proxy takes its clients along, from a network that it states or has without a word.
test_move if {
	[fix.edits | some fix in network_fixes.move("proxy", "default")] == [
		[_defined, {"op": "rename", "at": "services.proxy.networks[default]", "value": "docker-api"}, _joined],
		[_defined, {"op": "set", "at": "services.proxy", "path": ["networks"], "value": ["docker-api"]}, _joined],
	] with input as _moving("default", {}, {})
	count(network_fixes.move("proxy", "web")) == 1 with input as _moving("web", {}, {})
}

_defined := {"op": "define", "at": "services.proxy", "path": ["networks", "docker-api"], "value": {"internal": true}}

_joined := {"op": "append", "at": "services.app", "path": ["networks"], "value": "docker-api"}

test_by_hand if {
	_why == ["it asks another service, which has to come with it"] with input as _moving("web", {"endpoints": [fixture.docker_host("proxy", "app")]}, {})
	_why == ["its clients are not in sight"] with input as _moving("web", {}, {"endpoints": []})
	_why == ["its networks are those of another service"] with input as _moving("web", {"network_owner": "app"}, {})
	_why == [`"app" has a network namespace of another one: move that`] with input as _moving("web", {}, {"network_owner": "vpn"})
}

_why := [fix.refused | some fix in network_fixes.move("proxy", "web")]

_moving(network, of_proxy, of_app) := fixture.project([
	fixture.proxy("proxy", object.union({"networks": fixture.attachments("proxy", [network])}, of_proxy)),
	fixture.service("app", object.union({"networks": fixture.attachments("app", [network]), "endpoints": [fixture.docker_host("app", "proxy")]}, of_app)),
	fixture.service("vpn", {}),
])

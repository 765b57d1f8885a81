package composelint.flag_fixes_test

import data.composelint.fixture
import data.composelint.flag_fixes

# What none of the clients needs is closed safely, where all of them are known and nobody else comes in.
test_set if {
	flag_fixes.set("proxy", {"POST": "0"}) == [{
		"title": `set "POST" to "0"`,
		"edits": [{"op": "set", "at": "services.proxy", "path": ["environment", "POST"], "value": "0"}],
	}] with input as _asked_by("traefik", {})
	_risks("POST") == [`a client that asks for what "POST" opens is refused`] with input as _asked_by("traefik", {"entries": [fixture.entry("proxy", 2375, {})]})
	_risks("CONTAINERS") == [`a client that asks for what "CONTAINERS" opens is refused`] with input as _asked_by("traefik", {})
	_risks("POST") == [`what its clients need is not known: who asks for what "POST" opens is refused`] with input as _asked_by("example/app", {})
}

_risks(flag) := [fix.risk | some fix in flag_fixes.set("proxy", {flag: "0"})]

test_open if {
	[[fix.title, fix.risk] | some fix in flag_fixes.set("proxy", {"IMAGES": "1"})] == [[`set "IMAGES" to "1"`, `who asks the proxy for what "IMAGES" opens is let through`]] with input as _asked_by("traefik", {})
	[[fix.title, fix.risk] | some fix in flag_fixes.close("proxy", "POST", {"ALLOW_START"})] == [[
		`set "POST" to "0" and set "ALLOW_START" to "1"`,
		`a client that asks for what "POST" opens is refused`,
	]] with input as _asked_by("traefik", {})
}

# Of some proxies flags are the values of an option, or none at all.
test_other_languages if {
	[fix.edits | some fix in flag_fixes.close("proxy", "containers", set())] == [[{"op": "remove", "at": "services.proxy.command[a]"}]] with input as fixture.project([fixture.proxy("proxy", {
		"image": fixture.image("proxy", "qmcgaw/docker-proxy-acl-alpine", "1"),
		"options": fixture.settings("services.proxy", "command", {"a": "containers"}),
	})])
	flag_fixes.set("proxy", {"POST": "0"}) == [] with input as fixture.project([fixture.proxy("proxy", {"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1")})])
	flag_fixes.set("proxy", {}) == [] with input as fixture.project([fixture.proxy("proxy", {})])
}

test_drop if flag_fixes.drop({"at": "services.proxy.environment[DELETE]", "name": "DELETE"}) == [{
	"title": `remove "DELETE"`,
	"edits": [{"op": "remove", "at": "services.proxy.environment[DELETE]"}],
}]

_asked_by(image, fields) := fixture.project([
	fixture.proxy("proxy", object.union({"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "1"})}, fields)),
	fixture.service("app", {"image": fixture.image("app", image, "v3.6"), "endpoints": [fixture.docker_host("app", "proxy")]}),
])

package composelint.rules["socket-proxy-rules-unknown_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-rules-unknown"] as rule

test_later_release if {
	rule.findings == {{
		"at": "services.proxy.image",
		"message": `the socket proxy "proxy" is judged by the rules of Tecnativa docker-socket-proxy 0.5.0, since "v0.6.0" is of a later release: update composelint, or compare the release notes`,
	}} with input as _of("tecnativa/docker-socket-proxy", "v0.6.0", {})
}

test_others if {
	rule.findings == set() with input as _of("tecnativa/docker-socket-proxy", "v0.5.0", {})
	rule.findings == set() with input as _of("tecnativa/docker-socket-proxy", "latest", {})
	rule.findings == set() with input as _of("tecnativa/docker-socket-proxy", "v0.6.0", {"built": true})
	rule.findings == set() with input as fixture.project([fixture.service("app", {})])
}

_of(image, tag, fields) := fixture.project([fixture.proxy("proxy", object.union({"image": fixture.image("proxy", image, tag)}, fields))])

test_unknown_proxy if {
	rule.findings == {{
		"at": "services.sp",
		"message": `service "sp" looks like a socket proxy, but what it lets through is not known: name its kind in "roles.proxies" of the configuration, as in "sp: tecnativa", or review it by hand`,
	}} with input as fixture.project([fixture.service("sp", {
		"image": fixture.image("sp", "example/docker-socket-proxy", "1"),
		"mounts": [fixture.mount("sp", "/run/docker.sock", {})],
	})])
}

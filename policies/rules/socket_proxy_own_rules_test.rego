package composelint.rules["socket-proxy-own-rules_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-own-rules"] as rule

_message := `what the socket proxy "proxy" lets through was not judged, since its rules are not the image's: use the flags of the image, or review them by hand`

test_mounted_configuration if {
	rule.findings == {{"at": "services.proxy.volumes[/usr/local/etc/haproxy/haproxy.cfg]", "message": _message}} with input as _proxy({"mounts": [
		fixture.mount("proxy", "/run/docker.sock", {}),
		fixture.mount("proxy", "/usr/local/etc/haproxy/haproxy.cfg", {}),
	]})
}

test_command if {
	rule.findings == {{"at": "services.proxy", "message": _message}} with input as _proxy({"command": [{"at": "services.proxy.command[0]", "value": "haproxy", "literal": "haproxy"}]})
}

test_rules_of_the_image if {
	rule.findings == set() with input as _proxy({"environment": fixture.environment("proxy", {"CONTAINERS": "1"})})
}

# What filters bodies is there to be configured.
test_body_filter if {
	rule.findings == set() with input as _proxy({
		"image": fixture.image("proxy", "codeswhat/sockguard", "1"),
		"mounts": [fixture.mount("proxy", "/etc/sockguard/sockguard.yaml", {})],
	})
}

_proxy(fields) := fixture.project([fixture.proxy("proxy", fields)])

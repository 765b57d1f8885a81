package composelint.rules["socket-proxy-untrusted_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-untrusted"] as rule

test_mount if {
	rule.findings == {{
		"at": "services.proxy.volumes[/bin/sh]",
		"message": `service "proxy" is not trusted to be Tecnativa docker-socket-proxy, since "/bin/sh" is mounted over what runs in it: mount nothing there`,
	}} with input as fixture.project([fixture.proxy("proxy", {"mounts": [fixture.mount("proxy", "/srv/x", {"at": "services.proxy.volumes[/bin/sh]", "target": "/bin/sh"})]})])
}

test_runtime if {
	rule.findings == {{
		"at": "services.proxy",
		"key": "runtime",
		"message": `service "proxy" is not trusted to be Tecnativa docker-socket-proxy, since the runtime "evil" may run anything in its place: leave out "runtime"`,
	}} with input as fixture.project([fixture.proxy("proxy", {"runtime": "evil"})])
}

test_good if {
	rule.findings == set() with input as fixture.project([fixture.proxy("proxy", {})])
	rule.findings == set() with input as fixture.project([fixture.service("app", {"runtime": "evil"})])
}

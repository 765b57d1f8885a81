package composelint.rules["socket-proxy-host-root_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-host-root"] as rule

_proxy(values) := fixture.project_with(
	[
		fixture.proxy("proxy", {
			"environment": fixture.environment("proxy", values),
			"mounts": [fixture.mount("proxy", "/run/docker.sock", {"read_only": true})],
			"networks": fixture.attachments("proxy", ["api"]),
		}),
		fixture.service("app", {
			"networks": fixture.attachments("app", ["api"]),
			"endpoints": [fixture.docker_host("app", "proxy")],
		}),
	],
	{"networks": [fixture.network("api", {})]},
)

_path := [
	{"at": "services.app", "label": `service "app"`},
	{"at": "services.app.networks[api]", "label": `network "api"`},
	{"at": "services.proxy", "label": `socket proxy "proxy"`},
	{"at": "services.proxy.volumes[/run/docker.sock]", "label": "the host's Docker API socket"},
]

# That VOLUMES, NETWORKS, EXEC and BUILD are closed changes nothing.
test_configuration_of_the_guide if {
	rule.findings == {{
		"at": "services.proxy.environment[POST]",
		"message": `"POST" and "CONTAINERS" of the socket proxy "proxy" let its clients start a privileged container, which is root on the host (attacks 1, 2, 3, 4, 5, 6 of the validation guide), whatever VOLUMES, NETWORKS, EXEC, BUILD say: set "POST" to "0", or use a proxy that filters the bodies of requests`,
		"related": [
			{"at": "services.proxy.environment[CONTAINERS]", "label": `opened by "CONTAINERS"`},
			{"at": "services.app", "label": `service "app" can call it`},
		],
		"path": _path,
	}} with input as _proxy({"CONTAINERS": "1", "POST": "1", "VOLUMES": "0", "NETWORKS": "0", "EXEC": "0", "BUILD": "0"})
}

test_swarm_service if {
	rule.findings == {{
		"at": "services.proxy.environment[POST]",
		"message": `"POST" and "SERVICES" of the socket proxy "proxy" let its clients run a swarm service with the host's files, which is root on the host (attacks 7, 8, 10 of the validation guide): set "POST" to "0", or use a proxy that filters the bodies of requests`,
		"related": [
			{"at": "services.proxy.environment[SERVICES]", "label": `opened by "SERVICES"`},
			{"at": "services.app", "label": `service "app" can call it`},
		],
		"path": _path,
	}} with input as _proxy({
		"SERVICES": "1", "POST": "1", "CONTAINERS": "0", "VOLUMES": "1", "NETWORKS": "1", "EXEC": "1", "BUILD": "1",
	})
}

test_plugin if {
	rule.findings == {{
		"at": "services.proxy.environment[POST]",
		"message": `"POST" and "PLUGINS" of the socket proxy "proxy" let its clients install a plugin, which is root on the host: set "POST" to "0", or use a proxy that filters the bodies of requests`,
		"related": [
			{"at": "services.proxy.environment[PLUGINS]", "label": `opened by "PLUGINS"`},
			{"at": "services.app", "label": `service "app" can call it`},
		],
		"path": _path,
	}} with input as _proxy({"PLUGINS": "1", "POST": "1"})
}

# One setting of a proxy without a gate, and nobody who could call it.
test_expression if {
	rule.findings == {{
		"at": "services.proxy.command[allowPOST]",
		"message": `"allowPOST" of the socket proxy "proxy" lets its clients start a privileged container, which is root on the host (attacks 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 of the validation guide): narrow it, or use a proxy that filters the bodies of requests`,
		"related": [],
		"path": [],
	}} with input as fixture.project([_wolle({"allowPOST": ".*", "allowGET": ".*"})])
}

# A filter of mounts leaves privileged containers.
test_filter_of_mounts if {
	rule.findings == {{
		"at": "services.proxy.command[allowPOST]",
		"message": `"allowPOST" of the socket proxy "proxy" lets its clients start a privileged container, which is root on the host (attacks 1, 2, 5, 6 of the validation guide): narrow it, or use a proxy that filters the bodies of requests`,
		"related": [],
		"path": [],
	}} with input as fixture.project([_wolle({"allowPOST": "/v1\\..{2}/containers/.*", "allowbindmountfrom": "/srv"})])
}

_wolle(options) := fixture.service("proxy", {
	"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
	"options": fixture.settings("services.proxy", "command", options),
})

# Rules of its own that no setting states.
test_fixed_rules if {
	rule.findings == {{
		"at": "services.proxy",
		"message": `socket proxy "proxy" lets its clients start a privileged container, which is root on the host (attacks 1, 2, 3, 4, 5, 6 of the validation guide): narrow it, or use a proxy that filters the bodies of requests`,
		"related": [],
		"path": [],
	}} with input as fixture.project([fixture.service("proxy", {"image": fixture.image("proxy", "example/fixed", "1")})])
		with data.composelint.proxies.fixed as {
			"name": "fixed", "images": ["example/fixed"], "current": ".", "language": "flags", "truth": "haproxy", "variables": {},
			"rules": [{"verdict": "allow", "path": "^/containers"}, {"verdict": "deny"}],
		}
}

test_reading if {
	rule.findings == set() with input as _proxy({"CONTAINERS": "1", "POST": "0", "IMAGES": "1"})
}

# On Tecnativa, true is off.
test_flag_that_is_off if {
	rule.findings == set() with input as _proxy({"CONTAINERS": "true", "POST": "1"})
}

test_unknown if {
	rule.findings == set() with input as fixture.project([fixture.proxy("proxy", {"environment": array.concat(
		fixture.environment("proxy", {"CONTAINERS": "1"}),
		fixture.passed_through("proxy", ["POST"]),
	)})])
}

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

_path(request) := [
	{"at": "services.app", "label": `service "app"`},
	{"at": "services.app.networks[api]", "label": `network "api"`},
	{"at": "services.proxy", "label": `socket proxy "proxy"`},
	{"at": "services.proxy.environment[POST]", "label": request},
	{"at": "services.proxy.volumes[/run/docker.sock]", "label": "the host's Docker API socket"},
]

# That VOLUMES, NETWORKS, EXEC and BUILD are closed changes nothing.
test_configuration_of_the_guide if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[POST]",
		"message": `"POST" and "CONTAINERS" of the socket proxy "proxy" make its clients root on the host (attacks 1-6 of the validation guide), whatever VOLUMES, NETWORKS, EXEC, BUILD say: set "POST" to "0", or use a proxy that filters the bodies of requests`,
		"related": [
			{"at": "services.proxy.environment[CONTAINERS]", "label": `opened by "CONTAINERS"`},
			{"at": "services.app", "label": `service "app" can call it`},
		],
		"path": _path("POST /containers/create, POST /containers/{id}/start"),
	}} with input as _proxy({"CONTAINERS": "1", "POST": "1", "VOLUMES": "0", "NETWORKS": "0", "EXEC": "0", "BUILD": "0"})
}

test_engine_of_a_user if {
	{finding.message | some finding in rule.findings} == {`"POST" and "CONTAINERS" of the socket proxy "proxy" make its clients the engine's user on the host (attacks 1-6 of the validation guide): set "POST" to "0", or use a proxy that filters the bodies of requests`} with input as fixture.project([fixture.proxy("proxy", {
		"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "1"}),
		"mounts": [fixture.mount("proxy", "/run/user/1000/docker.sock", {"target": "/var/run/docker.sock", "read_only": true})],
	})])
}

test_swarm_service if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[POST]",
		"message": `"POST" and "SERVICES" of the socket proxy "proxy" make its clients root on the host (they can run a swarm service with the host's files): set "POST" to "0", or use a proxy that filters the bodies of requests`,
		"related": [
			{"at": "services.proxy.environment[SERVICES]", "label": `opened by "SERVICES"`},
			{"at": "services.app", "label": `service "app" can call it`},
		],
		"path": _path("POST /services/create"),
	}} with input as _proxy({
		"SERVICES": "1", "POST": "1", "CONTAINERS": "0", "VOLUMES": "1", "NETWORKS": "1", "EXEC": "1", "BUILD": "1",
	})
}

test_plugin if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[POST]",
		"message": `"POST" and "PLUGINS" of the socket proxy "proxy" make its clients root on the host (they can install a plugin): set "POST" to "0", or use a proxy that filters the bodies of requests`,
		"related": [
			{"at": "services.proxy.environment[PLUGINS]", "label": `opened by "PLUGINS"`},
			{"at": "services.app", "label": `service "app" can call it`},
		],
		"path": _path("POST /plugins/pull, POST /plugins/{name}/enable"),
	}} with input as _proxy({"PLUGINS": "1", "POST": "1"})
}

# One setting of a proxy without a gate, and nobody who could call it.
test_expression if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.command[allowPOST]",
		"message": `"allowPOST" of the socket proxy "proxy" makes its clients root on the host (attacks 1-10 of the validation guide): narrow it, or use a proxy that filters the bodies of requests`,
		"related": [],
		"path": [],
	}} with input as fixture.project([_wolle({"allowPOST": ".*", "allowGET": ".*"})])
}

test_two_expressions if {
	{finding.message | some finding in rule.findings} == {`"SP_ALLOW_POST_1" and "SP_ALLOW_POST_2" of the socket proxy "proxy" make its clients root on the host (attacks 1-6 of the validation guide): narrow them, or use a proxy that filters the bodies of requests`} with input as fixture.project([object.union(_wolle({}), {"environment": fixture.environment("proxy", {
		"SP_ALLOW_POST_1": "/containers/create",
		"SP_ALLOW_POST_2": "/containers/[^/]+/start",
	})})])
}

# A filter of mounts leaves privileged containers.
test_filter_of_mounts if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.command[allowPOST]",
		"message": `"allowPOST" of the socket proxy "proxy" makes its clients root on the host (attacks 1, 2, 5, 6 of the validation guide): narrow it, or use a proxy that filters the bodies of requests`,
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
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy",
		"message": `socket proxy "proxy" makes its clients root on the host (attacks 1-6 of the validation guide): narrow it, or use a proxy that filters the bodies of requests`,
		"related": [],
		"path": [],
	}} with input as fixture.project([fixture.service("proxy", {"image": fixture.image("proxy", "example/fixed", "1")})])
		with data.composelint.proxies.fixed as {
			"name": "fixed", "images": ["example/fixed"], "current": ".", "language": "flags", "truth": "haproxy", "variables": {},
			"rules": [{"verdict": "allow", "path": "^/containers"}, {"verdict": "deny"}],
		}
		with data.composelint.prepared.kinds["example/fixed"] as "fixed"
}

# The flag of a proxy without a gate can be closed by itself.
test_flag_without_a_gate if {
	_messages == {`"CONTAINERS_WRITE" of the socket proxy "proxy" makes its clients root on the host (attacks 1-6 of the validation guide): set "CONTAINERS_WRITE" to "0", or use a proxy that filters the bodies of requests`} with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "swiftwave-org/docker-socket-proxy", "latest"),
		"environment": fixture.environment("proxy", {"CONTAINERS_WRITE": "1"}),
	})])
}

# Connecting to a network is attack 8.
test_attacks_that_do_not_follow_each_other if {
	_messages == {`"POST" and "CONTAINERS" of the socket proxy "proxy" make its clients root on the host (attacks 1-6, 8 of the validation guide): set "POST" to "0", or use a proxy that filters the bodies of requests`} with input as _proxy({"CONTAINERS": "1", "NETWORKS": "1", "POST": "1"})
}

# What the clients are known to need stays open.
test_remedy_by_clients if {
	_messages == {`"POST" and "CONTAINERS" of the socket proxy "proxy" make its clients root on the host (attacks 1-6 of the validation guide): set "POST" to "0"`} with input as _used_by("tecnativa/docker-socket-proxy", "v0.4.1", "traefik")
	_messages == {`"POST" and "CONTAINERS" of the socket proxy "proxy" make its clients root on the host (attacks 1-6 of the validation guide): use linuxserver/socket-proxy, where "ALLOW_RESTARTS=1" with "POST=0" is enough for its clients`} with input as _used_by("tecnativa/docker-socket-proxy", "v0.4.1", "willfarrell/autoheal")
	_messages == {`"POST" and "CONTAINERS" of the socket proxy "proxy" make its clients root on the host (attacks 1-6 of the validation guide): set "POST" to "0" and "ALLOW_RESTARTS" to "1"`} with input as _used_by("linuxserver/socket-proxy", "3.4.3-r0-ls92", "willfarrell/autoheal")
	_messages == {`"POST" and "CONTAINERS" of the socket proxy "proxy" make its clients root on the host (attacks 1-6 of the validation guide): use a proxy that filters the bodies of requests, as its clients need "POST"`} with input as _used_by("tecnativa/docker-socket-proxy", "v0.4.1", "containrrr/watchtower")
	_messages == {`"POST" and "CONTAINERS" of the socket proxy "proxy" make its clients root on the host (attacks 1-6 of the validation guide): set "POST" to "0", or use a proxy that filters the bodies of requests`} with input as _used_by("tecnativa/docker-socket-proxy", "v0.4.1", "portainer/portainer-ce")
}

# Where one client writes and others read, each is to have a proxy.
test_proxy_for_each if {
	_messages == {`"POST" and "CONTAINERS" of the socket proxy "proxy" make its clients root on the host (attacks 1-6 of the validation guide): give "watchtower", which writes, a socket proxy of its own, and set "POST" to "0" here`} with input as _shared("tecnativa/docker-socket-proxy", {"CONTAINERS": "1", "POST": "1"}, {"traefik": "traefik", "watchtower": "containrrr/watchtower"})
	_messages == {`"POST" and "CONTAINERS" of the socket proxy "proxy" make its clients root on the host (attacks 1-6 of the validation guide): give "sablier" and "watchtower", which write, a socket proxy of their own, and set "POST" to "0" here`} with input as _shared("tecnativa/docker-socket-proxy", {"CONTAINERS": "1", "POST": "1"}, {"sablier": "sablierapp/sablier", "traefik": "traefik", "watchtower": "containrrr/watchtower"})
	_messages == {`"SP_ALLOW_POST" of the socket proxy "proxy" makes its clients root on the host (attacks 1-6 of the validation guide): give "watchtower", which writes, a socket proxy of its own, and narrow it here`} with input as _shared("wollomatic/socket-proxy", {"SP_ALLOW_POST": "/v1\\..{2}/containers/.*"}, {"traefik": "traefik", "watchtower": "containrrr/watchtower"})
}

# What the others may use besides would be lost, and what all need is nobody's own.
test_no_proxy_for_each if {
	_messages == {`"POST" and "CONTAINERS" of the socket proxy "proxy" make its clients root on the host (attacks 1-6 of the validation guide): use a proxy that filters the bodies of requests, as its clients need "POST"`} with input as _shared("tecnativa/docker-socket-proxy", {"CONTAINERS": "1", "POST": "1"}, {"homarr": "homarr-labs/homarr", "watchtower": "containrrr/watchtower"})
	_messages == {`"SP_ALLOW_POST" of the socket proxy "proxy" makes its clients root on the host (attacks 1-6 of the validation guide): use a proxy that filters the bodies of requests, as its clients need "SP_ALLOW_POST"`} with input as _shared("wollomatic/socket-proxy", {"SP_ALLOW_POST": "/v1\\..{2}/containers/.*"}, {"watchtower": "containrrr/watchtower"})
	_messages == {`"POST" and "CONTAINERS" of the socket proxy "proxy" make its clients root on the host (attacks 1-6 of the validation guide): set "POST" to "0", or use a proxy that filters the bodies of requests`} with input as _shared("tecnativa/docker-socket-proxy", {"CONTAINERS": "1", "POST": "1"}, {"own": "example/own", "watchtower": "containrrr/watchtower"})
}

_shared(repository, flags, clients) := fixture.project(array.concat(
	[fixture.service("proxy", {
		"image": fixture.image("proxy", repository, "latest"),
		"environment": fixture.environment("proxy", flags),
	})],
	[fixture.service(name, {
		"image": fixture.image(name, image, "latest"),
		"endpoints": [fixture.told(name, image, "proxy")],
	}) |
		some name, image in clients
	],
))

# What adds nothing is not named, and no image is advised to itself.
test_advice_ends if {
	_messages == {`"POST" and "CONTAINERS" of the socket proxy "proxy" make its clients root on the host (attacks 1-6 of the validation guide): use a newer tag, where "ALLOW_RESTARTS=1" with "POST=0" is enough for its clients`} with input as _used_by("linuxserver/socket-proxy", "2.8.7-r0-ls3", "willfarrell/autoheal")
	_messages == {`"POST" and "CONTAINERS" of the socket proxy "proxy" make its clients root on the host (attacks 1-6 of the validation guide): set "POST" to "0", or use a proxy that filters the bodies of requests`} with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "linuxserver/socket-proxy", "3.4.3-r0-ls92"),
		"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "1", "ALLOW_START": "1"}),
	})])
}

_messages := {finding.message | some finding in rule.findings}

_used_by(repository, tag, client) := fixture.project([
	fixture.service("proxy", {
		"image": fixture.image("proxy", repository, tag),
		"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "1"}),
	}),
	fixture.service("client", {
		"image": fixture.image("client", client, "latest"),
		"endpoints": [fixture.told("client", client, "proxy")],
	}),
])

# A filter covers all ways to root.
test_filtered if {
	rule.findings == set() with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "codeswhat/sockguard", "v1.7.4"),
		"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "1"}),
	})])
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

# Three flags, each of which lets one of the operations through.
test_flags_of_each_operation if {
	{[finding.at, finding.message] | some finding in rule.findings} == {[
		"services.proxy.environment[POST]",
		`"POST", "CONTAINERS_CREATE" and "CONTAINERS_START" of the socket proxy "proxy" make its clients root on the host (attacks 1-6 of the validation guide): set "POST" to "0", or use a proxy that filters the bodies of requests`,
	]} with input as fixture.project([fixture.proxy("proxy", {
		"image": fixture.image("proxy", "fluencelabs/docker-socket-proxy", "latest"),
		"environment": fixture.environment("proxy", {"POST": "1", "CONTAINERS_CREATE": "1", "CONTAINERS_START": "1"}),
	})])
}

# Whoever creates a container by Podman's own API is root where Podman is.
test_by_podman if {
	_messages == {`"POST" and "LIBPOD_CONTAINERS" of the socket proxy "proxy" make its clients root on the host (they can start a privileged container): set "POST" to "0", or use a proxy that filters the bodies of requests`} with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "linuxserver/socket-proxy", "3.4.3-r0-ls92"),
		"environment": fixture.environment("proxy", {"LIBPOD_CONTAINERS": "1", "POST": "1"}),
	})])
	rule.findings == set() with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "linuxserver/socket-proxy", "3.4.3-r0-ls92"),
		"environment": fixture.environment("proxy", {"LIBPOD_IMAGES": "1", "POST": "1"}),
	})])
	_messages == {`"CETUSGUARD_RULES" of the socket proxy "proxy" makes its clients root on the host (they can start a privileged container): narrow it, or use a proxy that filters the bodies of requests`} with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "hectorm/cetusguard", "v1.1.3"),
		"environment": fixture.environment("proxy", {"CETUSGUARD_RULES": "GET,POST %API_PREFIX_LIBPOD_CONTAINERS%/.*"}),
	})])
}

# Nothing can be closed in socat.
test_socat if {
	_messages == {`socket proxy "sp" makes its clients root on the host (attacks 1-10 of the validation guide): use a socket proxy in its place`} with input as fixture.project([fixture.service("sp", {
		"mounts": [fixture.mount("sp", "/run/docker.sock", {})],
		"command": [{"at": $"services.sp.command[{i}]", "value": word, "literal": word} | some i, word in ["TCP-LISTEN:2375", "UNIX-CONNECT:/var/run/docker.sock"]],
	})])
}

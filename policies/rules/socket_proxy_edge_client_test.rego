package composelint.rules["socket-proxy-edge-client_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-edge-client"] as rule

test_reading if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ports[8080/tcp]",
		"message": `service "app" reads the Docker API through the socket proxy "proxy" and is open to outsiders by port 8080 on 0.0.0.0: let it read no more than the client needs`,
		"severity": "note",
		"path": [
			{"at": "services.app.ports[8080/tcp]", "label": "outsiders come in by port 8080 on 0.0.0.0"},
			{"at": "services.app", "label": `service "app"`},
			{"at": "services.app.networks[api]", "label": `network "api"`},
			{"at": "services.proxy", "label": `socket proxy "proxy"`},
			{"at": "services.proxy.volumes[/run/docker.sock]", "label": "the host's Docker API socket"},
		],
	}} with input as _project({"CONTAINERS": "1"}, [fixture.entry("app", 8080, {})])
}

# What a client needs it has to read; what it does not is too much.
test_reading_what_it_needs if {
	rule.findings == set() with input as _needing(["SystemVersion", "SystemEvents"])
	_seen(rule.findings) == {[
		"services.app.ports[8080/tcp]",
		"note",
		`service "app" reads the Docker API through the socket proxy "proxy" and is open to outsiders by port 8080 on 0.0.0.0: let it read no more than the client needs`,
	]} with input as _needing(["SystemVersion"])
}

_needing(operations) := object.union(
	_project({}, [fixture.entry("app", 8080, {})]),
	{"config": {"roles": {"proxies": [], "clients": [{"service": "app", "needs": operations}]}}},
)

test_writing if {
	_seen(rule.findings) == {[
		"services.app.labels[traefik.http.routers.app.rule]",
		"warning",
		`service "app" can change containers through the socket proxy "proxy" and is open to outsiders by the Traefik router "app": set "POST" to "0", or keep the client from outside`,
	]} with input as _project({"CONTAINERS": "1", "POST": "1"}, [fixture.router("app", {}), fixture.entry("app", 8080, {})])
}

# What writes without the gate does not end with it.
test_closed_gate if {
	{finding.message | some finding in rule.findings} == {`service "app" can change containers through the socket proxy "proxy" and is open to outsiders by port 8080 on 0.0.0.0: let it only read, or keep the client from outside`} with input as _restarting
}

_restarting := fixture.project_with(
	[
		fixture.proxy("proxy", {
			"image": fixture.image("proxy", "linuxserver/socket-proxy", "latest"),
			"networks": fixture.attachments("proxy", ["api"]),
			"environment": fixture.environment("proxy", {"ALLOW_RESTARTS": "1"}),
		}),
		_app([fixture.entry("app", 8080, {})]),
	],
	{"networks": [fixture.network("api", {})]},
)

# What clients need is not taken from them.
test_client_that_only_reads if {
	_messages == {`service "app" can change containers through the socket proxy "proxy" and is open to outsiders by port 8080 on 0.0.0.0: give it a socket proxy of its own that only reads, with what it alone needs, or keep it from outside`} with input as _beside_watchtower("traefik")
	_messages == {`service "app" can change containers through the socket proxy "proxy" and is open to outsiders by port 8080 on 0.0.0.0: keep the client from outside`} with input as _beside_watchtower("sablierapp/sablier")
	_messages == {`service "app" can change containers through the socket proxy "proxy" and is open to outsiders by port 8080 on 0.0.0.0: keep the client from outside`} with input as _beside_watchtower("example/app")
}

_messages := {finding.message | some finding in rule.findings}

_beside_watchtower(image) := fixture.project_with(
	[
		fixture.proxy("proxy", {
			"networks": fixture.attachments("proxy", ["api"]),
			"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "1"}),
		}),
		object.union(_app([fixture.entry("app", 8080, {})]), {"image": fixture.image("app", image, "1"), "endpoints": [fixture.told("app", image, "proxy")]}),
		fixture.service("watchtower", {
			"networks": fixture.attachments("watchtower", ["api"]),
			"image": fixture.image("watchtower", "containrrr/watchtower", "1"),
			"endpoints": [fixture.docker_host("watchtower", "proxy")],
		}),
	],
	{"networks": [fixture.network("api", {})]},
)

# A proxy without a gate, and the worse one of two.
test_no_gate if {
	_seen(rule.findings) == {[
		"services.app.ports[8080/tcp]",
		"warning",
		`service "app" can change containers through the socket proxy "writer" and is open to outsiders by port 8080 on 0.0.0.0: let it only read, or keep the client from outside`,
	]} with input as _with_two
}

_with_two := fixture.project_with(
	[
		fixture.proxy("reader", {
			"networks": fixture.attachments("reader", ["api"]),
			"environment": fixture.environment("reader", {"CONTAINERS": "1"}),
		}),
		fixture.proxy("writer", {
			"image": fixture.image("writer", "wollomatic/socket-proxy", "1"),
			"networks": fixture.attachments("writer", ["api"]),
			"options": fixture.settings("services.writer", "command", {"listenip": "0.0.0.0", "allowPOST": ".*"}),
		}),
		fixture.service("app", {
			"networks": fixture.attachments("app", ["api"]),
			"endpoints": [fixture.docker_host("app", "reader"), fixture.endpoint("app", "DOCKER_API", "writer", {})],
			"entries": [fixture.entry("app", 8080, {})],
		}),
	],
	{"networks": [fixture.network("api", {})]},
)

_seen(findings) := {[finding.at, finding.severity, finding.message] | some finding in findings}

# What a proxy hands on for others is decided behind it.
test_through_another_proxy if {
	{finding.message | some finding in rule.findings} == {`service "app" can change containers through the socket proxy "outer" and is open to outsiders by port 8080 on 0.0.0.0: set "POST" of "proxy" behind it to "0", or keep the client from outside`} with input as fixture.project_with(
		[
			fixture.proxy("proxy", {"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "1"}), "mounts": [fixture.mount("proxy", "/run/docker.sock", {})]}),
			fixture.proxy("outer", {
				"image": fixture.image("outer", "foxxmd/docker-proxy-filter", "0.1.2"),
				"networks": fixture.attachments("outer", ["api"]),
				"endpoints": [fixture.endpoint("outer", "PROXY_URL", "proxy", {})],
			}),
			object.union(_app([fixture.entry("app", 8080, {})]), {"endpoints": [fixture.docker_host("app", "outer")]}),
		],
		{"networks": [fixture.network("api", {})]},
	)
}

# By what a client is at the edge. Traefik routes to no container without a port: one that is published,
# exposed by the file or the image, or named by a label. Of most images nobody knows what they expose, and
# Diun's exposes nothing.
test_ways_in if {
	_first == {"port 8080 on 0.0.0.0"} with input as _by("example/app", {"entries": [fixture.entry("app", 8080, {})]})
	_first == {"port 8080 on 0.0.0.0"} with input as _by("crazymax/diun", {"entries": [fixture.entry("app", 8080, {})]})
	_first == {`the Traefik router "app"`} with input as _by("crazymax/diun", {"entries": [fixture.router("app", {"port": 8080})]})
	_first == {`the Traefik router "app"`} with input as _by("crazymax/diun", {"entries": [fixture.router("app", {})], "labels": fixture.settings("services.app", "labels", {"traefik.http.services.app.loadbalancer.server.port": "8080"})})
	_first == {`the Traefik router "app"`} with input as _by("crazymax/diun", {"entries": [fixture.router("app", {})], "labels": fixture.settings("services.app", "labels", {"traefik.port": "8080"})})
	_first == {`the Traefik router "app"`} with input as _by("crazymax/diun", {"entries": [fixture.router("app", {})], "expose": [{"at": "services.app.expose[8080/tcp]", "port": "8080", "protocol": "tcp"}]})
	_first == {`the Traefik router "app"`} with input as _by("example/app", {"entries": [fixture.router("app", {})]})
	_first == {`the Traefik router "app"`} with input as _by("containrrr/watchtower", {"entries": [fixture.router("app", {})]})
	_first == {`the Traefik router "app"`} with input as _by("crazymax/diun", {"entries": [fixture.router("app", {})], "built": true})
	_first == set() with input as _by("crazymax/diun", {"entries": [fixture.router("app", {})]})
	_first == set() with input as _by("crazymax/diun", {"entries": [fixture.router("app", {})], "labels": fixture.settings("services.app", "labels", {"traefik.enable": "true", "traefik.http.routers.app.rule": "Host(`a`)"})})
	_first == {"the host's network"} with input as _by("crazymax/diun", {"entries": [fixture.router("app", {}), fixture.entry("app", 0, {"kind": "host-network", "called": "the host's network"})]})
	_first == {`the Traefik router "app"`} with input as _by("crazymax/diun", {"entries": [fixture.router("app", {"router": "caddy"})]})
}

_first := {called |
	some finding in rule.findings
	[_, rest] := split(finding.message, "open to outsiders by ")
	called := split(rest, ": ")[0]
}

_by(image, fields) := fixture.project_with(
	[
		fixture.proxy("proxy", {
			"networks": fixture.attachments("proxy", ["api"]),
			"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "1"}),
			"mounts": [fixture.mount("proxy", "/run/docker.sock", {})],
		}),
		object.union_n([_app([]), {"image": fixture.image("app", image, "1")}, fields]),
	],
	{"networks": [fixture.network("api", {})]},
)

test_out_of_reach if {
	rule.findings == set() with input as _project({"CONTAINERS": "1"}, [])
	rule.findings == set() with input as _project({"CONTAINERS": "1"}, [fixture.entry("app", 8080, {"loopback": true})])
	rule.findings == set() with input as _project({"CONTAINERS": "1"}, [fixture.without(fixture.entry("app", 8080, {}), ["open"])])
}

test_nothing_to_get if {
	rule.findings == set() with input as _project({"EVENTS": "0"}, [fixture.entry("app", 8080, {})])
}

test_unknown if {
	rule.findings == set() with input as fixture.project_with(
		[
			fixture.proxy("proxy", {"image": fixture.image("proxy", "mikesir87/docker-socket-proxy", "1"), "networks": fixture.attachments("proxy", ["api"])}),
			_app([fixture.entry("app", 8080, {})]),
		],
		{"networks": [fixture.network("api", {})]},
	)
}

test_no_client if {
	rule.findings == set() with input as fixture.project_with(
		[
			fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api"])}),
			fixture.service("app", {"networks": fixture.attachments("app", ["api"]), "entries": [fixture.entry("app", 8080, {})]}),
		],
		{"networks": [fixture.network("api", {})]},
	)
}

_project(variables, entries) := fixture.project_with(
	[
		fixture.proxy("proxy", {
			"networks": fixture.attachments("proxy", ["api"]),
			"environment": fixture.environment("proxy", variables),
			"mounts": [fixture.mount("proxy", "/run/docker.sock", {})],
		}),
		_app(entries),
	],
	{"networks": [fixture.network("api", {})]},
)

_app(entries) := fixture.service("app", {
	"networks": fixture.attachments("app", ["api"]),
	"endpoints": [fixture.docker_host("app", "proxy")],
	"entries": entries,
})

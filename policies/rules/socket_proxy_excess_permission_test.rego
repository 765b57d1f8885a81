package composelint.rules["socket-proxy-excess-permission_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-excess-permission"] as rule

_project(flags, clients) := fixture.project(array.concat([fixture.proxy("proxy", {"environment": fixture.environment("proxy", flags)})], clients))

_client(name, repository) := fixture.service(name, {
	"image": fixture.image(name, repository, "1"),
	"endpoints": [fixture.docker_host(name, "proxy")],
})

test_one_client if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[NETWORKS]",
		"message": `"NETWORKS" of the socket proxy "proxy" opens what "traefik" does not need ("CONTAINERS" would do): set it to "0"`,
	}} with input as _project({"CONTAINERS": "1", "NETWORKS": "1"}, [_client("traefik", "traefik")])
}

test_two_clients if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[NETWORKS]",
		"message": `"NETWORKS" of the socket proxy "proxy" opens what "dozzle", "traefik" do not need ("CONTAINERS", "INFO" would do): set it to "0"`,
	}} with input as _project({"CONTAINERS": "1", "NETWORKS": "1", "INFO": "1"}, [_client("traefik", "traefik"), _client("dozzle", "amir20/dozzle")])
}

test_what_clients_need if {
	rule.findings == set() with input as _project({"CONTAINERS": "1", "INFO": "1"}, [_client("traefik", "traefik"), _client("dozzle", "amir20/dozzle")])
}

# POST is root on the host and EXEC a section of its own: those are other rules' findings.
test_flags_of_other_rules if {
	rule.findings == set() with input as _project({"CONTAINERS": "1", "POST": "1"}, [_client("traefik", "traefik")])
	rule.findings == set() with input as _project({"CONTAINERS": "1", "SWARM": "1"}, [_client("traefik", "traefik")])
}

# What adds nothing is socket-proxy-idle-flag's.
test_idle_flag if {
	rule.findings == set() with input as _project({"CONTAINERS": "1", "POST": "1", "ALLOW_STOP": "1"}, [_client("watchtower", "containrrr/watchtower")])
}

# What goes with a flag has to come by another one.
test_flag_that_stands_in if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[ALLOW_RESTARTS]",
		"message": `"ALLOW_RESTARTS" of the socket proxy "proxy" opens what "own" does not need ("ALLOW_STOP", "POST" would do): set it to "0" and "ALLOW_STOP" to "1"`,
	}} with input as object.union(
		fixture.project([
			fixture.service("proxy", {
				"image": fixture.image("proxy", "linuxserver/socket-proxy", "2.8.7-ls3"),
				"environment": fixture.environment("proxy", {"ALLOW_RESTARTS": "1", "POST": "1"}),
			}),
			_client("own", "example/own"),
		]),
		{"config": {"roles": {"proxies": [], "clients": [{"service": "own", "needs": ["ContainerStop"]}]}}},
	)
}

# What takes its place must not do more harm than it.
test_flag_that_does_less_harm if {
	rule.findings == set() with input as _project({"POST": "1", "ALLOW_START": "1", "IMAGES": "1"}, [_client("watchtower", "containrrr/watchtower")])
}

# What is on by default, what is off, and what opens nothing.
test_flags_that_give_nothing if {
	rule.findings == set() with input as _project({"CONTAINERS": "1", "EVENTS": "1", "TASKS": "0", "NETWORKS": "true", "ALLOW_START": "1"}, [_client("traefik", "traefik")])
}

# Of two flags for one operation neither is more than needed, and a known program that does not
# declare itself may need some.
test_flags_that_may_be_needed if {
	rule.findings == set() with input as fixture.project([
		fixture.service("proxy", {
			"image": fixture.image("proxy", "linuxserver/socket-proxy", "3.4.3-r0-ls92"),
			"environment": fixture.environment("proxy", {"CONTAINERS": "1", "ALLOW_STOP": "1", "ALLOW_RESTARTS": "1"}),
		}),
		_client("own", "willfarrell/autoheal"),
		_client("other", "homarr-labs/homarr"),
	])
	rule.findings == set() with input as _shared({"CONTAINERS": "1", "SERVICES": "1", "TASKS": "1"}, [])
}

# Who else is on a network of others, or comes in by a port, is in no file. A router that leads
# to the proxy by mistake is no client.
test_clients_elsewhere if {
	rule.findings == set() with input as _shared({"CONTAINERS": "1", "NETWORKS": "1"}, [fixture.without(fixture.entry("proxy", 0, {"kind": "external-network"}), ["open"])])
	rule.findings == set() with input as _shared({"CONTAINERS": "1", "NETWORKS": "1"}, [fixture.entry("proxy", 2375, {})])
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[NETWORKS]",
		"message": `"NETWORKS" of the socket proxy "proxy" opens what "traefik" does not need ("CONTAINERS" would do): set it to "0"`,
	}} with input as _shared({"CONTAINERS": "1", "NETWORKS": "1"}, [fixture.entry("proxy", 2375, {"kind": "router", "router": "traefik"})])
}

_shared(flags, entries) := fixture.project_with(
	[
		fixture.proxy("proxy", {
			"environment": fixture.environment("proxy", flags),
			"networks": fixture.attachments("proxy", ["api"]),
			"entries": entries,
		}),
		fixture.service("traefik", {
			"image": fixture.image("traefik", "traefik", "3"),
			"networks": fixture.attachments("traefik", ["api"]),
			"endpoints": [fixture.docker_host("traefik", "proxy")],
		}),
		fixture.service("homepage", {
			"image": fixture.image("homepage", "gethomepage/homepage", "1"),
			"networks": fixture.attachments("homepage", ["api"]),
		}),
	],
	{"networks": [fixture.network("api", {})]},
)

# Nor is it known who asks what hands on to it.
test_forwarder if {
	rule.findings == set() with input as _forwarded([], []) # and no message without a client
	rule.findings == set() with input as _forwarded([fixture.entry("fwd", 2375, {})], [])
	rule.findings == set() with input as _forwarded([fixture.entry("fwd", 2375, {})], [_traefik_by("fwd")])
	{finding.message | some finding in rule.findings} == {`"NETWORKS" of the socket proxy "proxy" opens what "traefik" does not need ("CONTAINERS" would do): set it to "0"`} with input as _forwarded([], [_traefik_by("fwd")])
}

_traefik_by(name) := fixture.service("traefik", {"image": fixture.image("traefik", "traefik", "3"), "endpoints": [fixture.docker_host("traefik", name)]})

_forwarded(entries, clients) := fixture.project(array.concat(
	[
		fixture.proxy("proxy", {"environment": fixture.environment("proxy", {"CONTAINERS": "1", "NETWORKS": "1"}), "mounts": [fixture.mount("proxy", "/run/docker.sock", {})]}),
		fixture.service("fwd", {
			"command": [
				{"at": "services.fwd.command[0]", "value": "TCP-LISTEN:2375,fork", "literal": ""},
				{"at": "services.fwd.command[1]", "value": "TCP:proxy:2375", "literal": ""},
			],
			"endpoints": [object.union(fixture.endpoint("fwd", "TCP", "proxy", {}), {"at": "services.fwd.command[1]"})],
			"entries": entries,
		}),
	],
	clients,
))

test_unknown_client if {
	rule.findings == set() with input as _project({"CONTAINERS": "1", "NETWORKS": "1"}, [_client("traefik", "traefik"), _client("own", "example/own")])
	rule.findings == set() with input as _project({"CONTAINERS": "1", "NETWORKS": "1"}, [])
}

# All that is needed is on by default.
test_nothing_needed if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[NETWORKS]",
		"message": `"NETWORKS" of the socket proxy "proxy" opens what "own" does not need: set it to "0"`,
	}} with input as object.union(
		_project({"NETWORKS": "1"}, [_client("own", "example/own")]),
		{"config": {"roles": {"proxies": [], "clients": [{"service": "own", "needs": ["SystemEvents"]}]}}},
	)
}

# The configuration says what a program of one's own needs.
test_declared_needs if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[NETWORKS]",
		"message": `"NETWORKS" of the socket proxy "proxy" opens what "own" does not need ("CONTAINERS" would do): set it to "0"`,
	}} with input as object.union(
		_project({"CONTAINERS": "1", "NETWORKS": "1"}, [_client("own", "example/own")]),
		{"config": {"roles": {"proxies": [], "clients": [{"service": "own", "needs": ["ContainerList"]}]}}},
	)
}

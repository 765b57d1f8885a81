package composelint.rules["socket-proxy-missing-permission_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-missing-permission"] as rule

_project(repository, tag, flags, client) := fixture.project([
	fixture.service("proxy", {
		"image": fixture.image("proxy", repository, tag),
		"environment": fixture.environment("proxy", flags),
	}),
	fixture.service("app", {
		"image": fixture.image("app", client, "1"),
		"endpoints": [fixture.docker_host("app", "proxy")],
	}),
])

_tecnativa(flags, client) := _project("tecnativa/docker-socket-proxy", "v0.4.1", flags, client)

test_section if {
	rule.findings == {{
		"at": "services.proxy",
		"message": `service "app" needs SystemInfo, which the socket proxy "proxy" denies: that takes "INFO"`,
	}} with input as _tecnativa({"CONTAINERS": "1"}, "amir20/dozzle")
}

# It is switched off by a word that reads like yes.
test_default_that_is_switched_off if {
	rule.findings == {{
		"at": "services.proxy.environment[EVENTS]",
		"message": `service "app" needs SystemEvents, which the socket proxy "proxy" denies: that takes "EVENTS"`,
	}} with input as _tecnativa({"CONTAINERS": "1", "EVENTS": "true"}, "traefik")
}

test_many_operations if {
	rule.findings == {
		{
			"at": "services.proxy",
			"message": `service "app" needs ContainerList, which the socket proxy "proxy" denies: that takes "CONTAINERS"`,
		},
		{
			"at": "services.proxy.environment[POST]",
			"message": `service "app" needs ContainerRestart, which the socket proxy "proxy" denies: that takes "CONTAINERS" and "POST"`,
		},
	} with input as _tecnativa({"POST": "0"}, "willfarrell/autoheal")
	rule.findings == {{
		"at": "services.proxy",
		"message": `service "app" needs ContainerInspect, ContainerList and 2 more operations, which the socket proxy "proxy" denies: that takes "CONTAINERS"`,
	}} with input as object.union(
		_tecnativa({}, "example/own"),
		{"config": {"roles": {"proxies": [], "clients": [{"service": "app", "needs": ["ContainerList", "ContainerInspect", "ContainerTop", "ContainerStats"]}]}}},
	)
}

# What linuxserver's proxy denies since ls92.
test_newer_flag if {
	rule.findings == {{
		"at": "services.proxy",
		"message": `service "app" needs ContainerLogs, which the socket proxy "proxy" denies: that takes "ALLOW_LOGS"`,
	}} with input as _project("linuxserver/socket-proxy", "3.4.3-r0-ls92", {"CONTAINERS": "1", "INFO": "1"}, "amir20/dozzle")
	rule.findings == set() with input as _project("linuxserver/socket-proxy", "3.2.6-r0-ls91", {"CONTAINERS": "1", "INFO": "1"}, "amir20/dozzle")
}

test_no_flag_lets_it_through if {
	rule.findings == {{
		"at": "services.proxy",
		"message": `service "app" needs ContainerRestart, which the socket proxy "proxy" denies: let it through, or take it off the client`,
	}} with input as _project("11notes/socket-proxy", "stable", {}, "willfarrell/autoheal")
}

test_enough if {
	rule.findings == set() with input as _tecnativa({"CONTAINERS": "1", "INFO": "1"}, "amir20/dozzle")
	rule.findings == set() with input as _project("linuxserver/socket-proxy", "3.4.3-r0-ls92", {"CONTAINERS": "1", "ALLOW_RESTARTS": "1", "POST": "0"}, "willfarrell/autoheal")
}

test_unknown if {
	rule.findings == set() with input as _tecnativa({}, "example/own")
	rule.findings == set() with input as fixture.project([
		fixture.proxy("proxy", {"environment": fixture.passed_through("proxy", ["CONTAINERS", "INFO"])}),
		fixture.service("app", {
			"image": fixture.image("app", "amir20/dozzle", "1"),
			"endpoints": [fixture.docker_host("app", "proxy")],
		}),
	])
}

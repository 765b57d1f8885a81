package composelint.rules["socket-proxy-missing-permission_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-missing-permission"] as rule

_project(repository, tag, flags, client) := fixture.project([
	fixture.service("proxy", {
		"image": fixture.image("proxy", repository, tag),
		"environment": fixture.environment("proxy", flags),
	}),
	fixture.service("app", {
		"image": fixture.image("app", client, "latest"),
		"endpoints": [fixture.told("app", client, "proxy")],
	}),
])

_tecnativa(flags, client) := _project("tecnativa/docker-socket-proxy", "v0.4.1", flags, client)

test_section if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy",
		"message": `service "app" needs SystemInfo, which the socket proxy "proxy" denies: set "INFO" to "1"`,
	}} with input as _tecnativa({"CONTAINERS": "1"}, "amir20/dozzle")
}

# It is switched off by a word that reads like yes.
test_default_that_is_switched_off if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[EVENTS]",
		"message": `service "app" needs SystemEvents, which the socket proxy "proxy" denies: set "EVENTS" to "1"`,
	}} with input as _tecnativa({"CONTAINERS": "1", "EVENTS": "true"}, "traefik")
}

test_many_operations if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.proxy",
			"message": `service "app" needs ContainerList, which the socket proxy "proxy" denies: set "CONTAINERS" to "1"`,
		},
		{
			"at": "services.proxy.environment[POST]",
			"message": `service "app" needs ContainerRestart, which the socket proxy "proxy" denies: use linuxserver/socket-proxy, where "ALLOW_RESTARTS=1" and "CONTAINERS=1" with "POST=0" is enough`,
		},
	} with input as _tecnativa({"POST": "0"}, "willfarrell/autoheal")
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy",
		"message": `service "app" needs ContainerInspect, ContainerList and 2 more operations, which the socket proxy "proxy" denies: set "CONTAINERS" to "1"`,
	}} with input as object.union(
		_tecnativa({}, "example/own"),
		{"config": {"roles": {"proxies": [], "clients": [{"service": "app", "needs": ["ContainerList", "ContainerInspect", "ContainerTop", "ContainerStats"]}]}}},
	)
}

# What linuxserver's proxy denies since ls92.
test_newer_flag if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy",
		"message": `service "app" needs ContainerLogs, which the socket proxy "proxy" denies: set "ALLOW_LOGS" to "1"`,
	}} with input as _project("linuxserver/socket-proxy", "3.4.3-r0-ls92", {"CONTAINERS": "1", "INFO": "1"}, "amir20/dozzle")
	rule.findings == set() with input as _project("linuxserver/socket-proxy", "3.2.6-r0-ls91", {"CONTAINERS": "1", "INFO": "1"}, "amir20/dozzle")
}

test_no_flag_lets_it_through if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy",
		"message": `service "app" needs ContainerRestart, which the socket proxy "proxy" denies: let that through, or use a client that needs less`,
	}} with input as _project("11notes/socket-proxy", "stable", {}, "willfarrell/autoheal")
}

# What opens all writing is not the remedy, even where nothing less does.
test_writing if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[POST]",
		"message": `service "app" needs ContainerCreate, ContainerDelete and 7 more operations, which the socket proxy "proxy" denies: use a proxy that filters the bodies of requests`,
	}} with input as _tecnativa({"CONTAINERS": "1", "IMAGES": "1", "NETWORKS": "1", "POST": "0"}, "containrrr/watchtower")
}

# What is open besides would make root of what is missing, or a danger, and no client needs it.
test_other_flags_that_do_harm if {
	_messages == {`service "app" needs ContainerInspect, ContainerList, which the socket proxy "proxy" denies: set "CONTAINERS" to "1" and "POST" to "0"`} with input as _tecnativa({"POST": "1"}, "traefik")
	_messages == {`service "app" needs ContainerInspect, ContainerList, which the socket proxy "proxy" denies: use linuxserver/socket-proxy, where "CONTAINERS=1" with "POST=0" is enough`} with input as object.union(
		_tecnativa({"POST": "1"}, "traefik"),
		{"project": object.union(_tecnativa({"POST": "1"}, "traefik").project, {"services": array.concat(_tecnativa({"POST": "1"}, "traefik").project.services, [fixture.service("own", {"endpoints": [fixture.docker_host("own", "proxy")]})])})},
	)
}

# What is asked for is no harm.
test_needed_section if {
	_messages == {`service "app" needs ContainerExec, ExecStart, which the socket proxy "proxy" denies: set "EXEC" and "POST" to "1"`} with input as object.union(
		_project("codeswhat/sockguard", "1.7.5", {}, "example/own"),
		{"config": {"roles": {"proxies": [], "clients": [{"service": "app", "needs": ["ContainerExec", "ExecStart"]}]}}},
	)
}

# A list that lets all that through would make root.
test_list_that_would_be_root if {
	{message | some message in _messages; contains(message, "ContainerCreate")} == {`service "app" needs ContainerCreate, ContainerDelete and 10 more operations, which the socket proxy "proxy" denies: use a proxy that filters the bodies of requests`} with input as _on_wollomatic("containrrr/watchtower", "latest", {})
}

# It stands at the flag that would do, not at the one that decides.
test_flag_that_would_do if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[ALLOW_RESTARTS]",
		"message": `service "app" needs ContainerRestart, which the socket proxy "proxy" denies: set "ALLOW_RESTARTS" to "1"`,
	}} with input as _project("linuxserver/socket-proxy", "3.4.3-r0-ls92", {"CONTAINERS": "1", "ALLOW_RESTARTS": "0", "POST": "0"}, "willfarrell/autoheal")
}

# Docker's client asks GET /_ping where it may not ask HEAD; here it may ask neither.
test_ping if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[PING]",
		"message": `service "app" needs SystemPingHead, which the socket proxy "proxy" denies: set "PING" to "1"`,
	}} with input as _tecnativa({"CONTAINERS": "1", "INFO": "1", "PING": "0"}, "amir20/dozzle")
	rule.findings == set() with input as _tecnativa({"CONTAINERS": "1", "PING": "0"}, "traefik") # which goes on without an answer
	rule.findings == set() with input as fixture.project([
		fixture.service("proxy", {
			"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
			"options": fixture.settings("services.proxy", "command", {"allowGET": "(/v1[.].{2})?/(_ping|version|info|events|containers/.*)"}),
		}),
		fixture.service("app", {
			"image": fixture.image("app", "amir20/dozzle", "latest"),
			"endpoints": [fixture.docker_host("app", "proxy")],
		}),
	])
}

# What it says of the proxy is another rule's.
test_proxy_that_does_not_start if {
	rule.findings == set() with input as _project("knrdl/docker-socket-protector", "1", {}, "amir20/dozzle")
	{finding.at | some finding in rule.findings} == {"services.proxy"} with input as _project("knrdl/docker-socket-protector", "1", {"PROFILE": "traefik"}, "amir20/dozzle")
}

# What the proxy behind it stops, no flag of this one lets through: it is missing there.
test_proxy_behind_a_proxy if {
	{finding.message | some finding in rule.findings} == {
		`service "app" needs SystemInfo, which the socket proxy "outer" denies: set "INFO" to "1"`,
		`service "app" needs ContainerInspect, ContainerList and 2 more operations, which the socket proxy "inner" denies: set "CONTAINERS" to "1"`,
	} with input as fixture.project([
		fixture.proxy("inner", {"environment": fixture.environment("inner", {"INFO": "1"})}),
		fixture.proxy("outer", {
			"environment": fixture.environment("outer", {"CONTAINERS": "1"}),
			"endpoints": [fixture.endpoint("outer", "SOCKET_PATH", "inner", {})],
		}),
		fixture.service("app", {
			"image": fixture.image("app", "amir20/dozzle", "1"),
			"endpoints": [fixture.docker_host("app", "outer")],
		}),
	])
}

# Which of its proxies a client asks for what is not known.
test_two_proxies if {
	rule.findings == set() with input as fixture.project([
		fixture.proxy("one", {}),
		fixture.proxy("two", {}),
		fixture.service("app", {
			"image": fixture.image("app", "amir20/dozzle", "1"),
			"endpoints": [fixture.docker_host("app", "one"), fixture.endpoint("app", "DOZZLE_REMOTE_HOST", "two", {})],
		}),
	])
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

# A list lets through what a client asks for in one spelling, and not in another.
test_spelling if {
	_messages == {`service "app" asks for SystemPingHead by "HEAD /_ping", which the socket proxy "proxy" denies while it lets others by: let that through too`} with input as _on_wollomatic("amir20/dozzle", "latest", {"allowGET": "/v1\\..{2}/(_ping|version|info|events|containers/.*)"})
	_messages == set() with input as _on_wollomatic("amir20/dozzle", "latest", {"allowGET": "/_ping|/v1\\..{2}/(version|info|events|containers/.*)"})
	_messages == set() with input as _on_wollomatic("amir20/dozzle", "latest", {"allowHEAD": "/_ping", "allowGET": "/v1\\..{2}/(version|info|events|containers/.*)"})
	_messages == {`service "app" asks for ContainerInspect, ContainerList, ContainerStats by "GET /containers/my_app-1.web/json", which the socket proxy "proxy" denies while it lets others by: let that through too`} with input as _on_wollomatic("gethomepage/homepage", "latest", {"allowGET": "/v1\\..{2}/containers/.*"})
	_messages == set() with input as _on_wollomatic("gethomepage/homepage", "latest", {"allowGET": "/containers/(json|[a-f0-9]{64}/(json|stats))"})
	_messages == set() with input as _on_wollomatic("nicolargo/glances", "latest", {"allowGET": "/version|/v1\\.[0-9]{2}/(containers|images)/.*"})
	_messages == {`service "app" asks for SystemVersion by "GET /version", which the socket proxy "proxy" denies while it lets others by: let that through too`} with input as _on_wollomatic("nicolargo/glances", "latest", {"allowGET": "/v1\\.[0-9]{2}/(version|(containers|images)/.*)"})
	_messages == set() with input as _on_wollomatic("example/app", "latest", {"allowGET": "/v1\\..{2}/containers/.*"})
}

# An expression of a release before the version was negotiated has that version.
test_fixed_version if {
	_messages == set() with input as _on_wollomatic("traefik", "v3.5", {"allowGET": "/v1\\.24/(version|events|containers/.*)"})
	_messages == set() with input as _on_wollomatic("traefik", "v3.6.1", {"allowGET": "/v1\\.4[0-9]/(version|events|containers/.*)"})
	count(_messages) == 1 with input as _on_wollomatic("traefik", "v3.5", {"allowGET": "/v1\\.4[0-9]/(version|events|containers/.*)"})
}

_messages := {finding.message | some finding in rule.findings}

_on_wollomatic(image, tag, options) := fixture.project([
	fixture.service("proxy", {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
		"options": fixture.settings("services.proxy", "command", options),
	}),
	fixture.service("app", {
		"image": fixture.image("app", image, tag),
		"endpoints": [fixture.told("app", image, "proxy")],
	}),
])

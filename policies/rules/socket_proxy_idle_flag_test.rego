package composelint.rules["socket-proxy-idle-flag_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-idle-flag"] as rule

test_without_the_gate if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.proxy.environment[ALLOW_START]",
			"message": `"ALLOW_START" of the socket proxy "proxy" opens nothing while "POST" is off: remove it, or use linuxserver/socket-proxy, where it needs no "POST"`,
		},
		{
			"at": "services.proxy.environment[BUILD]",
			"message": `"BUILD" of the socket proxy "proxy" opens nothing while "POST" is off: remove it`,
		},
	} with input as _proxy({"CONTAINERS": "1", "ALLOW_START": "1", "BUILD": "1", "ALLOW_STOP": "0", "EXEC": "1", "PING": "1"})
}

test_beside_a_whole_section if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.proxy.environment[ALLOW_STOP]",
			"message": `"ALLOW_STOP" of the socket proxy "proxy" adds nothing to "CONTAINERS" with "POST": remove it`,
		},
		{
			"at": "services.proxy.environment[ALLOW_RESTARTS]",
			"message": `"ALLOW_RESTARTS" of the socket proxy "proxy" adds nothing to "CONTAINERS" with "POST": remove it`,
		},
	} with input as _proxy({"CONTAINERS": "1", "POST": "1", "ALLOW_STOP": "1", "ALLOW_RESTARTS": "1"})
}

# Where the flag does without the gate it may be the gate that is too much, unless the clients
# need that.
test_beside_a_gate_that_it_needs_not if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[ALLOW_START]",
		"message": `"ALLOW_START" of the socket proxy "proxy" adds nothing to "CONTAINERS" with "POST": remove it, or set "POST" to "0"`,
	}} with input as _linuxserver({"CONTAINERS": "1", "POST": "1", "ALLOW_START": "1"})
	{finding.message | some finding in rule.findings} == {`"ALLOW_START" of the socket proxy "proxy" adds nothing to "CONTAINERS" with "POST": remove it`} with input as object.union(
		fixture.project([
			fixture.service("proxy", {
				"image": fixture.image("proxy", "linuxserver/socket-proxy", "3.4.3-r0-ls92"),
				"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "1", "ALLOW_START": "1"}),
			}),
			fixture.service("app", {"endpoints": [fixture.docker_host("app", "proxy")]}),
		]),
		{"config": {"roles": {"proxies": [], "clients": [{"service": "app", "needs": ["ContainerCreate"]}]}}},
	)
}

# linuxserver's image closes the logs, and writes what no flag of it lets through without the gate.
test_clients_on_linuxservers_image if {
	_remedies == {`remove it, or use linuxserver/socket-proxy, where it needs no "POST", with "ALLOW_LOGS=1"`} with input as _used_by("amir20/dozzle")
	_remedies == {`remove it, or use linuxserver/socket-proxy, where it needs no "POST"`} with input as _used_by("traefik")
	_remedies == {"remove it"} with input as _used_by("containrrr/watchtower")
	_remedies == {`remove it, or use linuxserver/socket-proxy, where it needs no "POST", with "ALLOW_STOP=1"`} with input as _used_by("minituff/nautical-backup")
}

_remedies := {remedy | some finding in rule.findings; [_, remedy] := split(finding.message, ": ")}

_used_by(image) := fixture.project([
	fixture.proxy("proxy", {"environment": fixture.environment("proxy", {"CONTAINERS": "1", "INFO": "1", "ALLOW_START": "1"})}),
	fixture.service("app", {
		"image": fixture.image("app", image, "latest"),
		"endpoints": [fixture.told("app", image, "proxy")],
	}),
])

# ALLOW_RESTARTS covers stop as well.
test_beside_each_other if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[ALLOW_STOP]",
		"message": `"ALLOW_STOP" of the socket proxy "proxy" adds nothing to "ALLOW_RESTARTS" with "POST": remove it`,
	}} with input as _proxy({"POST": "1", "ALLOW_STOP": "1", "ALLOW_RESTARTS": "1"})
}

# Each of the two would do, so that one of them stays.
test_instead_of_each_other if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[ALLOW_RESTARTS]",
		"message": `"ALLOW_RESTARTS" of the socket proxy "proxy" adds nothing to "ALLOW_RESTART": remove it`,
	}} with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "codeswhat/sockguard", "1.7.4"),
		"environment": fixture.environment("proxy", {"ALLOW_RESTART": "1", "ALLOW_RESTARTS": "1"}),
	})])
}

test_the_gate_alone if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[POST]",
		"message": `"POST" of the socket proxy "proxy" opens nothing while no section that it is for is open: remove it`,
	}} with input as _proxy({"POST": "1", "EVENTS": "1", "VERSION": "1", "INFO": "1"})
}

test_what_only_limits if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[ALLOW_LOGS]",
		"message": `"ALLOW_LOGS" of the socket proxy "proxy" opens nothing while "CONTAINERS" is off: remove it`,
	}} with input as _linuxserver({"ALLOW_LOGS": "1", "IMAGES": "1"})
	rule.findings == set() with input as _linuxserver({"ALLOW_LOGS": "1", "CONTAINERS": "1"})
	rule.findings == set() with input as _linuxserver({"ALLOW_LOGS": "1", "IMAGES": "1", "LIBPOD_CONTAINERS": "1"})
}

test_two_that_are_off if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[ALLOW_STOP]",
		"message": `"ALLOW_STOP" of the socket proxy "proxy" opens nothing while "ALLOW_RESTARTS" and "CONTAINERS" and "POST" are off: remove it`,
	}} with input as _godoxy({"ALLOW_STOP": "1"})
	rule.findings == set() with input as _godoxy({"CONTAINERS": "1", "POST": "1", "ALLOW_START": "1", "ALLOW_STOP": "1", "ALLOW_RESTARTS": "1"})
}

test_with_effect if {
	rule.findings == set() with input as _proxy({"POST": "1", "ALLOW_START": "1", "ALLOW_RESTARTS": "1"})
	rule.findings == set() with input as _proxy({"CONTAINERS": "1", "POST": "1", "IMAGES": "1", "AUTH": "1"})
	rule.findings == set() with input as _linuxserver({"CONTAINERS": "1", "POST": "0", "ALLOW_START": "1"})
}

# Not known is whether POST is on, or whether a section is.
test_unknown if {
	rule.findings == set() with input as fixture.project([fixture.proxy("proxy", {"environment": array.concat(
		fixture.environment("proxy", {"ALLOW_START": "1", "BUILD": "1"}),
		fixture.passed_through("proxy", ["POST"]),
	)})])
	rule.findings == set() with input as fixture.project([fixture.proxy("proxy", {"environment": array.concat(
		fixture.environment("proxy", {"POST": "1", "ALLOW_START": "1"}),
		fixture.passed_through("proxy", ["CONTAINERS"]),
	)})])
	rule.findings == set() with input as fixture.project([fixture.proxy("proxy", {
		"environment": fixture.environment("proxy", {"POST": "1"}),
		"environment_incomplete": true,
	})])
}

test_no_flags_of_a_proxy if {
	rule.findings == set() with input as fixture.project([
		fixture.service("app", {"environment": fixture.environment("app", {"POST": "1"})}),
		fixture.proxy("own", {
			"environment": fixture.environment("own", {"POST": "1"}),
			"mounts": [fixture.mount("own", "/usr/local/etc/haproxy/haproxy.cfg", {})],
		}),
	])
	rule.findings == set() with input as _proxy({"DELETE": "1", "DISABLE_IPV6": "1", "LOG_LEVEL": "1"})
}

_proxy(values) := fixture.project([fixture.proxy("proxy", {"environment": fixture.environment("proxy", values)})])

_godoxy(values) := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", "yusing/socket-proxy", "latest"),
	"environment": fixture.environment("proxy", values),
})])

_linuxserver(values) := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", "linuxserver/socket-proxy", "3.4.3-r0-ls92"),
	"environment": fixture.environment("proxy", values),
})])

package composelint.rules["socket-proxy-flag-value_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-flag-value"] as rule

test_words_are_off_on_haproxy if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.proxy.environment[CONTAINERS]",
			"message": `"CONTAINERS" of the socket proxy "proxy" reads as on, but with "true" its image has it off: write "1", or "0" to leave it off`,
		},
		{
			"at": "services.proxy.environment[EVENTS]",
			"message": `"EVENTS" of the socket proxy "proxy" reads as on, but with "yes" its image has it off: write "1", or "0" to leave it off`,
		},
		{
			"at": "services.proxy.environment[POST]",
			"message": `"POST" of the socket proxy "proxy" reads as on, but with " 1" its image has it off: write "1", or "0" to leave it off`,
		},
		{
			"at": "services.proxy.environment[IMAGES]",
			"message": `"IMAGES" of the socket proxy "proxy" reads as on, but with quotes in the value its image has it off: write "1", or "0" to leave it off`,
		},
	} with input as _tecnativa({"CONTAINERS": "true", "EVENTS": "yes", "POST": " 1", "IMAGES": `"1"`, "EXEC": "false", "INFO": "1"})
}

test_readings_on_haproxy if {
	count(rule.findings) == 11 with input as _each(["True", "TRUE", "on", "y", "t", "enabled", "enable", "allow", "'1'", `"true"`, "0x1"])
	rule.findings == set() with input as _each([
		"1", "2", "01", "+1", "1.0", "1 ", "0", "00", "-0", "false", "no", "off", "", "null", "0 ", "maybe", "-1", "1abc",
	])
}

test_words_are_on_in_the_nginx_era if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.proxy.environment[EXEC]",
			"message": `"EXEC" of the socket proxy "proxy" reads as off, but with "false" its image has it on: write "0"`,
		},
		{
			"at": "services.proxy.environment[BUILD]",
			"message": `"BUILD" of the socket proxy "proxy" reads as off, but with quotes in the value its image has it on: write "0"`,
		},
		{
			"at": "services.proxy.environment[POST]",
			"message": `"POST" of the socket proxy "proxy" reads as on, but with "true" its image has it off: write "0", which leaves it off, or "1" where a client needs it`,
		},
		{
			"at": "services.proxy.environment[SWARM]",
			"message": `"SWARM" of the socket proxy "proxy" is empty, which keeps the proxy from starting: write "0"`,
		},
		{
			"at": "services.proxy.environment[PING]",
			"message": `"PING" of the socket proxy "proxy" is empty, which keeps the proxy from starting: write "1"`,
		},
	} with input as _linuxserver("1.26.3-r0-ls46", {
		"EXEC": "false", "BUILD": `"0"`, "POST": "true", "SWARM": "", "PING": "",
		"CONTAINERS": "yes", "INFO": "0", "IMAGES": "1",
	})
}

test_other_kinds if {
	{finding.at | some finding in rule.findings} == {"services.proxy.environment[EVENTS]"} with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "yusing/socket-proxy", "latest"),
		"environment": fixture.environment("proxy", {"CONTAINERS": "true", "POST": "f", "EVENTS": "yes"}),
	})])
}

# Neither what is no flag, nor a flag that this tag does not have, nor one of
# which the value is not known.
test_near_misses if {
	rule.findings == set() with input as _tecnativa({"DISABLE_IPV6": "true", "LOG_LEVEL": "0x1", "DELETE": "true", "TZ": "true"})
	rule.findings == set() with input as _linuxserver("3.2.3-r0-ls60", {"ALLOW_LOGS": "true"})
	rule.findings == set() with input as fixture.project([
		fixture.proxy("proxy", {"environment": fixture.passed_through("proxy", ["CONTAINERS"])}),
		fixture.service("app", {"environment": fixture.environment("app", {"CONTAINERS": "true"})}),
		fixture.service("wolle", {
			"image": fixture.image("wolle", "wollomatic/socket-proxy", "1"),
			"environment": fixture.environment("wolle", {"POST": "true"}),
		}),
	])
}

test_rules_of_the_users_own if {
	rule.findings == set() with input as fixture.project([fixture.proxy("proxy", {
		"environment": fixture.environment("proxy", {"CONTAINERS": "true"}),
		"mounts": [fixture.mount("proxy", "/usr/local/etc/haproxy/haproxy.cfg", {})],
	})])
}

# _each is a project with a proxy for each value of INFO.
_each(values) := fixture.project([service |
	some i, value in values
	name := $"proxy{i}"
	service := fixture.proxy(name, {"environment": fixture.environment(name, {"INFO": value})})
])

_tecnativa(values) := fixture.project([fixture.proxy("proxy", {"environment": fixture.environment("proxy", values)})])

_linuxserver(tag, values) := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", "linuxserver/socket-proxy", tag),
	"environment": fixture.environment("proxy", values),
})])

# What clients are known to need is meant, unless it would make root.
test_known_clients if {
	_messages == {`"CONTAINERS" of the socket proxy "proxy" reads as on, but with "yes" its image has it off: write "1"`} with input as _for_traefik("v0.4.1", {"CONTAINERS": "yes"})
	_messages == {`"IMAGES" of the socket proxy "proxy" reads as on, but with "yes" its image has it off: write "0", which leaves it off`} with input as _for_traefik("v0.4.1", {"IMAGES": "yes"})
	_messages == {`"CONTAINERS" of the socket proxy "proxy" reads as on, but with "yes" its image has it off: write "0", which leaves it off, or "1" where a client needs it`} with input as _for_traefik("v0.4.1", {"CONTAINERS": "yes", "POST": "1"})
	_messages == {`"CONTAINERS" of the socket proxy "proxy" reads as off, but with "no" its image has it on: write "1", as its clients need it`} with input as _of_traefik("linuxserver/socket-proxy", "1.26.3-r0-ls46", {"CONTAINERS": "no"})
}

test_dangerous_section if {
	_messages == {`"SWARM" of the socket proxy "proxy" reads as on, but with "true" its image has it off: write "0", which leaves it off, or "1" where a client needs it`} with input as _tecnativa({"SWARM": "true"})
}

_messages := {finding.message | some finding in rule.findings}

_for_traefik(tag, values) := _of_traefik("tecnativa/docker-socket-proxy", tag, values)

_of_traefik(image, tag, values) := fixture.project([
	fixture.service("proxy", {
		"image": fixture.image("proxy", image, tag),
		"environment": fixture.environment("proxy", values),
	}),
	fixture.service("traefik", {
		"image": fixture.image("traefik", "traefik", "v3.6.4"),
		"endpoints": [fixture.told("traefik", "traefik", "proxy")],
	}),
])

package composelint.rules["socket-proxy-no-audit_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-no-audit"] as rule

test_level_of_haproxy if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[LOG_LEVEL]",
		"message": `"LOG_LEVEL" of the socket proxy "proxy" is "warning", which hides the requests that it refuses: set it to "info"`,
	}} with input as _tecnativa("warning")
	rule.findings == set() with input as _tecnativa("info")
	rule.findings == set() with input as _tecnativa("debug")
}

test_level_by_option if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.command[loglevel]",
		"message": `"loglevel" of the socket proxy "proxy" is "error", which hides the requests that it refuses: set it to "INFO"`,
	}} with input as _wollomatic("error", "INFO")
	rule.findings == set() with input as _wollomatic("warn", "ERROR")
}

test_level_of_cetusguard if {
	{finding.message | some finding in rule.findings} == {`"CETUSGUARD_LOG_LEVEL" of the socket proxy "proxy" is "3", which hides the requests that it refuses: set it to "6"`} with input as _cetusguard("3")
	rule.findings == set() with input as _cetusguard("4")
	rule.findings == set() with input as _cetusguard("7")
}

test_driver if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.logging",
		"key": "driver",
		"message": `socket proxy "proxy" has the logging driver "none", so that nobody sees what it refuses: use one that keeps logs, such as "local"`,
	}} with input as fixture.project([
		fixture.proxy("proxy", {"logging": _no_logging("proxy")}),
		fixture.service("app", {"logging": _no_logging("app"), "environment": fixture.environment("app", {"LOG_LEVEL": "emerg"})}),
	])
}

test_unknown if {
	rule.findings == set() with input as fixture.project([fixture.proxy("proxy", {
		"environment": fixture.passed_through("proxy", ["LOG_LEVEL"]),
		"logging": {"at": "services.proxy.logging", "by_engine": false, "options": []},
	})])
}

# What the level means is then a matter of the user's own configuration.
test_own_configuration if {
	rule.findings == set() with input as fixture.project([fixture.proxy("proxy", {
		"environment": fixture.environment("proxy", {"LOG_LEVEL": "err"}),
		"mounts": [fixture.mount("proxy", "/usr/local/etc/haproxy/haproxy.cfg", {})],
	})])
}

_tecnativa(level) := fixture.project([fixture.proxy("proxy", {"environment": fixture.environment("proxy", {"LOG_LEVEL": level})})])

_wollomatic(by_option, by_variable) := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
	"options": fixture.settings("services.proxy", "command", {"loglevel": by_option}),
	"environment": fixture.environment("proxy", {"SP_LOGLEVEL": by_variable}),
})])

_cetusguard(level) := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", "hectorm/cetusguard", "v1"),
	"environment": fixture.environment("proxy", {"CETUSGUARD_LOG_LEVEL": level}),
})])

_no_logging(service) := {"at": $"services.{service}.logging", "driver": "none", "by_engine": false, "options": []}

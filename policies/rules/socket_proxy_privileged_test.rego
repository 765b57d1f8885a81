package composelint.rules["socket-proxy-privileged_test"]

import data.composelint.fixture
import data.composelint.rules.privileged
import data.composelint.rules["socket-proxy-privileged"] as rule

test_privileged if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy",
		"key": "privileged",
		"message": `socket proxy "proxy" is privileged, which it does not need: remove it, or on a host with SELinux set "security_opt" to "label:disable" instead`,
	}} with input as fixture.project([
		fixture.proxy("proxy", {"privileged": true}),
		fixture.service("app", {"privileged": true}),
	])
}

# One cause is one finding.
test_privileged_is_said_once if {
	{finding.at | some finding in privileged.findings} == {"services.app"} with input as fixture.project([
		fixture.proxy("proxy", {"privileged": true}),
		fixture.service("app", {"privileged": true}),
	])
}

test_capabilities if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.proxy.cap_add[NET_ADMIN]",
			"message": `socket proxy "proxy" adds the capability "NET_ADMIN", which it does not need: remove it`,
			"controls": ["cis-docker-1.8.0/5.4", "nist-800-190/4.4.3"],
		},
		{
			"at": "services.proxy.cap_add[ALL]",
			"message": `socket proxy "proxy" adds the capability "ALL", which it does not need: remove it`,
			"controls": ["cis-docker-1.8.0/5.4", "nist-800-190/4.4.3"],
		},
	} with input as fixture.project([
		fixture.proxy("proxy", {"cap_add": _capabilities("proxy", ["NET_ADMIN", "ALL", "NET_RAW", "SYS_CHROOT"])}),
		fixture.service("app", {"cap_add": _capabilities("app", ["NET_ADMIN"])}),
	])
}

test_unknown if {
	rule.findings == set() with input as fixture.project([fixture.without(fixture.proxy("proxy", {}), ["privileged"])])
}

_capabilities(service, names) := [{"at": $"services.{service}.cap_add[{name}]", "name": name} | some name in names]

# What its own program needs is not known where that is not the image's.
test_fixes if {
	_fixes == {{"title": `remove the capability "NET_ADMIN"`, "edits": [_removed]}} with input as fixture.project([_capable({})])
	_fixes == {{
		"title": `remove the capability "NET_ADMIN"`,
		"risk": "what its own program or rules need is not known",
		"edits": [_removed],
	}} with input as fixture.project([_capable({"command": [{"at": "services.proxy.command[0]", "value": "haproxy", "literal": "haproxy"}]})])
}

_fixes := {fix | some finding in rule.findings; some fix in finding.fixes}

_removed := {"op": "remove", "at": "services.proxy.cap_add[NET_ADMIN]"}

_capable(fields) := fixture.proxy("proxy", object.union({"cap_add": _capabilities("proxy", ["NET_ADMIN"])}, fields))

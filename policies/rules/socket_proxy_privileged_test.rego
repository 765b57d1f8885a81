package composelint.rules["socket-proxy-privileged_test"]

import data.composelint.fixture
import data.composelint.rules.privileged
import data.composelint.rules["socket-proxy-privileged"] as rule

test_privileged if {
	rule.findings == {{
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
	rule.findings == {
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

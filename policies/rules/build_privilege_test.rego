package composelint.rules["build-privilege_test"]

import data.composelint.fixture
import data.composelint.rules["build-privilege"] as rule

test_network if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.build",
		"key": "network",
		"message": `the build of service "app" runs on the host's network: remove "network: host"`,
		"severity": "warning",
	}} with input as fixture.project([fixture.built("app", {"network": "host", "entitlements": [_entitlement("network.host")]})])
}

test_remote if {
	{finding.severity | some finding in rule.findings} == {"error"} with input as fixture.project([fixture.built("app", {
		"network": "host",
		"contexts": [{
			"at": "services.app.build.context",
			"name": "",
			"source": "https://github.com/acme/app.git",
			"remote": true,
			"ref": "",
		}],
	})])
}

test_entitlements if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.app.build.entitlements[network.host]",
			"message": `the build of service "app" may run steps on the host's network: remove the entitlement "network.host"`,
			"severity": "warning",
		},
		{
			"at": "services.app.build.entitlements[device]",
			"message": `the build of service "app" may use devices of the host: remove the entitlement "device"`,
			"severity": "warning",
		},
	} with input as fixture.project([fixture.built("app", {"entitlements": [_entitlement("network.host"), _entitlement("device")]})])
}

test_near_misses if {
	rule.findings == set() with input as fixture.project([
		fixture.built("app", {"network": "none", "entitlements": [_entitlement("security.insecure"), _entitlement("devices")]}),
		fixture.built("other", {"network": "hostlike"}),
		fixture.service("plain", {}),
	])
}

test_unknown if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {"built": true, "build": fixture.without(fixture.build("app", {"entitlements": [_entitlement("network.host")]}), ["network"])})])
}

_entitlement(name) := {"at": $"services.app.build.entitlements[{name}]", "name": name}

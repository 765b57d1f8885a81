package composelint_test

import data.composelint
import data.composelint.fixture

_privileged := fixture.project([fixture.service("web", {"privileged": true})])

test_enabled_rules if {
	composelint.findings == {"host-network": set(), "privileged": {{
		"at": "services.web",
		"key": "privileged",
		"message": `service "web" is privileged, which is root on the host: grant single capabilities or devices instead`,
		"fixes": [{
			"title": `remove "privileged"`,
			"risk": "it may need a capability or a device, which is then to be granted",
			"edits": [{"op": "remove", "at": "services.web", "key": "privileged"}],
		}],
	}}} with input as object.union(_privileged, {"config": {"enabled": ["privileged", "host-network"]}})
}

test_no_rule_enabled if {
	composelint.findings == {} with input as _privileged
}

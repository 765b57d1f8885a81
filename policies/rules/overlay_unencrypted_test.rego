package composelint.rules["overlay-unencrypted_test"]

import data.composelint.fixture
import data.composelint.rules["overlay-unencrypted"] as rule

test_unencrypted if {
	fixture.without_fixes(rule.findings) == {{
		"at": "networks.web",
		"key": "driver",
		"message": `overlay network "web" sends what its containers say from machine to machine in the clear: set the driver option "encrypted"`,
	}} with input as _network({"driver": "overlay"})
}

test_encrypted if {
	rule.findings == set() with input as _network({"driver": "overlay", "driver_opts": fixture.settings("networks.web", "driver_opts", {"encrypted": ""})})
}

test_others if {
	rule.findings == set() with input as _network({"driver": "bridge"})
	rule.findings == set() with input as _network({"driver": ""})
	rule.findings == set() with input as _network({"driver": "overlay", "external": true})
}

_network(fields) := fixture.project_with([], {"networks": [fixture.network("web", fields)]})

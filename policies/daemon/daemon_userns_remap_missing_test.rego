package composelint.rules["daemon-userns-remap-missing_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-userns-remap-missing"] as rule

test_found if {
	rule.findings == {{"at": "daemon", "key": "userns-remap", "message": `root in containers is root of the host: set "userns-remap", or run the engine rootless`}} with input as fixture.daemon({"userns_remap": ""})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.daemon({"userns_remap": "", "rootless": true})
	rule.findings == set() with input as fixture.project([])
}

package composelint.rules["daemon-log-level_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-log-level"] as rule

test_level if {
	rule.findings == {{"at": "daemon", "key": "log-level", "message": `the engine logs at the level "debug": set "log-level" to "info"`}} with input as fixture.daemon({"log_level": "debug"})
	rule.findings == {{"at": "daemon", "key": "debug", "message": `the engine writes all that it does into its log, requests too: remove "debug"`}} with input as fixture.daemon({"debug": true})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}

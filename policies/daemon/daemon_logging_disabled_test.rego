package composelint.rules["daemon-logging-disabled_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-logging-disabled"] as rule

test_none if {
	rule.findings == {{"at": "daemon", "key": "log-driver", "message": `no container keeps a log unless it says so, by the driver "none": use "local"`}} with input as fixture.daemon({"log_driver": "none"})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.daemon({"log_driver": "local"})
	rule.findings == set() with input as fixture.project([])
}

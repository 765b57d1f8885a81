package composelint.rules["daemon-log-rotation-missing_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-log-rotation-missing"] as rule

test_without if {
	rule.findings == {{"at": "daemon", "key": "log-opts", "message": `logs of containers grow without end unless they say otherwise: set "max-size" in "log-opts", or "log-driver" to "local"`}} with input as fixture.daemon({"log_driver": "json-file"})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.daemon({"log_driver": "json-file", "log_opts": fixture.settings("daemon", "log-opts", {"max-size": "10m"})})
	rule.findings == set() with input as fixture.project([])
}

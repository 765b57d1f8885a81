package composelint.rules["daemon-central-logs-missing_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-central-logs-missing"] as rule

test_found if {
	rule.findings == {{"at": "daemon", "key": "log-driver", "message": `logs of containers are kept on the host alone: send them to another machine by "log-driver", or by a collector`}} with input as fixture.daemon({"log_driver": "local"})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.daemon({"log_driver": "syslog"})
	rule.findings == set() with input as fixture.project([])
}

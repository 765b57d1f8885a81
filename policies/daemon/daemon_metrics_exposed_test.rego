package composelint.rules["daemon-metrics-exposed_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-metrics-exposed"] as rule

test_open if {
	rule.findings == {{"at": "daemon", "key": "metrics-addr", "message": `the engine's metrics are open on every address of the host by "0.0.0.0:9323": serve them on "127.0.0.1"`}} with input as fixture.daemon({"metrics_addr": "0.0.0.0:9323"})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.daemon({"metrics_addr": "127.0.0.1:9323"})
	rule.findings == set() with input as fixture.daemon({"metrics_addr": "10.8.0.1:9323"})
	rule.findings == set() with input as fixture.project([])
}

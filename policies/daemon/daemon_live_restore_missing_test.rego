package composelint.rules["daemon-live-restore-missing_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-live-restore-missing"] as rule

test_found if {
	rule.findings == {{"at": "daemon", "key": "live-restore", "message": `every restart of the engine stops all containers: set "live-restore" to true, unless the host is a node of a swarm`}} with input as fixture.daemon({"live_restore": false})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}

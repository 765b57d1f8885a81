package composelint.rules["daemon-refused_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-refused"] as rule

test_each_problem if {
	rule.findings == {{"at": "daemon.iccc", "message": `no such key`}} with input as fixture.daemon({"problems": [{"at": "daemon.iccc", "key": "", "stage": "load", "meant": "", "undefined": [], "message": "no such key"}]})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}

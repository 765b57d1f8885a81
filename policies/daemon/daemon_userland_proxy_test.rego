package composelint.rules["daemon-userland-proxy_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-userland-proxy"] as rule

test_found if {
	rule.findings == {{"at": "daemon", "key": "userland-proxy", "message": `each published port has a process of its own that runs as root: set "userland-proxy" to false`}} with input as fixture.daemon({"userland_proxy": true})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}

package composelint.rules["daemon-address-pool-public_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-address-pool-public"] as rule

test_public if {
	rule.findings == {{"at": "daemon.default-address-pools[0]", "message": `networks get addresses of "1.2.0.0/16", which are others' on the internet: use a private range, such as "10.128.0.0/16"`}} with input as fixture.daemon({"address_pools": [{"at": "daemon.default-address-pools[0]", "base": "1.2.0.0/16", "private": false}]})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({"address_pools": [{"at": "daemon.default-address-pools[0]", "base": "10.0.0.0/8", "private": true}]})
	rule.findings == set() with input as fixture.project([])
}

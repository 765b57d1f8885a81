package composelint.rules["daemon-proxy-credential_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-proxy-credential"] as rule

test_password if {
	rule.findings == {{"at": "daemon.proxies.http-proxy", "message": `the address of "http-proxy" has a password that every user of the host can read: put it into a file of the systemd unit that only root may read`}} with input as fixture.daemon({"proxies": [{"at": "daemon.proxies.http-proxy", "name": "http-proxy", "value": "http://u:p@proxy:3128", "literal": "http://u:p@proxy:3128", "from_file": false}]})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({"proxies": [{"at": "daemon.proxies.http-proxy", "name": "http-proxy", "value": "http://proxy:3128", "literal": "http://proxy:3128", "from_file": false}]})
	rule.findings == set() with input as fixture.project([])
}

package composelint.rules["daemon-firewall-off_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-firewall-off"] as rule

test_off if {
	rule.findings == {{"at": "daemon", "key": "iptables", "message": `nothing keeps networks and containers apart without the engine's firewall rules: remove "iptables", and write rules of your own into the chain DOCKER-USER`}} with input as fixture.daemon({"iptables": false})
	rule.findings == {{"at": "daemon", "key": "ip6tables", "message": `containers with addresses of IPv6 are open to whoever has a route to them: remove "ip6tables"`, "severity": "warning"}} with input as fixture.daemon({"ip6tables": false})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}

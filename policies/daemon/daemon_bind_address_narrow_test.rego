package composelint.rules["daemon-bind-address-narrow_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-bind-address-narrow"] as rule

test_narrow if {
	rule.findings == {{"at": "daemon", "key": "ip", "message": `"ip" is for the default bridge alone, and ports of Compose projects stay open on every address: set "com.docker.network.bridge.host_binding_ipv4" to "127.0.0.1" in "default-network-opts"`}} with input as fixture.daemon({"stated": ["ip"], "ip": "127.0.0.1"})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.daemon({"stated": ["ip"], "ip": "0.0.0.0"})
	rule.findings == set() with input as fixture.daemon({"stated": ["ip"], "ip": "127.0.0.1", "network_opts": [{"at": "daemon.default-network-opts.bridge.x", "driver": "bridge", "name": "com.docker.network.bridge.host_binding_ipv4", "value": "127.0.0.1"}]})
	rule.findings == set() with input as fixture.project([])
}

package composelint.rules["daemon-direct-access_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-direct-access"] as rule

test_switches if {
	rule.findings == {
		{"at": "daemon", "key": "allow-direct-routing", "message": `published ports are open at the containers' own addresses, even those on 127.0.0.1, to whoever has a route: remove "allow-direct-routing"`},
		{"at": "daemon", "key": "ip-forward-no-drop", "message": `the host forwards between networks whatever no rule forbids, and is a router for whoever sends packets: remove "ip-forward-no-drop"`},
		{"at": "daemon", "key": "bridge-accept-fwmark", "message": `packets with the mark "0x1" pass to every port of every container: remove "bridge-accept-fwmark"`},
	} with input as fixture.daemon({"allow_direct_routing": true, "forward_no_drop": true, "accept_fwmark": "0x1"})
}

test_network_options if {
	rule.findings == {
		{"at": "daemon.default-network-opts.bridge.a", "message": `each network of the driver "bridge" opens every port, published or not, at the containers' own addresses: remove it here`},
		{"at": "daemon.default-network-opts.bridge.b", "message": `each network of the driver "bridge" opens published ports, even those on 127.0.0.1, at the containers' own addresses: remove it here`},
		{"at": "daemon.default-network-opts.bridge.c", "message": `each network of the driver "bridge" opens published ports, even those on 127.0.0.1, to the interfaces "vxlan.1" at the containers' own addresses: remove it here`},
	} with input as fixture.daemon({"network_opts": [
		{"at": "daemon.default-network-opts.bridge.a", "driver": "bridge", "name": "com.docker.network.bridge.gateway_mode_ipv4", "value": "nat-unprotected"},
		{"at": "daemon.default-network-opts.bridge.b", "driver": "bridge", "name": "com.docker.network.bridge.gateway_mode_ipv6", "value": "routed"},
		{"at": "daemon.default-network-opts.bridge.c", "driver": "bridge", "name": "com.docker.network.bridge.trusted_host_interfaces", "value": "vxlan.1"},
		{"at": "daemon.default-network-opts.bridge.d", "driver": "bridge", "name": "com.docker.network.driver.mtu", "value": "1400"},
	]})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}

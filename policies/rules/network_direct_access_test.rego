package composelint.rules["network-direct-access_test"]

import data.composelint.fixture
import data.composelint.rules["network-direct-access"] as rule

test_drivers if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "networks.lan",
			"key": "driver",
			"message": `network "lan" is of the driver "macvlan", which opens every port of its containers to the host's network: publish the ports of a bridge network instead`,
		},
		{
			"at": "networks.vlan",
			"key": "driver",
			"message": `network "vlan" is of the driver "ipvlan", which opens every port of its containers to the host's network: publish the ports of a bridge network instead`,
		},
	} with input as _networks([
		fixture.network("lan", {"driver": "macvlan", "internal": false}),
		fixture.network("vlan", {"driver": "ipvlan", "internal": false}),
	])
}

test_gateway_modes if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "networks.web.driver_opts[com.docker.network.bridge.gateway_mode_ipv4]",
			"message": `network "web" opens every port, published or not, at the containers' own addresses by "nat-unprotected": let the published ports decide`,
		},
		{
			"at": "networks.web.driver_opts[com.docker.network.bridge.gateway_mode_ipv6]",
			"message": `network "web" opens published ports, even those on 127.0.0.1, at the containers' own addresses by "routed": let the published ports decide`,
		},
	} with input as _options(false, {
		"com.docker.network.bridge.gateway_mode_ipv4": "nat-unprotected",
		"com.docker.network.bridge.gateway_mode_ipv6": "routed",
	})
}

test_trusted_interfaces if {
	fixture.without_fixes(rule.findings) == {{
		"at": "networks.web.driver_opts[com.docker.network.bridge.trusted_host_interfaces]",
		"message": `network "web" opens published ports, even those on 127.0.0.1, to the interfaces "vxlan.1:eth3" at the containers' own addresses by "trusted_host_interfaces": let the published ports decide`,
	}} with input as _options(false, {"com.docker.network.bridge.trusted_host_interfaces": "vxlan.1:eth3"})
}

test_internal if {
	rule.findings == set() with input as _options(true, {"com.docker.network.bridge.gateway_mode_ipv4": "routed"})
}

test_near_misses if {
	rule.findings == set() with input as _options(false, {
		"com.docker.network.bridge.gateway_mode_ipv4": "nat",
		"com.docker.network.bridge.gateway_mode_ipv6": "isolated",
		"com.docker.network.bridge.trusted_host_interfaces": "",
		"com.docker.network.bridge.name": "routed",
	})
}

test_internal_driver if {
	rule.findings == set() with input as _networks([
		fixture.network("lan", {"driver": "macvlan"}),
		fixture.network("web", {"driver": "bridge", "internal": false}),
	])
}

_networks(networks) := fixture.project_with([], {"networks": networks})

_options(isolated, values) := _networks([fixture.network("web", {
	"internal": isolated,
	"driver_opts": fixture.settings("networks.web", "driver_opts", values),
})])

test_by_engine if {
	rule.findings == set() with input as fixture.project_with([], {"networks": [fixture.network("front", {"internal": false, "driver_opts": [{
		"at": "daemon.default-network-opts.bridge.x",
		"name": "com.docker.network.bridge.gateway_mode_ipv4",
		"value": "routed",
		"literal": "routed",
		"from_file": false,
	}]})]})
}

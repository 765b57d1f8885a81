package composelint.rules["internal-network-reaches-host_test"]

import data.composelint.fixture
import data.composelint.rules["internal-network-reaches-host"] as rule

test_beside_the_host if {
	fixture.without_fixes(rule.findings) == {{
		"at": "networks.back",
		"key": "internal",
		"message": `network "back" is internal, but service "app" on it reaches what listens on the host, such as service "agent", by the bridge's address: set its driver option "com.docker.network.bridge.gateway_mode_ipv4" to "isolated"`,
	}} with input as _project({}, [_app(["back"]), _agent({})])
}

test_apart if {
	rule.findings == set() with input as _project({}, [_app(["back"])])
	rule.findings == set() with input as _project({}, [_app(["back", "front"]), _agent({})])
	rule.findings == set() with input as _project({"isolated": true}, [_app(["back"]), _agent({})])
	rule.findings == set() with input as _project({"driver": "macvlan"}, [_app(["back"]), _agent({})])
	rule.findings == set() with input as _project({"external": true}, [_app(["back"]), _agent({})])
	rule.findings == set() with input as fixture.swarm(_project({}, [_app(["back"]), _agent({})]))
}

# A client on the host's network reaches its proxy by that very address.
test_needed if {
	rule.findings == set() with input as _project({}, [
		fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["back"])}),
		_agent({"endpoints": [fixture.endpoint("agent", "DOCKER_HOST", "10.5.0.2", {"services": ["proxy"]})]}),
	])
}

# Each family of addresses that the network has wants its option, and older engines know none.
test_what_is_lacking if {
	_remedies == {`set its driver option "com.docker.network.bridge.gateway_mode_ipv6" to "isolated"`} with input as _project({"ipv6": true, "driver_opts": _isolates("ipv4")}, [_app(["back"]), _agent({})])
	_remedies == {`set its driver option "com.docker.network.bridge.gateway_mode_ipv6" to "isolated"`} with input as _project({"ipv6": true, "ipv4": false}, [_app(["back"]), _agent({})])
	_remedies == {`set its driver options "com.docker.network.bridge.gateway_mode_ipv4" and "com.docker.network.bridge.gateway_mode_ipv6" to "isolated"`} with input as _project({"ipv6": true}, [_app(["back"]), _agent({})])
	_remedies == {`let "agent" listen on "127.0.0.1" alone`} with input as object.union(_project({}, [_app(["back"]), _agent({})]), {"config": {"engine": "27"}})
	_remedies == {`set its driver option "com.docker.network.bridge.gateway_mode_ipv4" to "isolated"`} with input as object.union(_project({}, [_app(["back"]), _agent({})]), {"config": {"engine": "28"}})
}

_remedies := {split(finding.message, "address: ")[1] | some finding in rule.findings}

_isolates(family) := fixture.settings("networks.back", "driver_opts", {$"com.docker.network.bridge.gateway_mode_{family}": "isolated"})

# What listens at the host's loopback address is not within reach of a container.
test_listening_at_home if {
	rule.findings == set() with input as _project({}, [_app(["back"]), _agent({"options": fixture.settings("services.agent", "command", {"web.listen-address": "127.0.0.1:9100"})})])
	rule.findings == set() with input as _project({}, [_app(["back"]), fixture.proxy("agent", {
		"image": fixture.image("agent", "wollomatic/socket-proxy", "1"),
		"network_owner": "",
		"namespaces": [fixture.namespace("agent", "network", {})],
	})])
	count(rule.findings) == 1 with input as _project({}, [_app(["back"]), _agent({"options": fixture.settings("services.agent", "command", {"web.listen-address": "127.0.0.1:9100", "bind": "0.0.0.0"})})])
	count(rule.findings) == 1 with input as _project({}, [_app(["back"]), _agent({"options": fixture.settings("services.agent", "command", {"upstream": "127.0.0.1:9100"})})])
}

# A service that asks the host by the bridge's address would lose it.
test_asks_the_host if {
	rule.findings == set() with input as _project({}, [
		fixture.service("app", {"networks": fixture.attachments("app", ["back"]), "endpoints": [fixture.endpoint("app", "UPSTREAM", "10.5.0.1", {"services": ["agent"]})]}),
		_agent({}),
	])
}

_app(networks) := fixture.service("app", {"networks": fixture.attachments("app", networks)})

_agent(fields) := fixture.service("agent", object.union({"network_owner": "", "namespaces": [fixture.namespace("agent", "network", {})]}, fields))

_project(fields, services) := fixture.project_with(services, {"networks": [
	fixture.network("back", fields),
	fixture.network("front", {"internal": false}),
]})

test_fixes if {
	{edit | some finding in rule.findings; some edit in finding.fixes[0].edits} == {_isolated(4)} with input as _project({}, [_app(["back"]), _agent({})])
	{edit | some finding in rule.findings; some edit in finding.fixes[0].edits} == {_isolated(4), _isolated(6)} with input as _project({"ipv6": true}, [_app(["back"]), _agent({})])
}

_isolated(family) := {"op": "set", "at": "networks.back", "path": ["driver_opts", $"com.docker.network.bridge.gateway_mode_ipv{family}"], "value": "isolated"}

package composelint.rules["port-without-effect_test"]

import data.composelint.fixture
import data.composelint.rules["port-without-effect"] as rule

test_internal if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ports[80/tcp]",
		"message": `service "app" publishes port 80 without effect, since its network "back" is internal: put it on another network that is not, or remove the port`,
	}} with input as _on(["back"], [fixture.port("app", 80, {})])
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ports[80/tcp]",
		"message": `service "app" publishes 2 ports without effect, since all its networks are internal: put it on another network that is not, or remove the ports`,
	}} with input as _on(["back", "api"], [fixture.port("app", 80, {}), fixture.port("app", 443, {})])
}

test_without_a_network_of_its_own if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ports[80/tcp]",
		"message": `service "app" publishes port 80 without effect, since it is on the host's network, where its program opens what it wants: tell that where to listen, and remove the port`,
	}} with input as _in("host", "app", {})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ports[80/tcp]",
		"message": `service "app" publishes port 80 without effect, since it has no network: remove the port`,
	}} with input as _in("none", "app", {})
	rule.findings == set() with input as _in("bridge", "app", {})
	rule.findings == set() with input as _in("host", "app", {"image": fixture.image("app", "tecnativa/docker-socket-proxy", "v0.4.1")})
	rule.findings == set() with input as fixture.swarm(_in("host", "app", {}))
}

_in(mode, name, fields) := _project([fixture.service(name, object.union(
	{
		"namespaces": [fixture.namespace(name, "network", {"mode": mode, "host": mode == "host"})],
		"network_owner": "",
		"ports": [fixture.port(name, 80, {})],
	},
	fields,
))])

test_in_effect if {
	rule.findings == set() with input as _on(["back", "front"], [fixture.port("app", 80, {})])
	rule.findings == set() with input as _on([], [fixture.port("app", 80, {})])
	rule.findings == set() with input as _on(["back"], [])
	rule.findings == set() with input as fixture.swarm(_on(["back"], [fixture.port("app", 80, {})]))
}

# socket-proxy-published says it of proxies.
test_proxy if {
	rule.findings == set() with input as _project([fixture.proxy("app", {
		"networks": fixture.attachments("app", ["back"]),
		"ports": [fixture.port("app", 2375, {})],
	})])
}

_on(networks, ports) := _project([fixture.service("app", {"networks": fixture.attachments("app", networks), "ports": ports})])

_project(services) := fixture.project_with(services, {"networks": [
	fixture.network("back", {}),
	fixture.network("api", {}),
	fixture.network("front", {"internal": false}),
]})

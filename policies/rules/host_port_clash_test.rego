package composelint.rules["host-port-clash_test"]

import data.composelint.fixture
import data.composelint.rules["host-port-clash"] as rule

test_two_services if {
	rule.findings == {_taken("b", "a", 8080)} with input as _project([_service("a", {}, _port(8080, "0.0.0.0", "tcp")), _service("b", {}, _port(8080, "0.0.0.0", "tcp"))])
}

test_addresses if {
	rule.findings == {_taken("b", "a", 80)} with input as _project([_service("a", {}, _port(80, "0.0.0.0", "tcp")), _service("b", {}, _port(80, "127.0.0.1", "tcp"))])
	rule.findings == {_taken("b", "a", 80)} with input as _project([_service("a", {}, _port(80, "127.0.0.1", "tcp")), _service("b", {}, _port(80, "0.0.0.0", "tcp"))])
	rule.findings == {_taken("b", "a", 80)} with input as _project([_service("a", {}, _port(80, "::1", "tcp")), _service("b", {}, _port(80, "::", "tcp"))])
	rule.findings == {_taken("b", "a", 80)} with input as _project([_service("a", {}, _port(80, "127.0.0.1", "tcp")), _service("b", {}, _port(80, "127.0.0.1", "tcp"))])
	rule.findings == set() with input as _project([_service("a", {}, _port(80, "127.0.0.1", "tcp")), _service("b", {}, _port(80, "127.0.0.2", "tcp"))])
	rule.findings == set() with input as _project([_service("a", {}, _port(80, "0.0.0.0", "tcp")), _service("b", {}, _port(80, "::1", "tcp"))])
	rule.findings == set() with input as _project([_service("a", {}, _port(80, "0.0.0.0", "tcp")), _service("b", {}, _port(80, "0.0.0.0", "udp"))])
	rule.findings == set() with input as _project([_service("a", {}, _port(80, "0.0.0.0", "tcp")), _service("b", {}, _port(81, "0.0.0.0", "tcp"))])
}

test_profiles if {
	rule.findings == {_taken("b", "a", 80)} with input as _project([_service("a", {}, _port(80, "0.0.0.0", "tcp")), _service("b", {"profiles": ["x"]}, _port(80, "0.0.0.0", "tcp"))])
	rule.findings == {_taken("b", "a", 80)} with input as _project([_service("a", {"profiles": ["x"]}, _port(80, "0.0.0.0", "tcp")), _service("b", {}, _port(80, "0.0.0.0", "tcp"))])
	rule.findings == {_taken("b", "a", 80)} with input as _project([_service("a", {"profiles": ["x", "y"]}, _port(80, "0.0.0.0", "tcp")), _service("b", {"profiles": ["z", "y"]}, _port(80, "0.0.0.0", "tcp"))])
	rule.findings == set() with input as _project([_service("a", {"profiles": ["x"]}, _port(80, "0.0.0.0", "tcp")), _service("b", {"profiles": ["y"]}, _port(80, "0.0.0.0", "tcp"))])
}

test_twice_in_one if {
	rule.findings == {{
		"at": "services.a.ports[1]",
		"message": `service "a" publishes port 80 of the host twice: remove one, or publish it on another`,
		"related": [{"at": "services.a.ports[0]", "label": `service "a" publishes it`}],
	}} with input as _project([_with_ports("a", {}, [_port(80, "0.0.0.0", "tcp"), _port(80, "127.0.0.1", "tcp")])])
}

test_replicas if {
	rule.findings == {{
		"at": "services.a.ports[0]",
		"message": `the 3 containers of service "a" cannot all publish port 80 of the host: publish a range such as "80-82:80", or let a proxy in front of them publish it`,
	}} with input as _project([_service("a", {"replicas": 3}, _port(80, "0.0.0.0", "tcp"))])
	rule.findings == {{
		"at": "services.a.ports[0]",
		"message": `the 3 containers of service "a" cannot all publish the 2 ports 80-81 of the host: publish a range such as "80-82:80", or let a proxy in front of them publish it`,
	}} with input as _project([_service("a", {"replicas": 3}, _range(80, 81))])
	rule.findings == set() with input as _project([_service("a", {"replicas": 3}, _range(80, 82))])
	rule.findings == set() with input as _project([_service("a", {"replicas": 3}, object.union(_port(80, "0.0.0.0", "tcp"), {"published": "", "first": 0, "last": 0}))])
	rule.findings == set() with input as fixture.swarm(_project([_service("a", {"replicas": 3}, _port(80, "0.0.0.0", "tcp"))]))
	rule.findings == set() with input as _project([_service("a", {"replicas": 0}, _port(80, "0.0.0.0", "tcp")), _service("b", {}, _port(80, "0.0.0.0", "tcp"))])
}

test_uncertain if {
	rule.findings == set() with input as _project([_service("a", {}, _port(80, "0.0.0.0", "tcp")), _service("b", {"entries": []}, _port(80, "0.0.0.0", "tcp"))])
	rule.findings == set() with input as _project([_service("a", {}, _port(80, "0.0.0.0", "tcp")), _service("b", {"entries": [_entry("b", 0, {})]}, _port(80, "0.0.0.0", "tcp"))])
	rule.findings == set() with input as _project([_service("a", {}, _range(80, 81)), _service("b", {}, _range(80, 81))])
	rule.findings == set() with input as _project([_service("a", {}, _port(80, "0.0.0.0", "tcp")), _service("b", {}, object.remove(_port(80, "", "tcp"), ["host_ip"]))])
	rule.findings == set() with input as _project([_service("a", {}, _port(80, "0.0.0.0", "tcp")), _service("b", {"kind": "job"}, _port(80, "0.0.0.0", "tcp"))])
}

test_for_a_swarm if {
	rule.findings == set() with input as _project([_service("a", {"replicas": 3, "deploy": object.union(fixture.service("a", {}).deploy, {"labels": fixture.settings("services.a", "labels", {"x": "y"})})}, _port(80, "0.0.0.0", "tcp"))])
	rule.findings == set() with input as fixture.project_with([_service("a", {"replicas": 3}, _port(80, "0.0.0.0", "tcp"))], {"networks": [fixture.network("mesh", {"driver": "overlay"})]})
}

test_address_of_a_network if {
	rule.findings == set() with input as fixture.project_with(
		[
			_service("a", {}, _port(80, "0.0.0.0", "tcp")),
			_service("b", {"networks": fixture.attachments("b", ["lan"])}, _port(80, "0.0.0.0", "tcp")),
		],
		{"networks": [fixture.network("lan", {"internal": false, "driver_opts": fixture.settings("networks.lan", "driver_opts", {"com.docker.network.bridge.host_binding_ipv4": "192.168.1.10"})})]},
	)
}

test_fragment if {
	rule.findings == set() with input as _project([_service("a", {}, _port(80, "0.0.0.0", "tcp")), _service("b", {"complete": false}, _port(80, "0.0.0.0", "tcp"))])
}

_taken(service, other, port) := {
	"at": $"services.{service}.ports[0]",
	"message": $`service "{service}" publishes port {port} of the host, which service "{other}" has taken: publish it on another`,
	"related": [{"at": $"services.{other}.ports[0]", "label": $`service "{other}" publishes it`}],
}

_project(services) := fixture.project(services)

_service(name, fields, port) := _with_ports(name, fields, [port])

_with_ports(name, fields, ports) := fixture.service(name, object.union(
	{
		"ports": [object.union(port, {"at": $"services.{name}.ports[{i}]"}) | some i, port in ports],
		"entries": [_entry(name, i, {"open": true}) | some i, _ in ports],
	},
	fields,
))

_port(number, address, protocol) := {"target": number, "published": $"{number}", "first": number, "last": number, "host_ip": address, "protocol": protocol}

_range(first, last) := {"target": 80, "published": $"{first}-{last}", "first": first, "last": last, "host_ip": "0.0.0.0", "protocol": "tcp"}

_entry(name, i, fields) := object.union({"at": $"services.{name}.ports[{i}]", "kind": "port", "called": "port 80", "port": 80, "router": ""}, fields)

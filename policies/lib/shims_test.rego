package composelint.shims_test

import data.composelint.fixture
import data.composelint.lookalikes
import data.composelint.shims

# A Docker API has its usual ports, that of its kind, and those on which a forwarder listens.
test_ports_of_api if {
	shims.forwards == {"fwd": {"server": "proxy", "port": 2375}} with input as _to("proxy", 2375)
	shims.forwards == {"fwd": {"server": "proxy", "port": 2376}} with input as _to("proxy", 2376)
	shims.forwards == {} with input as _to("proxy", 8080)
	shims.forwards == {} with input as _to("moved", 2377)
	shims.forwards == {"fwd": {"server": "moved", "port": 1279}} with input as _to("moved", 1279)
	shims.forwards == {"fwd": {"server": "named", "port": 1279}} with input as _to("named", 1279)
	shims.forwards == {"fwd": {"server": "further", "port": 9000}} with input as _to("further", 9000)
	shims.forwards == {} with input as _to("further", 9001)
}

# By another port it is a client of the proxy like any other.
test_by_another_port if {
	lookalikes.kinds == {"fwd": "socat"} with input as _to("proxy", 2375)
	lookalikes.kinds == {} with input as _to("proxy", 8080)
}

_to(server, port) := object.union(
	fixture.project([
		fixture.proxy("proxy", {}),
		fixture.service("moved", {"image": fixture.image("moved", "padhihomelab/docker.sock-proxy", "1")}),
		fixture.service("named", {"image": fixture.image("named", "example/own", "1")}),
		fixture.service("further", {"command": [_word("further", 0, "TCP-LISTEN:9000,fork")]}),
		fixture.service("fwd", {
			"command": [_word("fwd", 0, "TCP-LISTEN:2375,fork"), _word("fwd", 1, $"TCP:{server}:{port}")],
			"endpoints": [object.union(fixture.endpoint("fwd", "TCP", server, {"port": port}), {"at": "services.fwd.command[1]"})],
		}),
	]),
	{"config": {"roles": {"proxies": [{"service": "named", "kind": "padhi-homelab"}], "clients": [], "networks": []}}},
)

_word(name, i, value) := {"at": $"services.{name}.command[{i}]", "value": value, "literal": ""}

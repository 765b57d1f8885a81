package composelint.rules["socket-proxy-routed_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-routed"] as rule

test_label if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.labels[traefik.http.routers.proxy.rule]",
		"message": `socket proxy "proxy" gets requests from outside through the Traefik router "proxy": give it the label "traefik.enable=false" instead`,
	}} with input as _proxy({
		"labels": fixture.settings("services.proxy", "labels", {"traefik.http.routers.proxy.rule": "Host(`docker.example.com`)"}),
		"entries": [fixture.router("proxy", {})],
	})
}

test_label_of_another if {
	{finding.message | some finding in rule.findings} == {
		`socket proxy "proxy" gets requests from outside through the Traefik router "vpn": remove the label`,
		`socket proxy "proxy" gets requests from outside through the Caddy site: remove the label`,
	} with input as fixture.project([
		fixture.service("vpn", {"labels": fixture.settings("services.vpn", "labels", {"traefik.http.routers.vpn.rule": "Host(`docker.example.com`)"})}),
		fixture.proxy("proxy", {
			"labels": fixture.settings("services.proxy", "labels", {"caddy": "docker.example.com"}),
			"entries": [
				fixture.router("proxy", {"at": "services.vpn.labels[traefik.http.routers.vpn.rule]", "called": `the Traefik router "vpn"`}),
				fixture.router("proxy", {"at": "services.proxy.labels[caddy]", "called": "the Caddy site", "router": "caddy"}),
			],
		}),
	])
}

test_variable if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[VIRTUAL_HOST]",
		"message": `socket proxy "proxy" gets requests from outside through nginx-proxy, by the variable "VIRTUAL_HOST": remove the variable`,
	}} with input as _proxy({
		"environment": fixture.environment("proxy", {"VIRTUAL_HOST": "docker.example.com"}),
		"entries": [fixture.router("proxy", {
			"at": "services.proxy.environment[VIRTUAL_HOST]",
			"called": `nginx-proxy, by the variable "VIRTUAL_HOST"`,
			"router": "nginx-proxy",
		})],
	})
}

test_by_default if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.traefik.command[providers.docker]",
		"message": `socket proxy "proxy" gets requests from outside through Traefik, which routes to every container by default: give it the label "traefik.enable=false"`,
	}} with input as _proxy({"entries": [_by_default]})
}

_by_default := fixture.router("proxy", {
	"at": "services.traefik.command[providers.docker]",
	"called": "Traefik, which routes to every container by default",
})

# Traefik routes to no container without a port, and socat's image exposes none.
test_forwarder if {
	rule.findings == set() with input as _forwarder({})
	{finding.message | some finding in rule.findings} == _routed with input as _forwarder({"labels": fixture.settings("services.fwd", "labels", {"traefik.http.services.fwd.loadbalancer.server.port": "2375"})})
	{finding.message | some finding in rule.findings} == _routed with input as _forwarder({"expose": [{"at": "services.fwd.expose[2375/tcp]", "port": "2375", "protocol": "tcp"}]})
	{finding.message | some finding in rule.findings} == _routed with input as _forwarder({"ports": [fixture.port("fwd", 2375, {})]})
	{finding.message | some finding in rule.findings} == _routed with input as _forwarder({"built": true})
	{finding.message | some finding in rule.findings} == _routed with input as _forwarder({"entries": [fixture.router("fwd", {"at": _at, "called": "Traefik", "port": 2375})]})
	{finding.message | some finding in rule.findings} == _routed with input as _forwarder({"entries": [fixture.router("fwd", {"at": _at, "called": "Traefik", "router": "caddy"})]})
}

_at := "services.traefik.command[providers.docker]"

_routed := {`socket proxy "fwd" gets requests from outside through Traefik: give it the label "traefik.enable=false"`}

_forwarder(fields) := fixture.project([
	fixture.proxy("proxy", {}),
	fixture.service("fwd", object.union(
		{
			"command": [
				{"at": "services.fwd.command[0]", "value": "TCP-LISTEN:2375,fork", "literal": ""},
				{"at": "services.fwd.command[1]", "value": "TCP:proxy:2375", "literal": ""},
			],
			"endpoints": [object.union(fixture.endpoint("fwd", "TCP", "proxy", {}), {"at": "services.fwd.command[1]"})],
			"entries": [fixture.router("fwd", {"at": _at, "called": "Traefik"})],
		},
		fields,
	)),
])

test_port if {
	{finding.at | some finding in rule.findings} == {"a", "b"} with input as _proxy({"entries": [
		fixture.router("proxy", {"at": "a", "port": 2375}),
		fixture.router("proxy", {"at": "b", "port": 0}),
		fixture.router("proxy", {"at": "c", "port": 8404}),
	]})
}

test_near_misses if {
	rule.findings == set() with input as _proxy({"entries": [fixture.entry("proxy", 2375, {})]})
	rule.findings == set() with input as fixture.project([fixture.proxy("proxy", {}), fixture.service("app", {"entries": [fixture.router("app", {})]})])
}

# Nobody but itself reaches a proxy that listens on its loopback address.
test_loopback if {
	rule.findings == set() with input as _proxy({
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"entries": [_by_default],
	})
}

# Which port a label leads to is not known where its name is not.
test_unknown_labels if {
	rule.findings == set() with input as _with_unknown_labels(0)
	{finding.at | some finding in rule.findings} == {"a"} with input as _with_unknown_labels(2375)
}

_with_unknown_labels(port) := object.union(
	_proxy({"entries": [fixture.router("proxy", {"at": "a", "port": port})]}),
	{"unknown": [fixture.unknown("services.proxy", "labels", "NAME", {})]},
)

_proxy(fields) := fixture.project([fixture.proxy("proxy", fields)])

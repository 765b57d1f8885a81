package composelint.rules["docker-host-insecure_test"]

import data.composelint.fixture
import data.composelint.rules["docker-host-insecure"] as rule

test_host if {
	rule.findings == {{
		"at": "services.app.environment[DOCKER_HOST]",
		"message": `"DOCKER_HOST" of service "app" calls the Docker API of the host, by "host.docker.internal", without TLS: use a socket proxy on an internal network`,
		"severity": "error",
	}} with input as _app("Host.Docker.Internal", {})
	_severities(rule.findings) == {"error"} with input as _app("172.17.0.1", {})
	_severities(rule.findings) == {"error"} with input as _app("engine", {"extra_hosts": [_extra_host("engine", "host-gateway")]})
}

_extra_host(name, address) := {"at": $"services.app.extra_hosts[{name}]", "name": name, "address": address}

test_another_machine if {
	rule.findings == {{
		"at": "services.app.environment[DOCKER_HOST]",
		"message": `"DOCKER_HOST" of service "app" calls the Docker API of "192.168.1.10" without TLS: use "ssh://", or TLS on port 2376`,
		"severity": "error",
	}} with input as _app("192.168.1.10", {})
	_severities(rule.findings) == {"error"} with input as _app("fd00::1", {})
	_severities(rule.findings) == {"error"} with input as _app("nas.example.com", {})
	_severities(rule.findings) == {"error"} with input as _app("nas", {"extra_hosts": [_extra_host("nas", "203.0.113.7")]})
}

# An option without a value is on, a variable without one is off.
test_tls if {
	rule.findings == set() with input as _app("192.168.1.10", {"options": fixture.settings("services.app", "command", {"tlsverify": ""})})
	rule.findings == set() with input as _app("192.168.1.10", {"environment": fixture.environment("app", {"DOCKER_TLS_VERIFY": "1"})})
	_severities(rule.findings) == {"error"} with input as _app("192.168.1.10", {"options": fixture.settings("services.app", "command", {"tlsverify": "false"})})
	_severities(rule.findings) == {"error"} with input as _app("192.168.1.10", {"environment": fixture.environment("app", {"DOCKER_TLS_VERIFY": ""})})
}

# What its program does not read calls nobody.
test_setting_that_is_not_read if {
	rule.findings == set() with input as _app("192.168.1.10", {"image": fixture.image("app", "crazymax/diun", "4")})
	_severities(rule.findings) == {"error"} with input as _app("192.168.1.10", {"image": fixture.image("app", "amir20/dozzle", "8")})
}

test_loopback_of_the_host if {
	rule.findings == {{
		"at": "services.app.environment[DOCKER_HOST]",
		"message": `"DOCKER_HOST" of service "app" calls the Docker API of the host, by "127.0.0.1", without TLS: use a socket proxy on an internal network`,
		"severity": "warning",
	}} with input as _app("127.0.0.1", {"namespaces": [fixture.namespace("app", "network", {})]})
	rule.findings == set() with input as _app("localhost", {})
}

test_names if {
	_ats(rule.findings) == {"services.app.environment[H]"} with input as _with(fixture.endpoint("app", "H", "203.0.113.7", _outside), {})
	rule.findings == set() with input as _with(fixture.endpoint("app", "H", "203.0.113.7", object.union(_outside, {"scheme": ""})), {})
	rule.findings == set() with input as _with(fixture.endpoint("app", "DATABASE_URL", "203.0.113.7", _outside), {})
}

test_secure if {
	rule.findings == set() with input as _with(fixture.endpoint("app", "DOCKER_HOST", "203.0.113.7", object.union(_outside, {"port": 2376})), {})
	rule.findings == set() with input as _with(fixture.endpoint("app", "DOCKER_HOST", "203.0.113.7", object.union(_outside, {"scheme": "ssh"})), {})
	rule.findings == set() with input as _app("203.0.113.7", {"environment": fixture.environment("app", {"DOCKER_TLS_VERIFY": "1"})})
	rule.findings == set() with input as _app("203.0.113.7", {"environment": fixture.passed_through("app", ["DOCKER_CERT_PATH"])})
	rule.findings == set() with input as _app("203.0.113.7", {"environment_incomplete": true})
	_severities(rule.findings) == {"error"} with input as _app("203.0.113.7", {"environment": fixture.environment("app", {"DOCKER_TLS_VERIFY": ""})})
}

# What stands behind a service of the project is judged there.
test_project if {
	rule.findings == set() with input as _with(fixture.docker_host("app", "proxy"), {})
	rule.findings == set() with input as _app("host.docker.internal", {"ports": [fixture.port("app", 2375, {})]})
	rule.findings == set() with input as _app("127.0.0.1", {
		"namespaces": [fixture.namespace("app", "network", {})],
		"ports": [fixture.port("app", 2375, {})],
	})
	_severities(rule.findings) == {"error"} with input as _app("host.docker.internal", {"ports": [
		fixture.port("app", 80, {}),
		fixture.port("app", 1, {"at": "range", "last": 5000}),
	]})
}

# The address or name of a container is in no file.
test_perhaps_a_proxy if {
	rule.findings == set() with input as _app("docker", {})
	rule.findings == set() with input as _app("192.168.1.10", {"networks": fixture.attachments("app", ["outside"])})
	rule.findings == set() with input as _app("docker.example", {"networks": fixture.attachments("app", ["outside"])})
	rule.findings == set() with input as _beside_proxy("172.20.0.2")
	_severities(rule.findings) == {"error"} with input as _beside_proxy("203.0.113.7")
	rule.findings == set() with input as _app("0.0.0.0", {})
}

_beside_proxy(host) := fixture.project_with(
	[
		fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api"])}),
		fixture.service("app", {
			"networks": fixture.attachments("app", ["api"]),
			"endpoints": [fixture.endpoint("app", "DOCKER_HOST", host, _outside)],
		}),
	],
	{"networks": [fixture.network("api", {})]},
)

test_engine_of_all if {
	rule.findings == {{
		"at": "services.dind.environment[DOCKER_TLS_CERTDIR]",
		"message": `service "dind" runs a Docker engine that takes orders without TLS from outside, by port 2375 on 0.0.0.0: set "DOCKER_TLS_CERTDIR" to "/certs"`,
		"severity": "error",
	}} with input as _engine({"entries": [fixture.entry("dind", 80, {}), fixture.entry("dind", 2375, {})]}, [])
	_severities(rule.findings) == {"error"} with input as _engine({"entries": [fixture.entry("dind", 0, {"kind": "host-network"})]}, [])
	_severities(rule.findings) == {"warning"} with input as _engine({"entries": [fixture.entry("dind", 80, {})]}, [])
}

test_engine_of_a_network if {
	rule.findings == {{
		"at": "services.dind.environment[DOCKER_TLS_CERTDIR]",
		"message": `service "dind" runs a Docker engine that takes orders without TLS from all on network "web": set "DOCKER_TLS_CERTDIR" to "/certs"`,
		"severity": "error",
	}} with input as _engine({"networks": fixture.attachments("dind", ["web"])}, [])
	_severities(rule.findings) == {"error"} with input as _engine({"networks": fixture.attachments("dind", ["api"])}, ["a", "b"])
}

test_engine_of_one_client if {
	rule.findings == {{
		"at": "services.dind.environment[DOCKER_TLS_CERTDIR]",
		"message": `service "dind" runs a Docker engine that takes orders without TLS: set "DOCKER_TLS_CERTDIR" to "/certs"`,
		"severity": "warning",
	}} with input as _engine({"networks": fixture.attachments("dind", ["api"])}, ["a"])
	_severities(rule.findings) == {"warning"} with input as _engine({"networks": fixture.attachments("dind", ["outside"])}, [])
}

# An engine's own address is none that it calls.
test_engine_listens if {
	_ats(rule.findings) == {"services.dind.environment[DOCKER_TLS_CERTDIR]"} with input as _engine({"endpoints": [fixture.endpoint("dind", "host", "203.0.113.7", _outside)]}, [])
}

# Of the services on the host's network only those count that hand on the API.
test_neighbours_on_the_host if {
	_ats(rule.findings) == {"services.app.environment[DOCKER_HOST]"} with input as _at_host("172.17.0.1", {}, fixture.service("agent", {}))
	_severities(rule.findings) == {"warning"} with input as _at_host("localhost", _on_host, fixture.service("agent", {}))
	rule.findings == set() with input as _at_host("172.17.0.1", {}, fixture.proxy("agent", {}))
	rule.findings == set() with input as _at_host("172.17.0.1", {}, fixture.service("agent", {"image": fixture.image("agent", "docker", "28-dind")}))
}

_on_host := {"network_owner": "", "namespaces": [fixture.namespace("app", "network", {})]}

_at_host(host, fields, neighbour) := fixture.project([
	fixture.service("app", object.union({"endpoints": [fixture.endpoint("app", "DOCKER_HOST", host, {"services": ["agent"]})]}, fields)),
	neighbour,
])

test_machine_of_the_local_network if {
	{finding.message | some finding in rule.findings} == {`"DOCKER_HOST" of service "app" calls the Docker API of "nas" without TLS: use "ssh://", or TLS on port 2376`} with input as fixture.project([_at_nas])
	rule.findings == set() with input as fixture.project([_at_nas, fixture.proxy("proxy", {})])
	count(rule.findings) == 1 with input as fixture.project([
		object.union(_at_nas, {"endpoints": array.concat(_at_nas.endpoints, [fixture.endpoint("app", "DOZZLE_REMOTE_HOST", "proxy", {})])}),
		fixture.proxy("proxy", {}),
	])
}

_at_nas := fixture.service("app", {"endpoints": [fixture.without(fixture.endpoint("app", "DOCKER_HOST", "nas", {"services": [], "beyond": "machine"}), ["reachable"])]})

# What cannot be reached is docker-host-unreachable's.
test_unreachable if {
	rule.findings == set() with input as _with(fixture.endpoint("app", "DOCKER_HOST", "engine.example.com", {"services": [], "reachable": false}), {})
}

_outside := {"services": [], "reachable": true}

_app(host, fields) := _with(fixture.endpoint("app", "DOCKER_HOST", lower(host), _outside), fields)

_with(endpoint, fields) := fixture.project_with(
	[fixture.service("app", object.union({"endpoints": [endpoint]}, fields))],
	{"networks": [_other]},
)

_other := fixture.without(fixture.network("outside", {"external": true}), ["internal"])

_engine(fields, neighbours) := fixture.project_with(
	array.concat(
		[fixture.service("dind", object.union(
			{
				"image": fixture.image("dind", "docker", "28-dind"),
				"environment": fixture.environment("dind", {"DOCKER_TLS_CERTDIR": ""}),
			},
			fields,
		))],
		[fixture.service(name, {"networks": fixture.attachments(name, ["api"])}) | some name in neighbours],
	),
	{"networks": [_other, fixture.network("api", {}), fixture.network("web", {"internal": false})]},
)

_severities(findings) := {finding.severity | some finding in findings}

_ats(findings) := {finding.at | some finding in findings}

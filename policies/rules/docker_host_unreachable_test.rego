package composelint.rules["docker-host-unreachable_test"]

import data.composelint.fixture
import data.composelint.rules["docker-host-unreachable"] as rule

test_no_such_service if {
	rule.findings == {{
		"at": "services.app.environment[DOCKER_HOST]",
		"message": `"DOCKER_HOST" of service "app" names "docker-proxi", which is no service of the project: name the socket proxy`,
	}} with input as _app(fixture.endpoint("app", "DOCKER_HOST", "docker-proxi", {"services": [], "reachable": false}), {})
}

test_service_without_its_name if {
	rule.findings == {{
		"at": "services.app.environment[DOCKER_HOST]",
		"message": `"DOCKER_HOST" of service "app" names "proxy", which is a service without that name on their network: remove "use_service_name_alias: false" there`,
	}} with input as _app(fixture.endpoint("app", "DOCKER_HOST", "proxy", {"services": [], "reachable": false}), {})
}

test_no_shared_network if {
	rule.findings == {{
		"at": "services.app.environment[providers.docker.endpoint]",
		"message": `"providers.docker.endpoint" of service "app" names "proxy", which shares no network with it: put both on one network`,
	}} with input as _app(fixture.endpoint("app", "providers.docker.endpoint", "proxy", {"reachable": false}), {})
}

test_default_bridge if {
	rule.findings == {{
		"at": "services.app.environment[DOCKER_HOST]",
		"message": `"DOCKER_HOST" of service "app" names "proxy", which has no name on Docker's default bridge: put both on a network of the project`,
	}} with input as fixture.project([
		fixture.proxy("proxy", {"namespaces": [fixture.namespace("proxy", "network", {"mode": "bridge", "host": false})]}),
		fixture.service("app", {
			"namespaces": [fixture.namespace("app", "network", {"mode": "bridge", "host": false})],
			"endpoints": [fixture.endpoint("app", "DOCKER_HOST", "proxy", {"reachable": false})],
		}),
	])
}

test_namespace_of_another if {
	rule.findings == {{
		"at": "services.app.environment[DOCKER_HOST]",
		"message": `"DOCKER_HOST" of service "app" names "proxy", which has no name of its own beside service "vpn": name "vpn"`,
	}} with input as _behind_vpn(["api"])
	{finding.message | some finding in rule.findings} == {`"DOCKER_HOST" of service "app" names "proxy", which shares no network with it: put both on one network`} with input as _behind_vpn(["web"])
}

_behind_vpn(networks) := fixture.project([
	fixture.proxy("proxy", {"network_owner": "vpn"}),
	fixture.service("vpn", {"networks": fixture.attachments("vpn", ["api"])}),
	fixture.service("app", {
		"networks": fixture.attachments("app", networks),
		"endpoints": [fixture.endpoint("app", "DOCKER_HOST", "proxy", {"reachable": false})],
	}),
])

test_wrong_port if {
	rule.findings == {{
		"at": "services.app.environment[TRAEFIK_PROVIDERS_DOCKER_ENDPOINT]",
		"message": `"TRAEFIK_PROVIDERS_DOCKER_ENDPOINT" of service "app" names port 2376, but the socket proxy "proxy" listens on 2375`,
	}} with input as _app(fixture.endpoint("app", "TRAEFIK_PROVIDERS_DOCKER_ENDPOINT", "proxy", {"port": 2376}), {"mounts": [
		fixture.mount("proxy", "/run/docker.sock", {}),
		fixture.mount("proxy", "/run", {"at": "tmpfs", "type": "tmpfs", "host_path": ""}),
	]})
}

test_loopback_of_the_proxy if {
	_message == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy", which listens on its own loopback address alone: set "SP_LISTENIP" to "0.0.0.0"`} with input as _app(_right, {"image": fixture.image("proxy", "wollomatic/socket-proxy", "1")})
	_message == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy", which listens on its own loopback address alone: set "listenip" to "0.0.0.0"`} with input as _app(_right, {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"options": fixture.settings("services.proxy", "command", {"listenip": "127.0.0.1"}),
	})
	rule.findings == set() with input as _app(_right, {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"options": fixture.settings("services.proxy", "command", {"listenip": "0.0.0.0"}),
	})
	rule.findings == set() with input as _app(_right, {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"network_owner": "app",
	})
}

_right := fixture.endpoint("app", "DOCKER_HOST", "proxy", {})

_message := {finding.message | some finding in rule.findings}

test_default_port if {
	rule.findings == set() with input as _app(fixture.endpoint("app", "DOCKER_HOST", "proxy", {"port": 0}), {})
}

# A mounted configuration, a variable or an option can make a proxy listen elsewhere.
test_port_that_can_be_another if {
	rule.findings == set() with input as _app(_moved, {"mounts": [fixture.mount("proxy", "./haproxy.cfg", {})]})
	rule.findings == set() with input as _app(_moved, {"mounts": [fixture.without(fixture.mount("proxy", "/cfg", {}), ["host_path"])]})
	rule.findings == set() with input as _app(_moved, {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"options": fixture.settings("services.proxy", "command", {"proxyport": "2376", "listenip": "0.0.0.0"}),
	})
	rule.findings == set() with input as _app(_moved, {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"environment": fixture.passed_through("proxy", ["SP_PROXYPORT"]),
		"options": fixture.settings("services.proxy", "command", {"listenip": "0.0.0.0"}),
	})
}

_moved := fixture.endpoint("app", "DOCKER_HOST", "proxy", {"port": 2376})

test_other_servers if {
	rule.findings == set() with input as _app(fixture.endpoint("app", "DATABASE_URL", "db", {"services": [], "reachable": false}), {})
	rule.findings == set() with input as _app(fixture.endpoint("app", "DOCKER_HOST", "dind", {"port": 2376}), {})
}

test_unknown if {
	rule.findings == set() with input as _app(fixture.without(fixture.endpoint("app", "DOCKER_HOST", "elsewhere", {"services": []}), ["reachable"]), {})
	rule.findings == set() with input as _app(fixture.without(_moved, ["reachable"]), {})
}

_app(endpoint, proxy) := fixture.project([
	fixture.proxy("proxy", proxy),
	fixture.service("dind", {}),
	fixture.service("app", {"endpoints": [endpoint]}),
])

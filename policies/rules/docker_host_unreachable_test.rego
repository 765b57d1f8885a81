package composelint.rules["docker-host-unreachable_test"]

import data.composelint.fixture
import data.composelint.rules["docker-host-unreachable"] as rule

test_no_such_service if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.environment[DOCKER_HOST]",
		"message": `"DOCKER_HOST" of service "app" names "docker-proxi", which is no service of the project: name the socket proxy`,
	}} with input as _app(fixture.endpoint("app", "DOCKER_HOST", "docker-proxi", {"services": [], "reachable": false}), {})
}

test_service_without_its_name if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.environment[DOCKER_HOST]",
		"message": `"DOCKER_HOST" of service "app" names "proxy", which is a service without that name on their network: remove "use_service_name_alias: false" there`,
	}} with input as _app(fixture.endpoint("app", "DOCKER_HOST", "proxy", {"services": [], "reachable": false}), {})
}

test_no_shared_network if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.environment[providers.docker.endpoint]",
		"message": `"providers.docker.endpoint" of service "app" names "proxy", which shares no network with it: put both on one network`,
	}} with input as _app(fixture.endpoint("app", "providers.docker.endpoint", "proxy", {"reachable": false}), {})
}

test_default_bridge if {
	fixture.without_fixes(rule.findings) == {{
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
	fixture.without_fixes(rule.findings) == {{
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
	fixture.without_fixes(rule.findings) == {{
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
# Without a port it depends on the program which one is meant.
test_no_port if {
	_message == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy" without a port, which is port 80 to the program: name port 2375`} with input as _portless("amir20/dozzle", {})
	_message == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy" without a port, which the program does not take: name port 2375`} with input as _portless("nicolargo/glances", {})
	_message == set() with input as _portless("containrrr/shepherd", {})
	_message == set() with input as _portless("example/app", {})
	_message == set() with input as _portless("amir20/dozzle", {"mounts": [fixture.mount("proxy", "/srv/haproxy.cfg", {"target": "/usr/local/etc/haproxy/haproxy.cfg"})]})
}

_portless(image, fields) := fixture.project([
	fixture.proxy("proxy", object.union({"networks": fixture.attachments("proxy", ["api"])}, fields)),
	fixture.service("app", {
		"image": fixture.image("app", image, "latest"),
		"networks": fixture.attachments("app", ["api"]),
		"endpoints": [fixture.endpoint("app", "DOCKER_HOST", "proxy", {"port": 0})],
	}),
])

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
	rule.findings == set() with input as _app(_moved, {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"environment": fixture.environment("proxy", {"SP_PROXYPORT": "${PORT}"}),
		"options": fixture.settings("services.proxy", "command", {"listenip": "0.0.0.0"}),
	})
	rule.findings == set() with input as _app(_moved, {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"environment_incomplete": true,
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

test_port_of_a_setting if {
	_message == {`"DOCKER_HOST" of service "app" names port 2376, but the socket proxy "proxy" listens on 2380`} with input as _app(_moved, {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"environment": fixture.environment("proxy", {"SP_LISTENIP": "0.0.0.0", "SP_PROXYPORT": "2380"}),
	})
	_message == {`"DOCKER_HOST" of service "app" names port 2376, but the socket proxy "proxy" listens on 2380 and 2381`} with input as _app(_moved, {
		"image": fixture.image("proxy", "hectorm/cetusguard", "1"),
		"environment": fixture.environment("proxy", {"CETUSGUARD_FRONTEND_ADDR": "tcp://:2376"}),
		"options": fixture.settings("services.proxy", "command", {"frontend-addr": "tcp://:2380,tcp://[::]:2381"}),
	})
}

# A port of the host leads to another one of the container.
test_target_port if {
	rule.findings == set() with input as _app(fixture.endpoint("app", "DOCKER_HOST", "proxy", {"port": 12375, "target": 2375}), {})
	_message == {`"DOCKER_HOST" of service "app" names port 2375, but the socket proxy "proxy" listens on 2375`} with input as _app(fixture.endpoint("app", "DOCKER_HOST", "proxy", {"target": 80}), {})
}

test_slip if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.environment[DOCKER_HOST]",
		"message": `"DOCKER_HOST" of service "app" names "prxoy", which is no name of the project: the socket proxy is "proxy", and shares no network with it`,
	}} with input as _app(_slip({"reachable": false}), {})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.environment[DOCKER_HOST]",
		"message": `"DOCKER_HOST" of service "app" names "prxoy", which is no name of the project: the socket proxy is "proxy", and shares no network with it`,
		"severity": "warning",
	}} with input as _app(fixture.without(_slip({"beyond": "anybody"}), ["reachable"]), {})
	_message == {`"DOCKER_HOST" of service "app" names "prxoy", which is no name of the project: the socket proxy is "proxy"`} with input as fixture.project([
		fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api"])}),
		fixture.service("app", {
			"endpoints": [fixture.without(_slip({"beyond": "machine"}), ["reachable"])],
			"networks": fixture.attachments("app", ["api"]),
		}),
	])
}

test_slip_of_another_service if {
	_message == {`"DOCKER_HOST" of service "app" names "dinb", which is no name of the project: the nearest is "dind"`} with input as _app(fixture.endpoint("app", "DOCKER_HOST", "dinb", {"services": ["dind"], "meant": "dind", "reachable": false}), {})
	rule.findings == set() with input as _app(fixture.without(fixture.endpoint("app", "DOCKER_HOST", "dinb", {"services": ["dind"], "meant": "dind", "beyond": "anybody"}), ["reachable"]), {})
	rule.findings == set() with input as _app(fixture.endpoint("app", "DATABASE_URL", "prxoy", {"services": ["proxy"], "meant": "proxy", "reachable": false}), {})
}

_slip(fields) := fixture.endpoint("app", "DOCKER_HOST", "prxoy", object.union({"services": ["proxy"], "meant": "proxy"}, fields))

test_machine_of_the_local_network if {
	_message == {`"DOCKER_HOST" of service "app" names "nas", which is no service of the project: name the socket proxy "proxy"`} with input as _app(_machine({}), {})
	rule.findings == set() with input as _app(_machine({"port": 2376}), {})
	rule.findings == set() with input as fixture.project([
		fixture.proxy("proxy", {}),
		fixture.service("app", {"endpoints": [_machine({}), fixture.endpoint("app", "DOZZLE_REMOTE_HOST", "proxy", {})]}),
	])
	rule.findings == set() with input as fixture.project([fixture.service("app", {"endpoints": [_machine({})]})])
}

_machine(fields) := fixture.without(fixture.endpoint("app", "DOCKER_HOST", "nas", object.union({"services": [], "beyond": "machine"}, fields)), ["reachable"])

test_itself if {
	_message == {`"DOCKER_HOST" of service "app" names "app", which is the service itself: name the socket proxy`} with input as _app(fixture.endpoint("app", "DOCKER_HOST", "app", {}), {})
}

test_localhost if {
	_message == {`"DOCKER_HOST" of service "app" names "localhost", where nothing else is: name the socket proxy's service`} with input as _app(_here, {})
	rule.findings == set() with input as fixture.project([fixture.service("app", {"privileged": true, "endpoints": [_here]})])
	rule.findings == set() with input as fixture.project([fixture.service("app", {"runtime": "sysbox-runc", "endpoints": [_here]})])
	rule.findings == set() with input as fixture.project([fixture.service("app", {"mounts": [fixture.mount("app", "/run/docker.sock", {})], "endpoints": [_here]})])
	rule.findings == set() with input as fixture.project([fixture.service("app", {
		"image": fixture.image("app", "docker", "28-dind"),
		"endpoints": [_here],
	})])
}

_here := fixture.endpoint("app", "DOCKER_HOST", "localhost", {"services": [], "reachable": false})

test_host_network if {
	_message == {`"DOCKER_HOST" of service "app" names "proxy", which no name server tells a container on the host's network: give "proxy" an "ipv4_address" in a subnet of network "api" and name that`} with input as _from_the_host("proxy", {})
	_message == {`"DOCKER_HOST" of service "app" names "proxy", which no name server tells a container on the host's network: give "proxy" an "ipv4_address" on a bridge network that is not isolated and name that`} with input as _from_the_host("proxy", {"isolated": true})
	_message == {`"DOCKER_HOST" of service "app" names "10.5.0.2", an address on network "api", by which the host reaches nobody: give "proxy" an "ipv4_address" on a bridge network that is not isolated and name that`} with input as _from_the_host("10.5.0.2", {"isolated": true})
	_message == {`"DOCKER_HOST" of service "app" names "10.5.0.2", an address on network "api", by which the host reaches nobody: give "proxy" an "ipv4_address" on a bridge network that is not isolated and name that`} with input as _from_the_host("10.5.0.2", {"driver": "macvlan"})
}

# The proxy bears the names and addresses of "a-sidecar", too.
_from_the_host(host, fields) := fixture.project_with(
	[
		fixture.proxy("proxy", {"networks": [object.union(fixture.attachments("proxy", ["api"])[0], {"addresses": ["10.5.0.2"]})]}),
		fixture.service("a-sidecar", {"network_owner": "proxy"}),
		fixture.service("app", {
			"network_owner": "",
			"namespaces": [fixture.namespace("app", "network", {})],
			"endpoints": [fixture.endpoint("app", "DOCKER_HOST", host, {"services": ["a-sidecar", "proxy"], "reachable": false})],
		}),
	],
	{"networks": [fixture.network("api", fields)]},
)

# Of several services at one address it is the one that bears it.
test_bearer_of_the_address if {
	_message == {`"DOCKER_HOST" of service "app" names "172.17.0.1", where no port of "proxy" is published for it: put both on one network and name "proxy"`} with input as fixture.project([
		fixture.proxy("proxy", {}),
		fixture.service("a-sidecar", {"network_owner": "proxy"}),
		fixture.service("app", {"endpoints": [fixture.endpoint("app", "DOCKER_HOST", "172.17.0.1", {"services": ["a-sidecar", "proxy"], "reachable": false})]}),
	])
}

# Nobody bears it who is on the host's network.
test_bearer_on_the_host if {
	_message == {`"DOCKER_HOST" of service "app" names "172.17.0.1", where no port of "proxy" is published for it: put both on one network and name "proxy"`} with input as fixture.project([
		fixture.proxy("proxy", {"network_owner": ""}),
		fixture.service("app", {"endpoints": [fixture.endpoint("app", "DOCKER_HOST", "172.17.0.1", {"services": ["proxy"], "reachable": false})]}),
	])
}

test_port_without_effect if {
	_message == {`"DOCKER_HOST" of service "app" names "127.0.0.1", where no port of "proxy" is published for it: give "proxy" an "ipv4_address" on a bridge network that is not isolated and name that`} with input as fixture.project([
		fixture.proxy("proxy", {}),
		fixture.service("app", {
			"network_owner": "",
			"namespaces": [fixture.namespace("app", "network", {})],
			"endpoints": [fixture.endpoint("app", "DOCKER_HOST", "127.0.0.1", {"services": ["proxy"], "reachable": false})],
		}),
	])
	_message == {`"DOCKER_HOST" of service "app" names "172.17.0.1", where no port of "proxy" is published for it: put both on one network and name "proxy"`} with input as _app(fixture.endpoint("app", "DOCKER_HOST", "172.17.0.1", {"services": ["proxy"], "reachable": false}), {})
	_message == {`"DOCKER_HOST" of service "app" names "host.docker.internal", where no port of "proxy" is published for it: put both on one network and name "proxy"`} with input as _app(fixture.endpoint("app", "DOCKER_HOST", "host.docker.internal", {"services": ["proxy"], "reachable": false}), {})
}

test_alias_of_another_network if {
	_message == {`"DOCKER_HOST" of service "app" names "elsewhere", which is no name of it on a network that both are on: name "proxy"`} with input as fixture.project([
		fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api"])}),
		fixture.service("app", {
			"endpoints": [fixture.endpoint("app", "DOCKER_HOST", "elsewhere", {"services": ["proxy"], "reachable": false})],
			"networks": fixture.attachments("app", ["api"]),
		}),
	])
}

test_socket_alone if {
	_message == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy", which listens on its unix socket alone: share that by a volume and name it by "unix://"`} with input as _app(_right, {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"environment": fixture.environment("proxy", {"SP_PROXYSOCKETENDPOINT": "/filtered/docker.sock"}),
	})
	_message == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy", which listens on its unix socket alone: share that by a volume and name it by "unix://"`} with input as _app(_right, {
		"image": fixture.image("proxy", "hectorm/cetusguard", "1"),
		"environment": fixture.environment("proxy", {"CETUSGUARD_FRONTEND_ADDR": "unix:///filtered/docker.sock"}),
	})
}

test_path_of_the_socket if {
	_message == {`"DOCKER_HOST" of service "app" names "/run/proxy.sock", but the socket of the proxy "proxy" is "/run/docker.sock" there`} with input as _sharing("/run/proxy.sock")
	rule.findings == set() with input as _sharing("/run/docker.sock")
}

_sharing(path) := fixture.project([
	fixture.proxy("proxy", {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"environment": fixture.environment("proxy", {"SP_PROXYSOCKETENDPOINT": "/filtered/docker.sock"}),
		"mounts": [fixture.named_volume("proxy", "filtered", "/filtered")],
	}),
	fixture.service("app", {
		"mounts": [fixture.named_volume("app", "filtered", "/var/run")],
		"endpoints": [_socket(path)],
	}),
])

_socket(path) := fixture.without(fixture.endpoint("app", "DOCKER_HOST", "", {"scheme": "unix", "port": 0, "path": path, "services": []}), ["reachable"])

test_nothing_mounted if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.environment[DOCKER_HOST]",
		"message": `"DOCKER_HOST" of service "app" names "/run/docker.sock", where nothing is mounted: name the socket proxy`,
		"severity": "warning",
	}} with input as fixture.project([_dozzle({"endpoints": [_socket("/run/docker.sock")]})])
	rule.findings == set() with input as fixture.project([_dozzle({
		"endpoints": [_socket("/run/docker.sock")],
		"mounts": [fixture.named_volume("app", "any", "/var/run")],
	})])
	rule.findings == set() with input as fixture.project([fixture.service("app", {"endpoints": [_socket("/run/docker.sock")]})])
}

_dozzle(fields) := fixture.service("app", object.union({"image": fixture.image("app", "amir20/dozzle", "v8.14")}, fields))

test_not_let_in if {
	_message == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy", which lets in nobody but itself: set "SP_ALLOWFROM" to "app"`} with input as _asking({"SP_LISTENIP": "0.0.0.0"}, {})
	_message == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy", which lets in "other" alone: set "SP_ALLOWFROM" to "app"`} with input as _asking({"SP_LISTENIP": "0.0.0.0", "SP_ALLOWFROM": "other"}, {})
	_message == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy", which lets in "other" alone: set "allowfrom" to "app"`} with input as _asking({"SP_LISTENIP": "0.0.0.0", "SP_ALLOWFROM": "app"}, {"allowfrom": "other"})
	rule.findings == set() with input as _asking({"SP_LISTENIP": "0.0.0.0", "SP_ALLOWFROM": "app"}, {})
}

# What socat hands on to is told by its command.
test_shim if {
	_message == {`"TCP" of service "shim" names the socket proxy "proxy", which lets in "other" alone: set "SP_ALLOWFROM" to "shim"`} with input as _shim("proxy")
	_message == set() with input as _shim("database")
}

_shim(host) := fixture.project([
	fixture.proxy("proxy", {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
		"environment": fixture.environment("proxy", {"SP_LISTENIP": "0.0.0.0", "SP_ALLOWFROM": "other"}),
		"networks": fixture.attachments("proxy", ["api"]),
	}),
	fixture.service("other", {"networks": fixture.attachments("other", ["api"])}),
	fixture.service("shim", {
		"command": [{"at": "services.shim.command[0]", "value": "UNIX-LISTEN:/out/docker.sock,fork", "literal": ""}],
		"networks": fixture.attachments("shim", ["api"]),
		"endpoints": [fixture.endpoint("shim", "TCP", host, {})],
	}),
])

# One that listens on a port is told by its command where.
test_forwarder if {
	_message == {`"DOCKER_HOST" of service "app" names port 2375, but the socket proxy "fwd" listens on 2376`} with input as _forwarder("TCP-LISTEN:2376,fork")
	_message == {`"DOCKER_HOST" of service "app" names the socket proxy "fwd", which listens on its own loopback address alone: remove "bind" from its command`} with input as _forwarder("tcp4-l:2375,fork,bind=127.0.0.1,reuseaddr")
	_message == set() with input as _forwarder("TCP-LISTEN:2375,fork,bind=0.0.0.0")
}

_forwarder(listen) := fixture.project([
	fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api"])}),
	fixture.service("fwd", {
		"command": [
			{"at": "services.fwd.command[0]", "value": listen, "literal": ""},
			{"at": "services.fwd.command[1]", "value": "TCP:proxy:2375", "literal": ""},
		],
		"networks": fixture.attachments("fwd", ["api"]),
		"endpoints": [object.union(fixture.endpoint("fwd", "TCP", "proxy", {}), {"at": "services.fwd.command[1]"})],
	}),
	fixture.service("app", {"networks": fixture.attachments("app", ["api"]), "endpoints": [fixture.docker_host("app", "fwd")]}),
])

# Before 1.7 a list has names alone.
test_networks_in_an_older_list if {
	_message == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy", which lets in nobody, as its release reads no network in a list: set "SP_ALLOWFROM" to "app"`} with input as fixture.project([
		fixture.proxy("proxy", {
			"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.6.0"),
			"environment": fixture.environment("proxy", {"SP_LISTENIP": "0.0.0.0", "SP_ALLOWFROM": "10.0.0.0/8,172.16.0.0/12"}),
			"networks": fixture.attachments("proxy", ["api"]),
		}),
		fixture.service("app", {"networks": fixture.attachments("app", ["api"]), "endpoints": [fixture.docker_host("app", "proxy")]}),
	])
}

# Before 1.3 there are no lists, in 1.0 no names, and before 1.4 no variables.
test_release_without_lists if {
	_said == {`which lets in nobody, as its release reads no list: use release 1.3.0 or later, and set "allowfrom" to "app,other"`} with input as _two_clients("1.2.0", {"listenip": "0.0.0.0", "allowfrom": "app,other"}, {})
	_said == {`which lets in "other" alone: use release 1.3.0 or later, and set "allowfrom" to "app,other"`} with input as _two_clients("1.2.0", {"listenip": "0.0.0.0", "allowfrom": "other"}, {})
	_said == {`which lets in nobody, as its release reads one network alone: use release 1.3.0 or later, and set "allowfrom" to "app,other"`} with input as _two_clients("1.0.3", {"listenip": "0.0.0.0", "allowfrom": "10.0.0.0/8,172.16.0.0/12"}, {})
	_said == {`which lets in nobody but itself: set "allowfrom" to "app,other"`} with input as _two_clients("1.3.0", {"listenip": "0.0.0.0"}, {"SP_ALLOWFROM": "app,other"})
	_said == set() with input as _two_clients("1.0.3", {"listenip": "0.0.0.0", "allowfrom": "172.16.0.0/12"}, {})
	_said == set() with input as _two_clients("1.2.0", {"listenip": "0.0.0.0", "allowfrom": "0.0.0.0/0"}, {})
	_said == set() with input as _two_clients("1.3.0", {"listenip": "0.0.0.0", "allowfrom": "app,other"}, {})
}

_said := {substring(finding.message, indexof(finding.message, "which"), -1) | some finding in rule.findings}

# A release that has no variables listens where its option says.
test_loopback_of_an_older_release if {
	_message == {
		`"DOCKER_HOST" of service "app" names the socket proxy "proxy", which listens on its own loopback address alone: set "listenip" to "0.0.0.0"`,
		`"DOCKER_HOST" of service "other" names the socket proxy "proxy", which listens on its own loopback address alone: set "listenip" to "0.0.0.0"`,
	} with input as _two_clients("1.3.0", {}, {"SP_LISTENIP": "0.0.0.0"})
}

_two_clients(tag, options, environment) := fixture.project([
	fixture.proxy("proxy", {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", tag),
		"environment": fixture.environment("proxy", environment),
		"options": fixture.settings("services.proxy", "command", options),
		"networks": fixture.attachments("proxy", ["api"]),
	}),
	fixture.service("app", {"networks": fixture.attachments("app", ["api"]), "endpoints": [_right]}),
	fixture.service("other", {"networks": fixture.attachments("other", ["api"]), "endpoints": [fixture.docker_host("other", "proxy")]}),
])

# Of many clients each would tell the names of all.
test_many_not_let_in if {
	count(rule.findings) == 9 with input as _crowd
	{`"DOCKER_HOST" of service "app9" names the socket proxy "proxy", which lets in nobody but itself: name its clients in "SP_ALLOWFROM"`} - _message == set() with input as _crowd
}

_crowd := fixture.project(array.concat(
	[fixture.proxy("proxy", {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"environment": fixture.environment("proxy", {"SP_LISTENIP": "0.0.0.0"}),
		"networks": fixture.attachments("proxy", ["api"]),
	})],
	[fixture.service($"app{i}", {
		"networks": fixture.attachments($"app{i}", ["api"]),
		"endpoints": [fixture.docker_host($"app{i}", "proxy")],
	}) |
		some i in numbers.range(1, 9)
	],
))

_asking(environment, options) := fixture.project([
	fixture.proxy("proxy", {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"environment": fixture.environment("proxy", environment),
		"options": fixture.settings("services.proxy", "command", options),
		"networks": fixture.attachments("proxy", ["api"]),
	}),
	fixture.service("app", {
		"networks": fixture.attachments("app", ["api"]),
		"endpoints": [_right],
	}),
	fixture.service("other", {"networks": fixture.attachments("other", ["api"])}),
])

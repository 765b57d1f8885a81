package composelint.rules["socket-proxy-stranger_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-stranger"] as rule

test_on_one_network if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.networks[api]",
		"message": `service "app" can call the Docker API of the socket proxy "proxy" by network "api" but does not point at it: take it off the network`,
	}} with input as _project([_client, _service("app", ["api", "web"])])
}

test_in_one_namespace if {
	fixture.without_fixes(rule.findings) == {{
		"at": fixture.namespace("app", "network", {}).at,
		"message": `service "app" can call the Docker API of the socket proxy "proxy" by a shared network namespace but does not point at it: give it a network namespace of its own`,
	}} with input as _project([_client, fixture.service("app", {
		"network_owner": "proxy",
		"namespaces": [fixture.namespace("app", "network", {"mode": "service:proxy", "of": "service", "host": false, "joined": "proxy"})],
	})])
}

test_beside_a_client if {
	{finding.message | some finding in rule.findings} == {`service "app" can call the Docker API of the socket proxy "proxy" by network "api" but does not point at it: give it a network namespace of its own`} with input as _project([
		_client,
		fixture.service("app", {"network_owner": "client"}),
	])
}

test_on_the_default_network if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.networks[default]",
		"message": `socket proxy "proxy" can be called by a service on network "default" that does not point at it: give it one with its clients alone`,
		"related": [{"at": "services.app", "label": `service "app"`}],
	}} with input as _on(["default"], {}, [_service("app", ["default"])])
}

# Each proxy has to leave the default network, whatever becomes of the other.
test_two_on_the_default_network if {
	{[finding.at, count(finding.related)] | some finding in rule.findings} == {
		["services.first.networks[default]", 1],
		["services.proxy.networks[default]", 1],
	} with input as _on(["default"], {}, [
		fixture.proxy("first", {"networks": fixture.attachments("first", ["default"])}),
		_service("app", ["default"]),
	])
}

test_many if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.networks[api]",
		"message": `socket proxy "proxy" can be called by 4 services on network "api" that do not point at it: give it one with its clients alone`,
		"related": [
			{"at": "services.a", "label": `service "a"`},
			{"at": "services.b", "label": `service "b"`},
			{"at": "services.c", "label": `service "c"`},
			{"at": "services.d", "label": `service "d"`},
		],
	}} with input as _project([
		_client,
		_service("a", ["api"]),
		_service("b", ["api"]),
		_service("c", ["api"]),
		_service("d", ["api"]),
	])
}

test_two_proxies if {
	{finding.message | some finding in rule.findings} == {
		`service "app" can call the Docker API of the socket proxy "first" by network "api" but does not point at it: take it off the network`,
	} with input as _project([
		_client,
		_service("app", ["api"]),
		fixture.proxy("first", {"networks": fixture.attachments("first", ["api"])}),
	])
}

test_clients if {
	rule.findings == set() with input as _project([_client])
	rule.findings == set() with input as _project([_client, _on_api("app", {"environment": fixture.environment("app", {"DOCKER_HOST": "tcp://elsewhere:2375"})})])
	rule.findings == set() with input as _project([_client, _on_api("app", {"mounts": [fixture.mount("app", "/srv/app.yml", {"target": "/etc/app.yml"})]})])
	rule.findings == set() with input as _project([_client, _on_api("app", {"mounts": [fixture.named_volume("app", "filtered", "/proxy")]})])
	rule.findings == set() with input as _project([_client, _on_api("app", {"environment_incomplete": true})])
	rule.findings == set() with input as object.union(
		_project([_client, _on_api("app", {})]),
		{"config": {"roles": {"proxies": [], "clients": [{"service": "app", "needs": ["ContainerList"]}]}}},
	)
	rule.findings == set() with input as _project([_client, _on_api("app", {"mounts": [fixture.mount("app", "/run/docker.sock", {})]})])
}

# What is alone with the proxy is there for it, and what it points at serves it.
# A socket of the proxy where nothing looks for one.
test_mount_with_the_socket if {
	rule.findings == {{
		"at": "services.backup.volumes[/backup/sockets]",
		"message": `service "backup" can call the Docker API of the socket proxy "proxy" by a mount with its socket but does not point at it: take the mount away`,
		"severity": "note",
	}} with input as _sharing({})
	rule.findings == set() with input as _sharing({"command": [{"at": "services.backup.command[0]", "value": "--sock=/backup/sockets/docker.sock", "literal": ""}]})
	rule.findings == set() with input as _sharing({"endpoints": [fixture.endpoint("backup", "DOCKER_HOST", "", {"scheme": "unix", "path": "/backup/sockets/docker.sock", "services": []})]})
	rule.findings == set() with input as _sharing({"environment_incomplete": true})
}

_sharing(fields) := fixture.project([
	fixture.proxy("proxy", {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
		"environment": fixture.environment("proxy", {"SP_PROXYSOCKETENDPOINT": "/filtered/docker.sock", "SP_ALLOW_GET": "/containers/json"}),
		"mounts": [fixture.named_volume("proxy", "filtered", "/filtered")],
	}),
	fixture.service("backup", object.union({"mounts": [fixture.named_volume("backup", "filtered", "/backup/sockets")]}, fields)),
])

test_neighbours if {
	rule.findings == set() with input as _project([_service("app", ["api"])])
	rule.findings == set() with input as _on(["api"], {"endpoints": [fixture.docker_host("proxy", "engine")]}, [_client, _service("engine", ["api"])])
}

test_others_judge if {
	rule.findings == set() with input as _project([_client, fixture.job("app", {"networks": fixture.attachments("app", ["api"])})])
	rule.findings == set() with input as _project([_client, _on_api("app", {"complete": false})])
	rule.findings == set() with input as _project([_client, fixture.service("app", {"network_owner": "", "namespaces": [fixture.namespace("app", "network", {})]})])
	rule.findings == set() with input as _project([_client, _service("app", ["web"])])
	rule.findings == set() with input as _on(["api", "web"], {}, [_client, _service("app", ["web"])])
}

# Some proxies do not serve everybody, and some serve nobody.
test_choosy if {
	rule.findings == set() with input as _on(["api"], {"image": fixture.image("proxy", "nextcloud/nextcloud-appapi-dsp", "release")}, [_client, _service("app", ["api"])])
	rule.findings == set() with input as _on(["api"], _wollomatic({"allowfrom": "client", "allowGET": ".*"}), [_client, _service("app", ["api"])])
	rule.findings == set() with input as _on(["api"], _wollomatic({"allowfrom": "0.0.0.0/0"}), [_client, _service("app", ["api"])])
	{finding.at | some finding in rule.findings} == {"services.app.networks[api]"} with input as _on(["api"], _wollomatic({"allowfrom": "0.0.0.0/0", "allowGET": ".*"}), [_client, _service("app", ["api"])])
}

_wollomatic(options) := {
	"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
	"options": fixture.settings("services.proxy", "command", object.union({"listenip": "0.0.0.0"}, options)),
}

_client := fixture.service("client", {
	"networks": fixture.attachments("client", ["api"]),
	"endpoints": [fixture.docker_host("client", "proxy")],
	"environment": fixture.environment("client", {"DOCKER_HOST": "tcp://proxy:2375"}),
})

_service(name, networks) := fixture.service(name, {"networks": fixture.attachments(name, networks)})

_on_api(name, fields) := fixture.service(name, object.union({"networks": fixture.attachments(name, ["api"])}, fields))

_project(services) := _on(["api"], {}, services)

_on(networks, proxy, services) := fixture.project_with(
	array.concat(services, [fixture.proxy("proxy", object.union(
		{
			"networks": fixture.attachments("proxy", networks),
			"mounts": [fixture.named_volume("proxy", "filtered", "/filtered")],
		},
		proxy,
	))]),
	{"networks": [
		fixture.network("api", {}),
		fixture.network("web", {"internal": false}),
		fixture.network("default", {"internal": false, "implicit": true}),
	]},
)

# A proxy for reading and one for writing are one while they share a network.
test_client_of_another if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.writer.networks[api]",
		"message": `socket proxy "writer" can be called on network "api" by clients of another one: give it one with its clients alone`,
		"related": [{"at": "services.app", "label": `service "app"`}],
	}} with input as _two(["api"], {})
	rule.findings == set() with input as _two(["writing"], {})
	rule.findings == set() with input as _two(["api"], {"environment": fixture.passed_through("app", ["DOZZLE_REMOTE_HOST"])})
}

_two(networks, fields) := fixture.project_with(
	[
		fixture.proxy("reader", {"networks": fixture.attachments("reader", ["api"])}),
		fixture.proxy("writer", {
			"networks": fixture.attachments("writer", networks),
			"environment": fixture.environment("writer", {"POST": "1", "CONTAINERS": "1"}),
		}),
		fixture.service("app", object.union(
			{
				"networks": fixture.attachments("app", ["api"]),
				"endpoints": [fixture.docker_host("app", "reader")],
			},
			fields,
		)),
		fixture.service("restarter", {
			"networks": fixture.attachments("restarter", networks),
			"endpoints": [fixture.docker_host("restarter", "writer")],
		}),
	],
	{"networks": [fixture.network(name, {}) | some name in ["api", "writing"]]},
)

# A client reaches the proxy by the network of whose namespace it uses.
test_owner_of_the_network_of_a_client if {
	rule.findings == set() with input as _vpn("vpn")
	{finding.at | some finding in rule.findings} == {"services.vpn.networks[api]"} with input as _vpn("app")
}

_vpn(owner) := fixture.project_with(
	[
		fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api"])}),
		fixture.service("vpn", {"networks": fixture.attachments("vpn", ["web", "api"])}),
		fixture.service("app", {
			"network_owner": owner,
			"networks": [attachment | owner == "app"; some attachment in fixture.attachments("app", ["api"])],
			"endpoints": [fixture.docker_host("app", "proxy")],
		}),
	],
	{"networks": [fixture.network("api", {"internal": true}), fixture.network("web", {})]},
)

package composelint.reach_test

import data.composelint.fixture
import data.composelint.outsiders
import data.composelint.proxy_ports
import data.composelint.reach

# Each way to a proxy, and what is none.
test_callers if {
	reach.callers == {"proxy": {
		"app": {"at": "services.app.networks[api]", "label": `network "api"`, "kind": "network", "network": "api"},
		"joined": {"at": "services.app.networks[api]", "label": `network "api"`, "kind": "network", "network": "api"},
		"both": {"at": "services.both.networks[web]", "label": `network "web"`, "kind": "network", "network": "web"},
		"socket": {"at": "services.socket.volumes[/proxy]", "label": "a mount with the proxy's socket", "kind": "volume", "network": ""},
		"host": {"at": "services.host.network", "label": "the host's network", "kind": "host", "network": ""},
	}} with input as _project([
		fixture.proxy("proxy", {
			"networks": fixture.attachments("proxy", ["api", "web"]),
			"mounts": [fixture.named_volume("proxy", "filtered", "/filtered")],
		}),
		fixture.service("app", {"networks": fixture.attachments("app", ["web", "api"])}),
		fixture.service("joined", {"network_owner": "app"}),
		fixture.service("both", {"networks": fixture.attachments("both", ["other", "web"])}),
		fixture.service("socket", {
			"networks": fixture.attachments("socket", ["other"]),
			"mounts": [fixture.named_volume("socket", "filtered", "/proxy"), fixture.named_volume("socket", "own", "/own")],
		}),
		fixture.service("host", {"network_owner": "", "namespaces": [
			fixture.namespace("host", "network", {}),
			fixture.namespace("host", "pid", {}),
		]}),
		fixture.service("elsewhere", {"networks": fixture.attachments("elsewhere", ["other"])}),
		fixture.hook("elsewhere", "pre_start", {"networks": fixture.attachments("elsewhere", ["api"])}),
		fixture.service("nowhere", {"network_owner": ""}),
	])
}

test_one_namespace if {
	reach.callers == {"proxy": {
		"vpn": {"at": "services.vpn", "label": "a shared network namespace", "kind": "namespace", "network": ""},
		"app": {"at": "services.app", "label": "a shared network namespace", "kind": "namespace", "network": ""},
	}} with input as _project([
		fixture.service("vpn", {}),
		fixture.proxy("proxy", {"network_owner": "vpn"}),
		fixture.service("app", {"network_owner": "vpn"}),
		fixture.service("other", {}),
	])
}

test_default_bridge if {
	reach.callers == {"proxy": {
		"app": {"at": "services.app.network", "label": "Docker's default bridge", "kind": "network", "network": ""},
		"joined": {"at": "services.app.network", "label": "Docker's default bridge", "kind": "network", "network": ""},
	}} with input as _project([
		fixture.proxy("proxy", _on_bridge("proxy", "bridge")),
		fixture.service("app", _on_bridge("app", "default")),
		fixture.service("joined", {"network_owner": "app"}),
		fixture.service("elsewhere", {"networks": fixture.attachments("elsewhere", ["other"])}),
	])
	reach.callers == {"proxy": {}} with input as _project([
		fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api"])}),
		fixture.service("app", _on_bridge("app", "bridge")),
	])
}

_on_bridge(name, mode) := {"namespaces": [
	fixture.namespace(name, "pid", {"mode": mode}),
	fixture.namespace(name, "network", {"mode": mode, "host": false}),
]}

test_proxy_on_the_host if {
	reach.callers == {"proxy": {
		"host": {"at": "services.host.network", "label": "the host's network", "kind": "host", "network": ""},
		"app": {"at": "services.proxy.network", "label": "the host's network", "kind": "host", "network": ""},
	}} with input as _with_host(fixture.proxy("proxy", _on_host("proxy")))
}

test_published if {
	reach.names == {"proxy": ["web"]} with input as _published({})
	way := {"at": "services.proxy.ports[2375/tcp]", "label": "port 2375 on 0.0.0.0", "kind": "port", "network": ""}
	reach.way("proxy", "web") == way with input as _published({})
	reach.all_names == {"web"} with input as _published({})
	reach.callers == {"proxy": {}} with input as _published({})
	reach.way("proxy", "bridge") == way with input as _project([
		fixture.proxy("proxy", {
			"networks": fixture.attachments("proxy", ["other"]),
			"entries": [fixture.entry("proxy", 2375, {})],
		}),
		fixture.service("bridge", _on_bridge("bridge", "bridge")),
	])
	reach.names == {"proxy": []} with input as _published({"loopback": true})
	reach.names == {"proxy": []} with input as _published({"port": 80})
	reach.all_names == set() with input as _published({"port": 80})
	proxy_ports.published == {"proxy": fixture.entry("proxy", 2375, {})} with input as _published({})
	proxy_ports.published == {"proxy": fixture.entry("proxy", 2375, {"loopback": true})} with input as _published({"loopback": true})
	proxy_ports.published == {} with input as _published({"port": 80})
	proxy_ports.published == {} with input as _published({"kind": "router"})
}

_published(fields) := _project([
	fixture.proxy("proxy", {
		"networks": fixture.attachments("proxy", ["other"]),
		"entries": [fixture.entry("proxy", 2375, fields)],
	}),
	fixture.service("web", {"networks": fixture.attachments("web", ["web"])}),
	fixture.service("app", {"networks": fixture.attachments("app", ["api"])}),
	fixture.service("nowhere", {"network_owner": ""}),
])

# Where a proxy listens on a port of its own, any published one may lead to its API.
test_moved_port if {
	object.keys(proxy_ports.published) == {"proxy"} with input as _project([fixture.proxy("proxy", {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"environment": fixture.environment("proxy", {"SP_PROXYPORT": "80", "SP_LISTENIP": "0.0.0.0"}),
		"entries": [fixture.entry("proxy", 80, {})],
	})])
}

test_listening if {
	proxy_ports.listening == {"proxy"} with input as _on("tecnativa/docker-socket-proxy", {})
	proxy_ports.listening == {"proxy"} with input as _on("wollomatic/socket-proxy", {"environment": fixture.environment("proxy", {"SP_LISTENIP": "0.0.0.0"})})
	proxy_ports.listening == {"proxy"} with input as _on("wollomatic/socket-proxy", {"options": fixture.settings("services.proxy", "command", {"listenip": "0.0.0.0"})})
	proxy_ports.listening == {"proxy"} with input as _on("wollomatic/socket-proxy", {"environment": fixture.passed_through("proxy", ["SP_LISTENIP"])})
	proxy_ports.listening == {"proxy"} with input as _on("wollomatic/socket-proxy", {"environment_incomplete": true})
	proxy_ports.listening == {"proxy"} with input as _on("hectorm/cetusguard", {})
	proxy_ports.listening == {"proxy"} with input as _on("yusing/socket-proxy", {})
}

test_not_listening if {
	proxy_ports.listening == set() with input as _on("wollomatic/socket-proxy", {})
	proxy_ports.listening == set() with input as _on("wollomatic/socket-proxy", {"environment": fixture.environment("proxy", {"SP_LISTENIP": "127.0.0.1"})})
	proxy_ports.listening == set() with input as _on("hectorm/cetusguard", {"environment": fixture.environment("proxy", {"CETUSGUARD_FRONTEND_ADDR": "tcp://[::1]:2375"})})
	proxy_ports.listening == set() with input as _on("wollomatic/socket-proxy", {"environment": fixture.environment("proxy", {
		"SP_LISTENIP": "0.0.0.0",
		"SP_PROXYSOCKETENDPOINT": "/filtered/docker.sock",
	})})
	proxy_ports.listening == set() with input as _on("mikesir87/docker-socket-proxy", {})
}

# A proxy on its loopback address still serves those in its network namespace.
test_callers_of_a_loopback_proxy if {
	object.keys(reach.callers.proxy) == {"joined"} with input as _on("wollomatic/socket-proxy", {})
	object.keys(reach.callers.proxy) == set() with input as _on("mikesir87/docker-socket-proxy", {})
	object.keys(reach.callers.proxy) == {"host"} with input as _with_host(fixture.proxy("proxy", object.union(
		_on_host("proxy"),
		{"image": fixture.image("proxy", "wollomatic/socket-proxy", "1")},
	)))
	object.keys(reach.callers.proxy) == set() with input as _with_host(fixture.proxy("proxy", object.union(
		_on_host("proxy"),
		{"image": fixture.image("proxy", "mikesir87/docker-socket-proxy", "1")},
	)))
}

_on(image, fields) := _project([
	fixture.proxy("proxy", object.union(
		{
			"image": fixture.image("proxy", image, "1"),
			"networks": fixture.attachments("proxy", ["web"]),
		},
		fields,
	)),
	fixture.service("app", {"networks": fixture.attachments("app", ["web"])}),
	fixture.service("joined", {"network_owner": "proxy"}),
])

_with_host(proxy) := _project([
	proxy,
	fixture.service("host", _on_host("host")),
	fixture.service("app", {"networks": fixture.attachments("app", ["web"])}),
	fixture.service("nowhere", {"network_owner": ""}),
])

_on_host(name) := {"network_owner": "", "namespaces": [fixture.namespace(name, "network", {})]}

test_choosy if {
	proxy_ports.choosy == set() with input as _on("tecnativa/docker-socket-proxy", {})
	proxy_ports.choosy == {"proxy"} with input as _on("nextcloud/nextcloud-appapi-dsp", {})
	proxy_ports.choosy == {"proxy"} with input as _on("wollomatic/socket-proxy", {})
	proxy_ports.choosy == {"proxy"} with input as _on("wollomatic/socket-proxy", {"options": fixture.settings("services.proxy", "command", {"allowfrom": "app"})})
	proxy_ports.choosy == set() with input as _on("wollomatic/socket-proxy", {"options": fixture.settings("services.proxy", "command", {"allowfrom": "app, 0.0.0.0/0"})})
	proxy_ports.choosy == set() with input as _on("wollomatic/socket-proxy", {"environment": fixture.environment("proxy", {"SP_ALLOWFROM": "0.0.0.0/0"})})
	proxy_ports.choosy == set() with input as _on("hectorm/cetusguard", {})
	proxy_ports.choosy == {"proxy"} with input as _on("hectorm/cetusguard", {"environment": fixture.environment("proxy", {"CETUSGUARD_FRONTEND_TLS_CACERT": "/certs/ca.pem"})})
}

test_outside if {
	outsiders.ways == {"app": {_port, _router}} with input as _entered
	outsiders.perhaps == {"app": {_network}} with input as _entered
	outsiders.entries_of == {
		"proxy": [],
		"app": [
			[_entry(_port, true), [{"at": _port.at, "label": "outsiders come in by port 8080 on 0.0.0.0"}]],
			[_entry(_router, true), [{"at": _router.at, "label": `outsiders come in by the Traefik router "app"`}]],
			[_entry(_network, false), [{"at": _network.at, "label": `outsiders come in by the external network "proxy"`}]],
		],
	} with input as _entered
	outsiders.path_to == {"app": [
		{"at": _router.at, "label": `outsiders come in by the Traefik router "app"`},
		{"at": "services.app", "label": `service "app"`},
	]} with input as _entered
}

_port := fixture.entry("app", 8080, {"at": "a"})

_router := fixture.router("app", {"at": "b"})

_network := fixture.without(
	fixture.entry("app", 0, {"at": "c", "kind": "external-network", "called": `the external network "proxy"`}),
	["open"],
)

_entry(way, certain) := {"kind": way.kind, "service": "app", "called": way.called, "at": way.at, "certain": certain}

_way(way, certain, path) := object.union(_entry(way, certain), {"path": path})

_entered := _project([
	fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api"]), "mounts": [fixture.mount("proxy", "/run/docker.sock", {})]}),
	fixture.service("app", {
		"networks": fixture.attachments("app", ["api"]),
		"entries": [_network, fixture.entry("app", 9000, {"loopback": true}), _router, _port],
	}),
])

# Of many ways some are shown, and the others counted.
test_ways_left if {
	count(reach.ways.proxy) == 1000 with input as _many
	reach.ways_left == {"proxy": 100} with input as _many
	reach.ways_left == {"proxy": 0} with input as _entered
}

_many := _project(array.concat(
	[fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api"])})],
	[fixture.service(name, {"networks": fixture.attachments(name, ["api"])}) | some n in numbers.range(1, 1100); name := $"app{n}"],
))

test_ways if {
	end := [
		{"at": "services.app", "label": `service "app"`},
		{"at": "services.app.networks[api]", "label": `network "api"`},
		{"at": "services.proxy", "label": `socket proxy "proxy"`},
		{"at": "services.proxy.volumes[/run/docker.sock]", "label": "the host's Docker API socket"},
	]
	reach.ways == {"proxy": [
		_way(_port, true, array.concat([{"at": _port.at, "label": "outsiders come in by port 8080 on 0.0.0.0"}], end)),
		_way(_router, true, array.concat([{"at": _router.at, "label": `outsiders come in by the Traefik router "app"`}], end)),
		_way(_network, false, array.concat([{"at": _network.at, "label": `outsiders come in by the external network "proxy"`}], end)),
		{"kind": "service", "service": "app", "called": `service "app"`, "at": "services.app", "certain": true, "path": end},
	]} with input as _entered
	reach.through("proxy", "app") == array.concat([{"at": _router.at, "label": `outsiders come in by the Traefik router "app"`}], end) with input as _entered
	reach.story("proxy") == array.concat([{"at": _router.at, "label": `outsiders come in by the Traefik router "app"`}], end) with input as _entered
}

# Straight from outside, else from a client that points at it, else from anybody, else nothing.
test_story if {
	[step.at | some step in reach.story("proxy")] == ["services.proxy.ports[2375/tcp]", "services.proxy"] with input as _alone("tecnativa/docker-socket-proxy")
	[step.at | some step in reach.story("proxy")] == ["services.client", "services.client.networks[api]", "services.proxy"] with input as _called({"endpoints": [fixture.docker_host("client", "proxy")]})
	[step.at | some step in reach.story("proxy")] == ["services.any", "services.any.networks[api]", "services.proxy"] with input as _called({})
	reach.story("proxy") == [] with input as _project([fixture.proxy("proxy", {})])
}

_called(client) := _project([
	fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api"])}),
	fixture.service("any", {"networks": fixture.attachments("any", ["api"])}),
	fixture.service("client", object.union({"networks": fixture.attachments("client", ["api"])}, client)),
])

# Only what leads to the API leads straight to it, and only where it listens.
test_straight_ways if {
	[way.path | some way in reach.ways.proxy] == [[
		{"at": "services.proxy.ports[2375/tcp]", "label": "outsiders come in by port 2375 on 0.0.0.0"},
		{"at": "services.proxy", "label": `socket proxy "proxy"`},
	]] with input as _alone("tecnativa/docker-socket-proxy")
	reach.ways == {"proxy": []} with input as _alone("wollomatic/socket-proxy")
}

_alone(image) := _project([fixture.proxy("proxy", {
	"image": fixture.image("proxy", image, "1"),
	"entries": [fixture.entry("proxy", 2375, {}), fixture.entry("proxy", 80, {})],
})])

# Who points at the proxy tells more than who happens to be near.
test_story_of_clients_first if {
	reach.story("proxy") == [
		{"at": "services.client", "label": `service "client"`},
		{"at": "services.client.networks[api]", "label": `network "api"`},
		{"at": "services.proxy", "label": `socket proxy "proxy"`},
	] with input as _project([
		fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api"])}),
		fixture.service("app", {"networks": fixture.attachments("app", ["api"])}),
		fixture.service("client", {"networks": fixture.attachments("client", ["api"]), "endpoints": [fixture.docker_host("client", "proxy")]}),
	])
	reach.story("proxy") == [] with input as _project([fixture.proxy("proxy", {})])
}

# Proxies at the same place have the same callers, others their own.
test_same_place if {
	reach.firsts == {"a", "c"} with input as _three
	reach.names == {"a": ["app"], "b": ["app"], "c": ["web"]} with input as _three
	reach.callers.b.app.at == "services.app.networks[api]" with input as _three
	reach.all_names == {"app", "web"} with input as _three
}

_three := _project(array.concat(
	[fixture.proxy(name, {"networks": fixture.attachments(name, [network])}) | some [name, network] in [["a", "api"], ["b", "api"], ["c", "web"]]],
	[fixture.service(name, {"networks": fixture.attachments(name, [network])}) | some [name, network] in [["app", "api"], ["web", "web"]]],
))

test_with_way if {
	outsiders.with_way({"at": "x"}, "app", "x") == {"at": "x", "path": [
		{"at": _router.at, "label": `outsiders come in by the Traefik router "app"`},
		{"at": "services.app", "label": `service "app"`},
		{"at": "x", "label": "the host's API socket, which is root on the host"},
	]} with input as _entered
	outsiders.with_way({"at": "x"}, "proxy", "x") == {"at": "x"} with input as _entered
}

_project(services) := fixture.project_with(services, {"networks": [
	fixture.network("api", {}),
	fixture.network("other", {}),
	fixture.network("web", {"internal": false}),
]})

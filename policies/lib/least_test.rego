package composelint.least_test

import data.composelint.fixture
import data.composelint.least

test_clients if {
	least.clients == [
		{
			"service": "logs", "image": "amir20/dozzle", "name": "Dozzle", "known": true, "like": "logs", "writes": false,
			"needs": least.clients[0].needs, "may_need": least.clients[0].may_need,
			"told_by": ["DOCKER_HOST", "--host"], "settings": "in its page", "unix_only": true, "older": false, "advice": "ask less", "form": "HOST:PORT", "with": {"PORTS": "PORT"},
			"network_mode": "", "network_of": "logs",
		},
		{
			"service": "heal", "image": "willfarrell/autoheal", "name": "autoheal", "known": true, "like": "heal", "writes": true,
			"needs": ["ContainerList", "ContainerRestart"], "may_need": [],
			"told_by": [], "settings": "", "unix_only": false, "older": false, "advice": "", "form": "tcp://HOST:PORT", "with": {},
			"network_mode": "", "network_of": "heal",
		},
		{
			"service": "own", "image": "example/app", "name": "", "known": false, "like": "", "writes": false,
			"needs": [], "may_need": [],
			"told_by": [], "settings": "", "unix_only": false, "older": false, "advice": "", "form": "tcp://HOST:PORT", "with": {},
			"network_mode": "", "network_of": "own",
		},
	] with input as _several with data.composelint.consumers as _consumers
	least.clients[0].needs == ["ContainerList", "SystemPingHead"] with input as _several with data.composelint.consumers as _consumers
	least.clients[0].may_need == ["ImageList", "SystemPing"] with input as _several with data.composelint.consumers as _consumers
}

_consumers := {
	"dozzle": {
		"name": "Dozzle", "needs": ["ContainerList", "SystemPingHead"], "may_need": ["ContainerList", "ImageList", "SystemPing"],
		"endpoint": {"told_by": ["DOCKER_HOST", "--host"], "settings": "in its page", "form": "HOST:PORT", "with": {"PORTS": "PORT"}, "unix_only": true}, "advice": "ask less",
	},
	"autoheal": {"name": "autoheal", "needs": ["ContainerList", "ContainerRestart"]},
	"homepage": {"name": "Homepage", "needs": ["ContainerList"]},
}

# What writes has a proxy of its own. What is given no Docker API is no client here.
test_groups if {
	least.groups == [{"writes": false, "clients": ["logs"], "labels": []}, {"writes": true, "clients": ["heal"], "labels": []}] with input as _several
	least.all.aside == ["start"] with input as _several
	least.all.replaced == ["proxy"] with input as _several
	least.groups == [{"writes": false, "clients": ["start"], "labels": []}] with input as fixture.project([fixture.service("start", {"image": fixture.image("start", "gethomepage/homepage", "v1.4")})])
	least.groups == [] with input as fixture.project([fixture.service("web", {})])
}

# A Traefik routes to every container that does not refuse it, unless it is told not to.
test_labels if {
	_labels == {["traefik.enable=false"]} with input as _traefik([])
	_labels == {["traefik.enable=false"]} with input as _traefik(fixture.settings("services.edge", "command", {"providers.docker.exposedbydefault": "true"}))
	_labels == {[]} with input as _traefik(fixture.settings("services.edge", "command", {"providers.docker.exposedbydefault": "False"}))
}

_labels := {group.labels | some group in least.groups}

_traefik(options) := fixture.project([fixture.service("edge", {
	"image": fixture.image("edge", "library/traefik", "v3.6"),
	"traefik": {"options": options, "file": "no"},
})])

# A client on the host's network knows no names, and an older release may ask sockets alone.
test_ways_to_clients if {
	[[client.service, client.network_mode, client.network_of, client.unix_only, client.older] | some client in least.clients] == [
		["agent", "host", "", false, false],
		["heal", "service", "vpn", true, true],
	] with input as fixture.project([
		fixture.service("agent", {
			"image": fixture.image("agent", "henrygd/beszel-agent", "0.12"),
			"network_owner": "",
			"namespaces": [fixture.namespace("agent", "network", {"mode": "host"})],
		}),
		fixture.service("heal", {
			"image": fixture.image("heal", "willfarrell/autoheal", "1.2.0"),
			"network_owner": "vpn",
			"namespaces": [fixture.namespace("heal", "network", {"mode": "service"})],
		}),
	])
}

# On Tecnativa's proxy restarts take the gate, which gives the host, and on linuxserver's they do not.
test_flags if {
	_flags("tecnativa", 0) == {"CONTAINERS": ["logs"], "PING": ["logs"]} with input as _several with data.composelint.consumers as _consumers
	_flags("tecnativa", 1) == {"CONTAINERS": ["heal"], "POST": ["heal"]} with input as _several with data.composelint.consumers as _consumers
	_flags("linuxserver", 1) == {"CONTAINERS": ["heal"], "ALLOW_RESTARTS": ["heal"]} with input as _several with data.composelint.consumers as _consumers
	_roots == {["tecnativa", 1, true, ["heal"]], ["tecnativa", 0, false, []], ["linuxserver", 0, false, []], ["linuxserver", 1, false, []]} with input as _several
	{[proxy.kind, proxy.more_flags] | some proxy in least.proxies; proxy.group == 0} == {["tecnativa", ["IMAGES"]], ["linuxserver", ["IMAGES"]]} with input as _several with data.composelint.consumers as _consumers
	{proxy.more.IMAGES | some proxy in least.proxies; proxy.group == 0} == {["logs"]} with input as _several with data.composelint.consumers as _consumers
	{proxy.default_on | some proxy in least.proxies} == {["EVENTS", "PING", "VERSION"]} with input as _several
	{proxy.denied | some proxy in least.proxies} == {{}} with input as _several
}

# What holds for one client holds for all that need the same.
test_alike if {
	{[client.service, client.like] | some client in least.clients} == {["a", "a"], ["b", "a"]} with input as _alike
	[proxy.flags.CONTAINERS | some proxy in least.proxies] == [["a"]] with input as _alike
}

_alike := object.union(
	fixture.project([fixture.service("b", {}), fixture.service("a", {}), _offered("tecnativa", "tecnativa/docker-socket-proxy", "v0.4.1")]),
	{"config": {"roles": {"clients": [{"service": "a", "needs": ["ContainerList"]}, {"service": "b", "needs": ["ContainerList"]}]}}},
)

# What no flag lets through is said.
test_denied if {
	[proxy.denied | some proxy in least.proxies] == [{"app": ["PluginNone"]}] with input as _asks(["SystemPing", "PluginNone"])
	[proxy.denied | some proxy in least.proxies] == [{}] with input as _asks(["SystemPing"])
}

_asks(operations) := object.union(
	fixture.project([fixture.service("app", {}), _offered("tecnativa", "tecnativa/docker-socket-proxy", "v0.4.1")]),
	{"config": {"roles": {"clients": [{"service": "app", "needs": operations}]}}},
)

test_kinds if {
	least.kinds.tecnativa == {
		"name": "Tecnativa docker-socket-proxy", "image": "tecnativa/docker-socket-proxy:v0.4.1", "port": 2375,
		"form": "flags", "variable": "", "settings": {}, "admits": "",
		"hardened": true, "cap_add": [], "tmpfs": ["/run", "/tmp"], "user": "",
	}
	least.kinds.wollomatic == {
		"name": "wollomatic socket-proxy", "image": "wollomatic/socket-proxy:1.13.1", "port": 2375,
		"form": "variables", "variable": "SP_ALLOW_", "settings": {"SP_LISTENIP": "0.0.0.0"}, "admits": "SP_ALLOWFROM",
		"hardened": true, "cap_add": [], "tmpfs": [], "user": "65534",
	}
	least.kinds.cetusguard == {
		"name": "CetusGuard", "image": "hectorm/cetusguard:v1.1.3", "port": 2375,
		"form": "lines", "variable": "CETUSGUARD_RULES", "settings": {"CETUSGUARD_NO_BUILTIN_RULES": "true"}, "admits": "",
		"hardened": true, "cap_add": [], "tmpfs": [], "user": "",
	}
	least.kinds.swiftwave.image == "ghcr.io/swiftwave-org/docker-socket-proxy"
	least.kinds.swiftwave.hardened == false
	not least.kinds.sockguard
	not least.kinds["linuxserver-nginx"]
}

# A list lets through what is needed, and no more: what else is root on the host is so by what a client needs.
test_lists if {
	[object.remove(proxy, ["rules"]) | some proxy in least.proxies] == [{
		"kind": "wollomatic", "group": 0, "flags": {}, "more": {}, "more_flags": [], "default_on": [], "denied": {},
		"operations": 2, "root": false, "root_by": [], "profile": "",
	}] with input as _listed(["ContainerList", "ContainerRestart"])
	[[rule.operation, rule.clients] | some proxy in least.proxies; some rule in proxy.rules] == [["ContainerRestart", ["app"]], ["ContainerList", ["app"]]] with input as _listed(["ContainerList", "ContainerRestart"])
	[[proxy.root, proxy.root_by] | some proxy in least.proxies] == [[true, ["app"]]] with input as _listed(["ContainerCreate", "ContainerStart"])
}

# Of the profiles the one that denies the least and lets through the least, and none that makes root where the
# needs do not.
test_profiles if {
	_profile == {["traefik", 7, {}, false]} with input as _with_profile(["ContainerList", "ContainerInspect", "SystemEvents", "SystemVersion"])
	_profile == {["portainer-rw", 50, {}, true]} with input as _with_profile(["ContainerList", "ContainerCreate", "ContainerStart"])
	_profile == {["promtail", 5, {"app": ["ContainerRestart"]}, false]} with input as _with_profile(["ContainerList", "ContainerRestart"])
}

_profile := {[proxy.profile, proxy.operations, proxy.denied, proxy.root] | some proxy in least.proxies}

_with_profile(operations) := _before(operations, _offered("knrdl", "knrdl/docker-socket-protector", "2.4.3"))

_listed(operations) := _before(operations, _offered("wollomatic", "wollomatic/socket-proxy", "1.13.1"))

_before(operations, proxy) := object.union(
	fixture.project([fixture.service("app", {}), proxy]),
	{"config": {"roles": {"clients": [{"service": "app", "needs": operations}]}}},
)

_flags(kind, group) := proxy.flags if {
	some proxy in least.proxies
	proxy.kind == kind
	proxy.group == group
}

_roots := {[proxy.kind, proxy.group, proxy.root, proxy.root_by] | some proxy in least.proxies}

_several := fixture.project([
	fixture.service("logs", {
		"image": fixture.image("logs", "amir20/dozzle", "v8.14.0"),
		"endpoints": [fixture.docker_host("logs", "proxy")],
	}),
	fixture.service("heal", {
		"image": fixture.image("heal", "willfarrell/autoheal", "1.2.0"),
		"mounts": [fixture.mount("heal", "/run/docker.sock", {})],
	}),
	fixture.service("own", {"use_api_socket": true}),
	fixture.service("start", {"image": fixture.image("start", "gethomepage/homepage", "v1.4")}),
	fixture.proxy("proxy", {}),
	_offered("tecnativa", "tecnativa/docker-socket-proxy", "v0.4.1"),
	_offered("linuxserver", "linuxserver/socket-proxy", "3.4.3-r0-ls92"),
])

_offered(kind, repository, tag) := fixture.service($"composelint.least.{kind}", {"image": fixture.image($"composelint.least.{kind}", repository, tag)})

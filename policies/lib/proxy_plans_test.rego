package composelint.proxy_plans_test

import data.composelint.fixture
import data.composelint.proxy_plans

# --- a proxy of its own

test_new_proxy if {
	proxy_plans.fixes == {"app": [{
		"title": `put it behind a socket proxy, "docker-proxy"`,
		"risk": "what it is not known to ask of the Docker API is refused",
		"edits": [
			{"op": "define", "at": "services.app", "path": ["services", "docker-proxy"], "value": {
				"image": "lscr.io/linuxserver/socket-proxy:3.4.3-r0-ls92",
				"restart": "unless-stopped",
				"read_only": true,
				"cap_drop": ["ALL"],
				"cap_add": ["SYS_CHROOT"],
				"security_opt": ["no-new-privileges:true"],
				"environment": {"CONTAINERS": "1", "EVENTS": "0", "IMAGES": "1", "PING": "0", "VERSION": "1"},
				"volumes": ["/var/run/docker.sock:/var/run/docker.sock:ro"],
				"networks": ["docker-api"],
				"mem_limit": "256m",
				"cpus": 0.5,
				"pids_limit": 100,
				"tmpfs": ["/run"],
			}},
			{"op": "define", "at": "services.app", "path": ["networks", "docker-api"], "value": {"internal": true}},
			{"op": "append", "at": "services.app", "path": ["networks"], "value": "docker-api"},
			{"op": "append", "at": "services.app", "path": ["depends_on"], "value": "docker-proxy"},
			{"op": "set", "at": "services.app", "path": ["environment", "DOCKER_HOST"], "value": "tcp://docker-proxy:2375"},
			{"op": "remove", "at": "services.app.volumes[/var/run/docker.sock]"},
		],
	}]} with input as fixture.project([_holder("nicolargo/glances", {})])
}

# Its names are free, it has the client's own engine, and a Traefik that routes to everything leaves it alone.
test_names_sockets_and_labels if {
	[_edits[0].path, _edits[1].path] == [["services", "docker-proxy-3"], ["networks", "docker-api-2"]] with input as _beside([
		fixture.service("docker-proxy", {}),
		fixture.service("web", {"container_name": "docker-proxy-2"}),
	])
	_edits[0].value.volumes == ["/run/user/1000/docker.sock:/var/run/docker.sock:ro"] with input as fixture.project([_holder("nicolargo/glances", {"mounts": [fixture.mount("app", "/run/user/1000/docker.sock", {})]})])
	_edits[0].value.labels == {"traefik.enable": "false"} with input as _beside([fixture.service("edge", fixture.traefik("edge", {}, "no"))])
	_edits[5] == {"op": "remove", "at": "services.app", "key": "use_api_socket"} with input as fixture.project([_holder("nicolargo/glances", {"mounts": [], "use_api_socket": true})])
}

# What it may ask for besides is refused, and who may change things only reads.
test_wishes if {
	{[fix.title, fix.risk] | some fix in proxy_plans.fixes.app} == {[
		`put it behind a socket proxy, "docker-proxy", by which it only reads`,
		"it is refused what it may ask for besides, such as ContainerCreate",
	]} with input as fixture.project([_holder("louislam/dockge", {})])
}

_edits := proxy_plans.fixes.app[0].edits

_beside(services) := fixture.project_with(
	array.concat([_holder("nicolargo/glances", {})], services),
	{"networks": [fixture.network("docker-api", {})]},
)

_holder(image, fields) := fixture.service("app", object.union(
	{
		"image": fixture.image("app", image, "1"),
		"networks": fixture.attachments("app", ["default"]),
		"mounts": [fixture.mount("app", "/var/run/docker.sock", {"host_path": "/run/docker.sock"})],
	},
	fields,
))

# --- how a service is told

test_told if {
	_tells == {["environment", "DOCKER_HOST"]: "tcp://docker-proxy:2375"} with input as fixture.project([_holder("amir20/dozzle", {})])
	_tells == {["environment", "DOCKER_HOSTNAMES"]: "docker-proxy", ["environment", "DOCKER_PORTS"]: "2375"} with input as fixture.project([_holder("homarr-labs/homarr", {})])
	_tells == {["command"]: "--host=tcp://docker-proxy:2375"} with input as fixture.project([_holder("portainer/portainer-ce", {})])
	_tells == {["command"]: "--providers.docker.endpoint=tcp://docker-proxy:2375"} with input as fixture.project([_commanded(["--providers.docker=true", "--api"])])
	_tells == {["command"]: "--providers.docker.endpoint=tcp://docker-proxy:2375"} with input as fixture.project([_commanded(["--providers.docker.network=web"])])
	_tells == {["command"]: "--host=tcp://docker-proxy:2375"} with input as fixture.project([object.union(_commanded(["--http-enabled"]), {"image": fixture.image("app", "portainer/portainer-ce", "2.21.4")})])
	_tells == {["environment", "TRAEFIK_PROVIDERS_DOCKER_ENDPOINT"]: "tcp://docker-proxy:2375"} with input as fixture.project([_holder("traefik", fixture.traefik("app", {}, "no"))])
	_tells == {["environment", "DOCKER_HOST"]: "tcp://docker-proxy:2375"} with input as fixture.project([_holder("traefik", object.union(fixture.traefik("app", {}, "yes"), {"image": fixture.image("app", "traefik", "v3.6")}))])
}

# An option has a second way beside it, for a command to which nothing can be added.
test_second_way if {
	count(proxy_plans.fixes.app) == 2 with input as fixture.project([object.union(_commanded(["--providers.docker=true"]), {"image": fixture.image("app", "traefik", "v3.6")})])
}

test_told_already if {
	_tells == {["environment", "DOCKER_HOST"]: "tcp://docker-proxy:2375"} with input as fixture.project([_holder("amir20/dozzle", {
		"environment": fixture.environment("app", {"DOCKER_HOST": "unix:///var/run/docker.sock"}),
		"endpoints": [fixture.endpoint("app", "DOCKER_HOST", "", {"scheme": "unix", "path": "/run/docker.sock", "port": 0, "services": []})],
	})])
	_replaced == {"services.app.command[1]": "--providers.docker.endpoint=tcp://docker-proxy:2375"} with input as fixture.project([_pointing("providers.docker.endpoint", ["--api", "--providers.docker.endpoint=unix:///var/run/docker.sock"])])
	_replaced == {"services.app.command[1]": "tcp://docker-proxy:2375"} with input as fixture.project([_pointing("providers.docker.endpoint", ["--providers.docker.endpoint", "unix:///var/run/docker.sock"])])
}

# An option without a value gets one.
test_option_edits if {
	proxy_plans.option_edits("app", "api", "false") == {{"op": "replace", "at": "services.app.command[0]", "value": "--api=false"}} with input as fixture.project([_commanded(["--api", "--ping"])])
	proxy_plans.option_edits("app", "api", "false") == {{"op": "replace", "at": "services.app.command[1]", "value": "--api=false"}} with input as fixture.project([_commanded(["--ping", "--api"])])
	proxy_plans.option_edits("app", "api", "false") == set() with input as fixture.project([_commanded(["--ping"])])
}

_tells := {edit.path: edit.value |
	some edit in _edits
	edit.op in {"set", "append"}
	not edit.path in [["networks"], ["depends_on"]]
}

_replaced := {edit.at: edit.value | some edit in _edits; edit.op == "replace"}

_commanded(words) := _holder("traefik", object.union(fixture.traefik("app", {}, "no"), {
	"command": _words(words),
	"options": [{"at": word.at, "name": name, "value": "", "literal": "", "from_file": false} |
		some word in _words(words)
		name := split(trim_left(word.value, "-"), "=")[0]
	],
}))

_words(words) := [{"at": $"services.app.command[{i}]", "value": word, "literal": word} | some i, word in words]

_pointing(option, words) := object.union(_commanded(words), {"endpoints": [fixture.endpoint("app", option, "", {
	"at": $"services.app.command[{option}]",
	"scheme": "unix",
	"path": "/run/docker.sock",
	"port": 0,
	"services": [],
})]})

# Who is called a client by the configuration is taken to read what most programs read.
test_named_client if {
	{[fix.risk, fix.edits[4].value] | some fix in proxy_plans.fixes.app} == {["it has to read DOCKER_HOST, as most programs do", "tcp://docker-proxy:2375"]} with input as object.union(
		fixture.project([_holder("example/app", {})]),
		{"config": {"roles": {"clients": [{"service": "app", "needs": ["ContainerList"]}]}}},
	)
}

# --- a proxy that is there

test_existing_proxy if {
	proxy_plans.fixes == {
		"app": [{
			"title": `put it behind the socket proxy "proxy"`,
			"risk": "what it is not known to ask of the Docker API is refused",
			"edits": [
				{"op": "append", "at": "services.app", "path": ["networks"], "value": "internal"},
				{"op": "append", "at": "services.app", "path": ["depends_on"], "value": "proxy"},
				{"op": "set", "at": "services.app", "path": ["environment", "DOCKER_HOST"], "value": "tcp://proxy:2375"},
				{"op": "remove", "at": "services.app.volumes[/var/run/docker.sock]"},
			],
		}],
		"proxy": [{"title": "", "edits": [], "refused": _unknown_needs}],
	} with input as _with_proxy({"CONTAINERS": "1", "IMAGES": "1", "VERSION": "1"}, {}, {})
}

# With another flag it may be enough.
test_wider_proxy if {
	[proxy_plans.fixes.app[0].title, _edits[0]] == [
		`put it behind the socket proxy "proxy", with "IMAGES" set to "1" there`,
		{"op": "set", "at": "services.proxy", "path": ["environment", "IMAGES"], "value": "1"},
	] with input as _with_proxy({"CONTAINERS": "1"}, {}, {})
}

# One that lets changes through, that tells outsiders more than they need, that makes root, that has another engine or
# that is not understood is left alone.
test_other_proxies if {
	_edits[0].path == _new with input as _with_proxy({"CONTAINERS": "1", "IMAGES": "1", "POST": "1", "BUILD": "1"}, {}, {})
	_edits[0].path == _new with input as _with_proxy({"CONTAINERS": "1", "IMAGES": "1", "NETWORKS": "1", "POST": "1"}, {}, {})
	_edits[0].path == _new with input as _with_proxy({"CONTAINERS": "1", "IMAGES": "1", "SECRETS": "1"}, {}, {"entries": [fixture.entry("app", 443, {})]})
	_edits[0].path == _new with input as _with_proxy({"CONTAINERS": "1", "IMAGES": "1"}, {"mounts": [fixture.mount("proxy", "/run/podman/podman.sock", {})]}, {})
	_edits[0].path == _new with input as _with_proxy({"CONTAINERS": "1", "IMAGES": "1"}, {"command": [{"at": "services.proxy.command[0]", "value": "haproxy", "literal": "haproxy"}]}, {})
}

# Outsiders reach a client that reads no more than it needs.
test_exact_proxy if {
	proxy_plans.fixes.app[0].title == `put it behind the socket proxy "proxy", by which it only reads` with input as _with_proxy({"CONTAINERS": "1", "EVENTS": "0", "PING": "0", "VERSION": "0"}, {"image": fixture.image("proxy", "linuxserver/socket-proxy", "3.4.3-r0-ls92")}, {"image": fixture.image("app", "louislam/dockge", "1"), "entries": [fixture.entry("app", 443, {})]})
}

_new := ["services", "docker-proxy"]

_unknown_needs := `what it needs of the Docker API is not known: say it by its operations under "roles", "clients" in ".composelint.yaml"`

_with_proxy(flags, of_proxy, of_app) := fixture.project_with(
	[
		fixture.proxy("proxy", object.union(
			{
				"environment": fixture.environment("proxy", flags),
				"networks": fixture.attachments("proxy", ["internal"]),
				"mounts": [fixture.mount("proxy", "/var/run/docker.sock", {"host_path": "/run/docker.sock"})],
			},
			of_proxy,
		)),
		_holder("nicolargo/glances", of_app),
	],
	{"networks": [fixture.network("internal", {}), fixture.network("default", {"internal": false})]},
)

# --- what stands in the way

test_by_hand if {
	_why == _unknown_needs with input as fixture.project([_holder("example/app", {})])
	_why == "in a swarm a proxy has to be where its client is, on a node that is a manager" with input as fixture.swarm(fixture.project([_holder("nicolargo/glances", {})]))
	_why == "it is on the host's network, where a proxy has no name" with input as fixture.project([_holder("nicolargo/glances", {"networks": [], "network_owner": "", "namespaces": [fixture.namespace("app", "network", {"mode": "host", "host": true})]})])
	_why == `it has the network of service "vpn": move that to the proxy's network` with input as fixture.project([_holder("nicolargo/glances", {"networks": [], "network_owner": "vpn"}), fixture.service("vpn", {})])
	_why == "it is on no network that a proxy could be on" with input as fixture.project([_holder("nicolargo/glances", {"networks": [], "network_owner": ""})])
	_why == "it mounts a directory, which may have more that it needs: mount the socket alone" with input as fixture.project([_holder("nicolargo/glances", {"mounts": [fixture.mount("app", "/run", {})]})])
	_why == `it has the socket from service "base": take it from there` with input as fixture.project([_holder("nicolargo/glances", {"mounts": [fixture.mount("app", "/run/docker.sock", {"from": "base"})]})])
	_why == `service "heir" has the socket from it: give that its own first` with input as fixture.project([_holder("nicolargo/glances", {}), fixture.service("heir", {"mounts": [fixture.mount("heir", "/run/docker.sock", {"from": "app"})]})])
	_why == "it asks unix sockets alone in this release: use a newer image" with input as fixture.project([object.union(_holder("willfarrell/autoheal", {}), {"image": fixture.image("app", "willfarrell/autoheal", "1.2.0")})])
	_why == "the socket is none of Docker's API, for which there are proxies" with input as fixture.project([_holder("nicolargo/glances", {"mounts": [fixture.mount("app", "/run/containerd/containerd.sock", {})]})])
	_why == "it has the sockets of several engines, and each would need a proxy" with input as fixture.project([_holder("nicolargo/glances", {"mounts": [fixture.mount("app", "/run/docker.sock", {}), fixture.mount("app", "/run/podman/podman.sock", {})]})])
	_why == "what it needs of the Docker API makes root on the host behind a proxy of flags as well: use a proxy that filters the bodies of requests, or a service that needs less" with input as fixture.project([_holder("containrrr/watchtower", {})])
	_why == "it asks unix sockets alone: it needs a proxy that shares its socket in a volume" with input as fixture.project([_holder("fluent/fluent-bit", {})])
	_why == "it is told of a proxy in glance.yml" with input as fixture.project([_holder("glanceapp/glance", {})])
	_why == "how Vector is told of a proxy is not known" with input as fixture.project([_holder("timberio/vector", {})])
	_why == "it is told of a proxy in its own file" with input as fixture.project([object.union(_holder("traefik", fixture.traefik("app", {}, "yes")), {"image": fixture.image("app", "traefik", "v3.5")})])
	_why == `"--providers.docker.endpoint" would tell it, an option of a command that is not in sight` with input as fixture.project([object.union(_commanded(["--api"]), {"image": fixture.image("app", "traefik", "v3.5")})])
	_why == "it is a socket proxy itself" with input as object.union(
		fixture.project([_holder("tecnativa/docker-socket-proxy", {})]),
		{"config": {"roles": {"clients": [{"service": "app", "needs": ["ContainerList"]}]}}},
	)
	_why == "no flag of a socket proxy lets SystemNothing through, which it needs: use one that takes expressions" with input as object.union(
		fixture.project([_holder("example/app", {})]),
		{"config": {"roles": {"clients": [{"service": "app", "needs": ["SystemNothing"]}]}}},
	)
}

_why := proxy_plans.fixes.app[0].refused

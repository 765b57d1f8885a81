package composelint.rules["docker-host-missing_test"]

import data.composelint.fixture
import data.composelint.rules["docker-host-missing"] as rule

test_alone_with_the_proxy if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"message": `service "app" is alone with the socket proxy "proxy" but has no "DOCKER_HOST": set it to "tcp://proxy:2375"`,
	}} with input as _app({})
}

# Which port it is may not be known, and the proxy may ask who comes.
test_address_of_the_proxy if {
	_messages == {`service "app" is alone with the socket proxy "proxy" but has no "DOCKER_HOST": set it to "tcp://proxy:PORT"`} with input as _beside({"command": [{"at": "services.proxy.command[0]", "value": "haproxy", "literal": "haproxy"}]})
	_messages == {`service "app" is alone with the socket proxy "proxy" but has no "DOCKER_HOST": set it to "tcp://proxy:2375", and name it in "SP_ALLOWFROM" there`} with input as _beside(_wollomatic({"listenip": "0.0.0.0"}))
	_messages == set() with input as _beside(_wollomatic({}))
	_messages == {`service "app" is alone with the socket proxy "proxy" but has no "DOCKER_HOST": set it to "tcp://proxy:2375", and name it in "allowfrom" there, with release 1.3.0 or later`} with input as _beside(_released("1.0.0"))
	_messages == {`service "app" is alone with the socket proxy "proxy" but has no "DOCKER_HOST": set it to "tcp://proxy:2375", and name it in "allowfrom" there`} with input as _beside(_released("1.2.0"))
}

_released(tag) := object.union(_wollomatic({"listenip": "0.0.0.0"}), {"image": fixture.image("proxy", "wollomatic/socket-proxy", tag)})

test_setting_of_a_known_program if {
	_messages == {`service "app" is alone with the socket proxy "proxy" but has no "--providers.docker.endpoint": set it to "tcp://proxy:2375"`} with input as _app({"image": fixture.image("app", "traefik", "v3.5")})
	_messages == {`service "app" is alone with the socket proxy "proxy" but has no "CAPTAIN_DOCKER_API": set it to "proxy:2375"`} with input as _app({"image": fixture.image("app", "caprover/caprover", "1")})
	_messages == {`service "app" is alone with the socket proxy "proxy" but has no "DOCKER_HOSTNAMES": set it to "proxy" with "DOCKER_PORTS" as "2375"`} with input as _app({"image": fixture.image("app", "homarr-labs/homarr", "1")})
}

_wollomatic(options) := {
	"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
	"options": fixture.settings("services.proxy", "command", options),
}

_beside(fields) := fixture.project_with(
	[
		fixture.proxy("proxy", object.union({"networks": fixture.attachments("proxy", ["internal"])}, fields)),
		fixture.service("app", {"networks": fixture.attachments("app", ["internal"])}),
	],
	{"networks": [fixture.network("internal", {})]},
)

# Each program has its own settings, and reads no others.
test_setting_that_is_not_read if {
	_messages == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy", but Diun does not read it: set "DIUN_PROVIDERS_DOCKER_ENDPOINT" to "tcp://proxy:2375"`} with input as _pointing("crazymax/diun", "4", {})
	_messages == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy", but Traefik does not read it: set "--providers.docker.endpoint" to "tcp://proxy:2375"`} with input as _pointing("traefik", "v3.5", {})
	_messages == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy", but Traefik does not read it: set "--providers.docker.endpoint" to "tcp://proxy:PORT"`} with input as _pointing("traefik", "v3.5", {"port": 0})
	_messages == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy", but Glance does not read it: name the proxy in glance.yml`} with input as _pointing("glanceapp/glance", "v0.8", {})
	_messages == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy", but lazymc-docker-proxy asks unix sockets alone: share a socket with it that hands on to the proxy, as socat does`} with input as _pointing("joesturge/lazymc-docker-proxy", "1", {})
	_messages == {`"DOCKER_SOCK" of service "app" names the socket proxy "proxy", but autoheal asks unix sockets alone in this release: use a newer image`} with input as _pointing("willfarrell/autoheal", "1.2.0", {"name": "DOCKER_SOCK"})
	_messages == {`"DOCKER_HOST" of service "app" names the socket proxy "proxy", but Prometheus does not read it: name the proxy in prometheus.yml`} with input as _pointing("prom/prometheus", "v3", {})
}

test_setting_that_is_read if {
	rule.findings == set() with input as _pointing("traefik", "v3.6.1", {})
	rule.findings == set() with input as _pointing("willfarrell/autoheal", "latest", {"name": "DOCKER_SOCK"})
	rule.findings == set() with input as _pointing("example/app", "1", {})
	rule.findings == set() with input as fixture.project([
		fixture.proxy("proxy", {}),
		fixture.service("app", {
			"image": fixture.image("app", "traefik", "v3.5"),
			"endpoints": [fixture.docker_host("app", "proxy"), fixture.endpoint("app", "providers.docker.endpoint", "proxy", {})],
		}),
	])
	rule.findings == set() with input as fixture.project([
		fixture.proxy("proxy", {}),
		fixture.service("app", {
			"image": fixture.image("app", "traefik", "v3.5"),
			"mounts": [fixture.mount("app", "/srv/traefik.yml", {"target": "/etc/traefik/traefik.yml"})],
			"endpoints": [fixture.docker_host("app", "proxy")],
		}),
	])
	rule.findings == set() with input as fixture.project([
		fixture.proxy("proxy", {}),
		fixture.service("app", {
			"image": fixture.image("app", "traefik", "v3.5"),
			"environment_incomplete": true,
			"endpoints": [fixture.docker_host("app", "proxy")],
		}),
	])
}

# DOCKER_HOST goes before the option in later releases.
test_setting_that_another_goes_before if {
	rule.findings == set() with input as fixture.project([
		fixture.proxy("proxy", {}),
		fixture.service("app", {
			"image": fixture.image("app", "traefik", "v3.7.9"),
			"environment": fixture.environment("app", {"DOCKER_HOST": "tcp://elsewhere:2375"}),
			"endpoints": [
				fixture.endpoint("app", "DOCKER_HOST", "elsewhere", {"services": []}),
				fixture.endpoint("app", "providers.docker.endpoint", "proxy", {}),
			],
		}),
	])
}

_messages := {finding.message | some finding in rule.findings}

_pointing(image, tag, fields) := fixture.project([
	fixture.proxy("proxy", {}),
	fixture.service("app", {
		"image": fixture.image("app", image, tag),
		"endpoints": [fixture.endpoint("app", object.get(fields, "name", "DOCKER_HOST"), "proxy", object.remove(fields, ["name"]))],
	}),
])

test_mounts_that_configure_nothing if {
	{finding.at | some finding in rule.findings} == {"services.app"} with input as _app({"mounts": [
		fixture.mount("app", "/srv/data", {"target": "/data"}),
		fixture.named_volume("app", "settings", "/config"),
		fixture.mount("app", "/run/docker.sock", {}),
	]})
}

test_pointed_at_a_proxy if {
	rule.findings == set() with input as _app({"endpoints": [fixture.docker_host("app", "proxy")]})
	rule.findings == set() with input as _app({"environment": fixture.passed_through("app", ["DOCKER_HOST"])})
	rule.findings == set() with input as _app({"environment": fixture.environment("app", {"CONTAINER_PROXY_HOST": "proxy"})})
	rule.findings == set() with input as _app({"environment": fixture.environment("app", {"WUD_WATCHER_LOCAL_HOST": "elsewhere"})})
	rule.findings == set() with input as _app({"mounts": [fixture.named_volume("app", "filtered", "/run")]})
	rule.findings == set() with input as _app({"options": fixture.settings("services.app", "command", {"providers.docker.endpoint": "tcp://192.0.2.1:2375"})})
}

# A hook is no neighbour of its own, and what it points at counts for its service.
test_hooks if {
	{finding.at | some finding in rule.findings} == {"services.app"} with input as _app_with(fixture.hook("app", "pre_start", {"networks": fixture.attachments("app", ["internal"])}))
	{finding.at | some finding in rule.findings} == {"services.app"} with input as _app_with(fixture.hook("proxy", "pre_start", {"networks": fixture.attachments("proxy", ["internal"])}))
	rule.findings == set() with input as _app_with(fixture.hook("app", "post_start", {"endpoints": [fixture.docker_host("app.post_start[0]", "proxy")]}))
	rule.findings == set() with input as _app_with(fixture.hook("app", "post_start", {"environment": fixture.passed_through("app.post_start[0]", ["DOCKER_HOST"])}))
}

_app_with(hook) := fixture.project_with(
	[
		fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["internal"])}),
		fixture.service("app", {"networks": fixture.attachments("app", ["internal"])}),
		hook,
	],
	{"networks": [fixture.network("internal", {})]},
)

test_configured_by_a_file if {
	rule.findings == set() with input as _each_alone({target: mount |
		some target in ["/etc/traefik/traefik.yml", "/app/docker.yaml", "/srv/telegraf.conf", "/config", "/etc/promtail", "/app/config"]
		mount := fixture.mount(target, "/srv/file", {"target": target})
	})
	rule.findings == set() with input as _app({"mounts": [fixture.mount("app", "", {"type": "config", "target": "/docker.toml"})]})
	rule.findings == set() with input as _app({"mounts": [fixture.without(fixture.named_volume("app", "", "/config"), ["host_path"])]})
	rule.findings == set() with input as _app({"environment_incomplete": true})
}

test_configured_in_the_application if {
	rule.findings == set() with input as _app({"image": fixture.image("app", "louislam/uptime-kuma", "2")})
	rule.findings == set() with input as _with_proxy("internal", {"image": fixture.image("proxy", "nextcloud/nextcloud-appapi-dsp", "release")}, {})
}

test_not_alone if {
	rule.findings == set() with input as fixture.project_with(
		[
			fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["internal"])}),
			fixture.service("one", {"networks": fixture.attachments("one", ["internal"])}),
			fixture.service("two", {"networks": fixture.attachments("two", ["internal"])}),
		],
		{"networks": [fixture.network("internal", {})]},
	)
}

test_other_networks if {
	rule.findings == set() with input as _with_proxy("open", {}, {})
	rule.findings == set() with input as _with_proxy("unknown", {}, {})
	rule.findings == set() with input as fixture.project_with(
		[
			fixture.proxy("proxy", {}),
			fixture.service("app", {"networks": fixture.attachments("app", ["internal"])}),
		],
		{"networks": [fixture.network("internal", {})]},
	)
}

test_fragment if {
	rule.findings == set() with input as _app({"complete": false})
}

# _each_alone is a service for each mount, which is alone with the proxy on a network.
_each_alone(mounts) := fixture.project_with(
	array.concat(
		[fixture.proxy("proxy", {"networks": fixture.attachments("proxy", object.keys(mounts))})],
		[fixture.service(name, {"mounts": [mount], "networks": fixture.attachments(name, [name])}) | some name, mount in mounts],
	),
	{"networks": [fixture.network(name, {}) | some name, _ in mounts]},
)

_app(fields) := _with_proxy("internal", {}, fields)

_with_proxy(network, proxy, app) := fixture.project_with(
	[
		fixture.proxy("proxy", object.union(proxy, {
			"networks": fixture.attachments("proxy", [network]),
			"mounts": [fixture.named_volume("proxy", "filtered", "/filtered")],
		})),
		fixture.service("app", object.union(app, {"networks": fixture.attachments("app", [network])})),
	],
	{"networks": [
		fixture.network("internal", {}),
		fixture.network("open", {"internal": false}),
		fixture.without(fixture.network("unknown", {}), ["internal"]),
	]},
)

# What it does not read makes way for what it reads, by another name or as an option.
test_fixes if {
	_fixes == {[{"op": "set", "at": "services.app", "path": ["environment", "DOCKER_HOST"], "value": "tcp://proxy:2375"}]} with input as _app({})
	_fixes == {[{"op": "rename", "at": "services.app.environment[DOCKER_HOST]", "value": "DIUN_PROVIDERS_DOCKER_ENDPOINT"}]} with input as _stated("crazymax/diun", [])
	_fixes == {[
		{"op": "remove", "at": "services.app.environment[DOCKER_HOST]"},
		{"op": "append", "at": "services.app", "path": ["command"], "value": "--providers.docker.endpoint=tcp://proxy:2375"},
	]} with input as _stated("traefik", [{"at": "services.app.command[providers.docker]", "name": "providers.docker", "value": "", "literal": "", "from_file": false}])
}

_fixes := {fix.edits | some finding in rule.findings; some fix in finding.fixes}

_stated(image, options) := fixture.project([
	fixture.proxy("proxy", {}),
	fixture.service("app", object.union(fixture.traefik("app", {}, "no"), {
		"image": fixture.image("app", image, "v3.5"),
		"endpoints": [fixture.docker_host("app", "proxy")],
		"environment": fixture.environment("app", {"DOCKER_HOST": "tcp://proxy:2375"}),
		"command": [{"at": option.at, "value": "--providers.docker", "literal": "--providers.docker"} | some option in options],
		"options": options,
	})),
])

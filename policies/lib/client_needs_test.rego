package composelint.client_needs_test

import data.composelint.client_needs
import data.composelint.fewest_flags
import data.composelint.fixture

# The table of the measurements: the flags besides those that are on by default, for what a
# consumer needs and for what it may use besides.
test_smallest_flags_of_tecnativa if {
	_needed == object.union(_same_on_both, {
		"autoheal": {"CONTAINERS", "POST"},
		"beszel-agent": {"CONTAINERS", "INFO"},
		"dozzle": {"CONTAINERS", "INFO"},
		"promtail": {"CONTAINERS", "NETWORKS"},
	}) with input as _on_tecnativa
	_wished == {
		"caddy-docker-proxy": {"SERVICES", "TASKS", "CONFIGS"},
		"docker-volume-backup": {"SERVICES", "NODES", "TASKS", "POST", "EXEC"},
		"homarr": {"IMAGES", "INFO", "POST"},
		"homepage": {"SERVICES", "TASKS"},
		"netdata": {"IMAGES", "INFO"},
		"watchtower": {"INFO", "SYSTEM"},
	} with input as _on_tecnativa
}

# Some of it takes less on linuxserver's, and logs a flag of their own.
test_smallest_flags_of_linuxserver if {
	_needed == object.union(_same_on_both, {
		"autoheal": {"ALLOW_RESTARTS", "CONTAINERS"},
		"beszel-agent": {"ALLOW_LOGS", "CONTAINERS", "INFO"},
		"dozzle": {"ALLOW_LOGS", "CONTAINERS", "INFO"},
		"promtail": {"ALLOW_LOGS", "CONTAINERS", "NETWORKS"},
	}) with input as _on_linuxserver
	_wished.homarr == {"ALLOW_LOGS", "IMAGES", "INFO", "POST"} with input as _on_linuxserver
}

# What stops a container is ALLOW_STOP, which opens less than ALLOW_RESTARTS, unless that is needed as well.
test_narrowest_flag if {
	fewest_flags.fewest("proxy", {"ContainerStop"}) == {"ALLOW_STOP"} with input as _with_linuxserver(_consumer("autoheal", {}))
	fewest_flags.fewest("proxy", {"ContainerStop", "ContainerRestart"}) == {"ALLOW_RESTARTS"} with input as _with_linuxserver(_consumer("autoheal", {}))
}

_same_on_both := {
	"caddy-docker-proxy": {"CONTAINERS", "INFO", "NETWORKS"},
	"diun": {"CONTAINERS", "IMAGES"},
	"docker-gen": {"CONTAINERS", "INFO", "NETWORKS"},
	"docker-volume-backup": {"CONTAINERS", "INFO"},
	"homarr": {"CONTAINERS"},
	"homepage": {"CONTAINERS"},
	"netdata": {"CONTAINERS"},
	"portainer": {"CONTAINERS", "IMAGES", "INFO", "NETWORKS", "VOLUMES"},
	"sablier": {"CONTAINERS", "POST"},
	"telegraf": {"CONTAINERS", "INFO"},
	"traefik": {"CONTAINERS"},
	"trivy": {"IMAGES"},
	"uptime-kuma": {"CONTAINERS"},
	"watchtower": {"CONTAINERS", "IMAGES", "NETWORKS", "POST"},
	"wud": {"CONTAINERS", "IMAGES"},
}

_needed := {id: flags |
	some proxy, smallest in fewest_flags.smallest
	id := trim_prefix(proxy, "proxy of ")
	flags := smallest.needs - _by_default
}

_wished := {id: flags |
	some proxy, smallest in fewest_flags.smallest
	id := trim_prefix(proxy, "proxy of ")
	id in {"caddy-docker-proxy", "docker-volume-backup", "homarr", "homepage", "netdata", "watchtower"}
	flags := (smallest.wishes - smallest.needs) - _by_default
}

_by_default := {"EVENTS", "PING", "VERSION"}

_on_tecnativa := _all_consumers("tecnativa/docker-socket-proxy", "v0.4.1")

_on_linuxserver := _all_consumers("linuxserver/socket-proxy", "3.4.3-r0-ls92")

# _all_consumers are a proxy for each consumer of the table.
_all_consumers(repository, tag) := fixture.project([service |
	some id in ({"autoheal", "beszel-agent", "dozzle", "promtail"} | object.keys(_same_on_both))
	proxy := $"proxy of {id}"
	some service in [
		fixture.service(proxy, {"image": fixture.image(proxy, repository, tag)}),
		fixture.service(id, {
			"image": fixture.image(id, data.composelint.consumers[id].images[0], "latest"),
			"endpoints": [fixture.told(id, data.composelint.consumers[id].images[0], proxy)],
		}),
	]
])

_consumer(id, fields) := fixture.service("client", object.union(
	{
		"image": fixture.image("client", data.composelint.consumers[id].images[0], "latest"),
		"endpoints": [fixture.told("client", data.composelint.consumers[id].images[0], "proxy")],
	},
	fields,
))

_project(repository, tag, client) := fixture.project([
	fixture.service("proxy", {"image": fixture.image("proxy", repository, tag)}),
	client,
])

_with_tecnativa(client) := _project("tecnativa/docker-socket-proxy", "v0.4.1", client)

_with_linuxserver(client) := _project("linuxserver/socket-proxy", "3.4.3-r0-ls92", client)

# A feature that the command line or the environment switches on.
test_modes if {
	swarm := {"needs": {"NETWORKS", "NODES", "SERVICES", "TASKS", "VERSION"}}
	fewest_flags.smallest.proxy.needs == swarm.needs with input as _with_tecnativa(_consumer("traefik", {"options": fixture.settings("services.client", "command", {"providers.swarm.endpoint": "tcp://proxy:2375"})}))
	fewest_flags.smallest.proxy.needs == swarm.needs with input as _with_tecnativa(_consumer("traefik", {"options": fixture.settings("services.client", "command", {"providers.docker.swarmMode": ""})}))
	fewest_flags.smallest.proxy.needs == swarm.needs with input as _with_tecnativa(_consumer("traefik", {"environment": fixture.environment("client", {"TRAEFIK_PROVIDERS_SWARM": "true"})}))
	"SERVICES" in fewest_flags.smallest.proxy.needs with input as _with_tecnativa(_consumer("diun", {"environment": fixture.environment("client", {"DIUN_PROVIDERS_SWARM_WATCHBYDEFAULT": "true"})}))
}

# Version 3 may watch the swarm beside the engine's own containers, version 2 either.
test_both_providers if {
	_traefik_flags == {"CONTAINERS", "NETWORKS", "NODES", "SERVICES", "TASKS"} with input as _with_tecnativa(_consumer("traefik", {"options": fixture.settings("services.client", "command", {"providers.docker.endpoint": "tcp://proxy:2375", "providers.swarm.endpoint": "tcp://proxy:2375"})}))
	_traefik_flags == {"NETWORKS", "NODES", "SERVICES", "TASKS"} with input as _with_tecnativa(_consumer("traefik", {"options": fixture.settings("services.client", "command", {"providers.docker.endpoint": "tcp://proxy:2375", "providers.docker.swarmmode": "true"})}))
}

test_modes_by_value if {
	"POST" in fewest_flags.smallest.proxy.needs with input as _with_tecnativa(_consumer("dozzle", {"environment": fixture.environment("client", {"DOZZLE_ENABLE_ACTIONS": "true"})}))
	not "POST" in fewest_flags.smallest.proxy.needs with input as _with_tecnativa(_consumer("dozzle", {"environment": fixture.environment("client", {"DOZZLE_ENABLE_ACTIONS": "false"})}))
	not "POST" in fewest_flags.smallest.proxy.needs with input as _with_tecnativa(_consumer("dozzle", {"environment": fixture.passed_through("client", ["DOZZLE_ENABLE_ACTIONS"])}))
}

# A switch that says no, and settings below a feature that is on, whatever they say.
test_switched_off if {
	_traefik_flags == {"CONTAINERS"} with input as _with_tecnativa(_consumer("traefik", {"options": fixture.settings("services.client", "command", {"providers.docker.swarmmode": "false"})}))
	_traefik_flags == {"CONTAINERS"} with input as _with_tecnativa(_consumer("traefik", {"environment": fixture.environment("client", {"TRAEFIK_PROVIDERS_SWARM": "0"})}))
	"SERVICES" in _traefik_flags with input as _with_tecnativa(_consumer("traefik", {"options": fixture.settings("services.client", "command", {"providers.swarm.exposedbydefault": "false"})}))
}

_traefik_flags := fewest_flags.smallest.proxy.needs - _by_default

# An option may be given twice.
test_repeated_option if {
	_traefik_flags == {"CONTAINERS"} with input as _with_tecnativa(_consumer("traefik", {"options": [
		{"at": "services.client.command[1]", "name": "log.level", "value": "INFO", "literal": "INFO", "from_file": false},
		{"at": "services.client.command[2]", "name": "log.level", "value": "DEBUG", "literal": "DEBUG", "from_file": false},
	]}))
}

# A feature of which it is not known whether it is on is a wish.
test_unknown_mode if {
	"ContainerStart" in client_needs.wishes.client with input as _with_tecnativa(_consumer("dozzle", {"environment": fixture.passed_through("client", ["DOZZLE_ENABLE_ACTIONS"])}))
	_updates == {"needs": false, "wishes": true} with input as _with_tecnativa(_consumer("watchtower", {"environment": fixture.passed_through("client", ["WATCHTOWER_MONITOR_ONLY"])}))
	_updates == {"needs": true, "wishes": false} with input as _with_tecnativa(_consumer("watchtower", {}))
}

_updates := {"needs": "ContainerCreate" in client_needs.needs.client, "wishes": "ContainerCreate" in client_needs.wishes.client}

# Up to 2.11.30 and 3.6.0 Traefik asks with the version 1.24.
test_older_release if {
	object.keys(client_needs.older) == {"v1.7", "v2.10.7", "2.11.30", "v3.1", "3.5.4", "v3.6.0", "3.0.0-rc1"} with input as _releases
	client_needs.spellings("v1.7", "ContainerList", {"", "/v1.47"}) == {"/v1.24"} with input as _releases
	client_needs.spellings("v3.6.1", "ContainerList", {"", "/v1.47"}) == {"/v1.47"} with input as _releases
	client_needs.spellings("v3.6.1", "SystemPing", {"", "/v1.47"}) == {""} with input as _releases
	client_needs.spellings("own", "ContainerList", {"", "/v1.47"}) == {"", "/v1.47"} with input as _releases
}

# Labels of others switch a feature on, and the values of settings.
test_modes_of_later_clients if {
	"ExecStart" in client_needs.needs.client with input as fixture.project([_consumer("ofelia", {}), fixture.service("app", {"labels": fixture.settings("services.app", "labels", {"ofelia.job-exec.backup.schedule": "@daily"})})])
	not "ExecStart" in client_needs.needs.client with input as fixture.project([_consumer("ofelia", {})])
	"ContainerPause" in client_needs.needs.client with input as fixture.project([_consumer("sablier", {"options": fixture.settings("services.client", "command", {"provider.docker.strategy": "pause"})})])
	not "ContainerPause" in client_needs.needs.client with input as fixture.project([_consumer("sablier", {})])
	client_needs.needs.client == {"SystemVersion", "ServiceList", "NetworkList", "TaskList", "NodeInspect"} with input as fixture.project([_consumer("traefik", {"options": fixture.settings("services.client", "command", {"docker": "", "docker.swarmMode": ""})})])
	client_needs.needs.client == {"ContainerList", "ContainerInspect", "SystemVersion", "ContainerStart", "ContainerStop"} with input as fixture.project([_consumer("swag", {"environment": fixture.environment("client", {"DOCKER_MODS": "linuxserver/mods:swag-ondemand"})})])
}

_releases := fixture.project([client |
	some tag in [
		"v1.7", "v2.10.7", "2.11.30", "v3.1", "3.5.4", "v3.6.0", "3.0.0-rc1",
		"latest", "v2", "v2.11", "2.11.31", "v3", "v3.6", "v3.6.1", "3.60.0",
	]
	client := fixture.service(tag, {"image": fixture.image(tag, "traefik", tag)})
])

# What linuxserver's proxy can let through with POST=0.
test_without_post if {
	fewest_flags.on_linuxserver("proxy", {"ContainerStart", "ContainerStop", "ContainerRestart"}) == {"ALLOW_RESTARTS", "ALLOW_START", "ALLOW_STOP"} with input as _reading
	fewest_flags.on_linuxserver("proxy", {"ContainerLogs", "SystemEvents", "ImageList"}) == {"ALLOW_LOGS", "IMAGES"} with input as _reading
	not fewest_flags.on_linuxserver("proxy", {"ContainerStart", "ContainerWait"}) with input as _reading
}

_reading := fixture.project([fixture.proxy("proxy", {"environment": fixture.environment("proxy", {"CONTAINERS": "1"})})])

test_gated if {
	fewest_flags.gated("proxy", {"ContainerList", "ContainerRestart", "(debug-only) DebugVars"}) == {"ContainerRestart"} with input as _with_tecnativa(_consumer("autoheal", {}))
	fewest_flags.gated("proxy", {"ContainerList", "ContainerRestart"}) == set() with input as _with_linuxserver(_consumer("autoheal", {}))
}

# Watchtower updates unless it is told only to watch.
test_mode_that_is_on_by_default if {
	"ContainerCreate" in client_needs.needs.client with input as _with_tecnativa(_consumer("watchtower", {}))
	not "ContainerCreate" in client_needs.needs.client with input as _with_tecnativa(_consumer("watchtower", {"environment": fixture.environment("client", {"WATCHTOWER_MONITOR_ONLY": "true"})}))
}

# Labels of other services ask it to stop them.
test_mode_by_label if {
	"ContainerStop" in client_needs.needs.client with input as fixture.project([
		_consumer("docker-volume-backup", {}),
		fixture.service("db", {"labels": fixture.settings("services.db", "labels", {"docker-volume-backup.stop-during-backup": "true"})}),
	])
	not "ContainerStop" in client_needs.needs.client with input as fixture.project([_consumer("docker-volume-backup", {})])
}

# What the Compose file never shows may be there.
test_wishes if {
	{"ServiceList", "TaskList"} & client_needs.wishes.client == {"ServiceList", "TaskList"} with input as _with_tecnativa(_consumer("homepage", {}))
	"ContainerUpdate" in client_needs.wishes.client with input as _with_tecnativa(_consumer("watchtower", {}))
}

# The configuration names operations and consumers, and what it says is all that counts.
test_declared if {
	client_needs.needs.client == {operation | some operation in data.composelint.consumers.telegraf.needs} | {"ContainerTop"} with input as _declared
	fewest_flags.smallest.proxy.needs - {"PING", "VERSION"} == {"CONTAINERS", "INFO"} with input as _declared
	client_needs.wishes == {} with input as _declared
}

_declared := object.union(
	_with_tecnativa(_consumer("watchtower", {})),
	{"config": {"roles": {"proxies": [], "clients": [{"service": "client", "needs": ["ContainerTop", "telegraf"]}]}}},
)

# A consumer that the configuration names has the features that the service's settings show.
test_declared_modes if {
	"ContainerCreate" in client_needs.needs.client with input as _declared_watchtower({})
	not "ContainerCreate" in client_needs.needs.client with input as _declared_watchtower({"WATCHTOWER_MONITOR_ONLY": "true"})
	client_needs.wishes == {} with input as _declared_watchtower({})
}

_declared_watchtower(variables) := object.union(
	_with_tecnativa(fixture.service("client", {
		"endpoints": [fixture.docker_host("client", "proxy")],
		"environment": fixture.environment("client", variables),
	})),
	{"config": {"roles": {"proxies": [], "clients": [{"service": "client", "needs": ["watchtower"]}]}}},
)

test_unknown_client if {
	fewest_flags.of_proxy == {} with input as _with_tecnativa(fixture.service("client", {"endpoints": [fixture.docker_host("client", "proxy")]}))
	fewest_flags.smallest == {} with input as _project("wollomatic/socket-proxy", "1", _consumer("traefik", {}))
}

# An operation that no flag lets through takes none.
test_no_flag if {
	fewest_flags.smallest.proxy.needs - {"PING"} == set() with input as object.union(
		_with_tecnativa(_consumer("traefik", {})),
		{"config": {"roles": {"proxies": [], "clients": [{"service": "client", "needs": ["(debug-only) DebugVars"]}]}}},
	)
}

test_consumers_are_whole if {
	operations := {operation.id | some operation in data.composelint.docker_api.operations}
	every _, consumer in data.composelint.consumers {
		is_string(consumer.source)
		count({operation | some operation in consumer.needs} - operations) == 0
		count({operation | some operation in object.get(consumer, "may_need", [])} - operations) == 0
	}
}

# Of flags of which either would do without the other one stays.
test_flags_that_stand_for_each_other if {
	fewest_flags.fewest("proxy", {"ContainerList", "ImageList", "NetworkList", "VolumeList"}) == {"B", "X"} with input as _project("example/own", "1", _consumer("autoheal", {})) with data.composelint.proxies.own as _crossed with data.composelint.prepared.kinds["example/own"] as "own"
}

_crossed := {
	"name": "own", "images": ["example/own"], "language": "flags", "truth": "one",
	"variables": {"A": "0", "B": "0", "X": "0", "Y": "0"},
	"rules": [
		{"verdict": "allow", "path": "^/containers/json$", "if": "A"},
		{"verdict": "allow", "path": "^/containers/json$", "if": "B"},
		{"verdict": "allow", "path": "^/images/json$", "if": "A"},
		{"verdict": "allow", "path": "^/images/json$", "if": "X"},
		{"verdict": "allow", "path": "^/networks$", "if": "B"},
		{"verdict": "allow", "path": "^/networks$", "if": "X"},
		{"verdict": "allow", "path": "^/volumes$", "if": "X"},
		{"verdict": "allow", "path": "^/volumes$", "if": "Y"},
		{"verdict": "allow", "path": "^/info$", "if": "Y"},
		{"verdict": "allow", "path": "^/info$", "if": "Z"},
		{"verdict": "allow", "path": "^/version$", "if": "Y"},
		{"verdict": "allow", "path": "^/plugins$", "if": "Y"},
		{"verdict": "allow", "path": "^/plugins$", "if": "W"},
		{"verdict": "deny"},
	],
}

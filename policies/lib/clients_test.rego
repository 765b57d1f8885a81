package composelint.clients_test

import data.composelint.clients
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
		"docker-volume-backup": {"SERVICES", "NODES", "TASKS", "POST"},
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

# What stops a container is ALLOW_STOP, which opens less than ALLOW_RESTARTS.
test_narrowest_flag if {
	clients.fewest("proxy", {"ContainerStop"}) == {"ALLOW_STOP"} with input as _with_linuxserver(_consumer("autoheal", {}))
	clients.fewest("proxy", {"ContainerStop", "ContainerRestart"}) == {"ALLOW_RESTARTS", "ALLOW_STOP"} with input as _with_linuxserver(_consumer("autoheal", {}))
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
	"trivy": {"CONTAINERS", "IMAGES"},
	"uptime-kuma": {"CONTAINERS"},
	"watchtower": {"CONTAINERS", "IMAGES", "NETWORKS", "POST"},
	"wud": {"CONTAINERS", "IMAGES"},
}

_needed := {id: flags |
	some proxy, smallest in clients.smallest
	id := trim_prefix(proxy, "proxy of ")
	flags := smallest.needs - _by_default
}

_wished := {id: flags |
	some proxy, smallest in clients.smallest
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
			"endpoints": [fixture.docker_host(id, proxy)],
		}),
	]
])

_consumer(id, fields) := fixture.service("client", object.union(
	{
		"image": fixture.image("client", data.composelint.consumers[id].images[0], "1"),
		"endpoints": [fixture.docker_host("client", "proxy")],
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
	swarm := {"needs": {"NETWORKS", "NODES", "PING", "SERVICES", "TASKS", "VERSION"}}
	clients.smallest.proxy.needs == swarm.needs with input as _with_tecnativa(_consumer("traefik", {"options": fixture.settings("services.client", "command", {"providers.swarm.endpoint": "tcp://proxy:2375"})}))
	clients.smallest.proxy.needs == swarm.needs with input as _with_tecnativa(_consumer("traefik", {"options": fixture.settings("services.client", "command", {"providers.docker.swarmMode": ""})}))
	clients.smallest.proxy.needs == swarm.needs with input as _with_tecnativa(_consumer("traefik", {"environment": fixture.environment("client", {"TRAEFIK_PROVIDERS_SWARM": "true"})}))
	"SERVICES" in clients.smallest.proxy.needs with input as _with_tecnativa(_consumer("diun", {"environment": fixture.environment("client", {"DIUN_PROVIDERS_SWARM_WATCHBYDEFAULT": "true"})}))
}

# Version 3 may watch the swarm beside the engine's own containers, version 2 either.
test_both_providers if {
	_traefik_flags == {"CONTAINERS", "NETWORKS", "NODES", "SERVICES", "TASKS"} with input as _with_tecnativa(_consumer("traefik", {"options": fixture.settings("services.client", "command", {"providers.docker.endpoint": "tcp://proxy:2375", "providers.swarm.endpoint": "tcp://proxy:2375"})}))
	_traefik_flags == {"NETWORKS", "NODES", "SERVICES", "TASKS"} with input as _with_tecnativa(_consumer("traefik", {"options": fixture.settings("services.client", "command", {"providers.docker.endpoint": "tcp://proxy:2375", "providers.docker.swarmmode": "true"})}))
}

test_modes_by_value if {
	"POST" in clients.smallest.proxy.needs with input as _with_tecnativa(_consumer("dozzle", {"environment": fixture.environment("client", {"DOZZLE_ENABLE_ACTIONS": "true"})}))
	not "POST" in clients.smallest.proxy.needs with input as _with_tecnativa(_consumer("dozzle", {"environment": fixture.environment("client", {"DOZZLE_ENABLE_ACTIONS": "false"})}))
	not "POST" in clients.smallest.proxy.needs with input as _with_tecnativa(_consumer("dozzle", {"environment": fixture.passed_through("client", ["DOZZLE_ENABLE_ACTIONS"])}))
}

# A switch that says no, and settings below a feature that is on, whatever they say.
test_switched_off if {
	_traefik_flags == {"CONTAINERS"} with input as _with_tecnativa(_consumer("traefik", {"options": fixture.settings("services.client", "command", {"providers.docker.swarmmode": "false"})}))
	_traefik_flags == {"CONTAINERS"} with input as _with_tecnativa(_consumer("traefik", {"environment": fixture.environment("client", {"TRAEFIK_PROVIDERS_SWARM": "0"})}))
	"SERVICES" in _traefik_flags with input as _with_tecnativa(_consumer("traefik", {"options": fixture.settings("services.client", "command", {"providers.swarm.exposedbydefault": "false"})}))
}

_traefik_flags := clients.smallest.proxy.needs - _by_default

# An option may be given twice.
test_repeated_option if {
	_traefik_flags == {"CONTAINERS"} with input as _with_tecnativa(_consumer("traefik", {"options": [
		{"at": "services.client.command[1]", "name": "log.level", "value": "INFO", "literal": "INFO", "from_file": false},
		{"at": "services.client.command[2]", "name": "log.level", "value": "DEBUG", "literal": "DEBUG", "from_file": false},
	]}))
}

# A feature of which it is not known whether it is on is a wish.
test_unknown_mode if {
	"ContainerStart" in clients.wishes.client with input as _with_tecnativa(_consumer("dozzle", {"environment": fixture.passed_through("client", ["DOZZLE_ENABLE_ACTIONS"])}))
	_updates == {"needs": false, "wishes": true} with input as _with_tecnativa(_consumer("watchtower", {"environment": fixture.passed_through("client", ["WATCHTOWER_MONITOR_ONLY"])}))
	_updates == {"needs": true, "wishes": false} with input as _with_tecnativa(_consumer("watchtower", {}))
}

_updates := {"needs": "ContainerCreate" in clients.needs.client, "wishes": "ContainerCreate" in clients.wishes.client}

# Traefik asks HEAD /_ping since 2.11.31 and 3.6.1.
test_older_release if {
	_without_ping == {"v1.7", "v2.10.7", "2.11.30", "v3.1", "3.5.4", "v3.6.0", "3.0.0-rc1"} with input as _releases
}

_without_ping := {tag | some tag, needs in clients.needs; not "SystemPingHead" in needs}

_releases := fixture.project([client |
	some tag in [
		"v1.7", "v2.10.7", "2.11.30", "v3.1", "3.5.4", "v3.6.0", "3.0.0-rc1",
		"latest", "v2", "v2.11", "2.11.31", "v3", "v3.6", "v3.6.1", "3.60.0",
	]
	client := fixture.service(tag, {"image": fixture.image(tag, "traefik", tag)})
])

# What linuxserver's proxy can let through with POST=0.
test_without_post if {
	clients.on_linuxserver({"ContainerStart", "ContainerStop", "ContainerRestart"}) == {"ALLOW_RESTARTS", "ALLOW_START", "ALLOW_STOP"}
	not clients.on_linuxserver({"ContainerStart", "ContainerWait"})
}

test_gated if {
	clients.gated("proxy", {"ContainerList", "ContainerRestart", "(debug-only) DebugVars"}) == {"ContainerRestart"} with input as _with_tecnativa(_consumer("autoheal", {}))
	clients.gated("proxy", {"ContainerList", "ContainerRestart"}) == set() with input as _with_linuxserver(_consumer("autoheal", {}))
}

# Watchtower updates unless it is told only to watch.
test_mode_that_is_on_by_default if {
	"ContainerCreate" in clients.needs.client with input as _with_tecnativa(_consumer("watchtower", {}))
	not "ContainerCreate" in clients.needs.client with input as _with_tecnativa(_consumer("watchtower", {"environment": fixture.environment("client", {"WATCHTOWER_MONITOR_ONLY": "true"})}))
}

# Labels of other services ask it to stop them.
test_mode_by_label if {
	"ContainerStop" in clients.needs.client with input as fixture.project([
		_consumer("docker-volume-backup", {}),
		fixture.service("db", {"labels": fixture.settings("services.db", "labels", {"docker-volume-backup.stop-during-backup": "true"})}),
	])
	not "ContainerStop" in clients.needs.client with input as fixture.project([_consumer("docker-volume-backup", {})])
}

# What the Compose file never shows may be there.
test_wishes if {
	{"ServiceList", "TaskList"} & clients.wishes.client == {"ServiceList", "TaskList"} with input as _with_tecnativa(_consumer("homepage", {}))
	"ContainerUpdate" in clients.wishes.client with input as _with_tecnativa(_consumer("watchtower", {}))
}

# The configuration names operations and consumers, and what it says is all that counts.
test_declared if {
	clients.needs.client == {operation | some operation in data.composelint.consumers.telegraf.needs} | {"ContainerTop"} with input as _declared
	clients.smallest.proxy.needs - {"PING", "VERSION"} == {"CONTAINERS", "INFO"} with input as _declared
	clients.wishes == {} with input as _declared
}

_declared := object.union(
	_with_tecnativa(_consumer("watchtower", {})),
	{"config": {"roles": {"proxies": [], "clients": [{"service": "client", "needs": ["ContainerTop", "telegraf"]}]}}},
)

# A consumer that the configuration names has the features that the service's settings show.
test_declared_modes if {
	"ContainerCreate" in clients.needs.client with input as _declared_watchtower({})
	not "ContainerCreate" in clients.needs.client with input as _declared_watchtower({"WATCHTOWER_MONITOR_ONLY": "true"})
	clients.wishes == {} with input as _declared_watchtower({})
}

_declared_watchtower(variables) := object.union(
	_with_tecnativa(fixture.service("client", {
		"endpoints": [fixture.docker_host("client", "proxy")],
		"environment": fixture.environment("client", variables),
	})),
	{"config": {"roles": {"proxies": [], "clients": [{"service": "client", "needs": ["watchtower"]}]}}},
)

test_unknown_client if {
	clients.of_proxy == {} with input as _with_tecnativa(fixture.service("client", {"endpoints": [fixture.docker_host("client", "proxy")]}))
	clients.smallest == {} with input as _project("wollomatic/socket-proxy", "1", _consumer("traefik", {}))
}

# An operation that no flag lets through takes none.
test_no_flag if {
	clients.smallest.proxy.needs - {"PING"} == set() with input as object.union(
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

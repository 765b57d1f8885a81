package composelint.clients_test

import data.composelint.clients
import data.composelint.fixture

# Table 4 of the measurements: the flags besides those that are on by default.
test_smallest_flags_of_tecnativa if {
	_needed == {
		"traefik": {"CONTAINERS"},
		"dozzle": {"CONTAINERS", "INFO"},
		"homepage": {"CONTAINERS"},
		"diun": {"CONTAINERS", "IMAGES"},
		"uptime-kuma": {"CONTAINERS"},
		"promtail": {"CONTAINERS", "NETWORKS"},
		"telegraf": {"CONTAINERS", "INFO"},
		"trivy": {"CONTAINERS", "IMAGES"},
		"docker-gen": {"CONTAINERS", "INFO", "NETWORKS"},
		"caddy-docker-proxy": {"CONTAINERS", "INFO", "NETWORKS"},
		"autoheal": {"CONTAINERS", "POST"},
	} with input as _all_consumers("tecnativa/docker-socket-proxy", "v0.4.1")
}

# Some of which takes less on linuxserver's, and logs a flag of their own.
test_smallest_flags_of_linuxserver if {
	_needed == {
		"traefik": {"CONTAINERS"},
		"dozzle": {"ALLOW_LOGS", "CONTAINERS", "INFO"},
		"homepage": {"CONTAINERS"},
		"diun": {"CONTAINERS", "IMAGES"},
		"uptime-kuma": {"CONTAINERS"},
		"promtail": {"ALLOW_LOGS", "CONTAINERS", "NETWORKS"},
		"telegraf": {"CONTAINERS", "INFO"},
		"trivy": {"CONTAINERS", "IMAGES"},
		"docker-gen": {"CONTAINERS", "INFO", "NETWORKS"},
		"caddy-docker-proxy": {"CONTAINERS", "INFO", "NETWORKS"},
		"autoheal": {"ALLOW_RESTARTS", "CONTAINERS"},
	} with input as _all_consumers("linuxserver/socket-proxy", "3.4.3-r0-ls92")
}

_needed := {id: flags |
	some proxy, smallest in clients.smallest
	id := trim_prefix(proxy, "proxy of ")
	flags := smallest.needs - {"EVENTS", "PING", "VERSION"}
}

# _all_consumers are a proxy for each of some consumers.
_all_consumers(repository, tag) := fixture.project([service |
	some id in [
		"traefik", "dozzle", "homepage", "diun", "uptime-kuma", "promtail", "telegraf", "trivy", "docker-gen",
		"caddy-docker-proxy", "autoheal",
	]
	proxy := $"proxy of {id}"
	some service in [
		fixture.service(proxy, {"image": fixture.image(proxy, repository, tag)}),
		fixture.service(id, {
			"image": fixture.image(id, data.composelint.consumers[id].images[0], "1"),
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

# A feature that the command line or the environment switches on.
test_modes if {
	swarm := {"needs": {"NETWORKS", "NODES", "PING", "SERVICES", "TASKS", "VERSION"}}
	clients.smallest.proxy.needs == swarm.needs with input as _with_tecnativa(_consumer("traefik", {"options": fixture.settings("services.client", "command", {"providers.swarm.endpoint": "tcp://proxy:2375"})}))
	clients.smallest.proxy.needs == swarm.needs with input as _with_tecnativa(_consumer("traefik", {"options": fixture.settings("services.client", "command", {"providers.docker.swarmMode": ""})}))
	clients.smallest.proxy.needs == swarm.needs with input as _with_tecnativa(_consumer("traefik", {"environment": fixture.environment("client", {"TRAEFIK_PROVIDERS_SWARM": "true"})}))
	"SERVICES" in clients.smallest.proxy.needs with input as _with_tecnativa(_consumer("diun", {"environment": fixture.environment("client", {"DIUN_PROVIDERS_SWARM_WATCHBYDEFAULT": "true"})}))
}

test_modes_by_value if {
	"POST" in clients.smallest.proxy.needs with input as _with_tecnativa(_consumer("dozzle", {"environment": fixture.environment("client", {"DOZZLE_ENABLE_ACTIONS": "true"})}))
	not "POST" in clients.smallest.proxy.needs with input as _with_tecnativa(_consumer("dozzle", {"environment": fixture.environment("client", {"DOZZLE_ENABLE_ACTIONS": "false"})}))
	not "POST" in clients.smallest.proxy.needs with input as _with_tecnativa(_consumer("dozzle", {"environment": fixture.passed_through("client", ["DOZZLE_ENABLE_ACTIONS"])}))
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

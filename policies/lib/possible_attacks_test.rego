package composelint.possible_attacks_test

import data.composelint.fixture
import data.composelint.possible_attacks

_project(values, services) := fixture.project(array.concat([fixture.proxy("proxy", {"environment": fixture.environment("proxy", values)})], services))

_guide := {"CONTAINERS": "1", "IMAGES": "1", "INFO": "1", "POST": "1", "VOLUMES": "0", "NETWORKS": "0", "EXEC": "0", "BUILD": "0"}

# As they are named, and by any of their ways.
_verdicts := {id: [outcome.ways[0].verdict, outcome.goal] | some id, outcome in possible_attacks.verdicts.proxy}

test_configuration_of_the_guide if {
	_verdicts == object.union(_of_the_guide, {
		"files-written": ["possible", "possible"],
		"container-files-read": ["possible", "possible"],
		"environment-read": ["possible", "possible"],
		"logs-read": ["possible", "possible"],
		"container-changed": ["possible", "possible"],
		"containers-stopped": ["possible", "possible"],
		"image-replaced": ["possible", "possible"],
		"plugin-installed": ["blocked", "blocked"],
		"service-created": ["blocked", "blocked"],
		"swarm-tokens-read": ["blocked", "blocked"],
		"configs-read": ["blocked", "blocked"],
		"secrets-deleted": ["blocked", "blocked"],
		"host-files-read": ["blocked", "blocked"],
	}) with input as _project(_guide, [])
}

_of_the_guide := {
	"privileged-container": ["possible", "possible"],
	"host-network-container": ["possible", "possible"],
	"host-files-mounted": ["possible", "possible"],
	"socket-mounted": ["possible", "possible"],
	"capability-added": ["possible", "possible"],
	"host-pid-container": ["possible", "possible"],
	"volume-created": ["blocked", "possible"],
	"network-created": ["blocked", "possible"],
	"command-in-container": ["blocked", "possible"],
	"image-built": ["blocked", "possible"],
}

test_nothing if {
	{goal | some [_, goal] in _verdicts} == {"blocked"} with input as _project({}, [])
}

# What takes place only where the project has what it needs.
test_circumstances if {
	_verdicts["host-files-read"] == ["possible", "possible"] with input as _project({"CONTAINERS": "1"}, [fixture.service("app", {"mounts": [fixture.mount("app", "/srv", {})]})])
	_verdicts["command-in-container"] == ["blocked", "blocked"] with input as _project({"CONTAINERS": "1"}, [])
	_verdicts["command-in-container"] == ["blocked", "possible"] with input as _project({"CONTAINERS": "1"}, [fixture.service("app", {"stdin_open": true})])
	_verdicts["image-built"] == ["blocked", "blocked"] with input as _project({"SESSION": "1", "GRPC": "1", "POST": "1"}, [])
	_verdicts["image-built"] == ["blocked", "possible"] with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "tecnativa/docker-socket-proxy", "v0.3.0"),
		"environment": fixture.environment("proxy", {"SESSION": "1", "GRPC": "1", "POST": "1"}),
	})])
}

test_unknown if {
	_verdicts["privileged-container"] == ["unknown", "unknown"] with input as fixture.project([fixture.proxy("proxy", {"environment": array.concat(
		fixture.environment("proxy", {"CONTAINERS": "1"}),
		fixture.passed_through("proxy", ["POST"]),
	)})])
	possible_attacks.host_root.proxy == [] with input as fixture.project([fixture.proxy("proxy", {"environment": fixture.passed_through("proxy", ["CONTAINERS", "POST"])})])
}

test_what_decides if {
	possible_attacks.verdicts.proxy["volume-created"].ways[0] == {"title": "", "verdict": "blocked", "flag": "VOLUMES", "filtered": false} with input as _project(_guide, [])
	possible_attacks.verdicts.proxy["privileged-container"].ways[0] == {"title": "", "verdict": "blocked", "flag": "POST", "filtered": false} with input as _project({"CONTAINERS": "1"}, [])
	possible_attacks.verdicts.proxy["privileged-container"].ways[0] == {"title": "", "verdict": "possible", "flag": "CONTAINERS", "filtered": false} with input as _project(_guide, [])
}

# A filter of bodies blocks what it looks for, and nothing else.
test_filtered if {
	possible_attacks.verdicts.proxy["host-files-mounted"].ways[0] == {"title": "", "verdict": "blocked", "flag": "", "filtered": true} with input as _wollomatic
	possible_attacks.verdicts.proxy["privileged-container"].ways[0].verdict == "possible" with input as _wollomatic
	possible_attacks.host_root.proxy == ["privileged-container", "capability-added"] with input as _wollomatic
}

# Whether it is in force can depend on something unknown.
test_perhaps_filtered if {
	possible_attacks.verdicts.proxy["host-files-mounted"].ways[0] == {"title": "", "verdict": "unknown", "flag": "", "filtered": false} with input as _perhaps_filtered
	possible_attacks.host_root.proxy == ["privileged-container", "capability-added"] with input as _perhaps_filtered
}

_perhaps_filtered := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
	"options": fixture.settings("services.proxy", "command", {"allowPOST": "/containers/.*"}),
	"environment": fixture.passed_through("proxy", ["SP_ALLOWBINDMOUNTFROM"]),
})])

_wollomatic := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
	"options": fixture.settings("services.proxy", "command", {"allowPOST": "/containers/.*", "allowbindmountfrom": "/srv"}),
})])

test_root if {
	possible_attacks.host_root.proxy == ["privileged-container", "host-files-mounted", "socket-mounted", "capability-added"] with input as _project(_guide, [])
	possible_attacks.root_flags.proxy == ["POST", "CONTAINERS"] with input as _project(_guide, [])
	possible_attacks.root_flags == {} with input as _project({"CONTAINERS": "1"}, [])
	possible_attacks.root_flags.proxy == ["POST", "PLUGINS"] with input as _project({"PLUGINS": "1", "POST": "1"}, [])
}

# A way that is not the first, with a flag for each of its operations.
test_root_by_another_way if {
	possible_attacks.root_by.proxy.needs == ["ContainerCreate", "ContainerRestart"] with input as _fluencelabs
	possible_attacks.root_flags.proxy == ["POST", "CONTAINERS_CREATE", "ALLOW_RESTARTS"] with input as _fluencelabs
}

_fluencelabs := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", "fluencelabs/docker-socket-proxy", "latest"),
	"environment": fixture.environment("proxy", {"POST": "1", "CONTAINERS_CREATE": "1", "ALLOW_RESTARTS": "1"}),
})])

test_socket_itself if {
	{outcome.goal | some outcome in possible_attacks.of_socket} == {"possible", "blocked"} with input as _project({}, [])
	{outcome.goal | some outcome in possible_attacks.of_socket} == {"possible"} with input as _project({}, [fixture.service("app", {"mounts": [fixture.mount("app", "/srv", {})]})])
	possible_attacks.of_socket["privileged-container"] == {
		"ways": [
			{"title": "", "verdict": "possible", "flag": "", "filtered": false},
			{"title": "start it by a restart", "verdict": "possible", "flag": "", "filtered": false},
		],
		"goal": "possible",
	} with input as _project({}, [])
}

# A way by Podman's own API is there where Podman may be.
test_podman if {
	[[way.title, way.verdict] | some way in possible_attacks.verdicts.proxy["files-written"].ways] == [["", "blocked"], ["by Podman's own API", "possible"]]
		with input as _before_podman({"LIBPOD_CONTAINERS": "1", "POST": "1", "ALLOW_ARCHIVE": "1"})
	[[way.title, way.verdict] | some way in possible_attacks.verdicts.proxy["files-written"].ways] == [["", "blocked"]]
		with input as _before_podman({"CONTAINERS": "1"})
}

_before_podman(values) := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", "linuxserver/socket-proxy", "3.4.3-r0-ls92"),
	"environment": fixture.environment("proxy", values),
})])

test_scenarios_are_whole if {
	operations := {operation.id | some operation in array.concat(data.composelint.docker_api.operations, data.composelint.docker_api.libpod)}
	every scenario in data.composelint.attacks.scenarios {
		is_string(scenario.source)
		every way in scenario.ways {
			count({operation | some operation in way.needs} - operations) == 0
		}
	}
	[scenario.guide | some scenario in data.composelint.attacks.scenarios; scenario.guide] == numbers.range(1, 10)
}

package composelint.effective_api_test

import data.composelint.body_filters
import data.composelint.effective_api
import data.composelint.fixture
import data.composelint.proxy_setup

_proxy(fields) := fixture.project([fixture.proxy("proxy", fields)])

_flags(values) := _proxy({"environment": fixture.environment("proxy", values)})

_sold_as(repository, tag, values) := _proxy({
	"image": fixture.image("proxy", repository, tag),
	"environment": fixture.environment("proxy", values),
})

_by_default := {"SystemEvents", "SystemPing", "SystemPingHead", "SystemVersion"}

# --- flags

test_defaults_of_the_image if {
	effective_api.allowed.proxy == _by_default with input as _flags({})
	effective_api.possible == effective_api.allowed with input as _flags({})
}

test_default_that_is_switched_off if {
	effective_api.allowed.proxy == {"SystemPing", "SystemPingHead", "SystemVersion"} with input as _flags({"EVENTS": ""})
}

# A section lets reading through, and with the gate everything that begins so.
test_section_and_gate if {
	effective_api.allowed.proxy - _by_default == {"SystemInfo"} with input as _flags({"INFO": "1", "POST": "1"})
	effective_api.allowed.proxy - _by_default == {"NetworkList", "NetworkInspect"} with input as _flags({"NETWORKS": "1"})
	effective_api.allowed.proxy - _by_default == {
		"NetworkList", "NetworkInspect", "NetworkCreate", "NetworkConnect", "NetworkDisconnect", "NetworkDelete", "NetworkPrune",
	} with input as _flags({"NETWORKS": "1", "POST": "1"})
}

test_what_decides if {
	_decided == {
		"ContainerList": {"verdict": "allow", "flag": "CONTAINERS", "gates": []},
		"ContainerCreate": {"verdict": "allow", "flag": "CONTAINERS", "gates": ["POST"]},
		"ContainerStop": {"verdict": "allow", "flag": "ALLOW_STOP", "gates": ["POST"]},
		"VolumeList": {"verdict": "deny", "flag": "VOLUMES", "gates": []},
		"VolumeCreate": {"verdict": "deny", "flag": "VOLUMES", "gates": ["POST"]},
		"(debug-only) DebugVars": {"verdict": "deny", "flag": "", "gates": []},
	} with input as _flags({"CONTAINERS": "1", "ALLOW_STOP": "1", "POST": "1"})
	_decided == {
		"ContainerList": {"verdict": "allow", "flag": "CONTAINERS", "gates": []},
		"ContainerCreate": {"verdict": "deny", "flag": "POST", "gates": []},
		"ContainerStop": {"verdict": "deny", "flag": "POST", "gates": []},
		"VolumeList": {"verdict": "deny", "flag": "VOLUMES", "gates": []},
		"VolumeCreate": {"verdict": "deny", "flag": "POST", "gates": []},
		"(debug-only) DebugVars": {"verdict": "deny", "flag": "", "gates": []},
	} with input as _flags({"CONTAINERS": "1", "ALLOW_STOP": "1", "POST": "0"})
}

_decided := {operation: decision |
	some operation in ["ContainerList", "ContainerCreate", "ContainerStop", "VolumeList", "VolumeCreate", "(debug-only) DebugVars"]
	decision := effective_api.decisions.proxy[operation]
}

# A flag opens what nothing else does: with POST a section opens more, and without a section POST nothing.
test_steering if {
	effective_api.steering.proxy.NETWORKS == {"opens": {"NetworkList", "NetworkInspect"}, "closes": set()} with input as _flags({"POST": "0"})
	effective_api.steering.proxy.COMMIT == {"opens": {"ImageCommit"}, "closes": set()} with input as _flags({"POST": "1"})
	effective_api.steering.proxy.COMMIT == {"opens": set(), "closes": set()} with input as _flags({})
	effective_api.steering.proxy.POST == {"opens": set(), "closes": set()} with input as _flags({})
	effective_api.steering.proxy.POST.opens == {"NetworkCreate", "NetworkConnect", "NetworkDisconnect", "NetworkDelete", "NetworkPrune"} with input as _flags({"NETWORKS": "1"})
	not effective_api.steering.proxy.LOG_LEVEL with input as _flags({"LOG_LEVEL": "info"})
	effective_api.steering == {} with input as _sold_as("wollomatic/socket-proxy", "1.13.1", {})
}

# --- what is not known

test_unknown_flag if {
	_decided == {
		"ContainerList": {"verdict": "allow", "flag": "CONTAINERS", "gates": []},
		"ContainerCreate": {"verdict": "unknown", "flag": "POST", "gates": []},
		"ContainerStop": {"verdict": "unknown", "flag": "POST", "gates": []},
		"VolumeList": {"verdict": "deny", "flag": "VOLUMES", "gates": []},
		"VolumeCreate": {"verdict": "deny", "flag": "POST", "gates": []},
		"(debug-only) DebugVars": {"verdict": "deny", "flag": "", "gates": []},
	} with input as _proxy({"environment": array.concat(
		fixture.environment("proxy", {"CONTAINERS": "1"}),
		fixture.passed_through("proxy", ["POST"]),
	)})
	proxy_setup.flags.proxy.on == {"CONTAINERS", "EVENTS", "PING", "VERSION"} with input as _proxy({"environment": array.concat(
		fixture.environment("proxy", {"CONTAINERS": "1"}),
		fixture.passed_through("proxy", ["POST"]),
	)})
}

# A file of variables that cannot be read may state every flag that is not stated beside it.
test_environment_that_is_not_all if {
	proxy_setup.flags.proxy == {"on": {"CONTAINERS"}, "off": {"POST"}} with input as _proxy({
		"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "0"}),
		"environment_incomplete": true,
	})
}

test_replaced_rules if {
	_verdicts == {"unknown"} with input as _proxy({"mounts": [fixture.mount("proxy", "/haproxy.cfg", {"target": "/usr/local/etc/haproxy/haproxy.cfg"})]})
	_verdicts == {"unknown"} with input as _proxy({"command": [{"at": "services.proxy.command[0]", "value": "haproxy", "literal": "haproxy"}]})
	_verdicts == {"unknown"} with input as _proxy({"built": true})
	proxy_setup.replaced == {"proxy"} with input as _proxy({"built": true})
	_verdicts == {"unknown"} with input as _sold_as("mikesir87/docker-socket-proxy", "1", {})
	proxy_setup.replaced == {"proxy"} with input as _proxy({"mounts": [fixture.mount("proxy", "/haproxy.cfg", {"target": "/usr/local/etc/haproxy/haproxy.cfg"})]})
	proxy_setup.replaced == set() with input as _proxy({"mounts": [fixture.mount("proxy", "/run/docker.sock", {})]})
}

# The image reads its rules from a file that a variable names.
test_rules_by_a_variable if {
	proxy_setup.replaced == {"proxy"} with input as _sold_as("example/own", "1", {"RULES_FILE": "/rules"})
		with data.composelint.proxies.own as object.union(_own, {"configured_by_variables": ["RULES_FILE"]})
		with data.composelint.prepared.kinds["example/own"] as "own"
	proxy_setup.replaced == set() with input as _sold_as("example/own", "1", {"CONTAINERS": "1"})
		with data.composelint.proxies.own as object.union(_own, {"configured_by_variables": ["RULES_FILE"]})
		with data.composelint.prepared.kinds["example/own"] as "own"
}

_verdicts := {decision.verdict | some decision in effective_api.decisions.proxy}

# --- tags

test_assumed if {
	proxy_setup.assumed == {"proxy"} with input as _sold_as("tecnativa/docker-socket-proxy", "latest", {})
	proxy_setup.assumed == {"proxy"} with input as fixture.project([fixture.service("proxy", {"image": object.remove(fixture.image("proxy", "tecnativa/docker-socket-proxy", ""), ["tag"])})])
	proxy_setup.assumed == set() with input as _sold_as("tecnativa/docker-socket-proxy", "0.3.0", {})
	proxy_setup.assumed == set() with input as _sold_as("tecnativa/docker-socket-proxy", "v0.1.1", {})
	proxy_setup.assumed == set() with input as _sold_as("linuxserver/socket-proxy", "3.4.3-r0-ls100", {})
	proxy_setup.assumed == set() with input as _sold_as("linuxserver/socket-proxy", "3.2.10", {})
	proxy_setup.assumed == set() with input as _sold_as("11notes/socket-proxy", "latest", {}) # all have the same rules
}

test_newer if {
	proxy_setup.newer == {"proxy"} with input as _sold_as("tecnativa/docker-socket-proxy", "v0.6.0", {})
	proxy_setup.assumed == set() with input as _sold_as("tecnativa/docker-socket-proxy", "v0.6.0", {})
	proxy_setup.newer == {"proxy"} with input as _sold_as("linuxserver/socket-proxy", "3.5.0-r0-ls120", {})
	proxy_setup.newer == {"proxy"} with input as _sold_as("codeswhat/sockguard", "2", {})
	proxy_setup.newer == set() with input as _sold_as("tecnativa/docker-socket-proxy", "0.5", {})
	proxy_setup.newer == set() with input as _sold_as("tecnativa/docker-socket-proxy", "latest", {})
	proxy_setup.newer == set() with input as _sold_as("fluencelabs/docker-socket-proxy", "9.9", {})
	proxy_setup.newer == set() with input as _sold_as("11notes/socket-proxy", "20240101", {})
}

# What a tag does not have yet neither opens nor closes anything.
test_eras if {
	effective_api.allowed.proxy - _by_default == {"ContainerStop", "ContainerRestart", "ContainerKill"} with input as _sold_as("tecnativa/docker-socket-proxy", "v0.1.0", {
		"ALLOW_START": "1", "ALLOW_STOP": "1", "ALLOW_RESTARTS": "1", "POST": "1",
	})
	"ContainerLogs" in effective_api.allowed.proxy with input as _sold_as("linuxserver/socket-proxy", "3.2.6-r0-ls91", {"CONTAINERS": "1"})
	not "ContainerLogs" in effective_api.possible.proxy with input as _sold_as("linuxserver/socket-proxy", "3.4.3-r0-ls92", {"CONTAINERS": "1"})
	not "ContainerLogs" in effective_api.possible.proxy with input as _sold_as("linuxserver/socket-proxy", "latest", {"CONTAINERS": "1"})
}

# A flag that a tag does not have changes no verdict of another.
test_flag_before_its_time if {
	effective_api.allowed.proxy - _by_default == {"NetworkList", "NetworkInspect"} with input as _sold_as("tecnativa/docker-socket-proxy", "v0.1.1", {"NETWORKS": "1"})
	effective_api.decision("proxy", "VolumeList") == {"verdict": "deny", "flag": "VOLUMES", "gates": []} with input as _sold_as("tecnativa/docker-socket-proxy", "v0.1.1", {"NETWORKS": "1"})
	effective_api.decision("proxy", "(undocumented) GRPC") == {"verdict": "deny", "flag": "POST", "gates": []} with input as _sold_as("tecnativa/docker-socket-proxy", "v0.1.1", {"NETWORKS": "1"})
}

# From v0.5.0 on Tecnativa's has flags for pausing, behind the gate.
test_pausing if {
	"ContainerPause" in effective_api.allowed.proxy with input as _sold_as("tecnativa/docker-socket-proxy", "v0.5.0", {"ALLOW_PAUSE": "1", "POST": "1"})
	not "ContainerPause" in effective_api.possible.proxy with input as _sold_as("tecnativa/docker-socket-proxy", "v0.5.0", {"ALLOW_PAUSE": "1"})
	not "ContainerPause" in effective_api.possible.proxy with input as _sold_as("tecnativa/docker-socket-proxy", "v0.4.2", {"ALLOW_PAUSE": "1", "POST": "1"})
}

# On its branch each method has a gate, and reading files and logs a flag.
test_gates_of_the_branch if {
	effective_api.possible.proxy & {"ContainerLogs", "ContainerArchive", "ContainerDelete", "ContainerExec", "ContainerCreate"} == {"ContainerCreate"}
		with input as _sold_as("tecnativa/docker-socket-proxy", "edge", {"CONTAINERS": "1", "POST": "1"})
	effective_api.allowed.proxy & {"ContainerLogs", "ContainerDelete", "PutContainerArchive"} == {"ContainerLogs", "ContainerDelete"}
		with input as _sold_as("tecnativa/docker-socket-proxy", "edge", {"CONTAINERS": "1", "DELETE": "1", "PUT": "1", "ALLOW_LOGS": "1"})
}

# Before Podman its own API counts too.
test_podman if {
	not effective_api.decisions.proxy["(libpod) ContainerCreate"] with input as _flags({"CONTAINERS": "1"})
	effective_api.decisions.proxy["(libpod) ContainerCreate"].verdict == "deny" with input as _proxy({"mounts": [fixture.mount("proxy", "/run/podman/podman.sock", {})]})
	"(libpod) ContainerCreate" in effective_api.allowed.proxy with input as _sold_as("linuxserver/socket-proxy", "3.4.3-r0-ls92", {"LIBPOD_CONTAINERS": "1", "POST": "1"})
	"(libpod) ContainerCreate" in effective_api.possible.proxy with input as _proxy({
		"image": fixture.image("proxy", "linuxserver/socket-proxy", "3.4.3-r0-ls92"),
		"environment": array.concat(fixture.environment("proxy", {"POST": "1"}), fixture.passed_through("proxy", ["LIBPOD_CONTAINERS"])),
	})
	not effective_api.decisions.proxy["(libpod) ContainerCreate"] with input as _sold_as("linuxserver/socket-proxy", "3.4.3-r0-ls92", {"LIBPOD_CONTAINERS": "0", "POST": "1"})
}

# On linuxserver's nginx every value but 0 is on, and POST for a literal 1 only.
test_values_of_nginx if {
	proxy_setup.flags.proxy.on & {"EXEC", "INFO", "SWARM", "POST"} == {"EXEC", "INFO"} with input as _sold_as("linuxserver/socket-proxy", "1.26.3-r0-ls46", {
		"EXEC": "false", "INFO": "00", "SWARM": "0", "POST": "true",
	})
}

# --- proxies behind proxies

# What comes through is what all let through.
test_proxy_behind_two if {
	_verdicts_of.outermost == {"ContainerList": "allow", "ContainerCreate": "deny", "SystemInfo": "deny", "ImageList": "deny"} with input as _behind_two({})
	_verdicts_of.outermost == {"ContainerList": "unknown", "ContainerCreate": "unknown", "SystemInfo": "deny", "ImageList": "unknown"} with input as _behind_two({"environment_incomplete": true})
	input_allowed := effective_api.allowed with input as _behind_two({"environment_incomplete": true})
	not "ContainerList" in input_allowed.outermost
	input_possible := effective_api.possible with input as _behind_two({"environment_incomplete": true})
	"ContainerList" in input_possible.outermost
}

_behind_two(inner) := fixture.project([
	fixture.proxy("inner", object.union({"environment": fixture.environment("inner", {"CONTAINERS": "1", "INFO": "1"})}, _or_not(inner))),
	fixture.proxy("outer", {
		"environment": fixture.environment("outer", {"CONTAINERS": "1", "IMAGES": "1", "POST": "1"}),
		"endpoints": [fixture.endpoint("outer", "SOCKET_PATH", "inner", {})],
	}),
	fixture.proxy("outermost", {
		"environment": fixture.environment("outermost", {"CONTAINERS": "1", "IMAGES": "1", "INFO": "1", "POST": "1"}),
		"endpoints": [fixture.endpoint("outermost", "SOCKET_PATH", "outer", {})],
	}),
])

# Of an incomplete environment nothing is known that it does not state.
_or_not(fields) := fields if count(fields) == 0

_or_not(fields) := object.union(fields, {"environment": []}) if count(fields) > 0

# What comes through is what both let through.
test_proxy_behind_a_proxy if {
	allowed := effective_api.allowed with input as _behind({})
	allowed.outer == allowed.inner - {"SystemInfo"}
	effective_api.possible == effective_api.allowed with input as _behind({})
	_verdicts_of.outer == {"ContainerList": "allow", "ContainerCreate": "deny", "SystemInfo": "deny", "ImageList": "deny"} with input as _behind({})
	_verdicts_of.inner == {"ContainerList": "allow", "ContainerCreate": "deny", "SystemInfo": "allow", "ImageList": "deny"} with input as _behind({})
}

# A proxy that has the socket as well may take the API from there.
test_proxy_with_a_socket_and_a_proxy if {
	_verdicts_of.outer == {"ContainerList": "allow", "ContainerCreate": "allow", "SystemInfo": "deny", "ImageList": "allow"} with input as _behind({"mounts": [fixture.mount("outer", "/run/docker.sock", {})]})
}

_behind(fields) := fixture.project([
	fixture.proxy("inner", {"environment": fixture.environment("inner", {"CONTAINERS": "1", "INFO": "1"})}),
	fixture.proxy("outer", object.union(
		{
			"environment": fixture.environment("outer", {"CONTAINERS": "1", "IMAGES": "1", "POST": "1"}),
			"endpoints": [fixture.endpoint("outer", "SOCKET_PATH", "inner", {})],
		},
		fields,
	)),
])

_verdicts_of := {proxy: verdicts |
	some proxy in ["inner", "outer", "outermost"]
	verdicts := {operation: effective_api.decision(proxy, operation).verdict |
		some operation in ["ContainerList", "ContainerCreate", "SystemInfo", "ImageList"]
	}
}

# --- other ways to state rules

test_profiles if {
	"ConfigList" in effective_api.allowed.proxy with input as _sold_as("knrdl/docker-socket-protector", "1", {"PROFILE": "readonly"})
	not "ContainerCreate" in effective_api.possible.proxy with input as _sold_as("knrdl/docker-socket-protector", "1", {"PROFILE": "readonly"})
	"ContainerCreate" in effective_api.allowed.proxy with input as _sold_as("knrdl/docker-socket-protector", "1", {"PROFILE": "portainer-rw"})
	_verdicts == {"unknown"} with input as _sold_as("knrdl/docker-socket-protector", "1", {"PROFILE": "own"})
	count(effective_api.possible.proxy) == 121 with input as _sold_as("knrdl/docker-socket-protector", "1", {"PROFILE": "own"})
	effective_api.allowed.proxy == set() with input as _sold_as("knrdl/docker-socket-protector", "1", {"PROFILE": "own"})
}

# Without a profile it exits.
test_no_profile if {
	_verdicts == {"deny"} with input as _sold_as("knrdl/docker-socket-protector", "1", {})
	_verdicts == {"deny"} with input as _sold_as("knrdl/docker-socket-protector", "1", {"PROFILE": ""})
	_verdicts == {"unknown"} with input as _proxy({
		"image": fixture.image("proxy", "knrdl/docker-socket-protector", "1"),
		"environment": fixture.passed_through("proxy", ["PROFILE"]),
	})
	_verdicts == {"unknown"} with input as _proxy({
		"image": fixture.image("proxy", "knrdl/docker-socket-protector", "1"),
		"environment_incomplete": true,
	})
}

test_place_of_a_profile if {
	effective_api.place("proxy", "") == "services.proxy.environment[PROFILE]" with input as _sold_as("knrdl/docker-socket-protector", "1", {"PROFILE": "readonly"})
	effective_api.place("proxy", "") == "services.proxy" with input as _sold_as("knrdl/docker-socket-protector", "1", {"LOG_REQUESTS": "true"})
	effective_api.place("proxy", "") == "services.proxy" with input as _flags({"CONTAINERS": "1"})
}

# A profile that asks for a version lets it through that clients have one.
test_profile_with_versions if {
	effective_api.allowed.proxy == {
		"ContainerInspect", "ContainerList", "NetworkList", "ServiceList", "SystemEvents", "SystemVersion", "TaskList",
	} with input as _sold_as("knrdl/docker-socket-protector", "1", {"PROFILE": "traefik"})
}

test_flags_as_options if {
	effective_api.allowed.proxy == {"ContainerList", "ContainerInspect", "SystemPing"} with input as _proxy({
		"image": fixture.image("proxy", "qmcgaw/docker-proxy-acl-alpine", "1"),
		"options": [
			{"at": "services.proxy.command[a]", "name": "a", "value": "containers", "literal": "containers", "from_file": false},
			{"at": "services.proxy.command[a]#2", "name": "a", "value": "ping", "literal": "ping", "from_file": false},
		],
	})
}

test_fixed_rules if {
	{"ContainerList", "ImageGetAll"} - effective_api.allowed.proxy == set() with input as _sold_as("11notes/socket-proxy", "stable", {})
	effective_api.possible.proxy & {"ContainerArchive", "ContainerExport", "ContainerCreate", "SecretList"} == set() with input as _sold_as("11notes/socket-proxy", "stable", {})
}

test_expressions if {
	effective_api.allowed.proxy == {"SystemPing"} with input as _proxy({
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
		"options": fixture.settings("services.proxy", "command", {"allowGET": "/_ping"}),
	})
}

# --- a kind that is not prepared

_own := {
	"name": "own", "images": ["example/own"], "current": ".", "language": "flags", "truth": "haproxy", "gate": "WRITE",
	"variables": {"WRITE": "0", "CONTAINERS": "0"},
	"rules": [
		{"verdict": "deny", "methods": ["DELETE"]},
		{"verdict": "deny", "not_methods": ["GET"], "unless": "WRITE"},
		{"verdict": "allow", "path": "^(/v[0-9.]+)?/volumes", "if": "VOLUMES"},
		{"verdict": "allow", "path": "^(/v[0-9.]+)?/_ping$"},
		{"verdict": "deny"},
	],
}

test_kind_of_ones_own if {
	effective_api.allowed.proxy == {"VolumeList", "VolumeInspect", "VolumeCreate", "VolumePrune", "VolumeUpdate", "SystemPing", "SystemPingHead"}
		with input as _sold_as("example/own", "1", {"VOLUMES": "1", "WRITE": "1"}) with data.composelint.proxies.own as _own with data.composelint.prepared.kinds["example/own"] as "own"
	effective_api.allowed.proxy == {"SystemPing"} with input as _sold_as("example/own", "1", {"VOLUMES": "0"}) with data.composelint.proxies.own as _own with data.composelint.prepared.kinds["example/own"] as "own"
}

test_preparing_changes_nothing if {
	effective_api.allowed.proxy - _by_default == {"NetworkList", "NetworkInspect"} with input as _flags({"NETWORKS": "1"})
		with data.composelint.prepared.rule_sets as {}
}

# A flag that lets all reading through and denies all writing is no way to write.
test_flag_sets_of_a_flag_that_denies if {
	effective_api.flag_sets_for("proxy", "ContainerKill") == {{"ALLOW_KILL", "POST"}, {"ALLOW_POWER", "POST"}, {"CONTAINERS", "POST"}} with input as _sold_as("zoeyvid/docker-socket-proxy", "1", {})
	effective_api.flag_sets_for("proxy", "ContainerList") == {{"NOPOST"}, {"CONTAINERS"}} with input as _sold_as("zoeyvid/docker-socket-proxy", "1", {})
}

test_flag_sets if {
	effective_api.flag_sets_for("proxy", "ContainerStop") == {{"ALLOW_RESTARTS", "POST"}, {"ALLOW_STOP", "POST"}, {"CONTAINERS", "POST"}} with input as _flags({})
	effective_api.flag_sets_for("proxy", "VolumeCreate") == {{"VOLUMES", "WRITE"}} with input as _sold_as("example/own", "1", {}) with data.composelint.proxies.own as _own with data.composelint.prepared.kinds["example/own"] as "own"
	effective_api.flag_sets_for("proxy", "SystemPing") == {set()} with input as _sold_as("example/own", "1", {}) with data.composelint.proxies.own as _own with data.composelint.prepared.kinds["example/own"] as "own"
	effective_api.gates.proxy == "WRITE" with input as _sold_as("example/own", "1", {}) with data.composelint.proxies.own as _own with data.composelint.prepared.kinds["example/own"] as "own"
	effective_api.gates.proxy == "" with input as _sold_as("11notes/socket-proxy", "1", {})
}

# --- bodies and places

test_filters_of_bodies if {
	body_filters.refused.proxy == {"bind", "socket-bind", "volume-bind", "volumes-from"} with input as _filtered("options", "allowbindmountfrom")
	body_filters.refused.proxy == {"bind", "socket-bind", "volume-bind", "volumes-from"} with input as _filtered("environment", "SP_ALLOWBINDMOUNTFROM")
	body_filters.refused.proxy == set() with input as _filtered("environment", "SP_LOGLEVEL")
	"privileged" in body_filters.refused.proxy with input as _sold_as("codeswhat/sockguard", "1", {})
	body_filters.refused == {} with input as _flags({})
}

_filtered(key, name) := _proxy({
	"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
	key: fixture.settings("services.proxy", key, {name: "/srv"}),
})

# A directory that is the root admits everything; one that depends on a variable may.
test_filters_that_let_through if {
	body_filters.refused.proxy == set() with input as _with_directory({"value": "/srv,/"})
	body_filters.perhaps_refused.proxy == set() with input as _with_directory({"value": "/srv,/"})
	body_filters.refused.proxy == set() with input as _with_directory({})
	body_filters.perhaps_refused.proxy == {"bind", "socket-bind", "volume-bind", "volumes-from"} with input as _with_directory({})
	body_filters.perhaps_refused.proxy == {"bind", "socket-bind", "volume-bind", "volumes-from"} with input as _proxy({
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
		"environment_incomplete": true,
	})
}

_with_directory(fields) := _proxy({
	"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
	"options": [object.union({"at": "services.proxy.command[allowbindmountfrom]", "name": "allowbindmountfrom", "literal": "", "from_file": false}, fields)],
})

test_filter_of_ones_own_kind if {
	body_filters.refused.proxy == {"bind"} with input as _sold_as("example/own", "1", {"FILTER": ""})
		with data.composelint.proxies.own as object.union(_own, {"body_filter": {"covers": ["bind"], "when": {"variable": "FILTER"}}})
		with data.composelint.prepared.kinds["example/own"] as "own"
}

test_filters_that_are_opened if {
	_refused == [_create, set()] with input as _sockguard({})
	_refused == [_create - {"privileged"}, set()] with input as _sockguard({"ALLOW_PRIVILEGED": "true"})
	_refused == [_create, set()] with input as _sockguard({"ALLOW_PRIVILEGED": "false"})
	_refused == [_create, set()] with input as _sockguard({"ALLOWED_BIND_MOUNTS": "/srv"})
	_refused == [_create - {"socket-bind"}, set()] with input as _sockguard({"ALLOWED_BIND_MOUNTS": "/srv,/var/run"})
	_refused == [{"privileged"}, set()] with input as _sockguard({"ALLOWED_BIND_MOUNTS": "/"})
	_refused == [_create - {"privileged"}, {"privileged"}] with input as _proxy({
		"image": fixture.image("proxy", "codeswhat/sockguard", "1"),
		"environment": fixture.passed_through("proxy", ["SOCKGUARD_REQUEST_BODY_CONTAINER_CREATE_ALLOW_PRIVILEGED"]),
	})
}

_refused := [body_filters.refused.proxy & _create, body_filters.perhaps_refused.proxy & _create]

_sockguard(values) := _sold_as("codeswhat/sockguard", "1", {$"SOCKGUARD_REQUEST_BODY_CONTAINER_CREATE_{name}": value | some name, value in values})

_create := {"privileged", "bind", "socket-bind"}

test_places if {
	effective_api.place("proxy", "CONTAINERS") == "services.proxy.environment[CONTAINERS]" with input as _flags({"CONTAINERS": "1"})
	effective_api.place("proxy", "POST") == "services.proxy" with input as _flags({"CONTAINERS": "1"})
	effective_api.place("proxy", "socket-proxy.allow.get") == "services.app.labels[socket-proxy.allow.get]" with input as fixture.project([
		fixture.service("app", {"labels": fixture.settings("services.app", "labels", {"socket-proxy.allow.get": "/events"})}),
		fixture.service("proxy", {
			"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
			"options": fixture.settings("services.proxy", "command", {"proxycontainername": "proxy"}),
		}),
	])
}

# What is worked out for one proxy is spread to those that are set up alike, and to no other: not by an
# option of the name of a variable, not where more counts than its own settings.
test_alike if {
	proxy_setup.firsts == {"a"} with input as _two("tecnativa/docker-socket-proxy", {}, {})
	effective_api.allowed.a == effective_api.allowed.b with input as _two("tecnativa/docker-socket-proxy", {}, {})
	proxy_setup.firsts == {"a", "b"} with input as _two("tecnativa/docker-socket-proxy", {}, {"environment": fixture.environment("b", {"CONTAINERS": "1"})})
	effective_api.allowed.a != effective_api.allowed.b with input as _two("tecnativa/docker-socket-proxy", {}, {"environment": fixture.environment("b", {"CONTAINERS": "1"})})
	proxy_setup.firsts == {"a", "b"} with input as _two("wollomatic/socket-proxy", {}, {})
	proxy_setup.firsts == {"a", "b"} with input as _two("tecnativa/docker-socket-proxy", {}, {"endpoints": [fixture.docker_host("b", "a")]})
}

_two(image, first, second) := fixture.project([
	fixture.proxy("a", object.union({"image": fixture.image("a", image, "1")}, first)),
	fixture.proxy("b", object.union({"image": fixture.image("b", image, "1")}, second)),
])

package composelint.rules["socket-proxy-unknown-flag_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-unknown-flag"] as rule

test_what_is_said if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.proxy.environment[DELETE]",
			"message": `"DELETE" is no variable of the socket proxy "proxy", as DELETE requests follow "POST": remove it`,
		},
		{
			"at": "services.proxy.environment[ALLOWED_HOSTS]",
			"message": `"ALLOWED_HOSTS" is no variable of the socket proxy "proxy", as only its networks decide who may connect: remove it`,
		},
		{
			"at": "services.proxy.environment[CONTAINER]",
			"message": `"CONTAINER" is no variable of the socket proxy "proxy" and has no effect: write "CONTAINERS"`,
		},
		{
			"at": "services.proxy.environment[ALLOW_LOGS]",
			"message": `"ALLOW_LOGS" is no variable of the socket proxy "proxy", only of other images: remove it`,
		},
		{
			"at": "services.proxy.environment[PUID]",
			"message": `"PUID" is no variable of the socket proxy "proxy" and has no effect: remove it`,
		},
	} with input as _proxy({"DELETE": "0", "ALLOWED_HOSTS": "app", "CONTAINER": "1", "ALLOW_LOGS": "1", "PUID": "1000", "POST": "0", "TZ": "UTC"})
}

test_later if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[ALLOW_START]",
		"message": `"ALLOW_START" of the socket proxy "proxy" is no variable of this tag of its image, only of newer ones: use one of these, or remove it`,
	}} with input as _of("tecnativa/docker-socket-proxy", "v0.1.0", {"ALLOW_START": "1", "ALLOW_STOP": "0", "ALLOW_RESTARTS": "1"})

	# ALLOW_LOGS takes something away while it is off, so that it matters that nobody asks it.
	_names == {"ALLOW_LOGS"} with input as _of("linuxserver/socket-proxy", "3.2.3-r0-ls80", {"ALLOW_LOGS": "0", "ALLOW_PAUSE": "1"})
	_names == {"ALLOW_LOGS"} with input as _of("linuxserver/socket-proxy", "1.26.3-r0-ls46", {"ALLOW_LOGS": "0", "ALLOW_PAUSE": "0", "GRPC": "0"})
	_names == set() with input as _of("linuxserver/socket-proxy", "3.4.3-r0-ls92", {"ALLOW_LOGS": "0"})
}

test_suggestions if {
	_written == {
		"image": `"IMAGES"`, "ALLOW_RESTART": `"ALLOW_RESTARTS"`, "CONTIANERS": `"CONTAINERS"`, "ALLOW_POST": `"POST"`,
		"LOG-LEVEL": `"LOG_LEVEL"`, "NETWROKS": `"NETWORKS"`,
	} with input as _proxy({"image": "1", "ALLOW_RESTART": "1", "CONTIANERS": "1", "ALLOW_POST": "0", "LOG-LEVEL": "info", "NETWROKS": "1"})
	_written == {"ALLOWFROM": `"SP_ALLOWFROM"`, "SP_ALLOWGET": `"SP_ALLOW_GET"`} with input as _of(
		"wollomatic/socket-proxy", "1.13.1",
		{"ALLOWFROM": "app", "SP_ALLOWGET": "/_ping", "SP_ALLOW_GET_2": "/version"},
	)
}

# A digit may look like a letter; who would allow something does not mean a path; and every image of
# linuxserver is told of users.
test_alike if {
	_written == {"INF0": `"INFO"`, "ALLOWED_IMAGE": `"IMAGES"`} with input as _proxy({"INF0": "1", "ALLOWED_IMAGE": "1", "ALLOWED_PATHS": "/version"})
	_names == {"ALLOWED_PATHS"} with input as _of("linuxserver/socket-proxy", "3.4.3-r0-ls92", {"ALLOWED_PATHS": "/version", "PUID": "1000", "PGID": "1000"})
}

# What is stated already cannot be meant, and short names are too much alike.
test_no_suggestion if {
	_names == {"CONTAINER", "HOST"} with input as _proxy({"CONTAINERS": "1", "CONTAINER": "1", "HOST": "1"})
	_written == {} with input as _proxy({"CONTAINERS": "1", "CONTAINER": "1", "HOST": "1"})
}

# DELETE is a flag of one image; on GoDoxy's no request that deletes passes at all.
test_delete_by_image if {
	rule.findings == set() with input as _of("fluencelabs/docker-socket-proxy", "latest", {"DELETE": "1"})
	{finding.message | some finding in rule.findings} == {`"DELETE" is no variable of the socket proxy "proxy", only of other images: remove it`} with input as _of("yusing/socket-proxy", "latest", {"DELETE": "1"})
}

test_env_file if {
	_names == {"DELETE", "IMAGE"} with input as fixture.project([fixture.proxy("proxy", {"environment": [object.union(variable, {"from_file": true}) |
		some variable in fixture.environment("proxy", {
			"DELETE": "0", "IMAGE": "1", "NETWORK": "web", "PUID": "1000", "DEBUG": "1", "INFO": "1",
		})
	]})])
}

test_not_known_what_it_has if {
	rule.findings == set() with input as fixture.project([fixture.proxy("proxy", {
		"environment": fixture.environment("proxy", {"DELETE": "1"}),
		"command": [{"at": "services.proxy.command[0]", "value": "haproxy", "literal": "haproxy"}],
	})])
	rule.findings == set() with input as object.union(
		fixture.project([fixture.proxy("proxy", {
			"image": fixture.image("proxy", "example/proxy", "1"),
			"environment": fixture.environment("proxy", {"DELETE": "1"}),
		})]),
		{"config": {"roles": {"proxies": [{"service": "proxy", "kind": "tecnativa"}], "clients": []}}},
	)
	rule.findings == set() with input as _of("mikesir87/docker-socket-proxy", "latest", {"DELETE": "1"})
	rule.findings == set() with input as _of("buildkite/sockguard", "latest", {"DELETE": "1"})
	rule.findings == set() with input as _of("example/app", "1", {"DELETE": "1"})
}

test_passed_through if {
	_names == {"DELETE"} with input as fixture.project([fixture.proxy("proxy", {"environment": fixture.passed_through("proxy", ["DELETE", "POST"])})])
}

test_profiles if {
	{finding.at: finding.message | some finding in rule.findings} == {"services.proxy": $`the socket proxy "proxy" does not start without a profile in "PROFILE": {_known}`} with input as _knrdl({})
	{finding.at: finding.message | some finding in rule.findings} == {"services.proxy.environment[PROFILE]": $`the socket proxy "proxy" does not start without a profile in "PROFILE": {_known}`} with input as _knrdl({"PROFILE": ""})
	{finding.at: finding.message | some finding in rule.findings} == {"services.proxy.environment[PROFILE]": $`the socket proxy "proxy" does not start with "Readonly" in "PROFILE", which is no profile of its image: write "readonly"`} with input as _knrdl({"PROFILE": "Readonly"})
	{finding.at: finding.message | some finding in rule.findings} == {"services.proxy.environment[PROFILE]": $`the socket proxy "proxy" does not start with "dozzle" in "PROFILE", which is no profile of its image: {_known}`} with input as _knrdl({"PROFILE": "dozzle"})
	rule.findings == set() with input as _knrdl({"PROFILE": "readonly"})
}

# A profile of one's own is a mounted file, and an image that only the configuration calls a
# proxy may have others.
test_profiles_of_ones_own if {
	rule.findings == set() with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "knrdl/docker-socket-protector", "1"),
		"environment": fixture.environment("proxy", {"PROFILE": "own"}),
		"mounts": [fixture.mount("proxy", "/srv/own", {"target": "/profiles/own"})],
	})])
	rule.findings == set() with input as object.union(
		_of("example/proxy", "1", {"PROFILE": "own"}),
		{"config": {"roles": {"proxies": [{"service": "proxy", "kind": "knrdl"}], "clients": []}}},
	)
}

_knrdl(values) := _of("knrdl/docker-socket-protector", "1", values)

_known := `its profiles are "diun", "portainer-ro", "portainer-rw", "promtail", "readonly", "telegraf", "traefik", "traefik-swarm", "trivy", "unprotected"`

_proxy(values) := _of("tecnativa/docker-socket-proxy", "v0.4.1", values)

_of(image, tag, values) := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", image, tag),
	"environment": fixture.environment("proxy", values),
})])

_names := {trim_suffix(trim_prefix(finding.at, "services.proxy.environment["), "]") | some finding in rule.findings}

_written := {name: written |
	some finding in rule.findings
	[_, written] := split(finding.message, ": write ")
	name := trim_suffix(trim_prefix(finding.at, "services.proxy.environment["), "]")
}

# Following the nearest name must not make root, nor lead to no socket.
test_what_is_meant_does_harm if {
	_messages == {`"ALLOW_POST" is no variable of the socket proxy "proxy" and has no effect: write "POST" where a client needs it, or remove it`} with input as _proxy({"ALLOW_POST": "1", "CONTAINERS": "1"})
	_messages == {`"ALLOW_POST" is no variable of the socket proxy "proxy" and has no effect: write "POST"`} with input as _proxy({"ALLOW_POST": "0", "CONTAINERS": "1"})
	_messages == {`"SOCKET_PATH" is no variable of the socket proxy "proxy" and has no effect, and as "SP_SOCKETPATH" it would lead to no socket: remove it`} with input as _of("wollomatic/socket-proxy", "1.13.1", {"SOCKET_PATH": "/run/podman.sock"})
	_messages == {`"SOCKET_PATH" is no variable of the socket proxy "proxy" and has no effect: write "SP_SOCKETPATH"`} with input as _of("wollomatic/socket-proxy", "1.13.1", {"SOCKET_PATH": "/var/run/docker.sock"})
}

_messages := {finding.message | some finding in rule.findings}

# A release that has no variable at all has none of these, and one before suffixes none with a suffix.
test_release_without_variables if {
	_messages == {
		`"SP_ALLOWFORM" is no variable of the socket proxy "proxy" and has no effect: remove it`,
		`"SP_ALLOWFROM" of the socket proxy "proxy" is no variable of this tag of its image, only of newer ones: use one of these, or remove it`,
		`"SP_ALLOW_GET" of the socket proxy "proxy" is no variable of this tag of its image, only of newer ones: use one of these, or remove it`,
	} with input as _of("wollomatic/socket-proxy", "1.3.3", {"SP_ALLOWFROM": "app", "SP_ALLOWFORM": "app", "SP_ALLOW_GET": "/_ping", "TZ": "UTC"})
	_messages == {`"SP_ALLOW_GET_2" of the socket proxy "proxy" is no variable of this tag of its image, only of newer ones: use one of these, or remove it`} with input as _of("wollomatic/socket-proxy", "1.6.0", {"SP_ALLOW_GET": "/_ping", "SP_ALLOW_GET_2": "/version"})
	_messages == set() with input as _of("buildkite/sockguard", "1", {"SP_ALLOWFROM": "app"})
}

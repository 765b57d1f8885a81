package composelint.rules["docker-socket-mount_test"]

import data.composelint.fixture
import data.composelint.rules["docker-socket-mount"] as rule

test_socket_file if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.volumes[/run/docker.sock]",
		"message": `service "app" mounts the Docker API socket "/run/docker.sock", which is root on the host: use a socket proxy`,
	}} with input as _app([fixture.mount("app", "/run/docker.sock", {})])
}

# What only has the name of a proxy holds it as any service does.
test_untrusted_proxy if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.volumes[/run/docker.sock]",
		"message": `service "proxy" mounts the Docker API socket "/run/docker.sock", which is root on the host: give it to no proxy that is not trusted`,
	}} with input as _proxy({"built": true})
	rule.findings == set() with input as _proxy({})
}

_proxy(fields) := fixture.project([fixture.proxy("proxy", object.union({"mounts": [fixture.mount("proxy", "/run/docker.sock", {})]}, fields))])

test_read_only_does_not_help if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.volumes[/run/docker.sock]",
		"message": `service "app" mounts the Docker API socket "/run/docker.sock", which is root on the host even read-only: use a socket proxy`,
	}} with input as _app([fixture.mount("app", "/run/docker.sock", {"read_only": true, "target": "/tmp/docker.sock"})])
}

test_roads if {
	{finding.message | some finding in rule.findings} == {
		`service "app" mounts "/run" with the API socket in it, which is root on the host: mount only what it needs`,
		`service "app" mounts the Docker API socket "/run/docker.sock" by the volume "sock", which is root on the host: use a socket proxy`,
		`service "app" gets the Docker API socket "/run/docker.sock" as a secret, which is root on the host even read-only: use a socket proxy`,
		`service "app" gets the Docker API socket "/run/docker.sock" as a config, which is root on the host even read-only: use a socket proxy`,
		`service "app" gets the Docker API socket "/run/docker.sock" from service "base" by volumes_from, which is root on the host: use a socket proxy`,
	} with input as _app([
		fixture.mount("app", "/run", {}),
		fixture.mount("app", "/run/docker.sock", {"at": "a", "type": "volume", "volume": "sock"}),
		fixture.mount("app", "/run/docker.sock", {"at": "b", "type": "secret", "read_only": true}),
		fixture.mount("app", "/run/docker.sock", {"at": "c", "type": "config", "read_only": true}),
		fixture.mount("app", "/run/docker.sock", {"at": "d", "from": "base"}),
	])
}

_partial(at, written, ends, least, target) := fixture.without(
	fixture.mount("app", target, {"at": at, "partial": {"written": written, "ends": ends, "least": least}}),
	["host_path"],
)

test_unknown_source if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "end",
			"message": `service "app" mounts "${RUN}/docker.sock", which by its end is the Docker API socket: that is root on the host, unless it is the filtered socket of a proxy`,
		},
		{
			"at": "target",
			"message": `service "app" mounts "${SOCK}", which is not known here, where clients look for the Docker API socket: that is root on the host, unless it is the filtered socket of a proxy`,
		},
		{
			"at": "least",
			"message": `service "app" mounts "/var/run${X}": while its variables are not set, that is "/run" with the API socket in it, and root on the host; write the path that is meant`,
			"severity": "warning",
		},
		{
			"at": "file",
			"message": `service "app" mounts "/run/docker.sock${X}": while its variables are not set, that is the Docker API socket "/run/docker.sock", and root on the host; write the path that is meant`,
			"severity": "warning",
		},
	} with input as _app([
		_partial("end", "${RUN}/docker.sock", "/docker.sock", "", "/sock"),
		_partial("target", "${SOCK}", "", "", "/var/run/docker.sock"),
		_partial("least", "/var/run${X}", "", "/run", "/x"),
		_partial("file", "/run/docker.sock${X}", "", "/run/docker.sock", "/x"),
		_partial("root", "/${DATA}", "", "/", "/data"),
		_partial("nothing", "${DATA}/app", "/app", "/app", "/data"),
		_partial("name", "${DATA}/my-docker.sock", "/my-docker.sock", "/my-docker.sock", "/data"),
	])
}

# An engine that does not run as root gives its own user.
test_engine_of_a_user if {
	{finding.message | some finding in rule.findings} == {
		`service "app" mounts the Docker API socket "/run/user/1000/docker.sock", which is the engine's user on the host: use a socket proxy`,
		`service "app" mounts the Podman API socket "/run/user/1000/podman/podman.sock", which is the engine's user on the host even read-only: use a socket proxy`,
		`service "app" mounts the Docker API socket "~/.colima/docker.sock", which is the engine's user on the host: use a socket proxy`,
		`service "app" mounts "${XDG_RUNTIME_DIR}/docker.sock", which by its end is the Docker API socket: that is the engine's user on the host, unless it is the filtered socket of a proxy`,
		`service "app" mounts "/run" with the API socket in it, which is root on the host: mount only what it needs`,
	} with input as _app([
		fixture.mount("app", "/run/user/1000/docker.sock", {}),
		fixture.mount("app", "/run/user/1000/podman/podman.sock", {"read_only": true}),
		fixture.mount("app", "~/.colima/docker.sock", {}),
		fixture.without(fixture.mount("app", "x", {"partial": {"written": "${XDG_RUNTIME_DIR}/docker.sock", "ends": "/docker.sock", "least": "/docker.sock"}}), ["host_path"]),
		fixture.mount("app", "/run", {}),
	])
}

test_use_api_socket if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "use_api_socket",
		"message": `service "app" gets the API socket, which is root on the host, and the registry credentials: use a socket proxy`,
	}} with input as fixture.project([fixture.service("app", {"use_api_socket": true})])
}

test_groups if {
	{finding.message | some finding in rule.findings} == {
		`service "app" mounts the Docker API socket "/run/docker.sock" and joins the group "docker", which is root on the host even read-only: use a socket proxy`,
		`service "root" mounts "/run" with the API socket in it and joins the group "0", which is root on the host: mount only what it needs`,
		`service "other" mounts the Docker API socket "/run/docker.sock", which is root on the host: use a socket proxy`,
	} with input as fixture.project([
		fixture.service("app", {
			"mounts": [fixture.mount("app", "/run/docker.sock", {"read_only": true})],
			"groups": fixture.groups("app", ["audio", "docker"]),
		}),
		fixture.service("root", {
			"mounts": [fixture.mount("root", "/run", {})],
			"groups": fixture.groups("root", ["0"]),
		}),
		fixture.service("other", {
			"mounts": [fixture.mount("other", "/run/docker.sock", {})],
			"groups": fixture.groups("other", ["999"]),
		}),
	])
}

test_hook_and_job if {
	{finding.message | some finding in rule.findings} == {
		`pre_start hook 1 of service "app" mounts the Docker API socket "/run/docker.sock", which is root on the host: use a socket proxy`,
		`job "prune" mounts the Docker API socket "/run/docker.sock", which is root on the host: use a socket proxy`,
	} with input as fixture.project([
		fixture.service("app", {}),
		fixture.job("prune", {"mounts": [fixture.mount("prune", "/run/docker.sock", {})]}),
		fixture.hook("app", "pre_start", {"mounts": [fixture.mount("app.pre_start[0]", "/run/docker.sock", {})]}),
		fixture.hook("app", "post_start", {}),
	])
}

# Somebody who leaves the image to a variable or to another file is not thereby a proxy.
test_unknown_image if {
	{finding.at | some finding in rule.findings} == {"services.app.volumes[/run/docker.sock]"} with input as fixture.project([fixture.without(
		fixture.service("app", {"mounts": [fixture.mount("app", "/run/docker.sock", {})]}),
		["image"],
	)])
}

test_proxy_and_its_client if {
	rule.findings == set() with input as fixture.project([
		fixture.proxy("proxy", {"mounts": [fixture.mount("proxy", "/run/docker.sock", {})], "use_api_socket": true}),
		fixture.service("app", {
			"mounts": [fixture.mount("app", "/run/docker.sock", {})],
			"endpoints": [fixture.docker_host("app", "proxy")],
		}),
	])
}

# The way from outside to the socket, where there is one.
test_open_to_outsiders if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.volumes[/run/docker.sock]",
		"message": `service "app" mounts the Docker API socket "/run/docker.sock", which is root on the host: use a socket proxy`,
		"path": [
			{"at": "services.app.ports[80/tcp]", "label": "outsiders come in by port 80 on 0.0.0.0"},
			{"at": "services.app", "label": `service "app"`},
			{"at": "services.app.volumes[/run/docker.sock]", "label": "the host's API socket, which is root on the host"},
		],
	}} with input as fixture.project([fixture.service("app", {
		"mounts": [fixture.mount("app", "/run/docker.sock", {})],
		"entries": [fixture.entry("app", 80, {})],
	})])
	{finding.path[2].at | some finding in rule.findings} == {"services.app"} with input as fixture.project([fixture.service("app", {
		"use_api_socket": true,
		"entries": [fixture.entry("app", 80, {})],
	})])
}

test_runner if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {
		"image": fixture.image("app", "gitea/act_runner", "0.2.11"),
		"mounts": [fixture.mount("app", "/run/docker.sock", {})],
	})])
	{finding.at | some finding in rule.findings} == {"services.app.volumes[/run/docker.sock]"} with input as fixture.project([fixture.service("app", {
		"image": fixture.image("app", "gitea/act_runner", "0.2.11-dind"),
		"mounts": [fixture.mount("app", "/run/docker.sock", {})],
	})])
}

test_unknown if {
	rule.findings == set() with input as fixture.project([fixture.without(
		fixture.service("app", {"mounts": [fixture.without(fixture.mount("app", "/run/docker.sock", {}), ["host_path"])]}),
		["use_api_socket"],
	)])
}

test_near_misses if {
	rule.findings == set() with input as _app([
		fixture.mount("app", "./docker.sock.md", {}),
		fixture.mount("app", "docker.sock", {}),
		fixture.mount("app", "/srv/docker.sock", {}),
		fixture.mount("app", "/run/docker.sock.bak", {}),
		fixture.mount("app", "/run/docker/plugins", {}),
		fixture.mount("app", "/run/dbus", {}),
		fixture.mount("app", "/srv/run", {"target": "/run"}),
		fixture.mount("app", "~/.docker/config.json", {}),
		fixture.mount("app", "~/.docker", {}),
		fixture.named_volume("app", "filtered", "/run"),
		fixture.mount("app", "/run", {"at": "tmpfs", "type": "tmpfs", "host_path": ""}),
	])
}

_app(mounts) := fixture.project([fixture.service("app", {"mounts": mounts})])

package composelint.lint_test

import data.composelint.fixture
import data.composelint.lint

# Every spelling that the model can show of each socket, and of each directory above one.
test_api_sockets if {
	lint.api_sockets == {path: road | some path, road in _roads} with input as fixture.project([fixture.service("app", {"mounts": [mount |
		some path, _ in _roads
		mount := fixture.mount("app", path, {"at": path})
	]})])
}

_roads := object.union_n([
	{path: $`mounts the Docker API socket "{path}"` | some path in [
		"/run/docker.sock", "/run/docker.sock.raw", "/run/user/1000/docker.sock",
		"~/.docker/run/docker.sock", "/home/me/.docker/desktop/docker.sock", "/root/.docker/run/docker.sock",
		"~/.colima/docker.sock", "/Users/me/.colima/default/docker.sock", "~/.config/colima/work/docker.sock",
		"~/.orbstack/run/docker.sock", "~/.rd/docker.sock", "~/.lima/docker/sock/docker.sock",
		"//./pipe/docker_engine", `\\.\pipe\docker_engine`, "/pipe/docker_engine", "npipe:////./pipe/docker_engine",
		"//./pipe/dockerDesktopLinuxEngine",
	]},
	{path: $`mounts the containerd API socket "{path}"` | some path in [
		"/run/containerd/containerd.sock", "/run/docker/containerd/containerd.sock", "/run/k3s/containerd/containerd.sock",
		"/run/k0s/containerd.sock", "~/.colima/default/containerd.sock", `\\.\pipe\containerd-containerd`,
	]},
	{path: $`mounts the Podman API socket "{path}"` | some path in [
		"/run/podman/podman.sock", "/run/user/1000/podman/podman.sock",
		"~/.local/share/containers/podman/machine/podman.sock",
	]},
	{"/run/crio/crio.sock": `mounts the CRI-O API socket "/run/crio/crio.sock"`},
	{path: $`mounts "{path}" with the API socket in it` | some path in [
		"/", "/run", "/run/docker", "/run/docker/containerd", "/run/containerd", "/run/crio", "/run/podman", "/run/k3s",
		"/run/k3s/containerd", "/run/k0s", "/run/user", "/run/user/1000", "/run/user/1000/podman",
		"~/.docker/run", "~/.docker/desktop", "~/.colima", "~/.colima/default", "~/.orbstack", "~/.orbstack/run", "~/.rd",
	]},
])

test_no_api_sockets if {
	lint.api_sockets == {} with input as fixture.project([fixture.service("app", {"mounts": [mount |
		some path in [
			"", ".", "run", "docker.sock", "./run/docker.sock", "/run/docker.sock.md", "/srv/run/docker.sock", "/var", "/var/lib/docker",
			"/run/lock", "/run/dbus", "/run/containerd.sock", "/run/user/me/docker.sock", "/run/users", "~", "~/.docker", "~/.colima/ssh_config",
			"/home/me", "/home/me/app/.docker/run/docker.sock", "//./pipe/openssh-ssh-agent",
		]
		mount := fixture.mount("app", path, {"at": path})
	]})])
}

test_proxies if {
	lint.proxies == {name: kind | some name, [_, kind] in _images} with input as fixture.project([service |
		some name, [image, _] in _images
		service := fixture.service(name, {"image": image})
	])
}

_images := {
	"hub": [fixture.image("hub", "tecnativa/docker-socket-proxy", "latest"), "tecnativa"],
	"registry": [object.union(fixture.image("registry", "tecnativa/docker-socket-proxy", "v0.4.1"), {"registry": "ghcr.io"}), "tecnativa"],
	"mirror": [fixture.image("mirror", "proxy/cache/tecnativa/docker-socket-proxy", "v0.4.1"), "tecnativa"],
	"lscr": [fixture.image("lscr", "linuxserver/socket-proxy", "latest"), "linuxserver"],
	"quay": [fixture.image("quay", "linuxserver.io/socket-proxy", "3.2.4-r0-ls66"), "linuxserver"],
	"unknown": [object.remove(fixture.image("unknown", "linuxserver/socket-proxy", ""), ["tag"]), "linuxserver"],
	"first": [fixture.image("first", "linuxserver/socket-proxy", "1.24.0-r15-ls4"), "linuxserver-nginx"],
	"last": [fixture.image("last", "linuxserver/socket-proxy", "amd64-1.26.3-r0-ls46"), "linuxserver-nginx"],
	"version": [fixture.image("version", "linuxserver/socket-proxy", "version-1.26.3-r0"), "linuxserver-nginx"],
	"fluence": [fixture.image("fluence", "fluencelabs/docker-socket-proxy", "latest"), "fluencelabs"],
	"wolle": [fixture.image("wolle", "wollomatic/socket-proxy", "1"), "wollomatic"],
	"cetus": [fixture.image("cetus", "hectorm/cetusguard", "v1"), "cetusguard"],
	"eleven": [fixture.image("eleven", "11notes/socket-proxy", "stable"), "11notes"],
}

test_no_proxies if {
	lint.proxies == {} with input as fixture.project([
		fixture.service("fork", {"image": fixture.image("fork", "tecnativa/docker-socket-proxy-ui", "1")}),
		fixture.service("prefix", {"image": fixture.image("prefix", "nottecnativa/docker-socket-proxy", "1")}),
		fixture.service("bare", {"image": fixture.image("bare", "docker-socket-proxy", "1")}),
		fixture.service("filter", {"image": fixture.image("filter", "foxxmd/docker-proxy-filter", "1")}),
		fixture.service("caddy", {"image": fixture.image("caddy", "lucaslorentz/caddy-docker-proxy", "2.10")}),
		fixture.without(fixture.service("unknown", {}), ["image"]),
	])
}

test_clients if {
	lint.clients == {"proxy": {"by-name", "by-socket", "other"}, "other": {"by-name"}} with input as fixture.project([
		fixture.proxy("proxy", {"mounts": [fixture.named_volume("proxy", "filtered", "/filtered")]}),
		fixture.proxy("other", {"endpoints": [fixture.docker_host("other", "proxy")]}),
		fixture.service("by-name", {"endpoints": [
			fixture.docker_host("by-name", "proxy"),
			fixture.endpoint("by-name", "remote-host", "other", {}),
		]}),
		fixture.service("by-socket", {
			"mounts": [fixture.named_volume("by-socket", "filtered", "/proxy")],
			"endpoints": [_socket("by-socket", "/proxy/docker.sock")],
		}),
		fixture.service("elsewhere", {
			"mounts": [fixture.named_volume("elsewhere", "filtered", "/own/doc"), fixture.named_volume("elsewhere", "own", "/own")],
			"endpoints": [_socket("elsewhere", "/own/docker.sock"), fixture.endpoint("elsewhere", "DATABASE_URL", "elsewhere", {})],
		}),
	])
}

_socket(name, path) := fixture.endpoint(name, "DOCKER_HOST", "", {"scheme": "unix", "port": 0, "path": path, "services": []})

test_names_docker_api if {
	{name | some name in _names; lint.names_docker_api(name)} == {
		"DOCKER_HOST", "docker_host", "providers.docker.endpoint", "providers.Docker.Endpoint", "WUD_WATCHER_LOCAL_HOST",
	} with input as fixture.project([
		fixture.service("app", {"environment": fixture.environment("app", {name: "" | some name in _names})}),
		fixture.service("traefik", {"options": fixture.settings("services.traefik", "command", {"providers.docker.endpoint": ""})}),
	])
}

_names := [
	"DOCKER_HOST", "docker_host", "providers.docker.endpoint", "providers.Docker.Endpoint", "WUD_WATCHER_LOCAL_HOST",
	"DOCKER_HOSTNAME", "HOST", "host", "DATABASE_URL", "WUD_WATCHER_LOCAL_PORT", "",
]

# An engine that the proxy points at is neither a client nor in need of a DOCKER_HOST.
test_upstream if {
	lint.lone_neighbours == {} with input as _upstream
	lint.extra_attachments == {"services.proxy.networks[web]"} with input as _upstream
}

_upstream := fixture.project_with(
	[
		fixture.service("proxy", {
			"image": fixture.image("proxy", "hectorm/cetusguard", "v1"),
			"networks": fixture.attachments("proxy", ["api", "engine", "web"]),
			"endpoints": [
				fixture.endpoint("proxy", "CETUSGUARD_BACKEND_ADDR", "dockerd", {}),
				fixture.endpoint("proxy", "CETUSGUARD_FRONTEND_ADDR", "proxy", {}),
			],
		}),
		fixture.service("dockerd", {"networks": fixture.attachments("dockerd", ["engine"])}),
		fixture.service("app", {
			"networks": fixture.attachments("app", ["api", "web"]),
			"endpoints": [fixture.docker_host("app", "proxy")],
		}),
	],
	{"networks": [fixture.network("api", {}), fixture.network("engine", {}), fixture.network("web", {"internal": false})]},
)

test_data_is_whole if {
	every socket in data.composelint.sockets.patterns {
		regex.is_valid(socket.pattern)
	}
	every pattern in data.composelint.sockets.directories.patterns {
		regex.is_valid(pattern)
	}
	every case in data.composelint.sections.cases {
		case.severity in {"error", "warning"}
		case.by in case.operations
		is_string(case.why)
	}
}

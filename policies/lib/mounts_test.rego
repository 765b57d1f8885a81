package composelint.mounts_test

import data.composelint.fixture
import data.composelint.mounts

# Every spelling that the model can show of each socket, and of each directory above one.
test_api_sockets if {
	mounts.api_sockets == {path: road | some path, road in _roads} with input as fixture.project([fixture.service("app", {"mounts": [mount |
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
	mounts.api_sockets == {} with input as fixture.project([fixture.service("app", {"mounts": [mount |
		some path in [
			"", ".", "run", "docker.sock", "./run/docker.sock", "/run/docker.sock.md", "/srv/run/docker.sock", "/var", "/var/lib/docker",
			"/run/lock", "/run/dbus", "/run/containerd.sock", "/run/user/me/docker.sock", "/run/users", "~", "~/.docker", "~/.colima/ssh_config",
			"/home/me", "/home/me/app/.docker/run/docker.sock", "//./pipe/openssh-ssh-agent",
		]
		mount := fixture.mount("app", path, {"at": path})
	]})])
}

test_data_is_whole if {
	every socket in data.composelint.sockets.patterns {
		regex.is_valid(socket.pattern)
	}
	every pattern in data.composelint.sockets.directories.patterns {
		regex.is_valid(pattern)
	}
}

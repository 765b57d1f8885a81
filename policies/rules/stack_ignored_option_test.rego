package composelint.rules["stack-ignored-option_test"]

import data.composelint.fixture
import data.composelint.rules["stack-ignored-option"] as rule

test_ignored if {
	rule.findings == {
		{"at": "nnp", "message": `"docker stack deploy" ignores the option "no-new-privileges" of service "app", so that the container runs without it: set "no-new-privileges" in daemon.json`},
		{"at": "profile", "message": `"docker stack deploy" ignores the option "apparmor" of service "app", so that the engine's default counts: do not rely on it`},
		{"at": "services.app.network", "message": `"docker stack deploy" ignores "network_mode: none" of service "app", so that the container is on the stack's default network: use a network with "internal: true"`},
		{"at": "services.app", "key": "cgroup_parent", "message": `"docker stack deploy" ignores "cgroup_parent" of service "app", so that the limits of that control group do not hold: use "deploy.resources.limits"`},
		{"at": "services.app.tmpfs[/tmp]", "message": `"docker stack deploy" ignores the tmpfs "/tmp" of service "app", so that the directory is on disk, or read-only: use "volumes" with "type: tmpfs"`, "severity": "note"},
		{"at": "services.app.ports[80/tcp]", "message": `"docker stack deploy" ignores the address "127.0.0.1" of a port of service "app", so that it is open on all addresses of all nodes: do not publish it`},
	} with input as fixture.swarm(_hardened)
}

test_compose if {
	rule.findings == set() with input as _hardened
}

test_weakening_or_supported if {
	rule.findings == set() with input as fixture.swarm(fixture.project([fixture.service("app", {
		"privileged": true,
		"security_options": [
			{"at": "seccomp", "name": "seccomp", "value": "unconfined"},
			{"at": "paths", "name": "systempaths", "value": "unconfined"},
			{"at": "nnp", "name": "no-new-privileges", "value": "false"},
			{"at": "label", "name": "label", "value": "disable"},
		],
		"namespaces": [fixture.namespace("app", "network", {}), fixture.namespace("app", "pid", {}), fixture.namespace("app", "ipc", {"mode": "private", "host": false})],
		"mounts": [_tmpfs("services.app.volumes[/tmp]")],
		"ports": [fixture.port("app", 80, {}), fixture.port("app", 443, {"host_ip": "::"})],
	})]))
}

_hardened := fixture.project([fixture.service("app", {
	"security_options": [
		{"at": "nnp", "name": "no-new-privileges", "value": "true"},
		{"at": "profile", "name": "apparmor", "value": "strict"},
	],
	"namespaces": [
		fixture.namespace("app", "network", {"mode": "none", "host": false}),
	],
	"cgroup_parent": "small.slice",
	"mounts": [_tmpfs("services.app.tmpfs[/tmp]")],
	"ports": [fixture.port("app", 80, {"host_ip": "127.0.0.1"})],
})])

_tmpfs(at) := fixture.mount("app", "/tmp", {"at": at, "type": "tmpfs", "host_path": "", "source": "", "propagation": ""})

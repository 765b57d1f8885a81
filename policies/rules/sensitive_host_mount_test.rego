package composelint.rules["sensitive-host-mount_test"]

import data.composelint.fixture
import data.composelint.rules["sensitive-host-mount"] as rule

test_writable if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.volumes[/etc]",
		"message": `service "app" can write to "/etc", the host's configuration and password hashes: mount only what it needs`,
		"severity": "error",
	}} with input as _app("/etc", {})
}

test_read_only if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.volumes[/etc]",
		"message": `service "app" can read "/etc", the host's configuration and password hashes: mount only what it needs`,
		"severity": "warning",
	}} with input as _app("/etc", {"read_only": true})
}

test_unknown_mode if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.volumes[/etc]",
		"message": `service "app" mounts "/etc", the host's configuration and password hashes: mount only what it needs`,
		"severity": "warning",
	}} with input as fixture.project([fixture.service("app", {"mounts": [fixture.without(fixture.mount("app", "/etc", {}), ["read_only"])]})])
}

test_socket if {
	_messages == {`service "app" can use "/run/libvirt", the sockets of libvirt, which make root on the host: leave it out`} with input as _app("/run/libvirt", {})
	_messages == {`service "app" can use, even read-only, "/run/libvirt", the sockets of libvirt, which make root on the host: leave it out`} with input as _app("/run/libvirt", {"read_only": true})
	_severities == {"error"} with input as _app("/run/libvirt", {"read_only": true})
}

test_monitoring if {
	_messages == {`service "app" can read "/proc", the host's processes and kernel settings: only a monitoring agent needs it`} with input as _app("/proc", {"read_only": true})
	_messages == {`service "app" can write to "/proc", the host's processes and kernel settings: mount it read-only, with ":ro"`} with input as _app("/proc", {})
}

test_harmless_when_read_only if {
	_messages == {`service "app" can write to "/etc/localtime", the host's time zone: mount it read-only, with ":ro"`} with input as _app("/etc/localtime", {})
	_severities == {"note"} with input as _app("/etc/localtime", {})
	rule.findings == set() with input as _app("/etc/localtime", {"read_only": true})
	rule.findings == set() with input as fixture.project([fixture.service("app", {"mounts": [fixture.without(fixture.mount("app", "/etc/localtime", {}), ["read_only"])]})])
}

test_longest_path if {
	_severities == {"warning"} with input as _app("/etc/pihole", {})
	_severities == {"note"} with input as _app("/etc/pihole", {"read_only": true})
	_severities == {"error"} with input as _app("/etc/ssh/sshd_config", {})
	rule.findings == set() with input as _app("/etc/ssl/certs/ca.pem", {"read_only": true})
}

test_home if {
	_messages == {`service "app" can read "/home/ada/.ssh", a user's SSH keys: mount only what it needs`} with input as _app("/home/ada/.ssh", {"read_only": true})
	_messages == {`service "app" can read "~/.aws/credentials", a user's AWS credentials: mount only what it needs`} with input as _app("~/.aws/credentials", {"read_only": true})
	_messages == {`service "app" can write to "/root", a home directory, with its keys and its startup scripts: mount only what it needs`} with input as _app("/root", {})
	rule.findings == set() with input as _app("/home/ada/app", {})
	rule.findings == set() with input as _app("/root/app/data", {})
}

test_pattern if {
	_severities == {"error"} with input as _app("/tmp/ssh-abc123/agent.42", {})
	_severities == {"error"} with input as _app("C:\\", {})
}

test_volume_and_volumes_from if {
	{finding.at | some finding in rule.findings} == {"a", "b"} with input as fixture.project([fixture.service("app", {"mounts": [
		fixture.mount("app", "/etc", {"at": "a", "type": "volume", "volume": "etc"}),
		fixture.mount("app", "/etc", {"at": "b", "from": "base"}),
	]})])
}

test_left_to_other_rules if {
	rule.findings == set() with input as _app("/", {})
	rule.findings == set() with input as _app("/run", {})
	rule.findings == set() with input as _app("/run/docker.sock", {})
}

test_near_misses if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {"mounts": [
		fixture.mount("app", "etc", {}),
		fixture.mount("app", "/srv/etc", {}),
		fixture.mount("app", "/etcetera", {}),
		fixture.mount("app", "/var/lib/app", {}),
		fixture.mount("app", "/var/docker", {}),
		fixture.mount("app", "/homework", {}),
		fixture.mount("app", "/dev/dri", {}),
		fixture.named_volume("app", "data", "/etc"),
		fixture.mount("app", "/etc/shadow", {"at": "secret", "type": "secret", "read_only": true}),
		fixture.without(fixture.mount("app", "/unknown", {}), ["host_path"]),
	]})])
}

# A secret or a config is one file, and meant.
test_secrets_and_configs if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "secrets.key",
			"key": "file",
			"message": `the secret "key" is "/etc/shadow", the password hashes of the host: give it a file of its own`,
			"severity": "warning",
		},
		{
			"at": "configs.ssh",
			"key": "file",
			"message": `the config "ssh" is "~/.ssh", a user's SSH keys: give it a file of its own`,
			"severity": "warning",
		},
	} with input as fixture.project_with([], {
		"secrets": [_file("secrets", "key", "/etc/shadow"), _file("secrets", "own", "/etc/app/token"), _file("secrets", "near", "./token"), _file("secrets", "deploy", "~/.ssh/deploy_key")],
		"configs": [_config("ssh", "~/.ssh"), _config("accounts", "/etc/passwd")],
	})
}

# Nothing of the kernel is a file that somebody made for a container.
test_files_of_the_kernel if {
	{finding.at: finding.severity | some finding in rule.findings} == {"secrets.environment": "warning", "secrets.log": "warning", "secrets.device": "warning"} with input as fixture.project_with([], {"secrets": [
		_file("secrets", "environment", "/proc/self/environ"), _file("secrets", "log", "/dev/kmsg"), _file("secrets", "device", "/sys/class/dmi/id/product_uuid"),
		_file("secrets", "none", "/dev/null"), _file("secrets", "mine", "./proc/x"),
	]})
}

test_env_files if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.app.env_file[/proc/self/environ]",
			"message": `the env_file of service "app" is "/proc/self/environ", the host's processes and kernel settings: give it a file of its own`,
			"severity": "warning",
		},
		{
			"at": "services.app.label_file[/etc/shadow]",
			"message": `the label_file of service "app" is "/etc/shadow", the password hashes of the host: give it a file of its own`,
			"severity": "warning",
		},
	} with input as fixture.project([fixture.service("app", {
		"env_files": [_reference("env_file", path) | some path in ["/proc/self/environ", "/etc/environment", "/etc/app/app.env", "~/.config/app.env"]],
		"label_files": [_reference("label_file", "/etc/shadow")],
	})])
}

_reference(key, path) := {"at": $"services.app.{key}[{path}]", "path": path}

test_watched if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.watch[/etc]",
		"key": "path",
		"message": `service "app" gets a copy of "/etc", the host's configuration and password hashes, while it is watched: watch the sources alone`,
		"severity": "warning",
	}} with input as _watching("/etc", "sync+restart")
	rule.findings == set() with input as _watching("/etc", "rebuild")
	rule.findings == set() with input as _watching("/etc/app", "sync")
	rule.findings == set() with input as _watching("src", "sync")
}

_watching(path, action) := fixture.project([fixture.service("app", {"watch": [{
	"at": $"services.app.watch[{path}]",
	"path": path,
	"action": action,
	"target": "/app",
	"ignore": [],
}]})])

_config(name, path) := object.union(fixture.config(name, ""), {"file": path})

_file(section, name, path) := {"at": $"{section}.{name}", "name": name, "file": path, "environment": "", "external": false}

_messages := {finding.message | some finding in rule.findings}

_severities := {finding.severity | some finding in rule.findings}

_app(path, fields) := fixture.project([fixture.service("app", {"mounts": [fixture.mount("app", path, fields)]})])

# What the configuration calls harmless, with all below it and nothing beside it.
test_harmless if {
	{finding.at | some finding in rule.findings} == {"services.app.volumes[/etc-b]"} with input as _with_harmless
}

_with_harmless := object.union(
	fixture.project([fixture.service("app", {"mounts": [
		object.union(fixture.mount("app", "/etc/a", {}), {"at": "services.app.volumes[/a]"}),
		object.union(fixture.mount("app", "/etc/a/c", {}), {"at": "services.app.volumes[/c]"}),
		object.union(fixture.mount("app", "/etc/ab", {}), {"at": "services.app.volumes[/etc-b]"}),
	]})]),
	{"config": {"harmless_mounts": ["/etc/a"]}},
)

test_needed if {
	{[finding.severity, finding.message] | some finding in rule.findings} == {["note", `service "app" can read "/var/log", the host's logs, which Promtail needs to collect the logs: whoever takes it over can read that, so let as few as possible reach it`]} with input as _promtail("/var/log", true)
	{finding.severity | some finding in rule.findings} == {"warning"} with input as _promtail("/etc", true)
	{finding.message | some finding in rule.findings} == {`service "app" can write to "/var/log", the host's logs: mount it read-only, with ":ro"`} with input as _promtail("/var/log", false)
}

_promtail(path, read_only) := fixture.project([fixture.service("app", {
	"image": fixture.image("app", "grafana/promtail", "3.5"),
	"mounts": [fixture.mount("app", path, {"read_only": read_only})],
})])

package composelint.rules["writable-root-filesystem_test"]

import data.composelint.fixture
import data.composelint.rules["writable-root-filesystem"] as rule

test_writable if {
	rule.findings == {{
		"at": "services.app",
		"key": "read_only",
		"message": `service "app" can write to its root file system: set "read_only" to "true", and "tmpfs" for what it writes`,
	}} with input as fixture.project([fixture.service("app", {"read_only": false})])
}

test_written_by_compose if {
	rule.findings == {{
		"at": "services.app",
		"key": "read_only",
		"message": `service "app" can write to its root file system: set "read_only" to "true", and "tmpfs" for what it writes, and a "file" for the secret at "/run/secrets/token"`,
	}} with input as fixture.project([fixture.service("app", {"read_only": false, "mounts": [
		fixture.mount("app", "/run/secrets/token", {"type": "secret", "host_path": "", "source": ""}),
		fixture.mount("app", "/run/secrets/key", {"type": "secret", "host_path": "key.pem", "source": "./key.pem"}),
	]})])
}

test_written_by_a_swarm if {
	rule.findings == {{
		"at": "services.app",
		"key": "read_only",
		"message": `service "app" can write to its root file system: set "read_only" to "true", and "tmpfs" for what it writes`,
	}} with input as fixture.swarm(fixture.project([fixture.service("app", {
		"read_only": false,
		"mounts": [fixture.mount("app", "/token", {"type": "config", "host_path": "", "source": ""})],
	})]))
}

test_others if {
	rule.findings == set() with input as fixture.project([
		fixture.service("app", {}),
		fixture.service("fragment", {"read_only": false, "complete": false}),
		fixture.without(fixture.service("unknown", {}), ["read_only"]),
		fixture.hook("app", "post_start", {}),
	])
}

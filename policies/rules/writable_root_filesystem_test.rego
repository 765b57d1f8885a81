package composelint.rules["writable-root-filesystem_test"]

import data.composelint.fixture
import data.composelint.rules["writable-root-filesystem"] as rule

test_writable if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "read_only",
		"message": `service "app" can write to its root file system: set "read_only" to "true", and "tmpfs" for what it writes`,
	}} with input as fixture.project([fixture.service("app", {"read_only": false})])
}

test_written_by_compose if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "read_only",
		"message": `service "app" can write to its root file system: set "read_only" to "true", and "tmpfs" for what it writes, and a "file" for the secret at "/run/secrets/token"`,
	}} with input as fixture.project([fixture.service("app", {"read_only": false, "mounts": [
		fixture.mount("app", "/run/secrets/token", {"type": "secret", "host_path": "", "source": ""}),
		fixture.mount("app", "/run/secrets/key", {"type": "secret", "host_path": "key.pem", "source": "./key.pem"}),
	]})])
}

test_written_by_a_swarm if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "read_only",
		"message": `service "app" can write to its root file system: set "read_only" to "true", and "tmpfs" for what it writes`,
	}} with input as fixture.swarm(fixture.project([fixture.service("app", {
		"read_only": false,
		"mounts": [fixture.mount("app", "/token", {"type": "config", "host_path": "", "source": ""})],
	})]))
}

test_known_image if {
	fixture.without_fixes(rule.findings) == {_known(`, and "tmpfs" to "/var/run/postgresql" and "/tmp"`)} with input as _image("postgres", {})
	fixture.without_fixes(rule.findings) == {_known(`, and "tmpfs" to "/tmp"`)} with input as _image("postgres", {"mounts": [fixture.named_volume("app", "run", "/run/postgresql")]})
	fixture.without_fixes(rule.findings) == {_known("")} with input as _image("traefik", {"mounts": [fixture.named_volume("app", "tmp", "/tmp")]})
	fixture.without_fixes(rule.findings) == {_known(`, and mount a volume at "/conf"`)} with input as _image("zookeeper", {})
	fixture.without_fixes(rule.findings) == {_known(`, and "tmpfs" to "/run:exec" and "/tmp:exec"`)} with input as _image("linuxserver/sonarr", {})
	rule.findings == set() with input as _image("linuxserver/heimdall", {})
}

_image(name, fields) := fixture.project([fixture.service("app", object.union({"read_only": false, "image": fixture.image("app", name, "17")}, fields))])

_known(needs) := {
	"at": "services.app",
	"key": "read_only",
	"message": $`service "app" can write to its root file system: set "read_only" to "true"{needs}`,
}

test_others if {
	rule.findings == set() with input as fixture.project([
		fixture.service("app", {}),
		fixture.service("fragment", {"read_only": false, "complete": false}),
		fixture.without(fixture.service("unknown", {}), ["read_only"]),
		fixture.hook("app", "post_start", {}),
	])
}

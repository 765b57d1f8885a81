package composelint.rules["host-root-mount_test"]

import data.composelint.fixture
import data.composelint.rules["host-root-mount"] as rule

test_writable if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.volumes[/]",
		"message": `service "app" mounts the host's root directory writable, which is root on the host: mount the one directory it needs`,
	}} with input as _app([fixture.mount("app", "/", {})])
}

test_read_only if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.volumes[/]",
		"message": `service "app" mounts the host's root directory read-only, with every secret and the API socket in it: mount the one directory it needs`,
	}} with input as _app([fixture.mount("app", "/", {"read_only": true, "target": "/rootfs"})])
}

test_needed if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.volumes[/]",
		"message": `service "app" mounts the host's root directory read-only, which node-exporter needs to measure the host: whoever takes it over can read every secret of the host, and as root use the API socket in it, so let as few as possible reach it`,
		"severity": "note",
	}} with input as _of("prom/node-exporter", true)
	{finding.message | some finding in rule.findings} == {`service "app" mounts the host's root directory writable, which is root on the host: mount it read-only, with ":ro"`} with input as _of("prom/node-exporter", false)
	{finding.message | some finding in rule.findings} == {`service "app" mounts the host's root directory read-only, with every secret and the API socket in it: mount the one directory it needs`} with input as _of("grafana/promtail", true)
}

_of(image, read_only) := fixture.project([fixture.service("app", {
	"image": fixture.image("app", image, "v1.9.1"),
	"mounts": [fixture.mount("app", "/", {"read_only": read_only})],
})])

test_unknown_mode if {
	{finding.message | some finding in rule.findings} == {`service "app" mounts the host's root directory: mount the one directory it needs`} with input as _app([fixture.without(fixture.mount("app", "/", {}), ["read_only"])])
}

test_volume_and_volumes_from if {
	{finding.at | some finding in rule.findings} == {"a", "b", "c"} with input as _app([
		fixture.mount("app", "/", {"at": "a", "type": "volume", "volume": "root"}),
		fixture.mount("app", "/", {"at": "b", "from": "base"}),
		fixture.mount("app", "/", {"at": "c", "type": "secret", "read_only": true}),
	])
}

test_near_misses if {
	rule.findings == set() with input as _app([
		fixture.mount("app", ".", {"target": "/"}),
		fixture.mount("app", "/srv", {"target": "/"}),
		fixture.named_volume("app", "data", "/"),
		fixture.without(fixture.mount("app", "/unknown", {}), ["host_path"]),
	])
}

_app(mounts) := fixture.project([fixture.service("app", {"mounts": mounts})])

test_watched if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.watch[/]",
		"key": "path",
		"message": `service "app" gets a copy of the host's root directory while it is watched: watch the sources alone`,
	}} with input as _watching("sync")
	rule.findings == set() with input as _watching("rebuild")
}

_watching(action) := fixture.project([fixture.service("app", {"watch": [{
	"at": "services.app.watch[/]",
	"path": "/",
	"action": action,
	"target": "/app",
	"ignore": [],
}]})])

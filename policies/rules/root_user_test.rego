package composelint.rules["root-user_test"]

import data.composelint.fixture
import data.composelint.rules["root-user"] as rule

test_root_for_a_reason if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "user",
		"message": `service "app" runs as root: set "user" to one that owns only what it needs`,
		"severity": "note",
	}} with input as _app({"user": "0", "use_api_socket": true})
}

test_root_for_no_reason if {
	rule.findings == set() with input as _app({"user": "0"})
	rule.findings == set() with input as fixture.project([fixture.job("app", {"user": "0"})])
}

test_hook if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.post_start[0]",
		"key": "user",
		"message": `post_start hook 1 of service "app" runs as root: set "user" to one that owns only what it needs`,
		"severity": "note",
	}} with input as fixture.project([
		fixture.service("app", {}),
		fixture.hook("app", "post_start", {"user": "0"}),
		fixture.hook("app", "pre_stop", {}),
	])
}

test_no_user if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"message": `service "app" runs as root unless its image names another user: set "user"`,
		"severity": "note",
	}} with input as _app({"user": "", "group": "0"})
}

test_image_of_an_ordinary_user if {
	rule.findings == set() with input as _app({"user": "", "image": fixture.image("app", "prom/prometheus", "v3.5.0")})
	rule.findings == set() with input as _app({"user": "", "image": fixture.image("app", "mirror/quay/keycloak/keycloak", "26.3")})
	rule.findings == set() with input as _app({"user": "", "image": fixture.image("app", "distroless/static", "nonroot")})
}

test_known_image if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"message": `service "app" starts as root, which its image does not need: set "user" to "999:999", once its data belong to that`,
		"severity": "note",
	}} with input as _app({"user": "", "image": fixture.image("app", "redis", "7")})
	{finding.message | some finding in rule.findings} == {`service "app" runs as root: set "user" to "999:999", once its data belong to that`} with input as _app({
		"user": "0",
		"image": fixture.image("app", "redis", "7"),
		"mounts": [fixture.mount("app", "/var/log", {})],
	})
}

test_image_that_has_to_be_root if {
	rule.findings == set() with input as _app({"user": "", "image": fixture.image("app", "pihole/pihole", "2026.07")})
	rule.findings == set() with input as _app({"user": "0", "image": fixture.image("app", "linuxserver/heimdall", "2.6"), "mounts": [fixture.mount("app", "/var/log", {})]})
}

test_unknown_tag if {
	rule.findings == set() with input as _app({"user": "", "image": fixture.without(fixture.image("app", "prom/prometheus", ""), ["tag"])})
}

test_others if {
	rule.findings == set() with input as _app({})
	rule.findings == set() with input as _app({"user": "rooted"})
	rule.findings == set() with input as _app({"user": "", "complete": false})
	rule.findings == set() with input as fixture.project([fixture.without(fixture.service("app", {}), ["user"])])
}

_app(fields) := fixture.project([fixture.service("app", fields)])

test_remapped if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "user",
		"message": `service "app" runs as root of the container, which is another user on the host by "userns-remap": set "user" to one that owns only what it needs`,
		"severity": "note",
		"related": [{"at": "daemon", "key": "userns-remap", "label": "the engine's configuration says so"}],
	}} with input as object.union(fixture.daemon({}), fixture.project([fixture.service("app", {"user": "0"})]))
}

package composelint.rules["user-is-root_test"]

import data.composelint.fixture
import data.composelint.rules["user-is-root"] as rule

test_root if {
	fixture.without_fixes(rule.findings) == {_finding} with input as _app({"user": "0", "group": "1000"})
	fixture.without_fixes(rule.findings) == {_finding} with input as _app({"user": "0", "complete": false})
	{finding.message | some finding in rule.findings} == {`service "app" is told to run as root: set "user" to "nobody", as its image does`} with input as _app({
		"user": "0",
		"image": fixture.image("app", "prom/prometheus", "v3.5.0"),
	})
	rule.findings == set() with input as _app({"user": "0", "image": fixture.image("app", "linuxserver/heimdall", "2.6")})
}

test_job if {
	fixture.without_fixes(rule.findings) == {{
		"at": "jobs.app",
		"key": "user",
		"message": `job "app" is told to run as root: set "user" to one that owns only what it needs`,
	}} with input as fixture.project([fixture.job("app", {"user": "0"})])
}

test_remapped if {
	rule.findings == set() with input as object.union(fixture.daemon({}), _app({"user": "0"}))
	fixture.without_fixes(rule.findings) == {_finding} with input as object.union(fixture.daemon({"userns_remap": ""}), _app({"user": "0"}))
	fixture.without_fixes(rule.findings) == {_finding} with input as object.union(fixture.daemon({}), _app({"user": "0", "namespaces": [fixture.namespace("app", "userns", {})]}))
}

test_reasons if {
	rule.findings == set() with input as _app({"user": "0", "privileged": true})
	rule.findings == set() with input as _app({"user": "0", "use_api_socket": true})
	rule.findings == set() with input as _app({"user": "0", "command": _words(["chown", "-R", "1000", "/data"])})
	rule.findings == set() with input as _app({"user": "0", "entrypoint": _words(["sh", "-c", "mkdir -p /data && chown 1000 /data"])})
	rule.findings == set() with input as _app({"user": "0", "mounts": [fixture.mount("app", "/var/log", {})]})
	rule.findings == set() with input as _app({"user": "0", "mounts": [fixture.mount("app", "/var/lib/docker/containers", {})]})
	rule.findings == set() with input as _app({"user": "0", "mounts": [fixture.mount("app", "/", {})]})
	fixture.without_fixes(rule.findings) == {_finding} with input as _app({"user": "0", "mounts": [fixture.mount("app", "/var/logs", {})]})
	fixture.without_fixes(rule.findings) == {_finding} with input as _app({"user": "0", "command": _words(["chowner"])})
}

test_others if {
	rule.findings == set() with input as _app({})
	rule.findings == set() with input as _app({"user": ""})
	rule.findings == set() with input as fixture.project([fixture.without(fixture.service("app", {}), ["user"])])
	rule.findings == set() with input as fixture.project([fixture.service("app", {}), fixture.hook("app", "post_start", {"user": "0"})])
}

_finding := {
	"at": "services.app",
	"key": "user",
	"message": `service "app" is told to run as root: set "user" to one that owns only what it needs`,
}

_app(fields) := fixture.project([fixture.service("app", fields)])

_words(words) := [{"at": $"services.app.command[{i}]", "value": word, "literal": word} | some i, word in words]

package composelint.rules["setting-without-effect_test"]

import data.composelint.fixture
import data.composelint.rules["default-credential"] as known_password
import data.composelint.rules["setting-without-effect"] as rule

test_images if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.environment[REDIS_PASSWORD]",
		"message": `"REDIS_PASSWORD" of service "app" has no effect, since the image does not read it and asks nobody for a password: start it with "--requirepass"`,
		"severity": "warning",
	}} with input as _app("redis", "8", {"environment": fixture.passed_through("app", ["REDIS_PASSWORD"])})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.environment[N8N_BASIC_AUTH_ACTIVE]",
		"message": `"N8N_BASIC_AUTH_ACTIVE" of service "app" has no effect since version 1.0, in which whoever comes first becomes the owner: remove it, and make the owner's account before the port is open`,
		"severity": "warning",
		"related": [{"at": "services.app.environment[N8N_BASIC_AUTH_USER]", "label": `"N8N_BASIC_AUTH_USER", too`}],
	}} with input as _app("n8nio/n8n", "1.107.0", {"environment": fixture.environment("app", {"N8N_BASIC_AUTH_ACTIVE": "true", "N8N_BASIC_AUTH_USER": "x"})})
}

test_refused if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.environment[NEO4J_AUTH]",
		"message": `"NEO4J_AUTH" of service "app" keeps the container from starting, since its image refuses the password of old: choose another one, of eight characters at least`,
	}} with input as _app("neo4j", "5", {"environment": fixture.environment("app", {"NEO4J_AUTH": "neo4j/neo4j"})})
	known_password.findings == set() with input as _app("neo4j", "5", {"environment": fixture.environment("app", {"NEO4J_AUTH": "neo4j/neo4j"})})
}

test_used_or_meant_otherwise if {
	rule.findings == set() with input as _app("bitnami/redis", "8", _password)
	rule.findings == set() with input as _app("redis", "8", object.union(_password, {"built": true}))
	rule.findings == set() with input as _app("redis", "8", object.union(_password, {"entrypoint": _words(["/start.sh"])}))
	rule.findings == set() with input as _app("redis", "8", object.union(_password, {"command": _words(["redis-server", "--requirepass", "x"])}))
	rule.findings == set() with input as _app("redis", "8", object.union(_password, {"command": [{"at": "services.app.command[0]", "literal": ""}]}))
	rule.findings == set() with input as _app("redis", "8", object.union(_password, {"command": _words(["sh", "-c", "exec server $REDIS_PASSWORD"])}))
	rule.findings == set() with input as _app("redis", "8", {"environment": fixture.environment("app", {"REDIS_PASSWORD": ""})})
	rule.findings == set() with input as _app("n8nio/n8n", "0.236.0", {"environment": fixture.environment("app", {"N8N_BASIC_AUTH_ACTIVE": "true"})})
	rule.findings == set() with input as _app("neo4j", "5", {"environment": fixture.environment("app", {"NEO4J_AUTH": "neo4j/x"})})
}

test_user_namespace if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.userns",
		"message": `"keep-id" gives service "app" no user namespace of its own, since Docker knows "host" alone there: remove it, and set "user", or "userns-remap" for the whole engine`,
		"severity": "warning",
	}} with input as _app("example/app", "1", {"namespaces": [fixture.namespace("app", "userns", {"mode": "keep-id", "host": false})]})
	rule.findings == set() with input as _app("example/app", "1", {"namespaces": [fixture.namespace("app", "userns", {})]})
}

test_restart if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "restart",
		"message": `restart "always" of service "app" has no effect, since deploy.restart_policy makes it "on-failure": remove one of them`,
		"severity": "warning",
	}} with input as _restarted("always", "on-failure")
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "restart",
		"message": `restart "unless-stopped" of service "app" has no effect, since deploy.restart_policy makes it "no": add "condition: any" there, or remove it`,
		"severity": "warning",
	}} with input as _restarted("unless-stopped", "no")
	rule.findings == set() with input as _restarted("", "no")
	rule.findings == set() with input as _restarted("always", "always")
	rule.findings == set() with input as _restarted("unless-stopped", "always")
	rule.findings == set() with input as fixture.swarm(_restarted("always", "no"))
}

test_owners_of_files if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.environment[PUID]",
		"message": `"PUID" of service "app" has no effect beside "user": remove one of them`,
		"severity": "warning",
	}} with input as _app("linuxserver/sonarr", "4", _owned("1001"))
	rule.findings == set() with input as _app("linuxserver/sonarr", "4", _owned("1000"))
	rule.findings == set() with input as _app("linuxserver/sonarr", "4", object.union(_owned("1001"), {"user": "0"}))
	rule.findings == set() with input as _app("linuxserver/sonarr", "4", object.union(_owned("1001"), {"user": ""}))
	rule.findings == set() with input as _app("linuxserver/sonarr", "4", object.union(_owned("1001"), {"built": true}))
	rule.findings == set() with input as _app("example/app", "4", _owned("1001"))
}

test_hidden_mount if {
	fixture.without_fixes(rule.findings) == {{
		"at": "slips[./first]",
		"message": `"./first" is not mounted at "/data", since a later volume of the same list is: remove one of them`,
		"severity": "warning",
	}} with input as fixture.project_with([], {"slips": [{"at": "slips[./first]", "kind": "mount", "text": "./first", "means": "/data"}]})
	fixture.without_fixes(rule.findings) == {{
		"at": "slips[]",
		"message": `a volume without a name is not mounted at "/data", since a later volume of the same list is: remove one of them`,
		"severity": "warning",
	}} with input as fixture.project_with([], {"slips": [{"at": "slips[]", "kind": "mount", "text": "", "means": "/data"}]})
	rule.findings == set() with input as fixture.project_with([], {"slips": [{"at": "slips[x]", "kind": "date", "text": "x", "means": "2026-01-01"}]})
}

_app(repository, tag, fields) := fixture.project([fixture.service("app", object.union({"image": fixture.image("app", repository, tag)}, fields))])

_password := {"environment": fixture.environment("app", {"REDIS_PASSWORD": "x"})}

_owned(id) := {"environment": fixture.environment("app", {"PGID": id, "PUID": id})}

_restarted(replaced, policy) := _app("example/app", "1", {"restart": {"at": "services.app.deploy.restart_policy", "policy": policy, "max_attempts": 0, "replaced": replaced}})

_words(values) := [word |
	some i, value in values
	word := {"at": $"services.app.command[{i}]", "value": value, "literal": value}
]

test_fixes if {
	_fixes == {{"title": `write "__FILE" at its end`, "risk": "what the file says counts", "edits": [{"op": "rename", "at": "services.app.environment[GF_SECURITY_ADMIN_PASSWORD_FILE]", "value": "GF_SECURITY_ADMIN_PASSWORD__FILE"}]}} with input as _app("grafana/grafana", "12.1.0", {"environment": fixture.environment("app", {"GF_SECURITY_ADMIN_PASSWORD_FILE": "/run/secrets/pw"})})
	_fixes == {{"title": "remove it", "edits": [{"op": "remove", "at": "services.app.environment[N8N_BASIC_AUTH_USER]"}]}} with input as _app("n8nio/n8n", "1.107.0", {"environment": fixture.environment("app", {"N8N_BASIC_AUTH_USER": "x"})})
	_fixes == {{"title": `remove "restart"`, "edits": [{"op": "remove", "at": "services.app", "key": "restart"}]}} with input as _restarted("always", "on-failure")
	_fixes == {{"title": `add "condition: any" to "restart_policy"`, "risk": "it is started again and again", "edits": [{"op": "set", "at": "services.app", "path": ["deploy", "restart_policy", "condition"], "value": "any"}]}} with input as _restarted("unless-stopped", "no")
	_fixes == set() with input as _app("redis", "8", _password)
}

_fixes := {fix | some finding in rule.findings; some fix in finding.fixes}

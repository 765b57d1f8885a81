package composelint.rules["unresolved-variable_test"]

import data.composelint.fixture
import data.composelint.rules["unresolved-variable"] as rule

_unknown(entries) := _unknown_of(fixture.project([]), entries)

_unknown_of(document, entries) := object.union(document, {"unknown": [
fixture.unknown(entry[0], entry[1], entry[2], {}) |
	some entry in entries
]})

test_one_finding_a_variable if {
	rule.findings == {
		{
			"at": "services.app",
			"key": "privileged",
			"message": `variable "P" is not set: the 2 values that need it were not judged; set it in ".env" or give it a default`,
			"about": `variable["P"]`,
		},
		{
			"at": "services.db.image",
			"key": "",
			"message": `variable "TAG" is not set: the value that needs it was not judged; set it in ".env" or give it a default`,
			"about": `variable["TAG"]`,
		},
	} with input as _unknown([["services.app", "privileged", "P"], ["services.db", "user", "P"], ["services.db.image", "", "TAG"]])
}

test_part_of_a_hash if {
	rule.findings == {{
		"at": "services.app.labels[users]",
		"key": "",
		"message": `a part of a password, or of its hash, is taken for a variable, so that it is cut: write each "$" as "$$"`,
		"about": `variable["*"]`,
	}} with input as _unknown_of(_labelled, [["services.app.labels[users]", "", "*"]])
}

_labelled := fixture.project([fixture.service("app", {"labels": [fixture.without(label, ["value"]) | some label in fixture.settings("services.app", "labels", {"users": ""})]})])

test_set_by_the_platform if {
	rule.findings == set() with input as _unknown([["services.app", "user", "SERVICE_USER_APP"]])
}

test_set_where_it_runs if {
	rule.findings == {
		{
			"at": "services.app",
			"key": "container_name",
			"message": `the name of the project is known only where it runs: the value that needs it was not judged; state "name" in the file`,
			"about": `variable["COMPOSE_PROJECT_NAME"]`,
		},
		{
			"at": "services.app",
			"key": "user",
			"message": `variable "USER" is known only where the project runs: the value that needs it was not judged; to have it judged, state it under "variables" in ".composelint.yaml"`,
			"about": `variable["USER"]`,
		},
	} with input as object.union(fixture.project([]), {"unknown": [
		fixture.unknown("services.app", "container_name", "COMPOSE_PROJECT_NAME", {"set_by": "compose"}),
		fixture.unknown("services.app", "hostname", "STAGE", {"set_by": "target"}),
		fixture.unknown("services.app", "user", "USER", {"set_by": "process"}),
	]})
}

# A shell has it, and does not give it to others.
test_only_of_shells if {
	rule.findings == {{
		"at": "services.app",
		"key": "user",
		"message": `variable "UID" is not set: the value that needs it was not judged; give it a default`,
		"about": `variable["UID"]`,
	}} with input as _unknown([["services.app", "user", "UID"]])
}

# That is left to required-variable-unset, wherever the variable is used.
test_required if {
	rule.findings == set() with input as object.union(fixture.project([]), {"unknown": [
		fixture.unknown("services.app", "user", "NAME", {"required": true, "reason": "set it"}),
		fixture.unknown("services.app", "hostname", "NAME", {}),
	]})
}

test_nothing_unknown if {
	rule.findings == set() with input as _unknown([])
}

# What a container is only handed: nothing that a rule would judge.
test_handed if {
	rule.findings == set() with input as _unknown_of(
		fixture.project_with(
			[fixture.service("app", {
				"environment": fixture.settings("services.app", "environment", {"PASSWORD": "$V"}),
				"built": true,
				"build": fixture.build("app", {"args": fixture.settings("services.app.build", "args", {"RELEASE": "$V"})}),
			})],
			{"configs": [fixture.config("app", "stage = $V")]},
		),
		[
			["services.app.environment[PASSWORD]", "", "V"],
			["services.app.build.args[RELEASE]", "", "V"],
			["services.app.healthcheck.test[1]", "", "V"],
			["configs.app", "content", "V"],
		],
	)
}

test_handed_where_it_is_judged if {
	rule.findings == {
		{
			"at": "services.app.environment[DOCKER_HOST]",
			"key": "",
			"message": `variable "PROXY" is not set: the value that needs it was not judged; set it in ".env" or give it a default`,
			"about": `variable["PROXY"]`,
		},
		{
			"at": "services.proxy.environment[EXEC]",
			"key": "",
			"message": `variable "EXEC" is not set: the value that needs it was not judged; set it in ".env" or give it a default`,
			"about": `variable["EXEC"]`,
		},
	} with input as _unknown_of(
		fixture.project([
			fixture.service("app", {"environment": fixture.settings("services.app", "environment", {"DOCKER_HOST": "$PROXY", "TZ": "$TZ"})}),
			fixture.proxy("proxy", {"environment": fixture.settings("services.proxy", "environment", {"EXEC": "$EXEC"})}),
		]),
		[
			["services.app.environment[DOCKER_HOST]", "", "PROXY"],
			["services.app.environment[TZ]", "", "TZ"],
			["services.proxy.environment[EXEC]", "", "EXEC"],
		],
	)
}

# What is passed on to a proxy and decides what it lets through, and what does not.
test_passed_on_to_a_proxy if {
	_found == {"POST"} with input as _passed_on(["POST", "DISABLE_IPV6", "DELETE"], "tecnativa/docker-socket-proxy", "v0.4.1", {})
	_found == {"ALLOW_RESTARTS"} with input as _passed_on(["ALLOW_START", "ALLOW_RESTARTS"], "tecnativa/docker-socket-proxy", "v0.1.1", {})
	_found == {"PROFILE"} with input as _passed_on(["PROFILE", "LOG_REQUESTS"], "knrdl/docker-socket-protector", "1", {})
	_found == {"SP_ALLOW_GET"} with input as _passed_on(["SP_ALLOW_GET", "SP_LOGLEVEL"], "wollomatic/socket-proxy", "1", {})
	_found == {"CETUSGUARD_RULES"} with input as _passed_on(["CETUSGUARD_RULES", "CETUSGUARD_LOG_LEVEL"], "hectorm/cetusguard", "1", {})
	_found == set() with input as _passed_on(["POST"], "example/app", "1", {})
	_found == set() with input as _passed_on(["POST"], "tecnativa/docker-socket-proxy", "v0.4.1", {"mounts": [fixture.mount("proxy", "/usr/local/etc/haproxy/haproxy.cfg", {})]})
}

# A value that depends on another variable is no variable that is passed on.
test_stated if {
	rule.findings == {{
		"at": "services.proxy.environment[POST]",
		"key": "",
		"message": `variable "WRITE" is not set: the value that needs it was not judged; set it in ".env" or give it a default`,
		"about": `variable["WRITE"]`,
	}} with input as object.union(
		fixture.project([fixture.proxy("proxy", {"environment": fixture.passed_through("proxy", ["POST"])})]),
		{"unknown": [fixture.unknown("services.proxy.environment[POST]", "", "WRITE", {})]},
	)
}

_found := {trim_suffix(trim_prefix(finding.at, "services.proxy.environment["), "]") | some finding in rule.findings}

_passed_on(names, repository, tag, fields) := object.union(
	fixture.project([fixture.service("proxy", object.union(
		{"image": fixture.image("proxy", repository, tag), "environment": fixture.passed_through("proxy", names)},
		fields,
	))]),
	{"unknown": []},
)

test_set_nowhere if {
	rule.findings == {{
		"at": "services.app",
		"key": "user",
		"message": `variable "U" is not set: docker compose puts nothing in its place; set it in "ci.env" or give it a default`,
		"about": `variable["U"]`,
	}} with input as object.union(_unknown([["services.app", "user", "U"]]), {"config": {"env_file": "ci.env", "environment_known": true}})
}

# What is told of a mount whose source is not known, the mount's finding tells.
test_told_of_a_mount if {
	{finding.at | some finding in rule.findings} == {"mount"} with input as _holder
	rule.findings == set() with input as object.union(_holder, {"config": {"enabled": ["docker-socket-mount"]}})
}

_holder := _unknown_of(fixture.project([fixture.service("app", {"mounts": [_mount]})]), [["mount", "source", "SOCK"]])

_mount := fixture.without(
	fixture.mount("app", "/var/run/docker.sock", {"at": "mount", "partial": {"written": "${SOCK}", "ends": "", "least": ""}}),
	["host_path"],
)

package composelint.rules["secret-in-environment_test"]

import data.composelint.fixture
import data.composelint.rules["secret-in-environment"] as rule

test_secrets if {
	fixture.without_fixes(rule.findings) == {
		{"at": "services.app.environment[DB_PASSWORD]", "message": `"DB_PASSWORD" of service "app" holds a password: keep it out of the repository, as a secret or "${NAME:?}"`},
		{"at": "services.app.environment[GITHUB]", "message": `"GITHUB" of service "app" holds a GitHub token: keep it out of the repository, as a secret or "${NAME:?}"`},
		{"at": "services.app.environment[HASH]", "message": `"HASH" of service "app" holds the hash of a password: keep it out of the repository, as a secret or "${NAME:?}"`, "severity": "note"},
	} with input as _app(fixture.environment("app", {
		"DB_PASSWORD": "s3-cr4t",
		"GITHUB": "ghp_0123456789abcdefghijABCDEFGHIJ012345",
		"HASH": "admin:$apr1$abcdefgh$0123456789abcdefghijkl",
		"LEVEL": "info",
		"OTHER_PASSWORD": "changeme",
		"URL": "redis://:s3-cr4t@redis",
	}))
}

test_in_env_file if {
	rule.findings == set() with input as _app([object.union(variable, {"from_file": true}) | some variable in fixture.environment("app", {"DB_PASSWORD": "s3-cr4t"})])
}

test_unknown if {
	rule.findings == set() with input as _app(fixture.passed_through("app", ["DB_PASSWORD"]))
}

_app(environment) := fixture.project([fixture.service("app", {"environment": environment})])

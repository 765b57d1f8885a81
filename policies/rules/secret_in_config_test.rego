package composelint.rules["secret-in-config_test"]

import data.composelint.fixture
import data.composelint.rules["secret-in-config"] as rule

test_named_and_known if {
	fixture.without_fixes(rule.findings) == {
		{"at": "configs.app.credentials[password]", "message": _message(`"password" in config "app"`, "a password")},
		{"at": "configs.keys", "message": _message(`config "keys"`, "a private key")},
	} with input as fixture.project_with([], {"configs": [
		object.union(
			fixture.config("app", "password = s3-cr4t"),
			{"credentials": fixture.settings("configs.app", "credentials", {"password": "s3-cr4t"})},
		),
		object.union(
			fixture.config("both", $"token = {_token}"),
			{"credentials": fixture.settings("configs.both", "credentials", {"token": "$TOKEN", "password": "changeme"})},
		),
		fixture.config("keys", "-----BEGIN RSA PRIVATE KEY-----"),
		fixture.config("plain", "level = info"),
	]})
}

_token := "ghp_0123456789abcdefghijABCDEFGHIJ012345"

_message(called, what) := $`{called} holds {what}: keep it out of the repository, as a secret or {_variable}`

_variable := `"${NAME:?}"`

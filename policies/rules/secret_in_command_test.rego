package composelint.rules["secret-in-command_test"]

import data.composelint.fixture
import data.composelint.rules["secret-in-command"] as rule

test_named_and_known if {
	rule.findings == {
		{"at": "services.app.credentials[password]", "message": _message(`"password" in a command of service "app"`, "a password")},
		{"at": "services.app.credentials[token]", "message": _message(`"token" in a command of service "app"`, "a GitHub token")},
		{"at": "services.app.command[2]", "message": _message(`a command of service "app"`, "a GitHub token")},
		{"at": "services.app.command[3]", "message": _message(`a command of service "app"`, "the hash of a password"), "severity": "note"},
	} with input as fixture.project([fixture.service("app", {
		"command": [
			_word(0, "--password=s3-cr4t"),
			_word(1, $"--token={_token}"),
			_word(2, "ghp_9876543210abcdefghijABCDEFGHIJ543210"),
			_word(3, "$apr1$abcdefgh$0123456789abcdefghijkl"),
		],
		"credentials": fixture.settings("services.app", "credentials", {"password": "s3-cr4t", "token": _token}),
	})])
}

test_none if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {
		"command": [_word(0, "--password=changeme")],
		"credentials": fixture.settings("services.app", "credentials", {"password": "changeme", "secret": "/run/secrets/x"}),
	})])
}

_token := "ghp_0123456789abcdefghijABCDEFGHIJ012345"

_word(i, text) := {"at": $"services.app.command[{i}]", "value": text, "literal": text}

_message(called, what) := $`{called} holds {what}, which every list of processes shows: let the program read it from a secret that is not in the repository`

package composelint.rules["missing-file_test"]

import data.composelint.fixture
import data.composelint.rules["missing-file"] as rule

test_one_finding_a_file if {
	rule.findings == {
		{
			"at": "services.app.env_file[0]",
			"message": `the env file "app.env" is not here: docker compose needs it, and what it sets was not judged`,
			"related": [{"at": "services.web.env_file[0]", "label": `"app.env" is named here`}],
		},
		{
			"at": "services.app.env_file[1]",
			"message": `the env file "/etc/app.env" is not here, but outside of the repository: docker compose needs it, and what it sets was not judged`,
			"related": [],
		},
		{
			"at": "secrets.key.file",
			"message": `the file of the secret "key.pem" is not here: docker compose does not start what uses it without it`,
			"related": [],
		},
		{
			"at": "configs.web.file",
			"message": `the file of the config "web.conf" is not here: docker compose does not start what uses it without it`,
			"related": [],
		},
	} with input as object.union(fixture.project([]), {"missing": [
		{"at": "services.web.env_file[0]", "kind": "env_file", "file": "app.env", "elsewhere": false},
		{"at": "services.app.env_file[0]", "kind": "env_file", "file": "app.env", "elsewhere": false},
		{"at": "secrets.key.file", "kind": "secret", "file": "key.pem", "elsewhere": false},
		{"at": "services.app.env_file[1]", "kind": "env_file", "file": "/etc/app.env", "elsewhere": true},
		{"at": "configs.web.file", "kind": "config", "file": "web.conf", "elsewhere": false},
	]})
}

test_none_missing if {
	rule.findings == set() with input as fixture.project([])
}

package composelint.rules["missing-file_test"]

import data.composelint.fixture
import data.composelint.rules["missing-file"] as rule

test_one_finding_a_file if {
	rule.findings == {
		{
			"at": "services.app.env_file[0]",
			"message": `the env file "app.env" is not here: docker compose needs it, and what it sets was not judged`,
			"about": `file["deploy/app.env"]`,
			"related": [{"at": "services.web.env_file[0]", "label": `"app.env" is named here`}],
		},
		{
			"at": "services.app.env_file[1]",
			"message": `the env file "/etc/app.env" is not here, but outside of the repository: docker compose needs it, and what it sets was not judged`,
			"about": `file["/etc/app.env"]`,
			"related": [],
		},
		{
			"at": "secrets.key.file",
			"message": `the file of the secret "key.pem" is not here: docker compose does not start what uses it without it`,
			"about": `file["deploy/key.pem"]`,
			"related": [],
		},
		{
			"at": "configs.web.file",
			"message": `the file of the config "web.conf" is not here: docker compose does not start what uses it without it`,
			"about": `file["deploy/web.conf"]`,
			"related": [],
		},
	} with input as object.union(fixture.project([]), {"missing": [
		{"at": "services.web.env_file[0]", "kind": "env_file", "file": "app.env", "uri": "deploy/app.env", "elsewhere": false},
		{"at": "services.app.env_file[0]", "kind": "env_file", "file": "app.env", "uri": "deploy/app.env", "elsewhere": false},
		{"at": "secrets.key.file", "kind": "secret", "file": "key.pem", "uri": "deploy/key.pem", "elsewhere": false},
		{"at": "services.app.env_file[1]", "kind": "env_file", "file": "/etc/app.env", "uri": "/etc/app.env", "elsewhere": true},
		{"at": "configs.web.file", "kind": "config", "file": "web.conf", "uri": "deploy/web.conf", "elsewhere": false},
	]})
}

test_none_missing if {
	rule.findings == set() with input as fixture.project([])
}

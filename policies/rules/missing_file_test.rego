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
		{"at": "services.web.env_file[0]", "kind": "env_file", "file": "app.env"},
		{"at": "services.app.env_file[0]", "kind": "env_file", "file": "app.env"},
		{"at": "secrets.key.file", "kind": "secret", "file": "key.pem"},
		{"at": "configs.web.file", "kind": "config", "file": "web.conf"},
	]})
}

test_none_missing if {
	rule.findings == set() with input as fixture.project([])
}

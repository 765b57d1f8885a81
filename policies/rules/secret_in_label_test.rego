package composelint.rules["secret-in-label_test"]

import data.composelint.fixture
import data.composelint.rules["secret-in-label"] as rule

test_labels if {
	rule.findings == {
		{"at": "services.app.labels[widget.password]", "message": `the label "widget.password" of service "app" holds a password, which whoever lists containers reads: let the program take it from a file that is not in the repository`},
		{"at": "services.app.deploy.labels[api_key]", "message": `the label "api_key" of service "app" holds a token or key, which whoever lists containers reads: let the program take it from a file that is not in the repository`},
		{"at": "services.app.build.labels[auth.users]", "message": `the label "auth.users" of the image of service "app" holds the hash of a password, which whoever lists containers reads: let the program take it from a file that is not in the repository`, "severity": "note"},
	} with input as fixture.project([fixture.service("app", {
		"labels": fixture.settings("services.app", "labels", {"widget.password": "s3-cr4t", "traefik.enable": "true"}),
		"deploy": {
			"at": "services.app.deploy",
			"limits": {"memory": 0, "cpus": 0, "pids": 0},
			"reservations": {"memory": 0, "cpus": 0, "pids": 0},
			"labels": fixture.settings("services.app.deploy", "labels", {"api_key": "0a1b2c3d4e5f"}),
		},
		"built": true,
		"build": fixture.build("app", {"labels": fixture.settings("services.app.build", "labels", {"auth.users": "me:{SHA}0123456789abcdefghij0123456="})}),
	})])
}

test_no_secret if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {"labels": fixture.settings("services.app", "labels", {"traefik.enable": "true"})})])
}

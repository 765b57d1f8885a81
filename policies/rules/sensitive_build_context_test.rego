package composelint.rules["sensitive-build-context_test"]

import data.composelint.fixture
import data.composelint.rules["sensitive-build-context"] as rule

test_sensitive if {
	rule.findings == {{
		"at": "services.app.build.context",
		"message": `the build of service "app" gets "~/.ssh", a user's SSH keys: take a directory of the project`,
		"severity": "warning",
	}} with input as _built("~/.ssh")
}

test_root if {
	rule.findings == {{
		"at": "services.app.build.context",
		"message": `the build of service "app" gets the host's root directory: take a directory of the project`,
	}} with input as _built("/")
}

test_others if {
	rule.findings == set() with input as _built(".")
	rule.findings == set() with input as _built("~/project")
	rule.findings == set() with input as _built("/srv/app")
	rule.findings == set() with input as _built("/etc/app")
	rule.findings == set() with input as object.union(_built("/etc"), {"config": {"harmless_mounts": ["/etc"]}})
}

_built(source) := fixture.project([fixture.built("app", {"contexts": [{
	"at": "services.app.build.context",
	"name": "",
	"source": source,
	"remote": false,
	"ref": "",
}]})])

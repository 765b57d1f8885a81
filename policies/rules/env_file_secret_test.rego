package composelint.rules["env-file-secret_test"]

import data.composelint.fixture
import data.composelint.rules["env-file-secret"] as rule

# A second service that reads the same file adds nothing.
test_from_file if {
	rule.findings == {
		{"at": "services.app.environment[DB_PASSWORD]", "message": `"DB_PASSWORD" of service "app" gets a password from an env file: keep that, or the secret that takes its place, out of the repository`, "about": `variable["DB_PASSWORD"]`},
		{"at": "services.app.environment[URL]", "message": `"URL" of service "app" gets a password from an env file: keep that, or the secret that takes its place, out of the repository`, "about": `variable["URL"]`},
	} with input as _app(true)
}

test_stated if {
	rule.findings == set() with input as _app(false)
}

_app(from_file) := fixture.project([fixture.service(name, {"environment": _environment(name, from_file)}) | some name in ["app", "aaa"]])

_environment(service, from_file) := [object.union(variable, {"from_file": from_file}) |
	some variable in fixture.environment(service, {"DB_PASSWORD": "s3-cr4t", "URL": "redis://:s3-cr4t@redis", "LEVEL": "info", "OTHER_PASSWORD": "changeme"})
]

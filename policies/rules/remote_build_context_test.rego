package composelint.rules["remote-build-context_test"]

import data.composelint.fixture
import data.composelint.rules["remote-build-context"] as rule

test_no_version if {
	rule.findings == {{
		"at": "services.app.build.context",
		"message": `service "app" is built from an address without a version, which can change: name a commit`,
	}} with input as _app([_context({"ref": ""})], [])
}

test_branch if {
	rule.findings == {{
		"at": "services.app.build.context",
		"message": `service "app" is built from an address at "main", which can change: name a commit`,
	}} with input as _app([_context({"ref": "main"})], [])
}

test_additional_context if {
	{finding.at | some finding in rule.findings} == {"services.app.build.additional_contexts[lib]"} with input as _app(
		[_context({"remote": false}), _context({"at": "services.app.build.additional_contexts[lib]", "name": "lib", "ref": "v1.0"})],
		[_key],
	)
}

test_commits if {
	rule.findings == set() with input as _app([_context({"ref": "3f2a1b0"})], [])
	rule.findings == set() with input as _app([_context({"ref": "0123456789abcdef0123456789abcdef01234567"})], [])
	rule.findings == set() with input as _app([_context({"ref": "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"})], [])
}

test_ssh if {
	rule.findings == {{
		"at": "services.app.build.ssh[default]",
		"message": `the SSH key "default" is forwarded to the build of service "app", whose steps come from an address: build from a checkout`,
	}} with input as _app([_context({"ref": "3f2a1b0"})], [_key])
}

test_of_the_project if {
	rule.findings == set() with input as _app([_context({"remote": false})], [_key])
}

test_unknown if {
	rule.findings == set() with input as _app([fixture.without(_context({}), ["ref"])], [])
}

_context(fields) := object.union(
	{
		"at": "services.app.build.context",
		"name": "",
		"source": "https://github.com/acme/app.git",
		"remote": true,
		"ref": "",
	},
	fields,
)

_key := {"at": "services.app.build.ssh[default]", "name": "default", "path": ""}

_app(contexts, keys) := fixture.project([fixture.built("app", {"contexts": contexts, "ssh": keys})])

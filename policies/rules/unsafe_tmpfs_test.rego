package composelint.rules["unsafe-tmpfs_test"]

import data.composelint.fixture
import data.composelint.rules["unsafe-tmpfs"] as rule

test_allows if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.tmpfs[/tmp]",
		"message": `the tmpfs "/tmp" of service "app" allows "exec", "suid": leave it out, as Docker does`,
	}} with input as _app([_tmpfs({"allows": ["exec", "suid"]})])
}

test_safe_or_unknown if {
	rule.findings == set() with input as _app([
		_tmpfs({}),
		_tmpfs({"at": "other", "type": "volume", "allows": ["exec"]}),
		fixture.without(_tmpfs({"at": "unknown", "allows": ["exec"]}), ["target"]),
	])
}

_app(mounts) := fixture.project([fixture.service("app", {"mounts": mounts})])

_tmpfs(fields) := fixture.mount("app", "/tmp", object.union(
	{"at": "services.app.tmpfs[/tmp]", "type": "tmpfs", "host_path": "", "source": "", "propagation": ""},
	fields,
))

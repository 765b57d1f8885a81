package composelint.rules["suspicious-option_test"]

import data.composelint.fixture
import data.composelint.rules["suspicious-option"] as rule

test_mode if {
	fixture.without_fixes(rule.findings) == {
		{"at": "services.app.volumes[/a]", "message": `"roz" in the mode of "/a" of service "app" is ignored, so that it is mounted writable: write "ro", "rw", "z" or "Z", separated by commas`},
		{"at": "services.app.volumes[/b]", "message": `"Zz", "q" in the mode of "/b" of service "app" is ignored, so that it is mounted read-only: write "ro", "rw", "z" or "Z", separated by commas`},
	} with input as fixture.project([fixture.service("app", {"mounts": [
		fixture.mount("app", "/a", {"ignored": ["roz"]}),
		fixture.mount("app", "/b", {"ignored": ["Zz", "cached", "q"], "read_only": true}),
		fixture.mount("app", "/c", {"ignored": ["delegated"]}),
		fixture.mount("app", "/d", {"ignored": ["roz"], "from": "other"}),
	]})])
}

test_quotes if {
	fixture.without_fixes(rule.findings) == {
		{"at": "services.app.environment[DEBUG]", "message": _quotes("DEBUG", "app")},
		{"at": "services.app.environment[NAME]", "message": _quotes("NAME", "app")},
		{"at": "services.app.labels[tier]", "message": _quotes("tier", "app")},
		{"at": "services.app.build.args[STAGE]", "message": _quotes("STAGE", "app")},
		{"at": "services.proxy.environment[OTHER]", "message": _quotes("OTHER", "proxy")},
	} with input as fixture.project([
		fixture.service("app", {
			"environment": fixture.environment("app", {
				"DEBUG": `"1"`,
				"NAME": `'the app'`,
				"EMPTY": `""`,
				"PORT": `":80"`,
				"SHELL": `'$(date)'`,
				"PARTS": `"a" "b"`,
				"PLAIN": "1",
			}),
			"labels": fixture.settings("services.app", "labels", {"tier": `"front"`}),
			"built": true,
			"build": fixture.build("app", {"args": fixture.settings("services.app.build", "args", {"STAGE": `"dev"`})}),
		}),
		fixture.proxy("proxy", {"environment": fixture.environment("proxy", {"POST": `"1"`, "OTHER": `"1"`})}),
	])
}

test_quotes_in_file if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {"environment": [object.union(variable, {"from_file": true}) |
		some variable in fixture.environment("app", {"DEBUG": `"1"`})
	]})])
}

test_override if {
	fixture.without_fixes(rule.findings) == {{
		"at": "include.overrides[services.app]",
		"message": `the service "app" is defined here and in an included file, and this lies over that: give it another name, or say the changes in compose.override.yaml`,
	}} with input as fixture.project_with([], {"overrides": [{"at": "include.overrides[services.app]", "section": "services", "name": "app"}]})
}

_quotes(name, service) := $`the value of "{name}" of service "{service}" has its quotes in it: put them around the whole entry, or leave them out`

test_slips if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "slips[!overide]",
			"message": `nobody knows the tag "!overide", so that it says nothing: did you mean "!override"?`,
		},
		{
			"at": "slips[RELEASE]",
			"message": `"RELEASE" is a date to YAML, and becomes "2024-05-01 00:00:00 +0000 UTC": put it in quotes`,
		},
		{
			"at": "slips[debgu]",
			"message": `no service has the profile "debgu", so that it enables nothing: did you mean "debug"?`,
		},
	} with input as fixture.project_with([fixture.service("app", {})], {"slips": [
		{"at": "slips[!overide]", "kind": "tag", "text": "!overide", "means": "!override"},
		{"at": "slips[RELEASE]", "kind": "date", "text": "RELEASE", "means": "2024-05-01 00:00:00 +0000 UTC"},
		{"at": "slips[debgu]", "kind": "profile", "text": "debgu", "means": "debug"},
	]})
}

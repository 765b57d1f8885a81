package composelint.rules["secret-in-url_test"]

import data.composelint.fixture
import data.composelint.rules["secret-in-url"] as rule

test_everywhere if {
	fixture.without_fixes(rule.findings) == {
		{"at": "services.app.environment[DATABASE_URL]", "message": _message(`"DATABASE_URL" of service "app"`)},
		{"at": "services.app.environment[CONNECTION]", "message": _message(`"CONNECTION" of service "app"`)},
		{"at": "services.app.command[0]", "message": _message(`a command of service "app"`)},
		{"at": "services.app.build.context", "message": _message(`a build context of service "app"`)},
		{"at": "configs.app", "message": _message(`config "app"`)},
	} with input as fixture.project_with(
		[fixture.service("app", {
			"environment": fixture.environment("app", {"DATABASE_URL": "postgres://app:hunter21@db/app", "CONNECTION": "Server=db;Password=hunter21", "DOCS": "https://example.com/?a=b"}),
			"command": [{"at": "services.app.command[0]", "value": "redis://:hunter21@redis", "literal": "redis://:hunter21@redis"}],
			"built": true,
			"build": fixture.build("app", {"contexts": [_context("https://me:hunter21@example.com/app.git")]}),
		})],
		{"configs": [fixture.config("app", "url = mysql://app:hunter21@db/app")]},
	)
}

test_token_in_context if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.build.context",
		"message": `a build context of service "app" has an address with a GitHub token: use "ssh" or a secret of the build`,
	}} with input as fixture.project([fixture.built("app", {"contexts": [_context("https://ghp_0123456789abcdefghijABCDEFGHIJ012345@github.com/a/b.git")]})])
}

test_none if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {"environment": array.concat(
		fixture.environment("app", {"A": "redis://redis:6379", "B": "postgres://app:$PASSWORD@db/app", "C": "postgres://app:@db/app", "D": "postgres://postgres:postgres@db"}),
		[object.union(variable, {"from_file": true}) | some variable in fixture.environment("app", {"E": "postgres://app:hunter21@db/app"})],
	)})])
}

_message(called) := $`{called} has an address with a password: use {_variable} for it, and keep the value out of the repository`

_variable := `"${NAME:?}"`

_context(source) := {"at": "services.app.build.context", "name": "", "source": source, "remote": true, "ref": ""}

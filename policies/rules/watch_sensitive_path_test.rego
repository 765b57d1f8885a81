package composelint.rules["watch-sensitive-path_test"]

import data.composelint.fixture
import data.composelint.rules["watch-sensitive-path"] as rule

test_environment_file if {
	rule.findings == {{
		"at": "services.app.watch[.env]",
		"key": "path",
		"message": `service "app" gets a copy of ".env", which holds passwords, while it is watched: watch the sources alone`,
	}} with input as _watching(".env", "sync")
}

test_others if {
	{finding.message | some finding in rule.findings} == {`service "app" gets a copy of "web/.git", which holds the history and credentials, while it is watched: watch the sources alone`} with input as _watching("web/.git", "sync+restart")
	{finding.message | some finding in rule.findings} == {`service "app" gets a copy of "web/.aws", which holds credentials, while it is watched: watch the sources alone`} with input as _watching("web/.aws", "sync+exec")
}

test_not_copied if {
	rule.findings == set() with input as _watching(".env", "rebuild")
	rule.findings == set() with input as _watching(".env.example", "sync")
	rule.findings == set() with input as _watching("src", "sync")
	rule.findings == set() with input as _watching(".github", "sync")
	rule.findings == set() with input as _watching("~/.ssh", "sync")
	rule.findings == set() with input as fixture.project([fixture.service("app", {"watch": [{"at": "unknown", "ignore": []}]})])
}

_watching(path, action) := fixture.project([fixture.service("app", {"watch": [{
	"at": $"services.app.watch[{path}]",
	"path": path,
	"action": action,
	"target": "/app",
	"ignore": [],
}]})])

package composelint.rules["healthcheck-missing_test"]

import data.composelint.fixture
import data.composelint.rules["healthcheck-missing"] as rule

test_missing if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"message": `service "app" states no health check: add "healthcheck", unless the image has one`,
		"severity": "note",
	}} with input as fixture.project([_checked("app", {"stated": false, "disabled": false})])
}

test_known_image if {
	{finding.message | some finding in rule.findings} == {`service "app" states no health check: add "healthcheck" with the "test" ["CMD", "ollama", "list"]`} with input as fixture.project([_image("ollama/ollama")])
	{finding.message | some finding in rule.findings} == {`service "app" states no health check: add "healthcheck", unless the image has one`} with input as fixture.project([object.union(
		_image("ollama/ollama"),
		{"environment": fixture.environment("app", {"OLLAMA_PORT": "8080"})},
	)])
	rule.findings == set() with input as fixture.project([_image("syncthing/syncthing")])
	rule.findings == set() with input as fixture.project([object.union(_image("grafana/loki"), {"image": fixture.image("app", "grafana/loki", "3.7.0")})])
}

test_switched_off if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.healthcheck",
		"key": "disable",
		"message": `the health check of service "app" is switched off: give it a test that works`,
	}} with input as fixture.project([_checked("app", {"stated": true, "disabled": true})])
}

test_none if {
	{finding.key | some finding in rule.findings} == {"test"} with input as fixture.project([_checked("app", {
		"stated": true,
		"disabled": true,
		"test": [{"at": "services.app.healthcheck.test[0]", "value": "NONE", "literal": "NONE"}],
	})])
}

test_stated_unknown_or_elsewhere if {
	rule.findings == set() with input as fixture.project([
		_checked("app", {"stated": true, "disabled": false}),
		_checked("unknown", {"stated": false}),
		fixture.service("fragment", {"complete": false, "healthcheck": {"at": "fragment", "stated": false, "disabled": false, "test": []}}),
		fixture.job("migrate", {"healthcheck": {"at": "migrate", "stated": false, "disabled": false, "test": []}}),
		fixture.hook("app", "pre_start", {}),
	])
}

_checked(name, fields) := fixture.service(name, {"healthcheck": object.union({"at": $"services.{name}.healthcheck", "test": []}, fields)})

_image(name) := object.union(_checked("app", {"stated": false, "disabled": false}), {"image": fixture.image("app", name, "2")})

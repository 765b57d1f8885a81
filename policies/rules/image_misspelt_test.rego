package composelint.rules["image-misspelt_test"]

import data.composelint.fixture
import data.composelint.rules["image-misspelt"] as rule

test_slips if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.image",
		"message": `"ngnix" of service "app" is none of Docker's official images: did you mean "nginx"?`,
	}} with input as _app("ngnix", {})
	_meant == {"nginx"} with input as _app("library/nginxx", {})
	_meant == {"postgres"} with input as _app("postgre", {})
	_meant == {"postgres"} with input as _app("postgrss", {})
	_meant == {"rabbitmq"} with input as _app("rabitmq", {})
}

test_others if {
	rule.findings == set() with input as _app("nginx", {})
	rule.findings == set() with input as _app("postgresql", {})
	rule.findings == set() with input as _app("nod", {})
	rule.findings == set() with input as _app("acme/ngnix", {})
	rule.findings == set() with input as _app("ngnix", {"pull_policy": "never"})
	rule.findings == set() with input as _app("ngnix", {"built": true})
	rule.findings == set() with input as fixture.project([fixture.service("app", {"image": object.union(fixture.image("app", "ngnix", "1"), {"registry": "registry.example"})})])
	rule.findings == set() with input as fixture.project([fixture.without(fixture.service("app", {}), ["image"])])
}

_meant := {name | some finding in rule.findings; some [_, name] in regex.find_all_string_submatch_n(`did you mean "(.*)"`, finding.message, 1)}

_app(name, fields) := fixture.project([fixture.service("app", object.union({"image": fixture.image("app", name, "1"), "pull_policy": "missing"}, fields))])

package composelint.rules["image-not-pinned_test"]

import data.composelint.fixture
import data.composelint.rules["image-not-pinned"] as rule

test_tag if {
	rule.findings == {{
		"at": "services.app.image",
		"message": `the image of service "app" can change under its tag "1.27": add the digest to it`,
	}} with input as _app({"tag": "1.27"})
}

test_others if {
	rule.findings == set() with input as _app({"tag": ""})
	rule.findings == set() with input as _app({"tag": "latest"})
	rule.findings == set() with input as _app({"tag": "1.27", "digest": "sha256:00"})
}

test_built if {
	rule.findings == set() with input as fixture.project([fixture.built("app", {})])
}

_app(fields) := fixture.project([fixture.service("app", {"image": object.union(fixture.image("app", "nginx", ""), fields)})])

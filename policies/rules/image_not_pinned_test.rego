package composelint.rules["image-not-pinned_test"]

import data.composelint.fixture
import data.composelint.images
import data.composelint.rules["image-not-pinned"] as rule

test_tag if {
	rule.findings == {{
		"at": "services.app.image",
		"message": `the image of service "app" can change under its tag "1.27": add the digest to it`,
	}} with input as _app({"tag": "1.27"})
}

test_major if {
	rule.findings == {{
		"at": "services.app.image",
		"message": `the image of service "app" goes to every next minor version under its tag "v3-alpine": add the digest to it`,
	}} with input as _app({"tag": "v3-alpine"})
	{tag | some tag in {"17", "3-alpine", "2025-latest", "1.2-stable", "17-alpine3.22", "20260101", "1.2", "main", "latest"}; images.is_major(tag)} == {"17", "3-alpine", "2025-latest", "1.2-stable", "17-alpine3.22"}
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

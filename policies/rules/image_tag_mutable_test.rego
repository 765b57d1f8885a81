package composelint.rules["image-tag-mutable_test"]

import data.composelint.fixture
import data.composelint.rules["image-tag-mutable"] as rule

test_no_tag if {
	rule.findings == {{
		"at": "services.app.image",
		"message": `the image of service "app" has no tag, so that it is whatever was pushed last: state a version`,
	}} with input as _app({"tag": ""})
}

test_latest if {
	rule.findings == {{
		"at": "services.app.image",
		"message": `the image of service "app" has the tag "latest", so that it is whatever was pushed last: state a version`,
	}} with input as _app({"tag": "latest"})
}

test_others if {
	rule.findings == set() with input as _app({"tag": "1.0"})
	rule.findings == set() with input as _app({"tag": "latest-alpine"})
	rule.findings == set() with input as _app({"tag": "", "digest": "sha256:00"})
	rule.findings == set() with input as _app({"tag": "latest", "digest": "sha256:00"})
}

test_unknown_tag if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {"image": fixture.without(fixture.image("app", "nginx", ""), ["tag"])})])
}

test_unknown_digest if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {"image": fixture.without(fixture.image("app", "nginx", ""), ["digest"])})])
}

test_built if {
	rule.findings == set() with input as fixture.project([
		fixture.service("app", {"image": fixture.image("app", "acme/app", "latest"), "built": true, "build": fixture.build("app", {})}),
		fixture.service("worker", {"image": fixture.image("worker", "acme/app", "")}),
	])
}

test_built_under_another_tag if {
	{finding.at | some finding in rule.findings} == {"services.worker.image"} with input as fixture.project([
		fixture.service("app", {"image": fixture.image("app", "acme/app", "dev"), "built": true, "build": fixture.build("app", {})}),
		fixture.service("worker", {"image": fixture.image("worker", "acme/app", "")}),
	])
}

test_no_image if {
	rule.findings == set() with input as fixture.project([fixture.hook("app", "pre_start", {})])
}

_app(fields) := fixture.project([fixture.service("app", {"image": object.union(fixture.image("app", "nginx", ""), fields)})])

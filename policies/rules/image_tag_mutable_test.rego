package composelint.rules["image-tag-mutable_test"]

import data.composelint.fixture
import data.composelint.images
import data.composelint.rules["image-tag-mutable"] as rule

test_only_the_last_is_there if {
	{finding.message | some finding in rule.findings} == {`the image of service "app" has the tag "latest", so that it is whatever was pushed last: add its digest, or replace it`} with input as _app({"repository": "bitnami/redis", "tag": "latest"})
}

test_no_tag if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.image",
		"message": `the image of service "app" has no tag, so that it is whatever was pushed last: state a version`,
	}} with input as _app({"tag": ""})
}

test_latest if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.image",
		"message": `the image of service "app" has the tag "latest", so that it is whatever was pushed last: state a version`,
	}} with input as _app({"tag": "latest"})
}

test_moving if {
	_found({"stable", "Nightly", "latest-alpine", "server-latest", "latest-pg16", "main-stable", "alpine", "alpine3.22", "fpm-alpine"}) == set()
}

test_not_moving if {
	_found({"1.0", "17-alpine", "main-3f2a1b9", "main-a3f2b19", "nightly-20260101", "2025-latest", "1.2-stable", "local", "test", "alpine-acme", "postgres-15"}) == {
		"1.0", "17-alpine", "main-3f2a1b9", "main-a3f2b19", "nightly-20260101", "2025-latest", "1.2-stable", "local", "test", "alpine-acme", "postgres-15",
	}
}

_found(tags) := {tag | some tag in tags; not images.moves(tag)}

test_others if {
	rule.findings == set() with input as _app({"tag": "1.0"})
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
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.image",
		"message": `docker compose looks for "docker.io/acme/app:latest" in the registry before it builds service "app": set "pull_policy" to "build"`,
		"severity": "warning",
	}} with input as fixture.project([
		_built("acme/app", "latest", {}),
		fixture.service("worker", {"image": fixture.image("worker", "acme/app", "")}),
	])
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.image",
		"message": `docker compose looks for "docker.io/library/app:latest" in the registry before it builds service "app": set "pull_policy" to "build"`,
		"severity": "note",
	}} with input as fixture.project([_built("app", "", {"pull_policy": "daily"})])
}

test_built_only if {
	rule.findings == set() with input as fixture.project([_built("acme/app", "latest", {"pull_policy": "build"})])
	rule.findings == set() with input as fixture.project([_built("acme/app", "latest", {"pull_policy": "never"})])
	rule.findings == set() with input as fixture.project([_built("acme/app", "dev", {})])
	rule.findings == set() with input as fixture.project([fixture.without(_built("acme/app", "", {}), ["image"])])
	rule.findings == set() with input as fixture.swarm(fixture.project([_built("acme/app", "latest", {})]))
}

_built(image, tag, fields) := fixture.service("app", object.union(
	{"image": fixture.image("app", image, tag), "built": true, "build": fixture.build("app", {})},
	fields,
))

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

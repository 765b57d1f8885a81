package composelint.rules["image-removed_test"]

import data.composelint.fixture
import data.composelint.rules["image-removed"] as rule

test_removed if {
	rule.findings == {_finding("error", `the image "bitnami/postgresql" of service "app" cannot be pulled since 2025-09-29: use the image of the program's own project`)} with input as _app("", "bitnami/postgresql", "16.4.0")
}

test_reported if {
	rule.findings == {_finding("warning", `the image "minio/minio" of service "app" cannot be pulled since 2026-09, as users say: replace it, and take "quay.io/minio/minio" until then`)} with input as _app("", "minio/minio", "latest")
	rule.findings == {_finding("warning", `the image "minio/console" of service "app" cannot be pulled since 2026-09, as users say: replace it`)} with input as _app("", "minio/console", "v0.30.0")
}

test_never_there if {
	rule.findings == {_finding("error", `the image "elasticsearch" of service "app" has no tag "latest": use an exact version`)} with input as _app("", "elasticsearch", "")
	rule.findings == {_finding("error", `the image "kibana" of service "app" has no tag "8.19": use an exact version`)} with input as _app("public.ecr.aws", "docker/library/kibana", "8.19")
}

test_others if {
	rule.findings == set() with input as _app("", "elasticsearch", "8.19.20")
	rule.findings == set() with input as _app("docker.elastic.co", "elasticsearch/elasticsearch", "8.19")
	rule.findings == set() with input as _app("", "bitnami/postgresql", "latest")
	rule.findings == set() with input as _app("", "bitnami/minideb", "bookworm-2025")
	rule.findings == set() with input as _app("quay.io", "minio/minio", "latest")
	rule.findings == set() with input as _app("registry.acme.example", "bitnami/postgresql", "16.4.0")
	rule.findings == set() with input as _app("", "acme/elasticsearch", "")
	rule.findings == set() with input as fixture.project([fixture.without(fixture.service("app", {}), ["image"])])
	rule.findings == set() with input as fixture.project([fixture.service("app", {"image": fixture.without(fixture.image("app", "elasticsearch", ""), ["tag"])})])
	rule.findings == set() with input as fixture.project([fixture.service("app", {"image": fixture.image("app", "bitnami/postgresql", "16"), "built": true, "build": fixture.build("app", {})})])
}

_finding(severity, message) := {"at": "services.app.image", "message": message, "severity": severity}

_app(registry, repository, tag) := fixture.project([fixture.service("app", {"image": object.union(fixture.image("app", repository, tag), {"registry": registry})})])

package composelint.rules["image-end-of-life_test"]

import data.composelint.fixture
import data.composelint.rules["image-end-of-life"] as rule

test_over if {
	fixture.without_fixes(rule.findings) == {_finding("Shop 1.5, which gets no fixes since 2020-05-31: go to one that does, such as 3")} with input as _app("postgres", "1.5.2-alpine") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
	fixture.without_fixes(rule.findings) == {_finding("Shop 2, which gets no fixes since 2024-01-31: go to one that does, such as 3")} with input as _app("postgres", "v2.7") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
	fixture.without_fixes(rule.findings) == {_finding("Shop 1, which gets no fixes since 2021-05-31: go to one that does, such as 3")} with input as _app("postgres", "1") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
	fixture.without_fixes(rule.findings) == {_finding("Shop old, which gets no fixes since 2020-05-31: go to one that does, such as 3")} with input as _app("postgres", "Old-slim") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
}

test_not_over if {
	rule.findings == set() with input as _app("postgres", "3.1") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
	rule.findings == set() with input as _app("postgres", "2.8") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
	rule.findings == set() with input as _app("postgres", "4") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
}

test_today if {
	rule.findings == set() with input as _today("3.1", "2024-12-31") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
	fixture.without_fixes(rule.findings) == {_finding("Shop 2.8, which gets no fixes since 2025-06-30, as was known on 2025-01-01: go to one that does, such as 3")} with input as _today("2.8", "2025-07-01") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
	rule.findings == set() with input as _today("2.8", "2025-06-30") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
	fixture.without_fixes(rule.findings) == {_finding("Search 9, which gets no fixes since 2026-01-01, as was known on 2025-01-01: look for a newer one")} with input as object.union(_app("opensearchproject/opensearch", "9"), {"config": {"today": "2026-02-01"}}) with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
	rule.findings == set() with input as _today("1.5", "2020-05-31") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
}

test_unknown if {
	rule.findings == set() with input as _app("postgres", "") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
	rule.findings == set() with input as _app("postgres", "stable") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
	rule.findings == set() with input as _app("acme/postgres", "1.5") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
	rule.findings == set() with input as fixture.project([fixture.service("app", {"image": fixture.without(fixture.image("app", "postgres", ""), ["tag"])})]) with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
	rule.findings == set() with input as fixture.project([fixture.service("app", {"image": fixture.image("app", "postgres", "1.5"), "built": true, "build": fixture.build("app", {})})]) with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
}

test_of_images_that_are_gone if {
	rule.findings == set() with input as _app("vault", "1.5") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
	rule.findings == set() with input as _app("elasticsearch", "7.17") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
}

_table := {
	"postgres": {"name": "Shop", "newest": "3", "cycles": "1.5=2020-05-31 1.6=2021-05-31 2=2024-01-31 2.8=2025-06-30 3=9999 old=2020-05-31"},
	"elasticsearch": {"name": "Search", "newest": "9", "cycles": "7=2020-01-01 9=2026-01-01"},
	"vault": {"name": "Vault", "newest": "2", "cycles": "1.5=2020-01-01 2=9999"},
	"opensearchproject/opensearch": {"name": "Search", "newest": "9", "cycles": "9=2026-01-01"},
}

_finding(what) := {"at": "services.app.image", "message": $`service "app" runs {what}`}

_app(repository, tag) := fixture.project([fixture.service("app", {"image": fixture.image("app", repository, tag)})])

_today(tag, day) := object.union(_app("postgres", tag), {"config": {"today": day}})

test_fix if {
	_written == {{"title": "go to version 3.7", "risk": "a newer version may want another configuration, or migrate its data", "edits": [{"op": "replace", "at": "services.app.image", "value": "traefik:v3.7"}]}} with input as _app("traefik", "v3.0") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _edges
	{fix.edits[0].value | some fix in _written} == {"mirror.gcr.io/library/traefik:3.7-alpine"} with input as fixture.project([fixture.service("app", {"image": object.union(fixture.image("app", "library/traefik", "3.0-alpine"), {"registry": "mirror.gcr.io"})})]) with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _edges
}

# A tag of another form may be none, a version of another first number asks for more, and what keeps data is migrated first.
test_no_fix if {
	_written == set() with input as _app("traefik", "v2.10") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _edges
	_written == set() with input as _app("traefik", "v3.0.4") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _edges
	_written == set() with input as _app("traefik", "3.0-windowsservercore") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _edges
	_written == set() with input as fixture.project([fixture.service("app", {"image": object.union(fixture.image("app", "traefik", "3.0"), {"digest": "sha256:0"})})]) with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _edges
	_written == set() with input as _app("postgres", "2") with data.composelint.image_lifecycles.date as "2025-01-01" with data.composelint.prepared.lifecycles as _table
}

_written := {fix | some finding in rule.findings; some fix in finding.fixes}

_edges := {"traefik": {"name": "Traefik", "newest": "3.7", "cycles": "2.10=2023-04-01 3.0=2024-04-01 3.7=9999"}}

package composelint.rules["image-discontinued_test"]

import data.composelint.fixture
import data.composelint.rules["image-discontinued"] as rule

test_discontinued if {
	fixture.without_fixes(rule.findings) == {_finding(`the image "grafana/promtail" of service "app" gets no more fixes since 2026-03-02: use "grafana/alloy"`)} with input as _app("", "grafana/promtail")
	fixture.without_fixes(rule.findings) == {_finding(`the image "jenkins" of service "app" gets no more fixes: use "jenkins/jenkins"`)} with input as _app("mirror.gcr.io", "library/jenkins")
	fixture.without_fixes(rule.findings) == {_finding(`the image "bitnamilegacy/redis" of service "app" gets no more fixes since 2025-08-28: replace it`)} with input as _app("", "bitnamilegacy/redis")
	fixture.without_fixes(rule.findings) == {_finding(`the image "linuxserver/snapdrop" of service "app" gets no more fixes since 2025-08-27 at the latest: use "linuxserver/pairdrop"`)} with input as _app("lscr.io", "linuxserver/snapdrop")
	fixture.without_fixes(rule.findings) == {_finding(`the image "linuxserver/snapdrop" of service "app" gets no more fixes since 2025-08-27 at the latest: use "linuxserver/pairdrop"`)} with input as _app("ghcr.io", "linuxserver/snapdrop")
	fixture.without_fixes(rule.findings) == {_finding(`the image "quay.io/minio/minio" of service "app" gets no more fixes since 2025-10-15: replace it`)} with input as _app("quay.io", "minio/minio")
}

test_moved if {
	fixture.without_fixes(rule.findings) == {_finding(`the image "gcr.io/cadvisor/cadvisor" of service "app" gets no new versions under this name since 2025-06-16: use "ghcr.io/google/cadvisor"`)} with input as _app("gcr.io", "cadvisor/cadvisor")
}

test_unknown_tag if {
	{finding.at | some finding in rule.findings} == {"services.app.image"} with input as fixture.project([fixture.service("app", {"image": fixture.without(fixture.image("app", "grafana/promtail", ""), ["tag"])})])
}

test_others if {
	rule.findings == set() with input as _app("", "minio/minio")
	rule.findings == set() with input as _app("", "jenkins/jenkins")
	rule.findings == set() with input as _app("", "acme/vault")
	rule.findings == set() with input as _app("registry.acme.example", "grafana/promtail")
	rule.findings == set() with input as _app("registry.acme.example", "vault")
	rule.findings == set() with input as fixture.project([fixture.service("app", {"image": fixture.image("app", "vault", "1"), "built": true, "build": fixture.build("app", {})})])
}

_finding(message) := {"at": "services.app.image", "message": message}

_app(registry, repository) := fixture.project([fixture.service("app", {"image": object.union(fixture.image("app", repository, "1.0"), {"registry": registry})})])

test_fix if {
	_written == {{"title": `use "nicholas-fedor/watchtower"`, "risk": "it is the newest version of the other image", "edits": [{"op": "replace", "at": "services.app.image", "value": "nicholas-fedor/watchtower:latest"}]}} with input as _tagged("containrrr/watchtower", "latest")
	{fix.edits[0].value | some fix in _written} == {"ghcr.io/joeferner/redis-commander"} with input as _tagged("rediscommander/redis-commander", "")
}

# Another program wants other settings, and there may be no such version of it.
test_no_fix if {
	_written == set() with input as _tagged("grafana/promtail", "latest")
	_written == set() with input as _tagged("containrrr/watchtower", "1.7.1")
	_written == set() with input as _tagged("bitnamilegacy/redis", "")
}

_written := {fix | some finding in rule.findings; some fix in finding.fixes}

_tagged(repository, tag) := fixture.project([fixture.service("app", {"image": fixture.image("app", repository, tag)})])

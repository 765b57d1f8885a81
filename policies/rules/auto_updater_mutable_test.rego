package composelint.rules["auto-updater-mutable_test"]

import data.composelint.fixture
import data.composelint.rules["auto-updater-mutable"] as rule

test_over_tags if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.watchtower",
		"message": `Watchtower replaces "web" by whatever is pushed under its tag: pin the images, or let Watchtower only tell`,
	}} with input as _project({}, [_pinned, _labelled("false"), fixture.service("web", {})])
}

test_only_tells if {
	rule.findings == set() with input as _project({"environment": fixture.environment("watchtower", {"WATCHTOWER_MONITOR_ONLY": "true"})}, [fixture.service("web", {})])
	rule.findings == set() with input as _project({"options": fixture.settings("services.watchtower", "command", {"monitor-only": ""})}, [fixture.service("web", {})])
}

test_nothing_to_replace if {
	rule.findings == set() with input as _project({}, [_pinned, _labelled("false")])
}

test_label_for_it if {
	{finding.at | some finding in rule.findings} == {"services.watchtower"} with input as _project({}, [_labelled("true")])
}

test_http_api if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.watchtower.environment[WATCHTOWER_HTTP_API_UPDATE]",
		"message": `Watchtower takes orders over HTTP from outside, by port 8080 on 0.0.0.0: publish it on "127.0.0.1"`,
	}} with input as _project(_api("true", false), [])
}

test_http_api_that_is_closed if {
	rule.findings == set() with input as _project(_api("true", true), [])
	rule.findings == set() with input as _project(_api("false", false), [])
}

test_other_images if {
	rule.findings == set() with input as fixture.project([fixture.service("web", {}), fixture.service("app", {})])
}

_api(value, loopback) := {
	"environment": fixture.environment("watchtower", {"WATCHTOWER_HTTP_API_UPDATE": value}),
	"entries": [fixture.entry("watchtower", 8080, {"loopback": loopback})],
}

_project(fields, services) := fixture.project(array.concat(services, [fixture.service("watchtower", object.union(
	{"image": fixture.image("watchtower", "containrrr/watchtower", "1.7.1")},
	fields,
))]))

_pinned := fixture.service("db", {"image": object.union(fixture.image("db", "postgres", "17"), {"digest": "sha256:00"})})

_labelled(value) := fixture.service("app", {"labels": fixture.settings("services.app", "labels", {"com.centurylinklabs.watchtower.enable": value})})

test_fixes if {
	{[fix.title, fix.edits] | some finding in rule.findings; some fix in finding.fixes} == {[
		`let Watchtower only tell, by "WATCHTOWER_MONITOR_ONLY"`,
		[{"op": "set", "at": "services.watchtower", "path": ["environment", "WATCHTOWER_MONITOR_ONLY"], "value": "true"}],
	]} with input as _project({}, [fixture.service("web", {})])
	{fix.refused | some finding in rule.findings; some fix in finding.fixes} == {"who is to order it by that way, only you know"} with input as _project(object.union(_api("true", false), {"ports": [], "entries": [fixture.entry("watchtower", 0, {"kind": "host-network", "called": "the host's network"})]}), [])
}

test_by_hand if {
	{fix.refused | some finding in rule.findings; some fix in finding.fixes} == {"it has no variable by which it would only tell: pin the images"} with input as _project({"image": fixture.image("watchtower", "mazzolino/shepherd", "1")}, [fixture.service("web", {})])
}

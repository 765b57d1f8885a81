package composelint.rules["traefik-insecure-api_test"]

import data.composelint.fixture
import data.composelint.rules["traefik-insecure-api"] as rule

test_published if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.traefik.command[api.insecure]",
		"message": `service "traefik" opens Traefik's API without a password to everybody, by port 8080 on 0.0.0.0: use a router with authentication instead of "api.insecure"`,
		"severity": "error",
	}} with input as _traefik({
		"options": {"api.insecure": "true", "entrypoints.web.address": ":80"},
		"entries": [fixture.entry("traefik", 80, {}), fixture.entry("traefik", 8080, {})],
	})
}

test_on_the_hosts_network if {
	{finding.severity | some finding in rule.findings} == {"error"} with input as _traefik({
		"options": {"api.insecure": ""},
		"entries": [fixture.entry("traefik", 0, {"kind": "host-network"})],
	})
}

test_another_port if {
	{finding.severity | some finding in rule.findings} == {"error"} with input as _traefik({
		"options": {"api.insecure": "true", "entrypoints.traefik.address": ":9000"},
		"entries": [fixture.entry("traefik", 9000, {})],
	})
}

test_not_published if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.traefik.command[api.insecure]",
		"message": `service "traefik" opens Traefik's API without a password to all on its networks: use a router with authentication instead of "api.insecure"`,
		"severity": "warning",
	}} with input as _traefik({
		"options": {"api.insecure": "true"},
		"entries": [fixture.entry("traefik", 80, {}), fixture.entry("traefik", 8080, {"loopback": true})],
	})
}

test_traefik_1 if {
	{finding.at | some finding in rule.findings} == {"services.traefik.command[api]"} with input as _traefik({
		"image": fixture.image("traefik", "traefik", "v1.7"),
		"options": {"api": "", "docker": ""},
	})
}

test_secure if {
	rule.findings == set() with input as _traefik({"options": {"api.insecure": "false"}})
	rule.findings == set() with input as _traefik({"options": {"api": "true", "api.dashboard": "true"}})
}

test_router if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.traefik.labels[traefik.http.routers.Dash.service]",
		"message": `the router "Dash" of service "traefik" opens Traefik's API without a password: add a middleware such as "basicauth"`,
	}} with input as _labelled({
		"traefik.http.routers.Dash.rule": "Host(`t.example.com`)",
		"traefik.http.routers.Dash.service": "api@internal",
	})
}

test_router_with_harmless_middlewares if {
	{finding.at | some finding in rule.findings} == {"services.traefik.labels[traefik.http.routers.dash.service]"} with input as _labelled({
		"traefik.http.routers.dash.service": "api@internal",
		"traefik.http.routers.dash.middlewares": "https@docker, headers",
		"traefik.http.middlewares.https.redirectscheme.scheme": "https",
		"traefik.http.middlewares.headers.headers.stsSeconds": "1",
	})
}

test_guarded_routers if {
	rule.findings == set() with input as _labelled(object.union({"traefik.http.routers.dash.service": "api@internal"}, {
		"traefik.http.routers.dash.middlewares": "https, auth",
		"traefik.http.middlewares.https.redirectscheme.scheme": "https",
		"traefik.http.middlewares.auth.basicauth.usersfile": "/run/secrets/users",
	}))
	rule.findings == set() with input as _labelled(object.union({"traefik.http.routers.dash.service": "api@internal"}, {"traefik.http.routers.DASH.middlewares": "auth@file"}))
	rule.findings == set() with input as _labelled(object.union({"traefik.http.routers.dash.service": "api@internal"}, {"traefik.http.routers.dash.tls.options": "mtls@file"}))
	rule.findings == set() with input as _labelled(object.union({"traefik.http.routers.dash.service": "api@internal"}, {"traefik.http.routers.dash.rule": "Host(`t.example.com`) && ClientIP(`10.0.0.0/8`)"}))
}

test_unknown_middlewares if {
	rule.findings == set() with input as _with_labels([
		{"at": "services.traefik.labels[a]", "name": "traefik.http.routers.dash.service", "value": "api@internal", "literal": "", "from_file": false},
		{"at": "services.traefik.labels[b]", "name": "traefik.http.routers.dash.middlewares", "literal": "", "from_file": false},
	])
}

test_unknown_labels if {
	rule.findings == set() with input as object.union(
		_labelled({"traefik.http.routers.dash.service": "api@internal"}),
		{"unknown": [fixture.unknown("services.traefik", "labels", "ROUTER", {})]},
	)
}

test_guarded_entry_point if {
	rule.findings == set() with input as _traefik({
		"options": {"entrypoints.websecure.http.middlewares": "auth@file"},
		"labels": fixture.settings("services.traefik", "labels", {"traefik.http.routers.dash.service": "api@internal"}),
		"entries": [fixture.router("traefik", {})],
	})
}

test_routers_that_are_none if {
	rule.findings == set() with input as _traefik({"labels": fixture.settings("services.traefik", "labels", {"traefik.http.routers.dash.service": "api@internal"})})
}

test_other_services if {
	rule.findings == set() with input as _labelled({"traefik.http.routers.web.service": "web"})
}

_labelled(labels) := _with_labels(fixture.settings("services.traefik", "labels", labels))

_with_labels(labels) := _traefik({"labels": labels, "entries": [fixture.router("traefik", {})]})

_traefik(fields) := fixture.project([fixture.service("traefik", object.union_n([
	{"image": fixture.image("traefik", "traefik", "v3.5")},
	object.remove(fields, {"options"}),
	fixture.traefik("traefik", object.get(fields, "options", {}), "no"),
]))])

test_fixes if {
	{edit | some finding in rule.findings; some fix in finding.fixes; some edit in fix.edits} == {{"op": "replace", "at": "services.traefik.command[0]", "value": "--api.insecure=false"}} with input as fixture.project([fixture.service("traefik", object.union(
		fixture.traefik("traefik", {"api.insecure": "true"}, "no"),
		{
			"command": [{"at": "services.traefik.command[0]", "value": "--api.insecure=true", "literal": "--api.insecure=true"}],
			"options": fixture.settings("services.traefik", "command", {"api.insecure": "true"}),
		},
	))])
	{edit | some finding in rule.findings; some fix in finding.fixes; some edit in fix.edits} == {{"op": "set", "at": "services.traefik", "path": ["environment", "TRAEFIK_API_INSECURE"], "value": "false"}} with input as fixture.project([fixture.service("traefik", object.union(
		fixture.traefik("traefik", {"api.insecure": "true"}, "no"),
		{"environment": [{"at": "services.traefik.command[api.insecure]", "name": "TRAEFIK_API_INSECURE", "value": "true", "literal": "true", "from_file": false}]},
	))])
	{fix.refused | some finding in rule.findings; some fix in finding.fixes} == {"this release has no other way to show its dashboard"} with input as fixture.project([fixture.service("traefik", object.union(
		fixture.traefik("traefik", {"api": "true"}, "no"),
		{"image": fixture.image("traefik", "traefik", "v1.7")},
	))])
}

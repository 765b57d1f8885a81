package composelint.rules["capabilities-kept_test"]

import data.composelint.fixture
import data.composelint.rules["capabilities-kept"] as rule

test_none_dropped if {
	fixture.without_fixes(rule.findings) == {_keeps(14)} with input as _app([], {})
}

test_some_dropped if {
	fixture.without_fixes(rule.findings) == {_keeps(12)} with input as _app(["NET_RAW", "MKNOD", "SYS_ADMIN"], {})
}

test_all_dropped if {
	rule.findings == set() with input as _app(["ALL"], {})
	rule.findings == set() with input as _app(data.composelint.capabilities.default.names, {})
}

test_known_image if {
	fixture.without_fixes(rule.findings) == {_known(`and add "CHOWN", "SETGID" and "SETUID" to "cap_add"`)} with input as _image("redis", {"user": ""})
	fixture.without_fixes(rule.findings) == {_known("since its image needs none")} with input as _image("redis", {"user": "999"})
	fixture.without_fixes(rule.findings) == {_known(`and add "NET_BIND_SERVICE" to "cap_add"`)} with input as _image("caddy", {})
	fixture.without_fixes(rule.findings) == {_known("since its image needs none")} with input as _image("traefik", {"user": ""})
	fixture.without_fixes(rule.findings) == {_known(`and add "NET_BIND_SERVICE" to "cap_add"`)} with input as _image("traefik", {"user": "", "namespaces": [fixture.namespace("app", "network", {})]})
	fixture.without_fixes(rule.findings) == {_known("and add what it needs")} with input as _image("grafana/grafana", {"user": ""})
}

_image(name, fields) := _app([], object.union({"image": fixture.image("app", name, "7")}, fields))

_known(remedy) := {
	"at": "services.app",
	"key": "cap_drop",
	"message": $`service "app" keeps 14 of the capabilities that Docker grants by default: set "cap_drop" to "ALL", {remedy}`,
}

test_privileged_and_fragment if {
	rule.findings == set() with input as _app([], {"privileged": true})
	rule.findings == set() with input as _app([], {"complete": false})
	rule.findings == set() with input as fixture.project([fixture.without(fixture.service("app", {"cap_drop": []}), ["privileged"])])
}

test_unknown if {
	rule.findings == set() with input as object.union(_app([], {}), {"unknown": [fixture.unknown("services.app.cap_drop[?]", "", "DROP", {})]})
	fixture.without_fixes(rule.findings) == {_keeps(14)} with input as object.union(_app([], {}), {"unknown": [fixture.unknown("services.app.cap_add[?]", "", "ADD", {})]})
}

_keeps(count_) := {
	"at": "services.app",
	"key": "cap_drop",
	"message": $`service "app" keeps {count_} of the capabilities that Docker grants by default: set "cap_drop" to "ALL", and add what it needs`,
}

_app(dropped, fields) := fixture.project([fixture.service("app", object.union({"cap_drop": _capabilities(dropped)}, fields))])

_capabilities(names) := [{"at": $"services.app.cap_drop[{name}]", "name": name} | some name in names]

package composelint.endpoint_fixes_test

import data.composelint.endpoint_fixes
import data.composelint.fixture

# The only proxy is meant, and reached by a network of both.
test_name_port_and_network if {
	_fixes == [{
		"title": `lead it to the socket proxy "proxy"`,
		"risk": `it asks "proxy" then, which it did not`,
		"edits": [
			{"op": "set", "at": "services.app", "path": ["environment", "DOCKER_HOST"], "value": "tcp://proxy:2375"},
			{"op": "append", "at": "services.app", "path": ["networks"], "value": "inside"},
		],
	}] with input as _project({}, _app("proxi", []))
	[fix.edits | some fix in _fixes] == [[{"op": "append", "at": "services.app", "path": ["networks"], "value": "inside"}]] with input as _project({}, _app("proxy", ["proxy"]))
	[fix.edits[1].value | some fix in _fixes] == ["open"] with input as _project({"networks": fixture.attachments("proxy", ["open"])}, _app("proxi", []))
}

# What listens to itself alone, and lets in nobody else, is told otherwise.
test_what_the_proxy_is_told if {
	[edit.value | some fix in _fixes; some edit in fix.edits; edit.at == "services.proxy"] == ["0.0.0.0", "app"] with input as _project(
		{"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1")},
		object.union(_app("proxy", ["proxy"]), {"networks": fixture.attachments("app", ["inside"])}),
	)
	[edit.value | some fix in _fixes; some edit in fix.edits; startswith(edit.at, "services.proxy")] == ["-listenip=0.0.0.0", "app"] with input as _project(
		{
			"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
			"options": fixture.settings("services.proxy", "command", {"listenip": "127.0.0.1"}),
			"command": [{"at": "services.proxy.command[0]", "value": "-listenip=127.0.0.1", "literal": "-listenip=127.0.0.1"}],
		},
		object.union(_app("proxy", ["proxy"]), {"networks": fixture.attachments("app", ["inside"])}),
	)
}

test_by_hand if {
	_why == ["which socket proxy it is to ask is not known"] with input as fixture.project([_app("proxi", [])])
	_why == ["it has another network namespace than its own: move that"] with input as _project({}, object.union(_app("proxi", []), {"network_owner": "vpn"}))
	_why == [`on which port "proxy" listens is not known`] with input as _project({"command": [{"at": "services.proxy.command[0]", "value": "haproxy", "literal": "haproxy"}]}, _app("proxi", []))
	_why == [`"proxy" is on no network that a client could join`] with input as _project({"networks": []}, _app("proxi", []))
	_why == [`"proxy" listens on its unix socket alone`] with input as _project({"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"), "environment": fixture.environment("proxy", {"SP_PROXYSOCKETENDPOINT": "/run/filtered.sock"})}, _app("proxi", []))
	_why == ["what names the proxy is a part of a longer value"] with input as _project({}, object.union(_app("other", ["proxy"]), {"environment": [], "networks": fixture.attachments("app", ["inside"])}))
}

_fixes := endpoint_fixes.of("app", "services.app.environment[DOCKER_HOST]")

_why := [fix.refused | some fix in _fixes]

_app(host, services) := fixture.service("app", {
	"networks": fixture.attachments("app", ["web"]),
	"environment": fixture.environment("app", {"DOCKER_HOST": "tcp://x:1"}),
	"endpoints": [fixture.endpoint("app", "DOCKER_HOST", host, {"services": services})],
})

_project(fields, app) := fixture.project_with(
	[fixture.proxy("proxy", object.union({"networks": fixture.attachments("proxy", ["inside", "open"])}, fields)), app],
	{"networks": [fixture.network("inside", {}), fixture.network("open", {"internal": false}), fixture.network("web", {"internal": false})]},
)

package composelint.patterns_test

import data.composelint.fixture
import data.composelint.patterns

test_an_expression_for_each_method if {
	_verdicts == {"GET": {"ContainerList", "ContainerInspect", "SystemPing"}, "POST": {"ContainerRestart"}} with input as _wollomatic(
		[
			_option("allowGET", `/v1\..{2}/containers/(.*/)?json`),
			_option("allowGET", "/_ping"),
			_option("allowPOST", "/containers/.+/restart"),
			_option("loglevel", "info"),
		],
		{},
	)
}

# What is written stands between ^ and $ without a group.
test_anchors if {
	_verdicts == {"GET": {"SystemPing", "SystemEvents", "SystemVersion"}} with input as _wollomatic([_option("allowGET", "/_ping|/events|/version")], {})
	_verdicts == {} with input as _wollomatic([_option("allowGET", "_ping"), _option("allowGET", "/_pin")], {})
}

test_options_before_variables if {
	_verdicts == {"GET": {"SystemVersion"}, "HEAD": {"SystemPingHead"}, "DELETE": {"VolumeDelete"}} with input as _wollomatic(
		[_option("allowGET", "/version")],
		{"SP_ALLOW_GET": "/events", "SP_ALLOW_HEAD": "/_ping", "SP_ALLOW_DELETE_2": "/volumes/.*", "SP_ALLOW_GETX": "/info"},
	)
}

test_deciding_setting if {
	{id: decision.flag | some id, decision in patterns.decisions.proxy; decision.verdict == "allow"} == {
		"SystemVersion": "SP_ALLOW_GET_B", "SystemEvents": "SP_ALLOW_GET_A", "SystemPing": "SP_ALLOW_GET_A",
	} with input as _wollomatic([], {"SP_ALLOW_GET_A": "/(events|_ping)", "SP_ALLOW_GET_B": "/(version|_ping)"})
}

test_unknown_expression if {
	_unknown == {"GET"} with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
		"environment": array.concat(
			fixture.passed_through("proxy", ["SP_ALLOW_GET"]),
			fixture.environment("proxy", {"SP_ALLOW_GET_2": "/version", "SP_ALLOW_HEAD": "/_ping"}),
		),
	})])
	{decision.flag | some decision in patterns.decisions.proxy; decision.verdict == "unknown"} == {"SP_ALLOW_GET"} with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
		"environment": fixture.passed_through("proxy", ["SP_ALLOW_GET"]),
	})])
}

test_labels_of_clients if {
	_verdicts == {"GET": {"SystemVersion"}, "POST": {"ContainerStop"}} with input as fixture.project([_client, fixture.service("proxy", {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
		"options": [_option("proxycontainername", "proxy")],
	})])
	_verdicts == {"GET": {"SystemVersion"}, "POST": {"ContainerStop"}} with input as fixture.project([_client, fixture.service("proxy", {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
		"environment": fixture.environment("proxy", {"SP_PROXYCONTAINERNAME": "proxy"}),
	})])
	_verdicts == {} with input as fixture.project([_client, fixture.service("proxy", {"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1")})])
}

test_nothing_stated if {
	_verdicts == {} with input as _wollomatic([], {})
	_verdicts == {"GET": {"SystemPing", "SystemVersion", "SystemInfo"}, "HEAD": {"SystemPingHead"}} with input as _cetusguard([], {})
}

test_rules if {
	_verdicts == {
		"GET": {"SystemPing", "SystemVersion", "SystemInfo", "ContainerList", "ImageList", "ContainerInspect"},
		"HEAD": {"SystemPingHead"},
		"POST": {"ContainerStart", "ContainerStop"},
	} with input as _cetusguard([], {"CETUSGUARD_RULES": `
! a comment
GET,HEAD %API_PREFIX_CONTAINERS%/json(\?.*)?
GET %API_PREFIX_IMAGES%/json
 GET  %API_PREFIX_CONTAINERS%/%CONTAINER_ID_OR_NAME%/json

POST %API_PREFIX_CONTAINERS%/.+/(start|stop)
no rule`})
}

# A request's query is a part of what the expressions see.
test_query if {
	_verdicts == {"GET": {"SystemEvents"}} with input as _cetusguard([], {"CETUSGUARD_RULES": `GET %API_PREFIX_EVENTS%\?.*`, "CETUSGUARD_NO_BUILTIN_RULES": "true"})
}

test_rules_by_option if {
	_verdicts == {"GET": {"ImageList"}} with input as _cetusguard(
		[_option("rules", "GET %API_PREFIX_IMAGES%/json"), _option("no-default-rules", "")],
		{"CETUSGUARD_RULES": "GET %API_PREFIX_EVENTS%"},
	)
	_verdicts == {"GET": {"SystemPing", "SystemVersion", "SystemInfo"}, "HEAD": {"SystemPingHead"}} with input as _cetusguard(
		[_option("no-builtin-rules", "false")],
		{"CETUSGUARD_NO_DEFAULT_RULES": ""},
	)
}

test_rules_that_are_not_known if {
	_unknown == {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"} with input as _cetusguard([], {"CETUSGUARD_RULES_FILE": "/rules.list"})
	_unknown == {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"} with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "hectorm/cetusguard", "v1"),
		"environment": fixture.passed_through("proxy", ["CETUSGUARD_RULES"]),
	})])
}

test_expressions if {
	patterns.expressions == {"proxy": {"GET": {{
		"method": "GET", "name": "allowGET", "at": "services.proxy.command[-allowGET=/_ping]",
		"written": "/_ping", "expression": "^/_ping$",
	}}}} with input as _wollomatic([_option("allowGET", "/_ping")], {})
	patterns.opened("proxy", "GET", "^/v1.47/events$") == {"SystemEvents"} with input as _wollomatic([], {})
	patterns.decisions == {} with input as fixture.project([fixture.proxy("proxy", {}), fixture.service("app", {"options": [_option("allowGET", ".*")]})])
}

_client := fixture.service("app", {"labels": fixture.settings("services.app", "labels", {
	"socket-proxy.allow.get": "/version",
	"socket-proxy.allow.POST.1": "/containers/.*/stop",
	"socket-proxy.allow.getter": "/events",
	"other": "/info",
})})

_wollomatic(options, variables) := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
	"options": options,
	"environment": fixture.environment("proxy", variables),
})])

_cetusguard(options, variables) := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", "hectorm/cetusguard", "v1"),
	"options": options,
	"environment": fixture.environment("proxy", variables),
})])

_option(name, value) := {"at": $"services.proxy.command[-{name}={value}]", "name": name, "value": value, "literal": value, "from_file": false}

# _verdicts are the operations that are let through, by method.
_verdicts := {method: ids |
	some method in {operation.method | some operation in data.composelint.docker_api.operations}
	ids := {operation.id |
		some operation in data.composelint.docker_api.operations
		operation.method == method
		patterns.decisions.proxy[operation.id].verdict == "allow"
	}
	count(ids) > 0
}

# _unknown are the methods of operations of which it is not known whether they are.
_unknown := {operation.method |
	some operation in data.composelint.docker_api.operations
	patterns.decisions.proxy[operation.id].verdict == "unknown"
}

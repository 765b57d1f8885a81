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

# The expressions of the first releases saw a request's query too.
test_query if {
	_verdicts == {"GET": {"SystemEvents"}} with input as _cetusguard_of("v0.2.0", {"CETUSGUARD_RULES": `GET %API_PREFIX_EVENTS%\?.*`, "CETUSGUARD_NO_DEFAULT_RULES": "true"})
	_verdicts == {} with input as _cetusguard_of("v0.2.1", {"CETUSGUARD_RULES": `GET %API_PREFIX_EVENTS%\?.*`, "CETUSGUARD_NO_DEFAULT_RULES": "true"})
	_verdicts == {} with input as _cetusguard([], {"CETUSGUARD_RULES": `GET %API_PREFIX_EVENTS%\?.*`, "CETUSGUARD_NO_BUILTIN_RULES": "true"})
}

# An operation stands for every form of an id, with every version that an expression names.
test_forms_of_ids if {
	_verdicts == {"GET": {"ContainerInspect", "ImageInspect", "PluginInspect"}, "POST": {"ContainerStop"}} with input as _wollomatic(
		[
			_option("allowGET", "/v1\\.41/(containers/[a-f0-9]{64}|images/[a-z]+/[a-z]+|plugins/[^/]+/[^/]+)/json"),
			_option("allowPOST", "/containers/[a-f0-9]{12}/stop"),
		],
		{},
	)
}

# What one spelling lets through another may not.
test_spellings if {
	patterns.passes("proxy", "ContainerList", {"/v1.47"}) with input as _versioned
	not patterns.passes("proxy", "ContainerList", {""}) with input as _versioned
	not patterns.passes("proxy", "ContainerStop", {"/v1.47"}) with input as _versioned
	patterns.versions == {"proxy": {"", "/v1.47", "/v1.24"}} with input as _wollomatic([_option("allowGET", "/v1.24/info")], {})
}

_versioned := _wollomatic([_option("allowGET", "/v1\\..{2}/containers/json")], {})

# CetusGuard's own variables, by release.
test_prefixes_of_cetusguard if {
	_verdicts == {"GET": {"ContainerList"}} with input as _one_rule("v0.4.0", "GET %API_PREFIX%/containers/json")
	patterns.passes("proxy", "ContainerList", {""}) with input as _one_rule("v0.4.0", "GET %API_PREFIX%/containers/json")
	not patterns.passes("proxy", "ContainerList", {""}) with input as _one_rule("v0.3.2", "GET %API_PREFIX%/containers/json")
	patterns.passes("proxy", "ContainerList", {"/v1.47"}) with input as _one_rule("v0.3.2", "GET %API_PREFIX_CONTAINERS%/json")
	patterns.passes("proxy", "ContainerList", {""}) with input as _one_rule("v0.1.0", "GET %API_PREFIX%/containers/json")
	_verdicts == {"GET": {"(debug-only) DebugVars"}} with input as _one_rule("v1.1.3", "GET %API_PREFIX_DEBUG%/vars")
	_verdicts == {} with input as _one_rule("v1.1.2", "GET %API_PREFIX_DEBUG%/vars")
	_verdicts == {"GET": {"ImageInspect", "ImageHistory"}} with input as _one_rule("v0.1.0", "GET %API_PREFIX_IMAGES%/%IMAGE_ID_OR_NAME%/(json|history)")
	_verdicts == {} with input as _one_rule("v1.1.3", "GET %API_PREFIX_IMAGES%/%IMAGE_ID_OR_NAME%/(json|history)")
}

# Podman's own API, with a version in front.
test_libpod_of_cetusguard if {
	patterns.decisions.proxy["(libpod) ContainerCreate"].verdict == "allow" with input as _one_rule("v1.1.3", "POST %API_PREFIX_LIBPOD_CONTAINERS%/.*")
	patterns.decisions.proxy["(libpod) ContainerList"].verdict == "deny" with input as _one_rule("v1.1.3", "POST %API_PREFIX_LIBPOD_CONTAINERS%/.*")
	patterns.decisions.proxy["(libpod) ContainerCreate"].verdict == "deny" with input as _one_rule("v0.3.2", "POST %API_PREFIX_LIBPOD_CONTAINERS%/.*")
	not patterns.decisions.proxy["(libpod) ContainerCreate"] with input as _cetusguard([], {})
}

_one_rule(tag, rule) := _cetusguard_of(tag, {"CETUSGUARD_RULES": rule, "CETUSGUARD_NO_BUILTIN_RULES": "true", "CETUSGUARD_NO_DEFAULT_RULES": "true"})

_cetusguard_of(tag, variables) := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", "hectorm/cetusguard", tag),
	"environment": fixture.environment("proxy", variables),
})])

# What wollomatic's proxy knows by release: repeated options and suffixes, labels, their prefix.
test_releases_of_wollomatic if {
	_verdicts == {"GET": {"SystemEvents", "SystemInfo"}} with input as _wollomatic_of("1.12.0", _repeated, {})
	_verdicts == {"GET": {"SystemInfo"}} with input as _wollomatic_of("1.11.0", _repeated, {})
	_verdicts == {"GET": {"SystemInfo", "SystemVersion"}} with input as _wollomatic_of("1.12.0", [], _suffixed)
	_verdicts == {"GET": {"SystemInfo"}} with input as _wollomatic_of("1.11.0", [], _suffixed)
	_verdicts == {} with input as _wollomatic_of("1.3.3", [], _suffixed)
}

_repeated := [
	{"at": "services.proxy.command[0]", "name": "allowGET", "value": "/events", "literal": "/events", "from_file": false},
	{"at": "services.proxy.command[1]", "name": "allowGET", "value": "/info", "literal": "/info", "from_file": false},
]

_suffixed := {"SP_ALLOW_GET": "/info", "SP_ALLOW_GET_2": "/version"}

_wollomatic_of(tag, options, variables) := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", "wollomatic/socket-proxy", tag),
	"options": options,
	"environment": fixture.environment("proxy", variables),
})])

test_labels_by_release if {
	_verdicts == {"GET": {"SystemVersion"}} with input as _labelled("1.11.0", {"proxycontainername": "proxy"}, {"socket-proxy.allow.get": "/version", "socket-proxy.allow.get.1": "/info"})
	_verdicts == {"GET": {"SystemVersion", "SystemInfo"}} with input as _labelled("1.12.0", {"proxycontainername": "proxy"}, {"socket-proxy.allow.get": "/version", "socket-proxy.allow.get.1": "/info"})
	_verdicts == {} with input as _labelled("1.10.0", {"proxycontainername": "proxy"}, {"socket-proxy.allow.get": "/version"})
	_verdicts == {"GET": {"SystemVersion"}} with input as _labelled("1.13.0", {"proxycontainername": "proxy", "dockerlabelprefix": "org.example"}, {"org.example.allow.get": "/version", "socket-proxy.allow.get": "/info"})
}

_labelled(tag, options, labels) := fixture.project([
	fixture.service("app", {"labels": fixture.settings("services.app", "labels", labels)}),
	fixture.service("proxy", {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", tag),
		"options": fixture.settings("services.proxy", "command", options),
	}),
])

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

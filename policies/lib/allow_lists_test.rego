package composelint.allow_lists_test

import data.composelint.allow_lists
import data.composelint.fixture
import data.composelint.operations

# Each by the library by which it asks: Homepage's puts no version in front, Diun's the one that it agreed
# upon, but for a ping, an older Traefik's always the same. Of others that is not known.
test_spellings if {
	_expression("homepage", "ContainerList") == "/containers/json" with input as _clients
	_expression("diun", "ContainerList") == "/v[0-9.]+/containers/json" with input as _clients
	_expression("diun", "SystemPingHead") == "/_ping" with input as _clients
	_expression("traefik", "ContainerInspect") == `/v1\.24/containers/[^/]+/json` with input as _clients
	_expression("app", "ImageInspect") == "(/v[0-9.]+)?/images/.+/json" with input as _clients
}

_expression(name, operation) := allow_lists.rules({name: {operation}}, {})[0].expression

_clients := fixture.project([
	fixture.service("app", {}),
	fixture.service("diun", {"image": fixture.image("diun", "crazymax/diun", "4.30")}),
	fixture.service("homepage", {"image": fixture.image("homepage", "gethomepage/homepage", "v1.4")}),
	fixture.service("traefik", {"image": fixture.image("traefik", "library/traefik", "v3.0")}),
])

# What one client needs another may need: it is written for both.
test_rules if {
	allow_lists.rules({"diun": {"ContainerList"}}, {"homepage": {"ContainerList", "ContainerRestart"}}) == [
		{
			"operation": "ContainerRestart", "method": "POST", "expression": "/containers/[^/]+/restart",
			"clients": [], "may_need": ["homepage"],
		},
		{
			"operation": "ContainerList", "method": "GET", "expression": "(/v[0-9.]+)?/containers/json",
			"clients": ["diun"], "may_need": ["homepage"],
		},
	] with input as _clients
	allow_lists.rules({}, {}) == []
}

# Every form of every operation's path is matched by its own expression, and by those of no others: but for
# what an engine serves beyond the reference of its API.
test_expressions_are_of_one_operation if {
	{[id, others] |
		some id, paths in operations.paths
		others := {other |
			some path in paths
			some other, expression in operations.expressions
			operations.methods[other] == operations.methods[id]
			regex.match($"^{expression}$", path)
		}
		others != {id}
	} == {
		["(debug-only) PprofCmdline", {"(debug-only) PprofCmdline", "(debug-only) PprofNamed"}],
		["(debug-only) PprofProfile", {"(debug-only) PprofProfile", "(debug-only) PprofNamed"}],
		["(debug-only) PprofSymbol", {"(debug-only) PprofSymbol", "(debug-only) PprofNamed"}],
		["(debug-only) PprofTrace", {"(debug-only) PprofTrace", "(debug-only) PprofNamed"}],
	}
}

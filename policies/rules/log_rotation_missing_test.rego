package composelint.rules["log-rotation-missing_test"]

import data.composelint.fixture
import data.composelint.rules["log-rotation-missing"] as rule

test_unlimited if {
	fixture.without_fixes(rule.findings) == {
		{"at": "services.default.logging", "message": `the log of service "default" grows without end: set the option "max-size", or use the driver "local"`},
		{"at": "services.files.logging", "message": `the log of service "files" grows without end: set the option "max-size", or use the driver "local"`},
		{"at": "services.endless.logging.options[max-size]", "message": `the log of service "endless" grows without end: set the option "max-size", or use the driver "local"`},
	} with input as fixture.project([
		_logged("default", {"driver": ""}),
		_logged("files", {"driver": "json-file", "options": _options("files", {"max-file": "3"})}),
		_logged("endless", {"driver": "json-file", "options": _options("endless", {"max-size": "-1"})}),
	])
}

test_limited_unknown_or_elsewhere if {
	rule.findings == set() with input as fixture.project([
		_logged("limited", {"driver": "json-file", "options": _options("limited", {"max-size": "10m"})}),
		_logged("default-limited", {"driver": "", "options": _options("default-limited", {"max-size": "10m"})}),
		_logged("local", {"driver": "local"}),
		_logged("unknown", {}),
		_logged("unknown-size", {"driver": "json-file", "options": [fixture.without(
			object.union(
				_options("unknown-size", {"max-size": "10m"})[0],
				{"literal": ""},
			),
			["value"],
		)]}),
		fixture.service("fragment", {"complete": false, "logging": {"at": "fragment", "by_engine": false, "driver": "", "options": []}}),
		fixture.hook("limited", "pre_start", {}),
	])
}

_logged(name, fields) := fixture.service(name, {"logging": object.union({"at": $"services.{name}.logging", "by_engine": false, "options": []}, fields)})

_options(name, values) := fixture.settings($"services.{name}.logging", "options", values)

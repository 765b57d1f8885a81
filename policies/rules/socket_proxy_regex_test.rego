package composelint.rules["socket-proxy-regex_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-regex"] as rule

test_alternatives if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[SP_ALLOW_GET]",
		"message": `"SP_ALLOW_GET" of the socket proxy "proxy" has alternatives outside of parentheses, so that none is anchored at both ends: put them in parentheses`,
		"severity": "error",
	}} with input as _wollomatic({"SP_ALLOW_GET": `/v1\..{2}/(containers/.*|events)|/_ping`, "SP_ALLOW_HEAD": "/_ping"})
}

# Escapes and classes bring no alternatives, and sides with anchors of their own lose none.
test_kinds_of_alternatives if {
	_names == {
		"SP_ALLOW_GET_A", "SP_ALLOW_GET_B", "SP_ALLOW_GET_C", "SP_ALLOW_GET_D", "SP_ALLOW_GET_E", "SP_ALLOW_GET_F",
	} with input as _wollomatic({
		"SP_ALLOW_GET_A": "/a|/b",
		"SP_ALLOW_GET_B": "(/a)|(/b(c|d))",
		"SP_ALLOW_GET_C": `/a\(|/b\)`,
		"SP_ALLOW_GET_D": "/a[(]|/b[)]",
		"SP_ALLOW_GET_E": "^/a$|/b$",
		"SP_ALLOW_GET_F": `/a\$|^/b`,
	})
	rule.findings == set() with input as _wollomatic({
		"SP_ALLOW_GET_A": "(/a|/b)",
		"SP_ALLOW_GET_B": "(?:/a|/b(c|(d|e)))",
		"SP_ALLOW_GET_C": `/a\|/b`,
		"SP_ALLOW_GET_D": "/a[|]/b[^]|]/c[]|]",
		"SP_ALLOW_GET_E": "^/a$|^/b$",
		"SP_ALLOW_GET_F": "/a.*|.*/b",
	})
}

test_every_request if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.proxy.environment[SP_ALLOW_DELETE]",
			"message": `"SP_ALLOW_DELETE" of the socket proxy "proxy" lets every DELETE request through: name the paths that its clients need`,
			"severity": "error",
		},
		{
			"at": "services.proxy.environment[SP_ALLOW_PUT]",
			"message": `"SP_ALLOW_PUT" of the socket proxy "proxy" lets every PUT request through: name the paths that its clients need`,
			"severity": "error",
		},
	} with input as _wollomatic({
		"SP_ALLOW_DELETE": ".*", "SP_ALLOW_PUT": `/v1\..{2}/.+|/x`,
		"SP_ALLOW_GET": ".*", "SP_ALLOW_HEAD": ".*", "SP_ALLOW_OPTIONS": ".*",
	})
}

# That its clients are root on the host by it is said elsewhere.
test_root_on_the_host if {
	rule.findings == set() with input as _wollomatic({"SP_ALLOW_POST": ".*"})
	_names == {"SP_ALLOW_PUT"} with input as _wollomatic({"SP_ALLOW_POST": ".*|/x", "SP_ALLOW_PUT": ".*"})
}

test_more_than_the_clients_need if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.proxy.environment[SP_ALLOW_POST]",
			"message": `"SP_ALLOW_POST" of the socket proxy "proxy" lets "ContainerKill", "ContainerPause" and 2 more through, which its clients do not need: narrow it to what they do`,
			"severity": "error",
		},
		{
			"at": "services.proxy.environment[SP_ALLOW_DELETE]",
			"message": `"SP_ALLOW_DELETE" of the socket proxy "proxy" lets "ContainerDelete", "VolumeDelete" through, which its clients do not need: narrow it to what they do`,
			"severity": "error",
		},
		{
			"at": "services.proxy.environment[SP_ALLOW_GET]",
			"message": `"SP_ALLOW_GET" of the socket proxy "proxy" lets every GET request through: name the paths that its clients need`,
			"severity": "warning",
		},
	} with input as _with_autoheal({
		"SP_ALLOW_POST": "/containers/.+/(restart|start|stop|kill|pause)",
		"SP_ALLOW_DELETE": "/(containers|volumes)/.+",
		"SP_ALLOW_GET": "/.*",
		"SP_ALLOW_HEAD": ".*",
	})
	rule.findings == set() with input as _with_autoheal({"SP_ALLOW_POST": "/containers/.+/restart", "SP_ALLOW_GET": "/containers/.*"})
}

test_cetusguard if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.proxy.environment[CETUSGUARD_RULES]",
			"key": "GET,HEAD /containers/json|/images/json",
			"message": `"/containers/json|/images/json" in "CETUSGUARD_RULES" of the socket proxy "proxy" has alternatives outside of parentheses, so that none is anchored at both ends: put them in parentheses`,
			"severity": "error",
		},
		{
			"at": "services.proxy.environment[CETUSGUARD_RULES]",
			"key": "GET %API_PREFIX_CONTAINERS%/json|%API_PREFIX_IMAGES%/json|%API_PREFIX_EVENTS%",
			"message": `"%API_PREFIX_CONTAINERS%/json|%API_PREFIX_IMAGES%/json|%API_…" in "CETUSGUARD_RULES" of the socket proxy "proxy" has alternatives outside of parentheses, so that none is anchored at both ends: put them in parentheses`,
			"severity": "error",
		},
		{
			"at": "services.proxy.environment[CETUSGUARD_RULES]",
			"key": "DELETE .*",
			"message": `".*" in "CETUSGUARD_RULES" of the socket proxy "proxy" lets every DELETE request through: name the paths that its clients need`,
			"severity": "error",
		},
	} with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "hectorm/cetusguard", "v1"),
		"environment": fixture.environment("proxy", {"CETUSGUARD_RULES": `! GET /a|/b
GET,HEAD /containers/json|/images/json
GET %API_PREFIX_CONTAINERS%/json|%API_PREFIX_IMAGES%/json|%API_PREFIX_EVENTS%
GET (/a|/b)
DELETE .*`}),
	})])
}

test_every_address if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.environment[SP_ALLOWFROM]",
		"message": `"SP_ALLOWFROM" of the socket proxy "proxy" admits every address: name its clients instead`,
	}} with input as _wollomatic({"SP_ALLOWFROM": "10.0.0.0/8, ::/0"})
	{finding.message | some finding in rule.findings} == {`"SP_ALLOWFROM" of the socket proxy "proxy" admits every address: name its clients instead, as in "autoheal"`} with input as _with_autoheal({"SP_ALLOWFROM": "0.0.0.0/0"})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.command[allowfrom]",
		"message": `"allowfrom" of the socket proxy "proxy" admits every address: name its clients instead`,
	}} with input as _allowing("0.0.0.0/0", "app")
}

test_some_addresses if {
	rule.findings == set() with input as _wollomatic({"SP_ALLOWFROM": "dozzle,10.0.0.0/8,0.0.0.0/1"})
	rule.findings == set() with input as _allowing("app", "0.0.0.0/0")
	rule.findings == set() with input as _wollomatic({"SP_ALLOWFROM": "0.0.0.0/0", "SP_PROXYSOCKETENDPOINT": "/run/proxy.sock"})
}

test_unknown if {
	rule.findings == set() with input as fixture.project([
		fixture.service("proxy", {
			"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
			"environment": fixture.passed_through("proxy", ["SP_ALLOW_PUT", "SP_ALLOWFROM"]),
		}),
		fixture.service("app", {"environment": fixture.environment("app", {"SP_ALLOW_PUT": ".*", "SP_ALLOWFROM": "0.0.0.0/0"})}),
	])
}

_wollomatic(variables) := fixture.project([_proxy(variables)])

_proxy(variables) := fixture.service("proxy", {
	"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
	"environment": fixture.environment("proxy", variables),
})

_allowing(by_option, by_variable) := fixture.project([object.union(
	_proxy({"SP_ALLOWFROM": by_variable}),
	{"options": fixture.settings("services.proxy", "command", {"allowfrom": by_option})},
)])

_with_autoheal(variables) := fixture.project([
	_proxy(variables),
	fixture.service("autoheal", {
		"image": fixture.image("autoheal", "willfarrell/autoheal", "latest"),
		"endpoints": [fixture.endpoint("autoheal", "DOCKER_SOCK", "proxy", {})],
	}),
])

_names := {trim_suffix(trim_prefix(finding.at, "services.proxy.environment["), "]") | some finding in rule.findings}

# An older release takes one name, and no list of them.
test_admitting_all_by_an_older_release if {
	{[finding.message, finding.fixes] | some finding in rule.findings} == {[
		`"allowfrom" of the socket proxy "proxy" admits every address: name its clients instead, as in "app,other" with release 1.3.0 or later`,
		[{"title": "", "edits": [], "refused": "its release reads no list of names"}],
	]} with input as _older(["app", "other"])
	{finding.message | some finding in rule.findings} == {`"allowfrom" of the socket proxy "proxy" admits every address: name its clients instead, as in "app"`} with input as _older(["app"])
}

_older(clients) := fixture.project(array.concat(
	[fixture.proxy("proxy", {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.2.0"),
		"options": fixture.settings("services.proxy", "command", {"listenip": "0.0.0.0", "allowfrom": "0.0.0.0/0"}),
	})],
	[fixture.service(client, {"endpoints": [fixture.docker_host(client, "proxy")]}) | some client in clients],
))

package composelint.rules.privileged_test

import data.composelint.fixture
import data.composelint.rules.privileged as rule

test_privileged if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.web",
		"key": "privileged",
		"message": `service "web" is privileged, which is root on the host: grant single capabilities or devices instead`,
	}} with input as fixture.project([
		fixture.service("web", {"privileged": true}),
		fixture.service("db", {}),
	])
}

test_fix if {
	_fixes == {{"title": `remove "privileged"`, "risk": "it may need a capability or a device, which is then to be granted", "edits": [{"op": "remove", "at": "services.web", "key": "privileged"}]}} with input as fixture.project([fixture.service("web", {"privileged": true})])
	{fix.refused | some fix in _fixes} == {"an engine in a container does not start without it: use one that is rootless, or that of the host by a socket proxy"} with input as fixture.project([fixture.service("engine", {"privileged": true, "image": fixture.image("engine", "docker", "27-dind")})])
}

_fixes := {fix | some finding in rule.findings; some fix in finding.fixes}

test_fragment if {
	{finding.at | some finding in rule.findings} == {"services.web"} with input as fixture.project([fixture.without(
		fixture.service("web", {"privileged": true, "complete": false}),
		["image"],
	)])
}

test_job_and_hooks if {
	{finding.message | some finding in rule.findings} == {
		`job "backup" is privileged, which is root on the host: grant single capabilities or devices instead`,
		`post_start hook 1 of service "web" is privileged, which is root on the host: grant single capabilities or devices instead`,
	} with input as fixture.project([
		fixture.service("web", {}),
		fixture.job("backup", {"privileged": true}),
		fixture.hook("web", "post_start", {"privileged": true}),
		fixture.hook("web", "pre_start", {}),
	])
}

test_build if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.web.build",
			"key": "privileged",
			"message": `the build of service "web" is privileged, which is root on the host: build without it`,
		},
		{
			"at": "services.web.build.entitlements[security.insecure]",
			"message": `the build of service "web" may run privileged steps, which are root on the host: remove the entitlement "security.insecure"`,
		},
	} with input as fixture.project([fixture.built("web", {
		"privileged": true,
		"entitlements": [{"at": "services.web.build.entitlements[security.insecure]", "name": "security.insecure"}],
	})])
	rule.findings == set() with input as fixture.project([fixture.built("web", {"entitlements": [{"at": "services.web.build.entitlements[network.host]", "name": "network.host"}]})])
}

test_proxy if {
	rule.findings == set() with input as fixture.project([fixture.proxy("proxy", {"privileged": true})])
}

test_unknown if {
	rule.findings == set() with input as fixture.project([fixture.without(fixture.service("web", {}), ["privileged"])])
	rule.findings == set() with input as fixture.project([fixture.service("web", {"build": fixture.without(fixture.build("web", {}), ["privileged"])})])
}

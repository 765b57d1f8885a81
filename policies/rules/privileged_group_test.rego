package composelint.rules["privileged-group_test"]

import data.composelint.fixture
import data.composelint.rules["privileged-group"] as rule

test_groups if {
	fixture.without_fixes(rule.findings) == {
		_finding("docker", "are root on the host by the Docker API"),
		_finding("0", "may read and write files of the host's root"),
		_finding("disk", "may read and write the host's disks"),
	} with input as _app(["docker", "0", "disk", "video", "1000", "998"], {})
	rule.findings == set() with input as _app([], {})
}

test_beside_a_socket if {
	{finding.at | some finding in rule.findings} == {_at("disk")} with input as _app(["docker", "0", "disk"], {"mounts": [fixture.mount("app", "/run/docker.sock", {})]})
	rule.findings == set() with input as _app(["docker"], {"use_api_socket": true})
}

test_hook_of_a_holder if {
	rule.findings == set() with input as fixture.project([
		fixture.service("app", {"mounts": [fixture.mount("app", "/run/docker.sock", {})]}),
		fixture.hook("app", "pre_start", {"groups": fixture.groups("app.pre_start[0]", ["docker"])}),
	])
}

_at(name) := $"services.app.group_add[{name}]"

_finding(name, can) := {
	"at": _at(name),
	"message": $`service "app" joins the group "{name}", whose members {can}: add one that owns only what it needs`,
}

_app(names, fields) := fixture.project([fixture.service("app", object.union({"groups": fixture.groups("app", names)}, fields))])

package composelint.rules["unconfined-profile_test"]

import data.composelint.fixture
import data.composelint.rules["unconfined-profile"] as rule

test_unconfined if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "seccomp=unconfined",
			"message": `service "app" runs without a seccomp profile and may make every system call: remove it, or use a profile with the one call it lacks`,
			"severity": "error",
			"controls": ["cis-docker-1.8.0/5.22", "owasp-docker/6", "nist-800-190/4.4.3"],
		},
		{
			"at": "label=disable",
			"message": `service "app" switches SELinux's confinement off: remove it, and mount with "z" or "Z" what it must read`,
			"severity": "warning",
			"controls": ["cis-docker-1.8.0/5.3", "owasp-docker/6", "nist-800-190/4.4.3"],
		},
	} with input as _app([["seccomp", "unconfined"], ["label", "disable"], ["no-new-privileges", "true"]])
}

test_others_that_are_unconfined if {
	{[finding.at, finding.severity] | some finding in rule.findings} == {
		["apparmor=unconfined", "error"],
		["systempaths=unconfined", "error"],
		["label=type:spc_t", "error"],
	} with input as _app([["apparmor", "unconfined"], ["systempaths", "unconfined"], ["label", "type:spc_t"]])
}

test_needed if {
	fixture.without_fixes(rule.findings) == {{
		"at": "apparmor=unconfined",
		"message": `service "app" runs without an AppArmor profile and may write to /proc, /sys and mounts as far as its capabilities go, which Netdata needs to measure the host: let as few as possible reach it`,
		"severity": "note",
		"controls": ["cis-docker-1.8.0/5.2", "owasp-docker/6", "nist-800-190/4.4.3"],
	}} with input as _with({"image": fixture.image("app", "netdata/netdata", "v2")}, "apparmor", "unconfined")
}

test_selinux_and_a_socket if {
	fixture.without_fixes(rule.findings) == {{
		"at": "label=disable",
		"message": `service "app" switches SELinux's confinement off: keep it for this service alone, or allow the connection to the socket by a policy module of the host, and do not relabel the socket`,
		"severity": "note",
		"controls": ["cis-docker-1.8.0/5.3", "owasp-docker/6", "nist-800-190/4.4.3"],
	}} with input as _with({"mounts": [fixture.mount("app", "/run/docker.sock", {})]}, "label", "disable")
}

_with(fields, name, value) := fixture.project([fixture.service("app", object.union(fields, {"security_options": [{"at": $"{name}={value}", "name": name, "value": value}]}))])

test_profiles if {
	rule.findings == set() with input as _app([
		["seccomp", "./unconfined.json"],
		["seccomp", "builtin"],
		["apparmor", "docker-default"],
		["apparmor", "unconfined-but-audited"],
		["label", "type:svirt_apache_t"],
		["label", "level:s0:c100,c200"],
		["no-new-privileges", "false"],
	])
	rule.findings == set() with input as _app([])
}

_app(options) := fixture.project([fixture.service("app", {"security_options": [option |
	some [name, value] in options
	option := {"at": $"{name}={value}", "name": name, "value": value}
]})])

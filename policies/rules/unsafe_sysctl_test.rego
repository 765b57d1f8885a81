package composelint.rules["unsafe-sysctl_test"]

import data.composelint.fixture
import data.composelint.rules["unsafe-sysctl"] as rule

test_of_the_host if {
	fixture.without_fixes(rule.findings) == {
		_error("vm.max_map_count", `sets "vm.max_map_count", which is the host's, so that it does not start: set it on the host`),
		_error("kernel/core_pattern", `sets "kernel/core_pattern", which is the host's, so that it does not start: set it on the host`),
		_error("fs.file-max", `sets "fs.file-max", which is the host's, so that it does not start: set it on the host`),
	} with input as _app({"vm.max_map_count": "262144", "kernel/core_pattern": "core", "fs.file-max": "100000", "fs.mqueue.msg_max": "20", "kernel.shmmax": "1", "net.core.somaxconn": "1024"}, [])
}

test_of_a_namespace_of_the_host if {
	fixture.without_fixes(rule.findings) == {_error("net.core.somaxconn", `sets "net.core.somaxconn", which is the host's by its network namespace, so that it does not start: set it on the host`)} with input as _app(_namespaced, [fixture.namespace("app", "network", {})])
	fixture.without_fixes(rule.findings) == {_error("kernel.shmmax", `sets "kernel.shmmax", which is the host's by its ipc namespace, so that it does not start: set it on the host`)} with input as _app(_namespaced, [fixture.namespace("app", "ipc", {})])
	fixture.without_fixes(rule.findings) == {_error("kernel.domainname", `sets "kernel.domainname", which is the host's by its uts namespace, so that it does not start: set it on the host`)} with input as _app(_namespaced, [fixture.namespace("app", "uts", {})])
	rule.findings == set() with input as _app(_namespaced, [fixture.namespace("app", "pid", {})])
	rule.findings == set() with input as _app(_namespaced, [])
}

test_other_runtime if {
	fixture.without_fixes(rule.findings) == {_finding("vm.max_map_count", `sets "vm.max_map_count", which is the host's: set it on the host`)} with input as fixture.project([fixture.service("app", {
		"runtime": "kata",
		"sysctls": fixture.settings("services.app", "sysctls", {"vm.max_map_count": "262144"}),
	})])
}

test_weakening if {
	fixture.without_fixes(rule.findings) == {
		_finding("net.ipv4.conf.all.rp_filter", `sets "net.ipv4.conf.all.rp_filter" to "0", which lets packets with a forged sender in (2 is enough for several routes): leave it at its default`),
		_finding("net/ipv6/conf/eth0.1/accept_source_route", `sets "net/ipv6/conf/eth0.1/accept_source_route" to "1", which lets senders choose their packets' way past filters: leave it at its default`),
	} with input as _app(
		{
			"net.ipv4.conf.all.rp_filter": "0",
			"net/ipv6/conf/eth0.1/accept_source_route": "1",
			"net.ipv4.conf.default.rp_filter": "2",
			"net.ipv4.conf.all.accept_source_route": "0",
			"net.ipv4.tcp_syncookies": "1",
			"net.ipv4.ip_forward": "1",
		},
		[],
	)
}

test_unknown_value if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {"sysctls": [{
		"at": "net.ipv4.tcp_syncookies",
		"name": "net.ipv4.tcp_syncookies",
		"literal": "",
		"from_file": false,
	}]})])
}

_namespaced := {"net.core.somaxconn": "1024", "kernel.shmmax": "1", "kernel.domainname": "example"}

_finding(name, rest) := {"at": $"services.app.sysctls[{name}]", "severity": "warning", "message": $`service "app" {rest}`}

_error(name, rest) := object.union(_finding(name, rest), {"severity": "error"})

_app(values, namespaces) := fixture.project([fixture.service("app", {
	"sysctls": fixture.settings("services.app", "sysctls", values),
	"namespaces": namespaces,
})])

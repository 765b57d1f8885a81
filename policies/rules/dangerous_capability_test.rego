package composelint.rules["dangerous-capability_test"]

import data.composelint.fixture
import data.composelint.rules["dangerous-capability"] as rule

test_grades if {
	fixture.without_fixes(rule.findings) == {
		_finding("SYS_ADMIN", "error", "mount file systems and get out to the host: remove it, and mount on the host what it needs"),
		_finding("NET_ADMIN", "warning", "change its own addresses, routes and firewall: keep it for a VPN or a firewall only"),
		_finding("SYS_NICE", "note", "take processor time from everything on the host: remove it unless it must run in real time"),
	} with input as _app(["SYS_ADMIN", "NET_ADMIN", "SYS_NICE"], {})
}

test_harmless_and_unheard_of if {
	rule.findings == set() with input as _app(["NET_RAW", "NET_BIND_SERVICE", "CHOWN", "SYS_CHROOT", "IPC_LOCK", "SYS_EVERYTHING"], {})
	rule.findings == set() with input as _app([], {})
}

test_on_the_hosts_network if {
	fixture.without_fixes(rule.findings) == {_finding("NET_ADMIN", "error", "change the host's addresses, routes and firewall: remove it or give it a network of its own")} with input as _app(["NET_ADMIN"], {"namespaces": [fixture.namespace("app", "network", {})]})
	_severities == {"warning"} with input as _app(["NET_ADMIN"], {"namespaces": [fixture.namespace("app", "pid", {})]})
	_severities == {"warning"} with input as _app(["NET_ADMIN"], {"namespaces": [fixture.namespace("app", "network", {"mode": "service", "of": "vpn", "joined": "vpn", "host": false})]})
}

test_in_a_shared_pid_namespace if {
	fixture.without_fixes(rule.findings) == {_finding("SYS_PTRACE", "error", `take over processes outside of it, by the PID namespace it shares: remove it or "pid"`)} with input as _app(["SYS_PTRACE"], {"namespaces": [fixture.namespace("app", "pid", {})]})
	_severities == {"error"} with input as _app(["SYS_PTRACE"], {"namespaces": [fixture.namespace("app", "pid", {"mode": "service", "of": "db", "joined": "db", "host": false})]})
	_severities == {"error"} with input as _app(["SYS_PTRACE"], {"namespaces": [fixture.namespace("app", "pid", {"mode": "container", "of": "elsewhere", "host": false})]})
	_severities == {"warning"} with input as _app(["SYS_PTRACE"], {"namespaces": [fixture.namespace("app", "network", {})]})
}

test_joined_by_others if {
	_severities == {"error"} with input as _joined({"mode": "service", "of": "app", "joined": "app", "host": false})
	_severities == {"error"} with input as _joined({"mode": "container", "of": "the-app", "joined": "app", "host": false})
	_severities == {"warning"} with input as _joined({"mode": "container", "of": "app", "host": false})
	_severities == {"warning"} with input as _joined({"mode": "private", "host": false})
}

test_hook_of_a_service_in_the_hosts_namespace if {
	_severities == {"error"} with input as _hooked([])
	_severities == {"warning"} with input as _hooked([fixture.namespace("app.pre_start[0]", "network", {"mode": "none", "host": false})])
}

test_job if {
	fixture.without_fixes(rule.findings) == {{
		"at": "cap_add[SYS_MODULE]",
		"message": `job "app" adds the capability "SYS_MODULE", with which it can load code into the host's kernel: remove it, and load the module on the host`,
		"severity": "error",
	}} with input as fixture.project([fixture.job("app", {"cap_add": _capabilities(["SYS_MODULE"])})])
}

test_proxy if {
	rule.findings == set() with input as fixture.project([fixture.proxy("app", {"cap_add": _capabilities(["ALL"])})])
}

_severities := {finding.severity | some finding in rule.findings}

_finding(name, severity, rest) := {
	"at": $"cap_add[{name}]",
	"message": $`service "app" adds the capability "{name}", with which it can {rest}`,
	"severity": severity,
}

_capabilities(names) := [{"at": $"cap_add[{name}]", "name": name} | some name in names]

_app(names, fields) := fixture.project([fixture.service("app", object.union({"cap_add": _capabilities(names)}, fields))])

_joined(namespace) := fixture.project([
	fixture.service("app", {"container_name": "the-app", "cap_add": _capabilities(["SYS_PTRACE"])}),
	fixture.service("debug", {"namespaces": [fixture.namespace("debug", "pid", namespace)]}),
])

_hooked(namespaces) := fixture.project([
	fixture.service("app", {"namespaces": [fixture.namespace("app", "network", {})]}),
	fixture.hook("app", "pre_start", {"cap_add": _capabilities(["NET_ADMIN"]), "namespaces": namespaces}),
])

test_needed if {
	{[finding.severity, finding.message] | some finding in rule.findings} == {["note", `service "app" adds the capability "NET_ADMIN", which gluetun needs to build its tunnel: whoever takes it over can change its own addresses, routes and firewall, so let as few as possible reach it`]} with input as _tunnel("qmcgaw/gluetun", ["NET_ADMIN"], {})
	{finding.severity | some finding in rule.findings} == {"error"} with input as _tunnel("linuxserver/wireguard", ["SYS_MODULE"], {})
	{finding.severity | some finding in rule.findings} == {"warning"} with input as _tunnel("tailscale/tailscale", ["NET_ADMIN"], {})
	{finding.severity | some finding in rule.findings} == {"note"} with input as _tunnel("tailscale/tailscale", ["NET_ADMIN"], {"mounts": [fixture.mount("app", "/dev/net/tun", {})]})
	{finding.severity | some finding in rule.findings} == {"warning"} with input as _tunnel("qmcgaw/gluetun", ["NET_ADMIN"], {"entrypoint": [{"at": "services.app.entrypoint", "value": "/start.sh", "literal": "/start.sh"}]})
}

_tunnel(image, names, fields) := fixture.project([fixture.service("app", object.union(
	{
		"image": fixture.image("app", image, "1"),
		"cap_add": [{"at": $"services.app.cap_add[{name}]", "name": name} | some name in names],
	},
	fields,
))])

test_fixes if {
	{finding.fixes | some finding in rule.findings} == {[{"title": `remove "SYS_ADMIN"`, "risk": "what needs the capability does not work any more", "edits": [{"op": "remove", "at": "cap_add[SYS_ADMIN]"}]}]} with input as _app(["SYS_ADMIN", "ALL"], {})
}

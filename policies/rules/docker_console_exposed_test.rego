package composelint.rules["docker-console-exposed_test"]

import data.composelint.fixture
import data.composelint.rules["docker-console-exposed"] as rule

test_console if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ports[9443/tcp]",
		"message": `service "app" is Portainer, which can create containers and is open to outsiders by port 9443 on 0.0.0.0: publish it on "127.0.0.1"`,
		"severity": "warning",
	}} with input as _holder("portainer/portainer-ce", {"entries": [fixture.entry("app", 8000, {}), fixture.entry("app", 9443, {})]})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.network",
		"message": `service "app" is Dockge, which can create containers and is open to outsiders by the host's network: take it off the host's network`,
		"severity": "warning",
	}} with input as _holder("louislam/dockge", {"entries": [fixture.entry("app", 0, {
		"at": "services.app.network",
		"kind": "host-network",
		"called": "the host's network",
	})]})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.labels[traefik.http.routers.app.rule]",
		"message": `service "app" is Dockge, which can create containers and is open to outsiders by the Traefik router "app": let the reverse proxy ask for a login, or do not route to it`,
		"severity": "warning",
	}} with input as _holder("louislam/dockge", {"entries": [fixture.router("app", {})]})
}

test_agent if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ports[9001/tcp]",
		"message": `service "app" is Portainer agent, which can create containers and is open to outsiders by port 9001 on 0.0.0.0: publish it on an address that its server alone reaches`,
		"severity": "warning",
	}} with input as _holder("portainer/agent", {"entries": [fixture.entry("app", 9001, {})]})
}

test_no_password if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ports[2376/tcp]",
		"message": `service "app" is Hawser (agent of Dockhand), which lets anybody create containers and is open to outsiders by port 2376 on 0.0.0.0: set "TOKEN", and publish it on "127.0.0.1"`,
		"severity": "error",
	}} with input as _hawser({"PUID": "0"})
	{finding.severity | some finding in rule.findings} == {"error"} with input as _hawser({"TOKEN": ""})
	{finding.severity | some finding in rule.findings} == {"warning"} with input as _hawser({"TOKEN": "secret"})
	{finding.severity | some finding in rule.findings} == {"warning"} with input as _holder("finsys/hawser", {
		"environment": fixture.passed_through("app", ["TOKEN"]),
		"entries": [fixture.entry("app", 2376, {})],
	})
	rule.findings == set() with input as _hawser({"DOCKHAND_SERVER_URL": "wss://docker.example.com"})
}

_hawser(variables) := _holder("finsys/hawser", {
	"environment": fixture.environment("app", variables),
	"entries": [fixture.entry("app", 2376, {})],
})

test_switched_on if {
	{[finding.severity, finding.message] | some finding in rule.findings} == {["error", `service "app" is Dozzle with shell, which lets anybody run commands in containers and is open to outsiders by port 8080 on 0.0.0.0: set "DOZZLE_AUTH_PROVIDER", and publish it on "127.0.0.1"`]} with input as _dozzle({"environment": fixture.environment("app", {"DOZZLE_ENABLE_SHELL": "true"})})
	{finding.severity | some finding in rule.findings} == {"error"} with input as _dozzle({"options": fixture.settings("services.app", "command", {"enable-actions": "", "auth-provider": "none"})})
	{finding.severity | some finding in rule.findings} == {"warning"} with input as _dozzle({"options": fixture.settings("services.app", "command", {"enable-actions": "true", "auth-provider": "simple"})})
	rule.findings == set() with input as _dozzle({})
	rule.findings == set() with input as _dozzle({"environment": fixture.environment("app", {"DOZZLE_ENABLE_SHELL": "false"})})
	{finding.at | some finding in rule.findings} == {"services.app.ports[3000/tcp]"} with input as _holder("getwud/wud", {
		"environment": fixture.environment("app", {"WUD_TRIGGER_DOCKER_LOCAL_PRUNE": "true"}),
		"entries": [fixture.entry("app", 3000, {})],
	})
}

_dozzle(fields) := _holder("amir20/dozzle", object.union({"entries": [fixture.entry("app", 8080, {})]}, fields))

test_moved_port if {
	rule.findings == set() with input as _dockge({"DOCKGE_PORT": "80"}, 5001)
	{finding.at | some finding in rule.findings} == {"services.app.ports[80/tcp]"} with input as _dockge({"DOCKGE_PORT": "80"}, 80)
	rule.findings == set() with input as _dockge({"DOCKGE_PORT": "any"}, 5001)
	rule.findings == set() with input as _dockge({}, 80)
}

_dockge(variables, port) := _holder("louislam/dockge", {
	"environment": fixture.environment("app", variables),
	"entries": [fixture.entry("app", port, {})],
})

test_behind_a_proxy if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ports[9000/tcp]",
		"message": `service "app" is Portainer, which can create containers and is open to outsiders by port 9000 on 0.0.0.0: publish it on "127.0.0.1"`,
		"severity": "warning",
	}} with input as _behind({"CONTAINERS": "1", "POST": "1"})
	{finding.message | some finding in rule.findings} == set() with input as _behind({"CONTAINERS": "1"})
	{finding.at | some finding in rule.findings} == set() with input as _behind({"EXEC": "1"})
}

_behind(variables) := fixture.project_with(
	[
		fixture.proxy("proxy", {
			"networks": fixture.attachments("proxy", ["api"]),
			"environment": fixture.environment("proxy", variables),
		}),
		fixture.service("app", {
			"image": fixture.image("app", "portainer/portainer-ce", "2.21"),
			"networks": fixture.attachments("app", ["api"]),
			"endpoints": [fixture.docker_host("app", "proxy")],
			"entries": [fixture.entry("app", 9000, {})],
		}),
	],
	{"networks": [fixture.network("api", {})]},
)

test_not_exposed if {
	rule.findings == set() with input as _holder("portainer/portainer-ce", {"entries": []})
	rule.findings == set() with input as _holder("portainer/portainer-ce", {"entries": [fixture.entry("app", 9443, {"loopback": true})]})
	rule.findings == set() with input as _holder("portainer/portainer-ce", {"entries": [fixture.router("app", {"port": 8000})]})
	rule.findings == set() with input as _holder("example/app", {"entries": [fixture.entry("app", 9443, {})]})
	rule.findings == set() with input as fixture.project([fixture.service("app", {
		"image": fixture.image("app", "portainer/portainer-ce", "2.21"),
		"entries": [fixture.entry("app", 9443, {})],
	})])
}

# Authentication of a reverse proxy, as far as labels tell.
test_behind_a_login if {
	rule.findings == set() with input as _routed({"traefik.http.routers.app.middlewares": "chain-oauth@file"})
	rule.findings == set() with input as _routed({"caddy.basic_auth": "/*"})
	{finding.at | some finding in rule.findings} == {"services.app.labels[traefik.http.routers.app.rule]"} with input as _routed({"traefik.http.routers.app.middlewares": "compress"})
}

_routed(labels) := _holder("louislam/dockge", {
	"labels": fixture.settings("services.app", "labels", labels),
	"entries": [fixture.router("app", {})],
})

_holder(image, fields) := fixture.project([fixture.service("app", object.union(
	{
		"image": fixture.image("app", image, "1"),
		"mounts": [fixture.mount("app", "/run/docker.sock", {})],
	},
	fields,
))])

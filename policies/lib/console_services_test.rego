package composelint.console_services_test

import data.composelint.console_services
import data.composelint.fixture

test_passed_on if {
	console_services.passed_on == {"app": {"portainer": {"create-container", "run-exec"}}} with input as _holder("portainer/portainer-ce", {})
	console_services.passed_on == {"app": {"dockhand": {"create-container", "run-exec"}}} with input as _behind("fnsys/dockhand", {"CONTAINERS": "1", "EXEC": "1", "POST": "1"})
	console_services.passed_on == {"app": {"dockhand": {"create-container"}}} with input as _behind("fnsys/dockhand", {"CONTAINERS": "1", "POST": "1"})
	console_services.passed_on == {"app": {"yacht": {"create-container"}}} with input as _behind("selfhostedpro/yacht", {"CONTAINERS": "1", "POST": "1"})
	console_services.passed_on == {"app": {"yacht": set()}} with input as _behind("selfhostedpro/yacht", {"CONTAINERS": "1"})
	console_services.passed_on == {} with input as _holder("example/app", {})
}

_behind(image, variables) := fixture.project([
	fixture.proxy("proxy", {"environment": fixture.environment("proxy", variables)}),
	fixture.service("app", {
		"image": fixture.image("app", image, "latest"),
		"endpoints": [fixture.told("app", image, "proxy")],
	}),
])

test_switched_on if {
	_ids(console_services.passed_on) == {"dozzle-shell"} with input as _holder("amir20/dozzle", {"environment": fixture.environment("app", {"DOZZLE_ENABLE_SHELL": "true"})})
	_ids(console_services.passed_on) == {"dozzle-actions"} with input as _holder("amir20/dozzle", {"options": fixture.settings("services.app", "command", {"enable-actions": ""})})
	_ids(console_services.passed_on) == {"wud"} with input as _holder("getwud/wud", {"environment": fixture.environment("app", {"WUD_TRIGGER_DOCKER_LOCAL_PRUNE": "true"})})
	_ids(console_services.passed_on) == set() with input as _holder("amir20/dozzle", {"environment": fixture.environment("app", {"DOZZLE_ENABLE_SHELL": "false"})})
	_ids(console_services.passed_on) == set() with input as _holder("getwud/wud", {"environment": fixture.environment("app", {"WUD_TRIGGER_SMTP_HOST": "mail"})})
}

_ids(by_name) := {id | some by_id in by_name; some id, _ in by_id}

# Options may repeat.
test_repeated_options if {
	_ids(console_services.passed_on) == {"dozzle-shell"} with input as _holder("amir20/dozzle", {"options": [
		{"at": "a", "name": "remote-agent", "value": "a:7007", "literal": "a:7007", "from_file": false},
		{"at": "b", "name": "remote-agent", "value": "b:7007", "literal": "b:7007", "from_file": false},
		{"at": "c", "name": "enable-shell", "value": "true", "literal": "true", "from_file": false},
	]})
}

test_ports if {
	console_services.ports == {"app": {"portainer": {9000, 9443}}} with input as _holder("portainer/portainer-ce", {})
	console_services.ports == {"app": {"hawser": {2375, 2376}}} with input as _hawser({})
	console_services.ports == {"app": {"hawser": set()}} with input as _hawser({"DOCKHAND_SERVER_URL": "wss://docker.example.com"})
	console_services.ports == {"app": {"hawser": {80}}} with input as _hawser({"PORT": "80"})
	console_services.ports == {"app": {"hawser": set()}} with input as _hawser({"PORT": "any"})
}

test_without_password if {
	console_services.without_password == {"app": {"hawser"}} with input as _hawser({})
	console_services.without_password == {"app": {"hawser"}} with input as _hawser({"TOKEN": ""})
	console_services.without_password == {"app": set()} with input as _hawser({"TOKEN": "secret"})
	console_services.without_password == {"app": set()} with input as _holder("finsys/hawser", {"environment": fixture.passed_through("app", ["TOKEN"])})
	console_services.without_password == {} with input as _holder("finsys/hawser", {"environment_incomplete": true})
	console_services.without_password == {"app": set()} with input as _holder("portainer/agent", {})
}

_hawser(variables) := _holder("finsys/hawser", {"environment": fixture.environment("app", variables)})

_holder(image, fields) := fixture.project([fixture.service("app", object.union(
	{
		"image": fixture.image("app", image, "1"),
		"mounts": [fixture.mount("app", "/run/docker.sock", {})],
	},
	fields,
))])

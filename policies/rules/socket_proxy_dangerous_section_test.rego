package composelint.rules["socket-proxy-dangerous-section_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-dangerous-section"] as rule

test_section_in_the_configuration_of_the_guide if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.proxy.environment[EXEC]",
			"message": `"EXEC" of the socket proxy "proxy" lets its clients run commands in every container: set it to "0"`,
			"severity": "error",
		},
		{
			"at": "services.proxy.environment[BUILD]",
			"message": `"BUILD" of the socket proxy "proxy" lets its clients run any command as root by building an image: set it to "0"`,
			"severity": "error",
		},
		{
			"at": "services.proxy.environment[VOLUMES]",
			"message": `"VOLUMES" of the socket proxy "proxy" lets its clients create volumes that are the host's directories: set it to "0"`,
			"severity": "error",
		},
		{
			"at": "services.proxy.environment[NETWORKS]",
			"message": `"NETWORKS" of the socket proxy "proxy" lets its clients connect containers to any network: set it to "0"`,
			"severity": "error",
		},
	} with input as _proxy(object.union(_guide, {"EXEC": "1", "BUILD": "1", "VOLUMES": "1", "NETWORKS": "1"}))
}

# POST beside CONTAINERS is a finding of its own, and IMAGES adds nothing to it.
test_configuration_of_the_guide if {
	rule.findings == set() with input as _proxy(_guide)
}

test_everything_with_post if {
	_severities == {
		"AUTH": "warning", "BUILD": "error", "COMMIT": "warning", "CONFIGS": "warning", "EXEC": "error", "GRPC": "warning",
		"NETWORKS": "error", "NODES": "error", "PLUGINS": "error", "SECRETS": "warning", "SERVICES": "error", "SESSION": "warning",
		"SWARM": "error", "SYSTEM": "warning", "VOLUMES": "error",
	} with input as _proxy(object.union(_all, {"POST": "1"}))
}

test_everything_without_post if {
	_severities == {"CONFIGS": "warning", "SECRETS": "warning", "SWARM": "error", "SYSTEM": "warning"} with input as _proxy(_all)
}

test_without_containers if {
	_severities == {"EXEC": "warning", "IMAGES": "warning"} with input as _proxy({"EXEC": "1", "IMAGES": "1", "POST": "1", "CONTAINERS": "0"})
}

# A word that reads like yes is off on HAProxy and on for linuxserver's nginx.
test_values_by_kind if {
	rule.findings == set() with input as _proxy({"SWARM": "true"})
	_severities == {"SWARM": "error"} with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "linuxserver/socket-proxy", "1.26.3-r0-ls46"),
		"environment": fixture.environment("proxy", {"SWARM": "false"}),
	})])
}

test_unknown_section if {
	rule.findings == set() with input as fixture.project([fixture.proxy("proxy", {"environment": fixture.passed_through("proxy", ["SWARM", "EXEC"])})])
}

# Without knowing POST, what VOLUMES opens is not known; what SWARM opens is.
test_unknown_post if {
	_severities == {"SWARM": "error"} with input as fixture.project([fixture.proxy("proxy", {"environment": array.concat(
		fixture.environment("proxy", {"SWARM": "1", "VOLUMES": "1"}),
		fixture.passed_through("proxy", ["POST"]),
	)})])
}

test_no_flags_of_a_proxy if {
	rule.findings == set() with input as fixture.project([
		fixture.service("app", {"environment": fixture.environment("app", {"SWARM": "1", "EXEC": "1"})}),
		fixture.service("wolle", {
			"image": fixture.image("wolle", "wollomatic/socket-proxy", "1"),
			"environment": fixture.environment("wolle", {"SWARM": "1"}),
		}),
	])
}

# A client of which the needs are known needs the section, or may need it.
test_needed_section if {
	rule.findings == set() with input as fixture.project([
		fixture.proxy("proxy", {"environment": fixture.environment("proxy", {"CONFIGS": "1", "SWARM": "0", "CONTAINERS": "1"})}),
		fixture.service("caddy", {
			"image": fixture.image("caddy", "lucaslorentz/caddy-docker-proxy", "2"),
			"endpoints": [fixture.docker_host("caddy", "proxy")],
		}),
	])
	rule.findings == set() with input as object.union(
		fixture.project([
			fixture.proxy("proxy", {"environment": fixture.environment("proxy", {"SWARM": "1"})}),
			fixture.service("app", {"endpoints": [fixture.docker_host("app", "proxy")]}),
		]),
		{"config": {"roles": {"proxies": [], "clients": [{"service": "app", "needs": ["SwarmInspect"]}]}}},
	)
}

# The section is needed for reading: that it opens more beside POST is POST's fault, here and
# where other clients are not known.
test_needed_for_reading if {
	rule.findings == set() with input as fixture.project([
		fixture.proxy("proxy", {"environment": fixture.environment("proxy", {"CONTAINERS": "1", "NETWORKS": "1", "POST": "1"})}),
		fixture.service("promtail", {
			"image": fixture.image("promtail", "grafana/promtail", "3"),
			"endpoints": [fixture.told("promtail", "grafana/promtail", "proxy")],
		}),
		fixture.service("own", {"endpoints": [fixture.docker_host("own", "proxy")]}),
	])
}

# The flags of qdm12's proxy are values of an option.
test_value_of_an_option if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy",
		"message": `"configs" of the socket proxy "proxy" lets its clients read the content of every swarm config: remove it`,
		"severity": "warning",
	}} with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "qmcgaw/docker-proxy-acl-alpine", "latest"),
		"options": fixture.settings("services.proxy", "command", {"a": "configs"}),
	})])
}

# Without ALLOW_START nothing can be started on nginx, and yet files be written.
test_containers_that_cannot_be_started if {
	_severities == {"CONTAINERS": "error"} with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "linuxserver/socket-proxy", "1.26.3-r0-ls46"),
		"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "1"}),
	})])
}

# The granular flags of fluencelabs' proxy.
test_other_names if {
	_severities == {
		"CONTAINERS_ATTACH": "warning", "CONTAINERS_CREATE": "warning", "VOLUMES_DELETE": "warning",
	} with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "fluencelabs/docker-socket-proxy", "latest"),
		"environment": fixture.environment("proxy", {"CONTAINERS_ATTACH": "1", "VOLUMES_DELETE": "1", "DELETE": "1", "POST": "1", "CONTAINERS_CREATE": "1"}),
	})])
	_severities == {"VOLUMES_CREATE": "error", "NETWORKS_CONNECT": "error"} with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "fluencelabs/docker-socket-proxy", "latest"),
		"environment": fixture.environment("proxy", {"VOLUMES_CREATE": "1", "NETWORKS_CONNECT": "1", "CONTAINERS_WAIT": "1", "POST": "1"}),
	})])
}

_guide := {
	"CONTAINERS": "1", "IMAGES": "1", "INFO": "1", "VERSION": "1", "POST": "1", "DELETE": "1", "VOLUMES": "0", "NETWORKS": "0",
	"EXEC": "0", "BUILD": "0", "SWARM": "0", "SERVICES": "0", "TASKS": "0", "COMMIT": "0", "CONFIGS": "0", "SECRETS": "0", "PLUGINS": "0",
}

_all := {flag: "1" |
	some flag in [
		"AUTH", "BUILD", "COMMIT", "CONFIGS", "CONTAINERS", "DISTRIBUTION", "EVENTS", "EXEC", "GRPC", "IMAGES", "INFO", "NETWORKS", "NODES",
		"PING", "PLUGINS", "SECRETS", "SERVICES", "SESSION", "SWARM", "SYSTEM", "TASKS", "VERSION", "VOLUMES",
	]
}

_proxy(values) := fixture.project([fixture.proxy("proxy", {"environment": fixture.environment("proxy", values)})])

_severities := {flag: finding.severity |
	some finding in rule.findings
	flag := trim_suffix(trim_prefix(finding.at, "services.proxy.environment["), "]")
}

# What one proxy opens is nothing that another does.
test_flags_of_two if {
	rule.flags == {"a": {"SWARM"}, "b": set()} with input as fixture.project([
		fixture.proxy("a", {"environment": fixture.environment("a", {"SWARM": "1"})}),
		fixture.proxy("b", {"environment": fixture.environment("b", {"CONTAINERS": "1"})}),
	])
}

# The expressions of a proxy that is not steered by flags are judged by what they let through,
# but for what a known client needs.
test_expressions if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.proxy.command[allowGET]",
			"message": `"allowGET" of the socket proxy "proxy" lets its clients read the tokens that make a node a manager of the swarm: narrow it to what they need`,
			"severity": "error",
		},
		{
			"at": "services.proxy.command[allowPOST]",
			"message": `"allowPOST" of the socket proxy "proxy" lets its clients run commands in every container: narrow it to what they need`,
			"severity": "error",
		},
	} with input as _expressions({"allowGET": ".*", "allowPOST": `/containers/.*/exec|/exec/.*/start`}, [])
	rule.findings == set() with input as _expressions({"allowGET": "/containers/.*", "allowPOST": "/networks/create"}, [])
	rule.findings == set() with input as _expressions({"allowPOST": "/volumes/create"}, [{"service": "app", "needs": ["VolumeCreate"]}])
}

_expressions(options, clients) := object.union(
	fixture.project([
		fixture.service("proxy", {
			"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
			"options": fixture.settings("services.proxy", "command", options),
		}),
		fixture.service("app", {"endpoints": [fixture.docker_host("app", "proxy")]}),
	]),
	{"config": {"roles": {"proxies": [], "clients": clients}}},
)

test_data_is_whole if {
	every case in data.composelint.sections.cases {
		case.severity in {"error", "warning"}
		case.by in case.operations
		is_string(case.why)
	}
}

# Podman's own API does what Docker's does.
test_podman if {
	{finding.message: finding.severity | some finding in rule.findings} == {
		`"LIBPOD_EXEC" of the socket proxy "proxy" lets its clients run commands in every container: set it to "0"`: "error",
		`"LIBPOD_IMAGES" of the socket proxy "proxy" lets its clients put an image of theirs under any tag: set it to "0"`: "warning",
		`"LIBPOD_NETWORKS" of the socket proxy "proxy" lets its clients connect containers to any network: set it to "0"`: "error",
	} with input as _before_podman({"LIBPOD_EXEC": "1", "LIBPOD_IMAGES": "1", "LIBPOD_NETWORKS": "1", "POST": "1"})
		with data.composelint.effective_api.allowed as {"proxy": {"(libpod) ContainerExec", "(libpod) ExecStart", "(libpod) ImageImport", "(libpod) NetworkConnect"}}
	rule.findings == set() with input as _before_podman({"LIBPOD_EXEC": "1", "LIBPOD_IMAGES": "1", "LIBPOD_NETWORKS": "1"})
}

_before_podman(values) := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", "linuxserver/socket-proxy", "3.4.3-r0-ls92"),
	"environment": fixture.environment("proxy", values),
})])

# What stands in for a flag that closes more is named.
test_flag_that_closes_what_is_needed if {
	{finding.message | some finding in rule.findings} == {`"NOPOST" of the socket proxy "proxy" lets its clients read the tokens that make a node a manager of the swarm: set it to "0" and "CONTAINERS" to "1"`} with input as fixture.project([
		fixture.service("proxy", {
			"image": fixture.image("proxy", "zoeyvid/docker-socket-proxy", "latest"),
			"environment": fixture.environment("proxy", {"NOPOST": "1"}),
		}),
		fixture.service("app", {
			"image": fixture.image("app", "traefik", "v3.6.4"),
			"endpoints": [fixture.told("app", "traefik", "proxy")],
		}),
	])
}

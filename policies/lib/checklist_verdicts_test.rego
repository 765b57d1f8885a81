package composelint.checklist_verdicts_test

import data.composelint.checklist_verdicts
import data.composelint.fixture

_verdicts := {item.id: item.verdict | some item in checklist_verdicts.judged}

_results(id) := {[result.verdict, result.at, result.says] |
	some item in checklist_verdicts.judged
	item.id == id
	some result in item.results
}

# _deployment is that of the guide: an application that points at a proxy by an internal
# network, and is on a network of its own.
_deployment(proxy, app, networks) := fixture.project_with(
	[
		fixture.service("proxy", object.union(
			{
				"image": fixture.image("proxy", "tecnativa/docker-socket-proxy", "v0.4.1"),
				"environment": fixture.environment("proxy", {"IMAGES": "1", "POST": "0", "VOLUMES": "0"}),
				"mounts": [fixture.mount("proxy", "/run/docker.sock", {"read_only": true})],
				"networks": fixture.attachments("proxy", ["api"]),
			},
			proxy,
		)),
		fixture.service("app", object.union(
			{
				"endpoints": [fixture.docker_host("app", "proxy")],
				"networks": fixture.attachments("app", ["api"]),
			},
			app,
		)),
	],
	{"networks": [object.union(fixture.network("api", {}), networks)]},
)

_right := _deployment({}, {}, {})

test_everything_right if {
	{verdict | some verdict in _verdicts} == {"pass"} with input as _right
	_results("sections-closed") == {
		["pass", "services.proxy.environment[POST]", `volumes: denied, by "POST"`],
		["pass", "services.proxy.environment[POST]", `networks: denied, by "POST"`],
		["pass", "services.proxy.environment[POST]", `exec: denied, by "POST"`],
		["pass", "services.proxy.environment[POST]", `build: denied, by "POST"`],
	} with input as _right
	_results("socket-behind-proxy") == {["pass", "services.proxy", `service "proxy" is Tecnativa docker-socket-proxy`]} with input as _right
	_results("socket-read-only") == {["pass", "services.proxy.volumes[/run/docker.sock]", `"proxy" mounts it read-only, which protects the file and not the API`]} with input as _right
	_results("network-internal") == {["pass", "networks.api", `network "api" is internal`]} with input as _right
	_results("client-points-at-proxy") == {["pass", "services.app.environment[DOCKER_HOST]", `"app" points at "proxy"`]} with input as _right
	_results("no-socket-on-app") == {["pass", "services.app", `"app" does not hold it`]} with input as _right
	_results("no-new-privileges") == {["pass", "services.proxy", `"proxy" has it`], ["pass", "services.app", `"app" has it`]} with input as _right
	_results("no-new-privileges") == {
		["pass", "services.proxy", `"proxy" has it by the engine's configuration`],
		["pass", "services.app", `"app" has it by the engine's configuration`],
	} with input as object.union(fixture.daemon({}), _right)
	_results("resource-limits") == {["pass", "services.proxy", `"proxy" has both`], ["pass", "services.app", `"app" has both`]} with input as _right
	_results("proxy-on-own-network") == {["pass", "services.proxy.networks[api]", `"proxy" is on "api"`]} with input as _right
	_results("client-reaches-proxy") == {["pass", "services.app.environment[DOCKER_HOST]", `"app" reaches "proxy"`]} with input as _right
	_results("proxy-unpublished") == {["pass", "services.proxy", `nothing publishes "proxy" or routes to it`]} with input as _right
	_results("no-host-root") == {["pass", "services.proxy", `no attack by "proxy" ends as root on the host`]} with input as _right
	_results("no-stranger") == {["pass", "services.proxy", `every service that reaches "proxy" points at it`]} with input as _right
	_results("flags-mean-what-they-say") == {["pass", "services.proxy", `every flag of "proxy" is known`]} with input as _right
}

# Nothing to judge is no pass.
test_nothing if {
	{verdict | some verdict in _verdicts} == {"not applicable"} with input as fixture.project([fixture.service("app", {})])
}

test_sections if {
	_results("sections-closed") == {
		["pass", "services.proxy.environment[VOLUMES]", `volumes: denied, by "VOLUMES"`],
		["pass", "services.proxy", `networks: denied, by "NETWORKS"`],
		["pass", "services.proxy", `build: denied, by "BUILD"`],
		["fail", "services.proxy.environment[EXEC]", `"EXEC" of the socket proxy "proxy" lets its clients start a command that somebody else prepared in a container: set it to "0"`],
	} with input as _deployment({"environment": fixture.environment("proxy", {"EXEC": "1", "POST": "1", "VOLUMES": "0"})}, {}, {})
	_verdicts["sections-closed"] == "unknown" with input as _deployment({"environment": fixture.passed_through("proxy", ["VOLUMES", "POST"])}, {}, {})
	["unknown", "services.proxy.environment[POST]", `volumes: not known, by "POST"`] in _results("sections-closed") with input as _deployment({"environment": fixture.passed_through("proxy", ["VOLUMES", "POST"])}, {}, {})
	["pass", "services.proxy.environment[VOLUMES]", `volumes: let through, by "VOLUMES", as a client needs it`] in _results("sections-closed") with input as object.union(
		_deployment({"environment": fixture.environment("proxy", {"VOLUMES": "1", "POST": "1"})}, {}, {}),
		{"config": {"roles": {"proxies": [], "clients": [{"service": "app", "needs": ["VolumeCreate"]}]}}},
	)
	["pass", "services.proxy", "exec: denied"] in _results("sections-closed") with input as _deployment(
		{
			"image": fixture.image("proxy", "11notes/socket-proxy", "stable"),
			"environment": [],
		},
		{}, {},
	)
}

# A fail is a finding of a rule, at its place, whatever rules are enabled.
test_fails if {
	_verdicts["socket-read-only"] == "fail" with input as _deployment({"mounts": [fixture.mount("proxy", "/run/docker.sock", {})]}, {}, {})
	_verdicts["network-internal"] == "fail" with input as _deployment({}, {}, {"internal": false})
	_results("no-new-privileges") == {
		["fail", "services.app", `service "app" can gain privileges by setuid programs: add "no-new-privileges:true" to "security_opt"`],
		["pass", "services.proxy", `"proxy" has it`],
	} with input as _deployment({}, {"no_new_privileges": false}, {})
	_verdicts["no-host-root"] == "fail" with input as _deployment({"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "1"})}, {}, {})
	_verdicts["no-socket-on-app"] == "fail" with input as _deployment({}, {"mounts": [fixture.mount("app", "/run/docker.sock", {})]}, {})
}

test_socket_without_proxy if {
	_results("socket-behind-proxy") == {["fail", "services.app.volumes[/run/docker.sock]", "the socket is in use, and no socket proxy stands before it"]} with input as fixture.project([fixture.service("app", {"mounts": [fixture.mount("app", "/run/docker.sock", {})]})])
}

# What the checklist is about is near the Docker API: other services are left to the findings.
test_other_services if {
	_verdicts["no-new-privileges"] == "not applicable" with input as fixture.project([fixture.service("app", {"no_new_privileges": false})])
}

test_unknown if {
	_results("socket-read-only") == {["unknown", "services.proxy.volumes[/run/docker.sock]", "not known"]} with input as _deployment({"mounts": [fixture.without(fixture.mount("proxy", "/run/docker.sock", {}), ["read_only"])]}, {}, {})
	_results("network-internal") == {["unknown", "networks.api", `whether network "api" is internal is not known`]} with input as fixture.project_with(
		_right.project.services,
		{"networks": [fixture.without(fixture.network("api", {}), ["internal"])]},
	)
	_results("no-socket-on-app") == {["unknown", "services.app", `what "app" mounts is not known`]} with input as _deployment({}, {"mounts": [fixture.without(fixture.mount("app", "/srv", {}), ["host_path"])]}, {})
	_results("no-host-root") == {["unknown", "services.proxy", `what "proxy" lets through is not known`]} with input as _deployment({"environment": fixture.passed_through("proxy", ["CONTAINERS", "POST"])}, {}, {})
	_results("no-stranger") == {["unknown", "services.proxy.networks[api]", `who else is on the external network "api" of "proxy" is not known`]} with input as _deployment(
		{"entries": [{
			"at": "services.proxy.networks[api]", "kind": "external-network", "called": `the external network "api"`,
			"port": 0, "router": "",
		}]},
		{}, {},
	)
	["unknown", "services.app", `not known of "app"`] in _results("no-new-privileges") with input as fixture.project_with(
		[_right.project.services[0], fixture.without(_right.project.services[1], ["no_new_privileges"])],
		{"networks": [fixture.network("api", {})]},
	)
	["unknown", "services.app", `not known of "app"`] in _results("resource-limits") with input as _deployment({}, {"complete": false}, {})
}

# An endpoint is one that reaches, one that does not, or one of which that is not known.
test_endpoints if {
	_results("client-reaches-proxy") == {["unknown", "services.app.environment[DOCKER_HOST]", `whether "app" reaches a proxy at "elsewhere" is not known`]} with input as _deployment({}, {"endpoints": [fixture.without(fixture.endpoint("app", "DOCKER_HOST", "elsewhere", {"services": [], "beyond": "anybody"}), ["reachable"])]}, {})
	_results("client-reaches-proxy") == {["pass", "services.app.environment[DOCKER_HOST]", `"app" reaches "proxy" by its socket`]} with input as _by_socket("/filtered/docker.sock")
	_results("client-reaches-proxy") == {["fail", "services.app.environment[DOCKER_HOST]", `"DOCKER_HOST" of service "app" names "/filtered/proxy.sock", but the socket of the proxy "proxy" is "/filtered/docker.sock" there`]} with input as _by_socket("/filtered/proxy.sock")
}

# A proxy at its loopback address answers in its own network namespace.
test_loopback if {
	_results("client-reaches-proxy") == {["pass", "services.app.environment[DOCKER_HOST]", `"app" reaches "proxy"`]} with input as _deployment(_at_home, {"network_owner": "proxy"}, {})
	_results("client-reaches-proxy") == {["fail", "services.app.environment[DOCKER_HOST]", `"DOCKER_HOST" of service "app" names the socket proxy "proxy", which listens on its own loopback address alone: set "SP_LISTENIP" to "0.0.0.0"`]} with input as _deployment(_at_home, {}, {})
}

_at_home := {"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"), "environment": []}

_by_socket(path) := _deployment(
	{
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
		"environment": fixture.environment("proxy", {"SP_PROXYSOCKETENDPOINT": "/filtered/docker.sock"}),
		"mounts": [fixture.mount("proxy", "/run/docker.sock", {"read_only": true}), fixture.named_volume("proxy", "filtered", "/filtered")],
	},
	{
		"mounts": [fixture.named_volume("app", "filtered", "/filtered")],
		"endpoints": [fixture.without(fixture.endpoint("app", "DOCKER_HOST", "", {"scheme": "unix", "port": 0, "path": path, "services": []}), ["reachable"])],
	},
	{},
)

# What no rule finds here is no pass for that.
test_no_false_pass if {
	_results("sections-closed") & {["fail", "services.proxy.command[allowPOST]", `networks: let through, by "allowPOST"`]} != set() with input as _deployment(
		{
			"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
			"environment": [],
			"options": fixture.settings("services.proxy", "command", {"allowPOST": "/networks/create"}),
		},
		{}, {},
	)
	["pass", "services.proxy.command[allowPOST]", `networks: let through, by "allowPOST", as a client needs it`] in _results("sections-closed") with input as object.union(
		_deployment(
			{
				"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
				"environment": [],
				"options": fixture.settings("services.proxy", "command", {"allowPOST": "/networks/create"}),
			},
			{}, {},
		),
		{"config": {"roles": {"proxies": [], "clients": [{"service": "app", "needs": ["NetworkCreate"]}]}}},
	)
	_verdicts["proxy-unpublished"] == "fail" with input as _deployment({"ports": [fixture.port("proxy", 2375, {})]}, {}, {})
	_results("no-socket-on-app") == {["fail", "services.app.volumes[/run/docker.sock]", `service "app" points at a socket proxy but also mounts the Docker API socket "/run/docker.sock", which bypasses it even read-only: remove the mount`]}
		with input as _deployment({}, {"mounts": [fixture.mount("app", "/run/docker.sock", {"read_only": true})]}, {})
	_verdicts["no-new-privileges"] == "fail" with input as _deployment(
		{},
		{
			"no_new_privileges": false,
			"security_options": [{"at": "services.app.security_opt[no-new-privileges]", "name": "no-new-privileges", "value": "false"}],
		},
		{},
	)
	_results("network-internal") == {["pass", "networks.api", `network "api" is internal`], ["fail", "networks.web", `network "web" is not internal`]} with input as fixture.project_with(
		[
			object.union(_right.project.services[0], {"networks": fixture.attachments("proxy", ["api", "web"])}),
			_right.project.services[1],
		],
		{"networks": [fixture.network("api", {}), fixture.network("web", {"internal": false})]},
	)
}

test_not_judged_is_unknown if {
	_results("flags-mean-what-they-say") == {["unknown", "services.proxy", `not every flag of "proxy" is known`]} with input as _deployment({"environment": fixture.passed_through("proxy", ["EXEC"])}, {}, {})
	_results("flags-mean-what-they-say") == {["unknown", "services.proxy", `not every flag of "proxy" is known`]} with input as _deployment({"command": [{"at": "services.proxy.command[0]", "value": "haproxy", "literal": "haproxy"}]}, {}, {})
	_results("proxy-on-own-network") == {["unknown", "services.proxy.networks[api]", `who needs "proxy" on "api" is not known`]} with input as _deployment({}, {"endpoints": []}, {})
	_results("no-stranger") == {["unknown", "services.proxy", `whether "app" is a client of "proxy" is not known`]} with input as _deployment({}, {"endpoints": []}, {})
	_results("proxy-unpublished") == {["unknown", "services.proxy", `where "proxy" is published is not known`]} with input as _deployment({"ports": [fixture.without(fixture.port("proxy", 2375, {}), ["host_ip"])]}, {}, {})
}

test_words_of_the_guide if {
	[item.guide | some item in checklist_verdicts.judged; item.id == "no-host-root"] == [""] with input as _right
	[item.section | some item in checklist_verdicts.judged; item.id == "socket-read-only"] == ["Compose configuration"] with input as _right
	listed := {id | some section in data.composelint.checklist.sections; some id in section.items}
	listed == object.keys(data.composelint.checklist.items)
	every _, item in data.composelint.checklist.items {
		every rule in item.rules {
			is_set(data.composelint.rules[rule].findings) with input as _right
		}
	}
}

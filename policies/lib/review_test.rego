package composelint.review_test

import data.composelint.fixture
import data.composelint.review

_project := fixture.project_with(
	[
		fixture.proxy("proxy", {
			"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "1"}),
			"mounts": [fixture.mount("proxy", "/run/docker.sock", {"read_only": true})],
			"networks": fixture.attachments("proxy", ["api"]),
		}),
		fixture.service("app", {
			"endpoints": [fixture.docker_host("app", "proxy")],
			"networks": fixture.attachments("app", ["api", "web"]),
			"entries": [
				fixture.entry("app", 443, {}),
				{"at": "services.app.networks[web]", "kind": "external-network", "called": `the external network "web"`, "port": 0, "router": ""},
			],
		}),
		fixture.service("holder", {"mounts": [fixture.mount("holder", "/run/docker.sock", {})]}),
		fixture.service("given", {"use_api_socket": true, "entries": [fixture.entry("given", 80, {})]}),
	],
	{"networks": [fixture.network("api", {}), fixture.network("web", {"external": true, "internal": false})]},
)

test_docker_api if {
	[object.remove(api, ["operations", "places"]) | some api in review.docker_api] == [{
		"at": "services.proxy",
		"service": "proxy",
		"kind": "tecnativa",
		"name": "Tecnativa docker-socket-proxy",
		"assumed": false,
		"newer": false,
		"replaced": false,
		"doubts": [],
		"filters": [],
		"partly": [],
	}] with input as _project
	count(review.docker_api[0].operations) == 121 with input as _project
	{
		"operationId": "ContainerCreate", "method": "POST", "path": "/containers/create", "spec": true,
		"verdict": "allow", "flag": "CONTAINERS",
	} in review.docker_api[0].operations with input as _project
}

test_places if {
	[api.places | some api in review.docker_api] == [[{"flag": "CONTAINERS", "at": "services.proxy.environment[CONTAINERS]"}]] with input as _project
}

# Editors show what a proxy lets through also where nobody in the project reaches it.
test_connections if {
	object.keys(review.connections) == {"docker_api", "targets", "networks", "ways_in"} with input as _project
	review.connections.targets == review.targets with input as _project
	review.targets == [] with input as _alone
	[[target.service, target.entries, target.left, root] |
		some target in review.connections.targets
		root := {attack.certain.goal | some attack in target.attacks; attack.host_root == true}
	] == [["proxy", [], 0, {"blocked", "possible"}]] with input as _alone
}

_alone := fixture.project([fixture.proxy("proxy", {"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "1"})})])

# By an id in full is by any; by a short one, a name or a label of a client is not.
test_partly if {
	_partly == [] with input as _by_expression(`/v1\..{1,2}/containers/[a-f0-9]{64}/json`)
	_partly == ["ContainerInspect"] with input as _by_expression(`/v1\..{1,2}/containers/(json|[a-z_]+-1.web/json)`)
	_partly == ["ContainerInspect"] with input as _by_expression(`/containers/[a-f0-9]{12}/json`)
}

_by_expression(expression) := fixture.project([fixture.service("proxy", {
	"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
	"options": fixture.settings("services.proxy", "command", {"allowGET": expression}),
})])

_partly := [id | some api in review.docker_api; some id in api.partly]

test_filters if {
	[api.filters | some api in review.docker_api] == [["bind", "socket-bind", "volume-bind", "volumes-from"]] with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
		"options": fixture.settings("services.proxy", "command", {"allowbindmountfrom": "/srv"}),
	})])
}

# Each way to each target, from outside first.
test_ways if {
	_ways == [
		["proxy", "port", "possible", ["outsiders come in by port 443 on 0.0.0.0", `service "app"`, `network "api"`, `socket proxy "proxy"`, "the host's Docker API socket"]],
		["proxy", "external-network", "unknown", ["outsiders come in by the external network \"web\"", `service "app"`, `network "api"`, `socket proxy "proxy"`, "the host's Docker API socket"]],
		["proxy", "service", "possible", [`service "app"`, `network "api"`, `socket proxy "proxy"`, "the host's Docker API socket"]],
		["holder", "service", "possible", [`service "holder"`, "the host's Docker API socket"]],
		["given", "port", "possible", ["outsiders come in by port 80 on 0.0.0.0", `service "given"`, "the host's Docker API socket"]],
		["given", "service", "possible", [`service "given"`, "the host's Docker API socket"]],
	] with input as _project
}

_ways := [[target.service, entry.kind, attack[_certainty[entry.certain]].goal, [step.label | some step in entry.path]] |
	some target in review.targets
	some entry in target.entries
	some attack in target.attacks
	attack.id == "privileged-container"
]

_certainty := {true: "certain", false: "perhaps"}

test_blocked_attack_stays_blocked if {
	[[attack.certain.verdict, attack.perhaps.verdict] | some target in review.targets; some attack in target.attacks; attack.id == "volume-created"] == [
		["blocked", "blocked"],
		["possible", "unknown"],
		["possible", "unknown"],
	] with input as _project
}

# Those that no proxy is on are there as well.
test_networks if {
	review.project_networks == [
		{"name": "api", "at": "networks.api", "internal": "yes", "services": ["proxy", "app"]},
		{"name": "web", "at": "networks.web", "internal": "no", "services": ["app"]},
	] with input as _project
	[network.internal | some network in review.project_networks] == ["no"] with input as _on_network({"internal": false}, [])
	[network.internal | some network in review.project_networks] == ["unknown"] with input as _on_network({}, ["internal"])
}

# Neither what only the host itself can use, nor a hook, which lives where its service does.
test_ways_in if {
	[[entry.service, entry.called, entry.certain] | some entry in review.ways_in] == [
		["app", "port 443 on 0.0.0.0", true],
		["app", `the external network "web"`, false],
		["given", "port 80 on 0.0.0.0", true],
	] with input as _project
	review.ways_in == [] with input as fixture.project([
		fixture.service("app", {"entries": [fixture.entry("app", 80, {"loopback": true})]}),
		fixture.hook("app", "post_start", {"entries": [fixture.entry("app", 80, {})]}),
	])
}

_on_network(fields, unknown) := fixture.project_with(
	[fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api"])})],
	{"networks": [fixture.without(fixture.network("api", fields), unknown)]},
)

test_failing if {
	review.failing["socket-proxy-host-root"] == [{"controls": [], "findings": 1}] with input as _project
	not review.failing.privileged with input as _project
	{found.findings | some found in review.failing["resource-limits-missing"]} == {2} with input as fixture.project([
		fixture.service("a", {"limits": {"memory": 0, "zero": []}}),
		fixture.service("b", {"limits": {"memory": 0, "zero": []}}),
	])
}

test_all if {
	object.keys(review.all) == {"docker_api", "targets", "networks", "ways_in", "checklist", "failing", "evidence", "findings"} with input as _project
}

package composelint.control_evidence_test

import data.composelint.control_evidence
import data.composelint.fixture

test_of_every_control if {
	names := {$"{standard.id}/{control.id}" |
		some standard in data.composelint.standards.standards
		some control in standard.controls
	}
	object.keys(control_evidence.of) == names with input as fixture.project([])
}

test_pass if {
	control_evidence.of["cis-docker-1.8.0/5.5"] == {
		"verdict": "pass",
		"judged": 2,
		"of": "service",
		"by": ["privileged"],
		"because": [],
	} with input as fixture.project([fixture.service("a", {}), fixture.service("b", {})])
}

# Of nothing, nothing passes.
test_nothing_to_judge if {
	{evidence.verdict | some evidence in control_evidence.of} == {"not applicable", "not judged"} with input as fixture.project([])
	_shown("cis-docker-1.8.0/4.10") == ["not applicable", 0, ["there is no service that is built"]] with input as fixture.project([fixture.service("a", {})])
	_shown("cis-docker-1.8.0/7.3") == ["not applicable", 0, ["there is no overlay network"]] with input as fixture.project_with(
		[fixture.service("a", {})],
		{"networks": [fixture.network("front", {"driver": "bridge"})]},
	)
}

test_needs if {
	_shown("cis-docker-1.8.0/2.8") == ["not judged", 0, ["needs the daemon's configuration"]] with input as fixture.project([fixture.service("a", {})])
	_shown("cis-docker-1.8.0/4.2") == ["not judged", 0, ["needs a list of trusted registries in the configuration"]] with input as fixture.project([_pulled])
	_shown("cis-docker-1.8.0/4.2") == ["partly", 1, ["what builds begin with stands in Dockerfiles"]] with input as object.union(
		fixture.project([_pulled]),
		{"config": {"registries": ["docker.io"]}},
	)
}

test_refused if {
	_shown("cis-docker-1.8.0/5.5") == ["unknown", 1, ["docker compose would refuse the project"]] with input as object.union(
		fixture.project([_pulled]),
		{"problems": [{"at": "services.a", "key": "", "stage": "load", "meant": "", "undefined": [], "message": "the file is wrong"}]},
	)
}

# A key that is stated decides, since dockerd refuses a flag beside it.
test_engine if {
	_shown("cis-docker-1.8.0/2.2") == ["pass", 1, []] with input as fixture.daemon({"stated": ["icc"]})
	_shown("cis-docker-1.8.0/2.19") == ["partly", 1, ["no key of it is stated, and a flag of dockerd may say otherwise"]] with input as fixture.daemon({"stated": ["icc"]})
	_shown("cis-docker-1.8.0/2.2") == ["unknown", 1, ["dockerd would refuse its configuration"]] with input as fixture.daemon({
		"stated": ["icc"],
		"problems": [{"at": "daemon.icc", "key": "", "stage": "load", "meant": "", "undefined": [], "message": "it is wrong"}],
	})
	_shown("cis-docker-1.8.0/5.5") == ["not applicable", 0, ["there is no service"]] with input as fixture.daemon({})
	_shown("cis-docker-1.8.0/5.5") == ["unknown", 1, ["dockerd would refuse its configuration"]] with input as object.union(
		fixture.daemon({"problems": [{"at": "daemon.icc", "key": "", "stage": "load", "meant": "", "undefined": [], "message": "it is wrong"}]}),
		fixture.project([fixture.service("a", {})]),
	)
}

test_values_that_are_not_known if {
	_shown("cis-docker-1.8.0/5.5") == ["unknown", 3, [
		`"privileged" of service "a" depends on "P"`,
		`the base of service "based" is not here`,
	]] with input as _open
	_shown("cis-docker-1.8.0/5.4") == ["unknown", 3, [
		`"privileged" of service "a" depends on "P"`,
		`"cap_add" of service "b" depends on "C"`,
		`"cap_add" of service "b" depends on "D"`,
		"and 1 more",
	]] with input as _open
	_shown("cis-docker-1.8.0/5.13") == ["unknown", 3, [
		`the base of service "based" is not here`,
	]] with input as _open
	_shown("cis-docker-1.8.0/5.6") == ["unknown", 3, [
		`"volumes" of service "b" depends on "V"`,
		`the base of service "based" is not here`,
	]] with input as _open
	_shown("cis-docker-1.8.0/5.28") == ["partly", 1, ["which version is the newest, only a registry knows"]] with input as object.union(
		fixture.project([_pulled, fixture.built("b", {})]),
		{"unknown": [fixture.unknown("services.b", "image", "TAG", {})]},
	)
}

_open := object.union(
	fixture.project([_pulled, fixture.service("b", {}), fixture.service("based", {"complete": false})]),
	{"unknown": [
		fixture.unknown("services.a", "privileged", "P", {}),
		fixture.unknown("services.b.cap_add[?]", "", "C", {}),
		fixture.unknown("services.b.cap_add[?]", "", "D", {}),
		fixture.unknown("services.b.volumes[/x]", "source", "V", {}),
		fixture.unknown("secrets.s", "file", "S", {}),
	]},
)

test_many_that_are_not_known if {
	_shown("cis-docker-1.8.0/5.16") == ["unknown", 5, [
		`"pid" of service "s1" depends on "P"`,
		`"pid" of service "s2" depends on "P"`,
		`"pid" of service "s3" depends on "P"`,
		"and 2 more",
	]] with input as _many
}

_many := object.union(fixture.project([fixture.service(name, {}) | some name in _names]), {"unknown": [value |
	some name in _names
	value := fixture.unknown($"services.{name}", "pid", "P", {})
]})

_names := [$"s{i}" | some i in numbers.range(1, 5)]

test_networks_that_are_not_known if {
	_shown("cis-docker-1.8.0/7.3") == ["unknown", 2, [
		`"driver" of network "back" depends on "D"`,
		`"driver_opts" of network "front" depends on "E"`,
	]] with input as _open_networks
}

_open_networks := object.union(
	fixture.project_with([fixture.service("a", {})], {"networks": [
		fixture.network("front", {"driver": "overlay"}),
		fixture.without(fixture.network("back", {}), ["driver"]),
	]}),
	{"unknown": [
		fixture.unknown("networks.back", "driver", "D", {}),
		fixture.unknown("networks.front.driver_opts[encrypted]", "", "E", {}),
	]},
)

test_image_that_is_not_known if {
	_shown("owasp-docker/13") == ["unknown", 1, [`"image" of service "a" depends on "TAG"`]] with input as object.union(
		fixture.project([fixture.without(fixture.service("a", {}), ["image"])]),
		{"unknown": [fixture.unknown("services.a.image", "", "TAG", {})]},
	)
}

# The benchmark knows no socket proxy.
test_proxy_holds_the_socket if {
	_shown("cis-docker-1.8.0/5.32") == ["partly", 1, [`the socket proxy "proxy" holds the socket, as it must`]] with input as _proxied
	_shown("cis-docker-1.8.0/5.6") == ["pass", 1, []] with input as _proxied
	_shown("nist-800-190/4.3.1") == ["partly", 1, [
		"who may use the host is not in the file",
		`the socket proxy "proxy" holds the socket, as it must`,
	]] with input as _proxied
}

# What is not of the project may be anything.
test_foreign if {
	_shown("cis-docker-1.8.0/5.16") == ["unknown", 1, [`service "a" joins the container "other", which is not of the project`]] with input as _foreign
	_shown("cis-docker-1.8.0/5.17") == ["pass", 1, []] with input as _foreign
	_shown("cis-docker-1.8.0/5.6") == ["unknown", 1, [
		`volume "data" of service "a" is external`,
		`service "a" has the volumes of the container "other", which is not of the project`,
	]] with input as _foreign
	_shown("cis-docker-1.8.0/7.3") == ["unknown", 1, [`network "front" is external`]] with input as _foreign
	_shown("owasp-docker/12") == ["unknown", 1, [`the file "app.env" is not here`]] with input as _foreign
}

_foreign := object.union(
	fixture.project_with(
		[fixture.service("a", {
			"mounts": [fixture.named_volume("a", "data", "/data")],
			"volumes_from": [{"at": "services.a.volumes_from[container:other]", "of": "other", "service": ""}],
			"namespaces": [fixture.namespace("a", "pid", {"mode": "container", "of": "other", "host": false})],
		})],
		{
			"volumes": [fixture.volume("data", {"external": true})],
			"networks": [fixture.without(fixture.network("front", {"external": true}), ["driver"])],
		},
	),
	{"missing": [{"at": "services.a.env_file[app.env]", "kind": "env_file", "file": "app.env", "uri": "app.env", "elsewhere": false}]},
)

test_swarm if {
	_shown("cis-docker-1.8.0/5.26") == ["unknown", 1, [`docker stack deploy ignores "security_opt" of service "a"`]] with input as _stack
	_shown("cis-docker-1.8.0/5.11") == ["unknown", 1, [`docker stack deploy refuses "mem_limit" of service "a"`]] with input as _stack
	_shown("cis-docker-1.8.0/5.12") == ["unknown", 1, [`docker stack deploy refuses "cpus" of service "a"`]] with input as _stack
	_shown("cis-docker-1.8.0/5.29") == ["unknown", 1, [`docker stack deploy refuses "pids_limit" of service "a"`]] with input as _stack
	_shown("cis-docker-1.8.0/5.13") == ["pass", 1, []] with input as _stack
}

_stack := fixture.swarm(fixture.project([fixture.service("a", {
	"security_options": [{"at": "services.a.security_opt[no-new-privileges]", "name": "no-new-privileges", "value": "true"}],
	"limits": {"memory": 1, "cpus": 1, "cpu_shares": 0, "pids": 1, "zero": []},
})]))

# Hooks have what their service has, and a provider is no container.
test_containers_alone if {
	_shown("cis-docker-1.8.0/5.5") == ["pass", 1, []] with input as fixture.project([fixture.service("a", {}), fixture.hook("a", "post_start", {})])
	_shown("cis-docker-1.8.0/5.28") == ["not applicable", 0, ["there is no service whose image is pulled"]] with input as fixture.project([fixture.without(fixture.built("b", {}), ["image"])])
}

test_exempt if {
	_shown("cis-docker-1.8.0/5.8") == ["partly", 1, ["ports 80 and 443 of web servers and reverse proxies count as meant for everybody"]] with input as fixture.project([fixture.publishing(
		"edge",
		[fixture.port("edge", 443, {})],
		{"image": fixture.image("edge", "caddy", "2.10.2")},
	)])
}

# Of many, the first are named.
test_many_proxies if {
	_shown("cis-docker-1.8.0/5.32") == ["partly", 5, [
		`the socket proxy "p1" holds the socket, as it must`,
		`the socket proxy "p2" holds the socket, as it must`,
		`the socket proxy "p3" holds the socket, as it must`,
		"so do 2 more",
	]] with input as fixture.project([service |
		some i in numbers.range(1, 5)
		name := $"p{i}"
		service := fixture.proxy(name, {"mounts": [fixture.mount(name, "/run/docker.sock", {"read_only": true})]})
	])
}

_proxied := fixture.project([fixture.proxy("proxy", {"mounts": [fixture.mount("proxy", "/run/docker.sock", {"read_only": true})]})])

_pulled := fixture.service("a", {"image": fixture.image("a", "library/nginx", "1.29.1"), "built": false})

_shown(name) := [evidence.verdict, evidence.judged, evidence.because] if {
	evidence := control_evidence.of[name]
}

# METADATA
# description: Parts of a model for the tests. What is not given is safe and complete.
package composelint.fixture

# project is an input with nothing but these services.
#     object.keys(fixture.project([fixture.service("web", {})]))
project(services) := project_with(services, {})

# project_with is an input with these services and with other fields of the project.
#     fixture.project_with([], {"name": "shop"}).project.name
project_with(services, fields) := {
	"project": _with(
		{
			"name": "",
			"services": services,
			"networks": [],
			"volumes": [],
			"secrets": [],
			"configs": [],
			"models": [],
			"overrides": [],
			"slips": [],
			"unused": [],
		},
		fields,
	),
	"problems": [],
	"unknown": [],
	"missing": [],
	"config": {"enabled": [], "strict": false, "target": "compose", "roles": {"proxies": [], "clients": [], "edge": [], "networks": []}, "registries": [], "harmless_mounts": [], "engine": "", "today": "", "env_file": ".env", "environment_known": false},
}

# strict is the same input with --strict.
#     fixture.strict(fixture.project([])).config.strict
strict(document) := object.union(document, {"config": {"strict": true}})

# swarm is the same input with --target swarm.
#     fixture.swarm(fixture.project([])).config.target
swarm(document) := object.union(document, {"config": {"target": "swarm"}})

# service is a hardened service that is on no network.
#     fixture.service("web", {"user": "0"})
service(name, fields) := _with(
	{
		"at": $"services.{name}",
		"name": name,
		"kind": "service",
		"called": $`service "{name}"`,
		"owner": name,
		"complete": true,
		"profiles": [],
		"depends_on": [],
		"image": image(name, "example/app", "1.0"),
		"built": false,
		"pull_policy": "missing",
		"container_name": "",
		"user": "1000",
		"group": "1000",
		"groups": [],
		"entrypoint": [],
		"entrypoint_removed": false,
		"command": [],
		"working_dir": "",
		"options": [],
		"credentials": [],
		"stdin_open": false,
		"replicas": 1,
		"restart": {"at": $"services.{name}.restart", "policy": "on-failure", "max_attempts": 5, "replaced": ""},
		"healthcheck": {
			"at": $"services.{name}.healthcheck",
			"stated": true,
			"disabled": false,
			"test": [
				{"at": $"services.{name}.healthcheck.test[0]", "value": "CMD", "literal": "CMD"},
				{"at": $"services.{name}.healthcheck.test[1]", "value": "true", "literal": "true"},
			],
		},
		"logging": {
			"at": $"services.{name}.logging",
			"driver": "local",
			"by_engine": false,
			"options": [],
		},
		"privileged": false,
		"no_new_privileges": true,
		"security_options": [],
		"cap_add": [],
		"cap_drop": [{"at": $"services.{name}.cap_drop[ALL]", "name": "ALL"}],
		"namespaces": [],
		"devices": [],
		"device_cgroup_rules": [],
		"sysctls": [],
		"runtime": "",
		"isolation": "",
		"use_api_socket": false,
		"cgroup_parent": "",
		"limits": {"memory": 268435456, "cpus": 0.5, "cpu_shares": 0, "pids": 100, "zero": []},
		"ulimits": [{"at": $"services.{name}.ulimits[nofile]", "name": "nofile", "soft": 1024, "hard": 1024}],
		"oom_kill_disable": false,
		"deploy": {
			"at": $"services.{name}",
			"limits": {"memory": 0, "cpus": 0, "pids": 0},
			"reservations": {"memory": 0, "cpus": 0, "pids": 0},
			"labels": [],
		},
		"read_only": true,
		"mounts": [],
		"volumes_from": [],
		"watch": [],
		"environment": [],
		"environment_incomplete": false,
		"env_files": [],
		"labels": [],
		"label_files": [],
		"network_owner": name,
		"endpoints": [],
		"ports": [],
		"expose": [],
		"networks": [],
		"entries": [],
		"extra_hosts": [],
	},
	fields,
)

# job is a hardened job that is on no network.
#     fixture.job("migrate", {}).called
job(name, fields) := service(name, object.union(
	{"at": $"jobs.{name}", "kind": "job", "called": $`job "{name}"`},
	fields,
))

# built is a service whose image is built from the project's own directory.
#     fixture.built("web", {}).build.contexts
built(name, fields) := service(name, {"built": true, "build": build(name, fields)})

# build is a build section of a service.
#     fixture.build("web", {"privileged": true})
build(service_name, fields) := object.union(
	{
		"at": $"services.{service_name}.build",
		"tags": [],
		"contexts": [{
			"at": $"services.{service_name}.build.context",
			"name": "",
			"source": ".",
			"remote": false,
			"ref": "",
		}],
		"args": [],
		"labels": [],
		"network": "",
		"privileged": false,
		"entitlements": [],
		"ssh": [],
		"extra_hosts": [],
	},
	fields,
)

# hook is the first hook of a kind that a service has. It states nothing but these fields.
#     fixture.hook("web", "post_start", {}).called
hook(service_name, kind, fields) := _with(
	{field: value |
		some field, value in service($"{service_name}.{kind}[0]", {
			"kind": kind,
			"called": $`{kind} hook 1 of service "{service_name}"`,
			"owner": service_name,
			"network_owner": _hook_network(service_name, kind),
			"complete": false,
			"cap_drop": [],
			"ulimits": [],
			"restart": {"at": $"services.{service_name}.{kind}[0]", "replaced": ""},
			"healthcheck": {"at": $"services.{service_name}.{kind}[0]", "stated": false, "test": []},
			"logging": {"at": $"services.{service_name}.{kind}[0]", "by_engine": false, "options": []},
			"limits": {"zero": []},
			"deploy": {"at": $"services.{service_name}.{kind}[0]", "limits": {}, "reservations": {}, "labels": []},
		})
		_always_there(field, value)
	},
	fields,
)

_hook_network(service_name, kind) := $"{service_name}.{kind}[0]" if {
	kind == "pre_start"
} else := service_name

_always_there(field, _) if field in {"at", "name", "kind", "called", "owner", "complete", "built", "network_owner", "environment_incomplete"}

_always_there(field, value) if {
	field != "image"
	is_object(value)
}

_always_there(_, value) if is_array(value)

_with(node, fields) := object.union(object.remove(node, object.keys(fields)), fields)

# without is a node whose fields of these names are unknown.
#     fixture.without({"at": "services.web", "user": "0"}, ["user"])
without(node, names) := object.remove(node, names)

# proxy is a service that is Tecnativa's socket proxy.
#     fixture.proxy("proxy", {}).image
proxy(name, fields) := service(name, object.union(
	{"image": image(name, "tecnativa/docker-socket-proxy", "v0.4.1")},
	fields,
))

# image is an image of a registry, with a tag.
#     fixture.image("web", "library/nginx", "1.29.1")
image(name, repository, tag) := {
	"at": $"services.{name}.image",
	"registry": "",
	"repository": repository,
	"tag": tag,
	"digest": "",
}

# mount is a writable bind of a path of the host to the same path.
#     fixture.mount("web", "/srv", {"read_only": true})
mount(service_name, path, fields) := object.union(
	{
		"at": $"services.{service_name}.volumes[{path}]",
		"type": "bind",
		"volume": "",
		"host_path": path,
		"source": path,
		"target": path,
		"read_only": false,
		"propagation": "rprivate",
		"selinux": "",
		"allows": [],
		"ignored": [],
		"from": "",
	},
	fields,
)

# named_volume is a mount of an ordinary named volume.
#     fixture.named_volume("web", "data", "/var/lib/data")
named_volume(service_name, volume, target) := mount(service_name, target, {
	"type": "volume",
	"volume": volume,
	"host_path": "",
	"propagation": "",
})

# groups are those of group_add.
#     fixture.groups("web", ["docker"])
groups(service_name, names) := [{"at": $"services.{service_name}.group_add[{name}]", "name": name} | some name in names]

# environment are variables by name.
#     fixture.environment("web", {"LOG_LEVEL": "debug"})
environment(service_name, values) := settings($"services.{service_name}", "environment", values)

# traefik is what makes a service a Traefik that is told some options.
#     fixture.traefik("edge", {"api.insecure": "true"}, "no")
traefik(service_name, options, file) := {"traefik": {"options": settings($"services.{service_name}", "command", options), "file": file}}

# settings are names with literal values that a node has under a key.
#     fixture.settings("services.web", "labels", {"com.acme.team": "shop"})
settings(at, key, values) := [setting |
	some name, value in values
	setting := {"at": $"{at}.{key}[{name}]", "name": name, "value": value, "literal": value, "from_file": false}
]

# unknown is a value that depends on a variable that nobody is known to set.
#     fixture.unknown("services.web", "image", "TAG", {})
unknown(at, key, variable, fields) := _with(
	{"at": at, "key": key, "variable": variable, "set_by": "", "required": false, "reason": ""},
	fields,
)

# passed_through are variables whose value is unknown.
#     fixture.passed_through("web", ["LOG_LEVEL"])
passed_through(service_name, names) := [{"at": $"services.{service_name}.environment[{name}]", "name": name, "literal": "", "from_file": false} |
	some name in names
]

# endpoint is the address of a service on port 2375 that can be reached.
#     fixture.endpoint("web", "PROXY_URL", "proxy", {"scheme": "http"})
endpoint(service_name, name, host, fields) := object.union(
	{
		"at": $"services.{service_name}.environment[{name}]",
		"name": name,
		"scheme": "tcp",
		"host": host,
		"port": 2375,
		"path": "",
		"services": [host],
		"meant": "",
		"target": object.get(fields, "port", 2375),
		"reachable": true,
		"beyond": "",
	},
	fields,
)

# docker_host is the variable DOCKER_HOST as an endpoint.
#     fixture.docker_host("web", "proxy").services
docker_host(service_name, host) := endpoint(service_name, "DOCKER_HOST", host, {})

# told is the endpoint of a known program in the setting that it reads, or one of no known name.
#     fixture.told("app", "crazymax/diun", "proxy")
told(service_name, image, host) := endpoint(service_name, name, host, {}) if {
	id := data.composelint.prepared.consumers_of[image]
	names := array.concat(object.get(data.composelint.consumers[id], ["endpoint", "told_by"], []), ["ENDPOINT"])
	name := trim_left(names[0], "-")
}

told(service_name, image, host) := docker_host(service_name, host) if not data.composelint.prepared.consumers_of[image]

# attachments are those of a service to networks.
#     fixture.attachments("web", ["front"])
attachments(service_name, networks) := [attachment |
	some network in networks
	attachment := {"at": $"services.{service_name}.networks[{network}]", "name": network, "aliases": [], "names": [service_name], "addresses": []}
]

# network is an internal network that the project creates.
#     fixture.network("front", {"internal": false})
network(name, fields) := object.union(
	{
		"at": $"networks.{name}",
		"name": name,
		"implicit": false,
		"engine_name": $"project_{name}",
		"driver": "",
		"driver_opts": [],
		"external": false,
		"internal": true,
		"isolated": false,
		"subnets": [],
		"attachable": false,
		"ipv4": true,
		"ipv6": false,
	},
	fields,
)

# volume is an ordinary named volume.
#     fixture.volume("data", {})
volume(name, fields) := object.union(
	{
		"at": $"volumes.{name}",
		"name": name,
		"driver": "",
		"external": false,
		"type": "",
		"device": "",
		"source": "",
	},
	fields,
)

# port is published on all addresses.
#     fixture.port("web", 443, {"host_ip": "127.0.0.1"})
port(service_name, target, fields) := object.union(
	{
		"at": $"services.{service_name}.ports[{target}/tcp]",
		"target": target,
		"published": $"{target}",
		"first": target,
		"last": target,
		"host_ip": "0.0.0.0",
		"protocol": "tcp",
	},
	fields,
)

# namespace is a namespace of its own kind that is the host's.
#     fixture.namespace("web", "pid", {})
namespace(service_name, name, fields) := object.union(
	{
		"at": $"services.{service_name}.{name}",
		"name": name,
		"mode": "host",
		"of": "",
		"joined": "",
		"host": true,
		"through": [],
	},
	fields,
)

# entry is the way in by a port that is published on all addresses.
#     fixture.entry("web", 443, {})
entry(service_name, target, fields) := object.union(
	{
		"at": $"services.{service_name}.ports[{target}/tcp]",
		"kind": "port",
		"called": $"port {target} on 0.0.0.0",
		"port": target,
		"router": "",
		"loopback": false,
		"open": true,
	},
	fields,
)

# publishing is a service that the published ports lead into.
#     fixture.publishing("web", [fixture.port("web", 443, {})], {}).entries
publishing(name, ports, fields) := service(name, object.union(
	{
		"ports": ports,
		"entries": [way |
			some port in ports
			way := entry(name, port.target, {"at": port.at, "loopback": port.host_ip in {"127.0.0.1", "::1"}})
		],
	},
	fields,
))

# router is the way in by a label that makes Traefik route to a service.
#     fixture.router("web", {})
router(service_name, fields) := object.union(
	{
		"at": $"services.{service_name}.labels[traefik.http.routers.{service_name}.rule]",
		"kind": "router",
		"called": $`the Traefik router "{service_name}"`,
		"port": 0,
		"router": "traefik",
		"loopback": false,
		"open": true,
	},
	fields,
)

# config is a config whose text stands in the file.
#     fixture.config("settings", "debug: true")
config(name, content) := {
	"at": $"configs.{name}",
	"name": name,
	"file": "",
	"environment": "",
	"content": content,
	"literal": content,
	"credentials": [],
	"external": false,
}

# daemon is an input with a configuration file of the engine, and nothing else.
#     fixture.daemon({"icc": true}).daemon.icc
daemon(fields) := object.union(project([]), {"daemon": _with(
	{
		"at": "daemon",
		"complete": true,
		"stated": [],
		"problems": [],
		"idle": [],
		"hosts": [],
		"tls": false,
		"tls_verify": false,
		"own_ca": false,
		"authorization_plugins": [{"at": "daemon.authorization-plugins[authz]", "value": "authz"}],
		"icc": false,
		"ip": "0.0.0.0",
		"network_opts": [],
		"iptables": true,
		"ip6tables": true,
		"allow_direct_routing": false,
		"accept_fwmark": "",
		"forward_no_drop": false,
		"userland_proxy": false,
		"address_pools": [],
		"userns_remap": "default",
		"rootless": false,
		"no_new_privileges": true,
		"seccomp_profile": "builtin",
		"ulimits": [{"at": "daemon.default-ulimits.nofile", "name": "nofile", "soft": 1024, "hard": 1024}],
		"ipc_mode": "private",
		"cgroupns_mode": "private",
		"cgroup_parent": "",
		"runtime": "runc",
		"runtimes": [],
		"log_driver": "syslog",
		"log_opts": [],
		"log_level": "info",
		"debug": false,
		"insecure_registries": [],
		"mirrors": [],
		"proxies": [],
		"live_restore": true,
		"experimental": false,
		"min_api_version": "",
		"metrics_addr": "",
		"cri_containerd": false,
		"nri": false,
	},
	fields,
)})

# daemon_host is an address on which the engine's API listens by TCP.
#     fixture.daemon_host("tcp://0.0.0.0:2375", "0.0.0.0", false)
daemon_host(value, host, loopback) := {"at": $"daemon.hosts[{value}]", "value": value, "scheme": "tcp", "host": host, "loopback": loopback}

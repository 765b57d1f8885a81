# METADATA
# description: Parts of a model for the tests. What is not given is safe and complete.
package composelint.fixture

# project is an input with nothing but these services.
project(services) := project_with(services, {})

# project_with is an input with these services and with other fields of the project.
project_with(services, fields) := {
	"project": _with({"name": "", "services": services, "networks": [], "volumes": []}, fields),
	"problems": [],
	"unknown": [],
	"config": {"enabled": [], "strict": false},
}

# strict is the same input with --strict.
strict(document) := object.union(document, {"config": {"strict": true}})

# service is a hardened service that is on no network.
service(name, fields) := _with(
	{
		"at": $"services.{name}",
		"name": name,
		"complete": true,
		"built": false,
		"image": image(name, "example/app", "1.0"),
		"privileged": false,
		"no_new_privileges": true,
		"use_api_socket": false,
		"security_options": [],
		"cap_add": [],
		"cap_drop": [],
		"namespaces": [],
		"limits": {"memory": 268435456, "cpus": 0.5, "cpu_shares": 0, "pids": 100},
		"mounts": [],
		"environment": [],
		"options": [],
		"endpoints": [],
		"ports": [],
		"networks": [],
	},
	fields,
)

_with(node, fields) := object.union(object.remove(node, object.keys(fields)), fields)

# without is a node whose fields of these names are unknown.
without(node, names) := object.remove(node, names)

# proxy is a service that is Tecnativa's socket proxy.
proxy(name, fields) := service(name, object.union(
	{"image": image(name, "tecnativa/docker-socket-proxy", "v0.4.1")},
	fields,
))

image(name, repository, tag) := {
	"at": $"services.{name}.image",
	"registry": "",
	"repository": repository,
	"tag": tag,
	"digest": "",
}

# mount is a writable bind of a path of the host to the same path.
mount(service_name, path, fields) := object.union(
	{
		"at": $"services.{service_name}.volumes[{path}]",
		"type": "bind",
		"volume": "",
		"host_path": path,
		"source": path,
		"target": path,
		"read_only": false,
		"from": "",
	},
	fields,
)

# named_volume is a mount of an ordinary named volume.
named_volume(service_name, volume, target) := mount(service_name, target, {"type": "volume", "volume": volume, "host_path": ""})

# environment are variables by name.
environment(service_name, values) := [variable |
	some name, value in values
	variable := {"at": $"services.{service_name}.environment[{name}]", "name": name, "value": value}
]

# passed_through are variables whose value is unknown.
passed_through(service_name, names) := [variable |
	some name in names
	variable := {"at": $"services.{service_name}.environment[{name}]", "name": name}
]

# endpoint is the address of a service on port 2375 that can be reached.
endpoint(service_name, name, host, fields) := object.union(
	{
		"at": $"services.{service_name}.environment[{name}]",
		"name": name,
		"scheme": "tcp",
		"host": host,
		"port": 2375,
		"path": "",
		"services": [host],
		"reachable": true,
	},
	fields,
)

# docker_host is the variable DOCKER_HOST as an endpoint.
docker_host(service_name, host) := endpoint(service_name, "DOCKER_HOST", host, {})

# attachments are those of a service to networks.
attachments(service_name, networks) := [attachment |
	some network in networks
	attachment := {"at": $"services.{service_name}.networks[{network}]", "name": network, "aliases": []}
]

# network is an internal network that the project creates.
network(name, fields) := object.union(
	{
		"at": $"networks.{name}",
		"name": name,
		"implicit": false,
		"engine_name": $"project_{name}",
		"driver": "",
		"external": false,
		"internal": true,
	},
	fields,
)

# port is published on all addresses.
port(service_name, target, fields) := object.union(
	{
		"at": $"services.{service_name}.ports[{target}/tcp]",
		"target": target,
		"published": $"{target}",
		"host_ip": "0.0.0.0",
		"protocol": "tcp",
	},
	fields,
)

# namespace is a namespace of its own kind that is the host's.
namespace(service_name, name, fields) := object.union(
	{
		"at": $"services.{service_name}.{name}",
		"name": name,
		"mode": "host",
		"of": "",
		"host": true,
		"through": [],
	},
	fields,
)

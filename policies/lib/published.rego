# METADATA
# description: |
#   Which ports docker compose publishes on every address of the host, what listens on them,
#   and which of them more specific rules speak of.
package composelint.published

import data.composelint.images
import data.composelint.lint
import data.composelint.networks

# in_force are the ports, by their at, that docker compose publishes: none of a container whose
# networks are all internal, or that has no network namespace of its own.
in_force := {entry.at |
	some service in input.project.services
	some entry in service.entries
	entry.kind == "port"
}

# beyond are those of in_force that are known to be open to others than the host itself.
beyond := {entry.at |
	some service in input.project.services
	some entry in service.entries
	entry.kind == "port"
	entry.loopback == false
}

# everywhere are those of in_force that are open on every address of the host.
everywhere contains port.at if {
	some service in input.project.services
	not service.name in _bound
	some port in service.ports
	port.host_ip in {"0.0.0.0", "::"}
	port.at in in_force
}

# _bound are the services whose networks all have an address of the host of their own, which
# counts where the port states none.
_bound contains service.name if {
	some service in input.project.services
	outward := {network | some network in networks.of[service.name]; not network in networks.known_internal}
	count(outward) > 0
	count([network | some network in outward; not network in _with_binding]) == 0
}

_with_binding contains network.name if {
	some network in input.project.networks
	some option in network.driver_opts
	option.name == "com.docker.network.bridge.host_binding_ipv4"
	not option.at in _unbound
}

_unbound contains option.at if {
	some network in input.project.networks
	some option in network.driver_opts
	option.value in {"", "0.0.0.0"}
}

# listeners are, by port, what listens on it that is not for everybody: an entry of
# data.composelint.listeners.
listeners := {port.at: found[0] |
	some service in input.project.services
	some port in service.ports
	found := array.concat(_by_image(service.name, port.target), _by_number(service.name, port.target, port.protocol))
	count(found) > 0
}

_by_image(name, target) := [listener |
	some image in images.short_names[name]
	some listener in _with_image[image]
	_meant(listener, target)
]

_meant(listener, target) if {
	target in object.get(listener, "image_ports", [target])
	not target in object.get(listener, "other_ports", [])
}

_by_number(name, target, "tcp") := [data.composelint.listeners.listeners[i] |
	not name in _told_by_image
	i := data.composelint.prepared.listeners_on[$"{target}"]
]

_by_number(_, _, protocol) := [] if protocol != "tcp"

# _told_by_image are the services whose images say what listens, on whichever port: but for reverse
# proxies, which listen for others.
_told_by_image := {name |
	some name, short_names in images.short_names
	some image in short_names
	_known(image)
	count([edge | some edge in short_names; data.composelint.edges.images[edge]]) == 0
}

_known(image) if data.composelint.prepared.listeners_of[image]

_known(image) if data.composelint.listeners.others[image]

_with_image := {image: found |
	some of in images.short_names
	some image in of
	found := [data.composelint.listeners.listeners[i] | some i in data.composelint.prepared.listeners_of[image]]
}

# databases are the services that are one, with the phrase for it.
databases := {service.name: min(called) |
	some service in input.project.services
	called := {listener.called |
		some image in images.short_names[service.name]
		some listener in _with_image[image]
		listener.kind == "database"
	}
	count(called) > 0
}

# consoles are the services that are there to look into others.
consoles := {service.name |
	some service in input.project.services
	some image in images.short_names[service.name]
	some listener in _with_image[image]
	listener.kind in {"admin", "metrics"}
	not listener.image_ports
}

# web_edges are the ports, by their at, of a reverse proxy or web server on 80 and 443.
web_edges contains port.at if {
	some service in input.project.services
	some image in images.short_names[service.name]
	data.composelint.edges.images[image]
	some port in service.ports
	port.first in {80, 443}
	port.last == port.first
}

# spoken_of are the ports, by their at, that a more specific rule has a finding at.
spoken_of contains finding.at if some finding in data.composelint.rules["docker-api-published"].findings

spoken_of contains finding.at if some finding in data.composelint.rules["docker-console-exposed"].findings

spoken_of contains finding.at if some finding in data.composelint.rules["socket-proxy-published"].findings

spoken_of contains finding.at if some finding in data.composelint.rules["ssh-port-published"].findings

# One that is open to everybody is spoken of there as the way in.
spoken_of contains way.at if {
	some finding in data.composelint.rules["authentication-off"].findings
	not finding.severity
	some way in finding.related
}

# on_loopback is the fix that keeps ports to the host.
#     published.on_loopback([{"at": "services.db.ports[5432:5432/tcp]"}])
on_loopback(ports) := lint.unsafe(`publish it on "127.0.0.1"`, "who reaches it from elsewhere than this host does not any more", [lint.set(port, ["host_ip"], "127.0.0.1") | some port in ports])

# METADATA
# description: |
#   What the items of the checklist are about: by item, each place in the project at which it is
#   judged, with the verdict that holds there unless a rule has a finding.
package composelint.checklist_subjects

import data.composelint.effective_api
import data.composelint.fewest_flags
import data.composelint.lint
import data.composelint.mounts
import data.composelint.networks
import data.composelint.outsiders
import data.composelint.possible_attacks
import data.composelint.proxy_ports
import data.composelint.proxy_setup
import data.composelint.proxy_sockets
import data.composelint.reach
import data.composelint.services
import data.composelint.setting_names
import data.composelint.settings
import data.composelint.socket_proxies
import data.composelint.zone

_pass(at, key, says) := {"verdict": "pass", "at": at, "key": key, "says": says, "whole": false}

_pass_whole(at, says) := {"verdict": "pass", "at": at, "key": "", "says": says, "whole": true}

# What fails without a finding has its finding under another item, or none, since rules go by
# flags.
_fail(at, key, says) := {"verdict": "fail", "at": at, "key": key, "says": says, "whole": false}

_unknown(at, key, says) := {"verdict": "unknown", "at": at, "key": key, "says": says, "whole": false}

of["socket-behind-proxy"] contains _pass(service.at, "", says) if {
	some service in socket_proxies.services
	kind := socket_proxies.facts[service.name]
	says := $`service "{service.name}" is {kind.name}`
}

# --- the proxy's flags

of["sections-closed"] contains subject if {
	some service in socket_proxies.services
	some operation, section in _sections
	decision := effective_api.decision(service.name, operation)
	at := effective_api.place(service.name, decision.flag)
	subject := _section(at, section, _whether_asked(service.name, operation, decision), decision.flag)
}

_whether_asked(proxy, operation, decision) := "asked for" if {
	decision.verdict == "allow"
	fewest_flags.asked_for(proxy, operation, decision.flag)
} else := decision.verdict

_sections := {"VolumeCreate": "volumes", "NetworkCreate": "networks", "ExecStart": "exec", "ImageBuild": "build"}

_section(at, section, "deny", flag) := _pass(at, "", $"{section}: denied{_by(flag)}")

_section(at, section, "asked for", flag) := _pass(at, "", $"{section}: let through{_by(flag)}, as a client needs it")

_section(at, section, "allow", flag) := _fail(at, "", $"{section}: let through{_by(flag)}")

_section(at, section, "unknown", flag) := _unknown(at, "", $"{section}: not known{_by(flag)}")

_by("") := ""

_by(flag) := $`, by "{flag}"` if flag != ""

of["flags-mean-what-they-say"] contains _pass_whole(service.at, says) if {
	some service in socket_proxies.services
	socket_proxies.facts[service.name].language == "flags"
	_flags_known(service.name)
	says := $`every flag of "{service.name}" is known`
}

of["flags-mean-what-they-say"] contains _unknown(service.at, "", says) if {
	some service in socket_proxies.services
	socket_proxies.facts[service.name].language == "flags"
	not _flags_known(service.name)
	says := $`not every flag of "{service.name}" is known`
}

_flags_known(proxy) if {
	not proxy in proxy_setup.replaced
	set_flags := object.get(proxy_setup.flags, proxy, {"on": set(), "off": set()})
	count(settings.flags[proxy] - (set_flags.on | set_flags.off)) == 0
}

of["no-host-root"] contains subject if {
	some service in socket_proxies.services
	verdicts := {possible_attacks.verdicts[service.name][scenario.id].goal |
		some scenario in data.composelint.attacks.scenarios
		scenario.host_root == true
	}
	subject := _root(service.at, service.name, verdicts)
}

_root(at, name, verdicts) := _pass(at, "", $`no attack by "{name}" ends as root on the host`) if {
	verdicts == {"blocked"}
} else := _unknown(at, "", $`what "{name}" lets through is not known`) if {
	not "possible" in verdicts
}

# --- the socket

of["socket-read-only"] contains _pass(mount.at, "", says) if {
	some service in socket_proxies.services
	some mount in service.mounts
	mounts.api_sockets[mount.at]
	mount.read_only == true
	says := $`"{service.name}" mounts it read-only, which protects the file and not the API`
}

of["socket-read-only"] contains _unknown(mount.at, "", "not known") if {
	some service in socket_proxies.services
	some mount in service.mounts
	mounts.api_sockets[mount.at]
	not mount.at in _read_only_or_not
}

of["no-socket-on-app"] contains _pass(service.at, "", says) if {
	some service in input.project.services
	service.name in _clients_without_socket
	not _mounts_unknown(service.name)
	says := $`"{service.name}" does not hold it`
}

of["no-socket-on-app"] contains _unknown(service.at, "", says) if {
	some service in input.project.services
	service.name in zone.declared_clients
	_mounts_unknown(service.name)
	says := $`what "{service.name}" mounts is not known`
}

_clients_without_socket := zone.declared_clients - zone.holders

_read_only_or_not := mounts.read_only | mounts.writable

_mounts_unknown(name) if name in _with_unknown_mounts

_with_unknown_mounts contains service.name if {
	some service in input.project.services
	some mount in service.mounts
	not mount.at in mounts.known_sources
}

# --- networks

of["network-internal"] contains subject if {
	some service in socket_proxies.services
	some name in networks.of[service.name]
	subject := _network(networks.by_name[name].at, name)
}

_network(at, name) := _pass(at, "internal", $`network "{name}" is internal`) if {
	name in networks.known_internal
} else := _fail(at, "internal", $`network "{name}" is not internal`) if {
	name in networks.known_open
	not name in _external
} else := _unknown(at, "internal", $`whether network "{name}" is internal is not known`)

_external := {network.name | some network in input.project.networks; network.external == true}

of["proxy-on-own-network"] contains _pass(attachment.at, "", says) if {
	some service in socket_proxies.services
	some attachment in service.networks
	zone.clients[service.name]
	says := $`"{service.name}" is on "{attachment.name}"`
}

of["proxy-on-own-network"] contains _unknown(attachment.at, "", says) if {
	some service in socket_proxies.services
	some attachment in service.networks
	not zone.clients[service.name]
	says := $`who needs "{service.name}" on "{attachment.name}" is not known`
}

of["proxy-unpublished"] contains _pass_whole(service.at, says) if {
	some service in socket_proxies.services
	not service.name in _perhaps_published
	says := $`nothing publishes "{service.name}" or routes to it`
}

of["proxy-unpublished"] contains _unknown(service.at, "", says) if {
	some service in socket_proxies.services
	service.name in _perhaps_published
	says := $`where "{service.name}" is published is not known`
}

_perhaps_published contains service.name if {
	some service in socket_proxies.services
	some port in service.ports
	not port.at in _known_addresses
}

_known_addresses contains port.at if {
	some service in socket_proxies.services
	some port in service.ports
	is_string(port.host_ip)
}

of["no-stranger"] contains _pass_whole(service.at, says) if {
	some service in socket_proxies.services
	not outsiders.perhaps[service.name]
	count(_not_pointing(service.name)) == 0
	says := $`every service that reaches "{service.name}" points at it`
}

of["no-stranger"] contains object.union(_unknown(service.at, "", says), {"whole": true}) if {
	some service in socket_proxies.services
	some name in _not_pointing(service.name)
	says := $`whether "{name}" is a client of "{service.name}" is not known`
}

of["no-stranger"] contains _unknown(entry.at, "", says) if {
	some service in socket_proxies.services
	some entry in outsiders.perhaps[service.name]
	says := $`who else is on {entry.called} of "{service.name}" is not known`
}

# _not_pointing are the first callers of a proxy that do not point at it, enough to show.
_not_pointing(proxy) := lint.shown([name | some name in first; not name in clients]) if {
	clients := object.get(zone.clients, proxy, set())
	first := array.slice(reach.names[proxy], 0, count(clients) + lint.most_shown)
}

# --- proxy and clients

of["client-points-at-proxy"] contains _pass(endpoint.at, "", says) if {
	some service in input.project.services
	some endpoint in service.endpoints
	some proxy in endpoint.services
	socket_proxies.kinds[proxy]
	service.owner != proxy
	says := $`"{service.name}" points at "{proxy}"`
}

of["client-reaches-proxy"] contains _pass(endpoint.at, "", says) if {
	some service in input.project.services
	some endpoint in service.endpoints
	some proxy in endpoint.services
	socket_proxies.kinds[proxy]
	service.owner != proxy
	endpoint.reachable == true
	_answers(proxy, service.network_owner)
	says := $`"{service.name}" reaches "{proxy}"`
}

of["client-reaches-proxy"] contains _pass(endpoint.at, "", says) if {
	some service in input.project.services
	some endpoint in service.endpoints
	some proxy in proxy_sockets.reached[endpoint.at]
	says := $`"{service.name}" reaches "{proxy}" by its socket`
}

of["client-reaches-proxy"] contains _unknown(endpoint.at, "", says) if {
	some service in input.project.services
	not socket_proxies.kinds[service.name]
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	not endpoint.at in _decided
	says := $`whether "{service.name}" reaches a proxy at "{endpoint.host}{endpoint.path}" is not known`
}

_decided contains endpoint.at if {
	some service in input.project.services
	some endpoint in service.endpoints
	is_boolean(endpoint.reachable)
	count([proxy |
		some proxy in endpoint.services
		socket_proxies.kinds[proxy]
		not _answers(proxy, service.network_owner)
	]) == 0
}

_decided contains at if some at, _ in proxy_sockets.reached

_decided contains at if some at, _ in proxy_sockets.missed

# _answers is true of a proxy that listens on a port for whoever is in a network namespace.
_answers(proxy, _) if proxy in proxy_ports.listening

_answers(proxy, owner) if {
	proxy in proxy_ports.on_loopback
	services.by_name[proxy].network_owner == owner
}

of["no-new-privileges"] contains _pass(service.at, "", says) if {
	some service in input.project.services
	service.name in zone.members
	service.no_new_privileges == true
	not service.name in _unprivileged_by_engine
	says := $`"{service.name}" has it`
}

of["no-new-privileges"] contains _pass(service.at, "", says) if {
	some service in input.project.services
	service.name in zone.members
	service.name in _unprivileged_by_engine
	says := $`"{service.name}" has it by the engine's configuration`
}

# _unprivileged_by_engine are the services that have it and do not say so.
_unprivileged_by_engine contains service.name if {
	input.daemon.no_new_privileges == true
	some service in input.project.services
	service.no_new_privileges == true
	count([option | some option in service.security_options; option.name == "no-new-privileges"]) == 0
}

of["resource-limits"] contains _pass(service.at, "", says) if {
	some service in input.project.services
	service.name in zone.members
	service.limits.memory > 0
	service.limits.cpus + service.limits.cpu_shares > 0
	says := $`"{service.name}" has both`
}

# A service that neither passes nor fails is one of which that is not known: a variable is not set,
# or it is a fragment.
of[id] contains _unknown(service.at, "", says) if {
	some id, known in {"no-new-privileges": _protected, "resource-limits": _limited}
	some service in input.project.services
	service.name in zone.members
	not service.name in known
	says := $`not known of "{service.name}"`
}

_protected := {service.name |
	some service in input.project.services
	is_boolean(service.no_new_privileges)
}

_limited := {service.name |
	some service in input.project.services
	is_number(service.limits.memory)
	is_number(service.limits.cpus)
	service.complete == true
}

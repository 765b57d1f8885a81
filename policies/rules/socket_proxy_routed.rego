# METADATA
# title: Socket proxy behind a reverse proxy
# description: |
#   A reverse proxy is told to hand requests from outside to the socket proxy: by labels of
#   Traefik, Caddy or SWAG, which may stand at another service and name its address, by
#   `VIRTUAL_HOST`, by a domain of Coolify, or because Traefik routes to every container that
#   does not object. A socket proxy asks nobody for a password, and a request from outside is
#   to it like one of its clients': whoever finds the host's name has the Docker API that it
#   lets through.
#
#   Remove the labels or the variable. Where Traefik is told to route to the socket proxy, or
#   does so by default, give it the label `traefik.enable=false` as well: without its other
#   labels it may get a default router. Its clients do not notice.
# related_resources:
#   - ref: https://doc.traefik.io/traefik/providers/docker/
#     description: Traefik's Docker provider
#   - ref: https://github.com/lucaslorentz/caddy-docker-proxy
#     description: caddy-docker-proxy
#   - ref: https://github.com/nginx-proxy/nginx-proxy
#     description: nginx-proxy
#   - ref: https://docs.docker.com/engine/security/protect-access/
#     description: Protect the Docker daemon socket
# custom:
#   severity: error
#   security_severity: 9.5
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [owasp-docker/1]
#   tags: [external/cwe/cwe-306, external/cwe/cwe-668]
#   techniques: [T1609, T1610, T1613, T1133]
package composelint.rules["socket-proxy-routed"]

import data.composelint.lint
import data.composelint.outsiders
import data.composelint.proxy_ports
import data.composelint.socket_proxies

findings contains lint.with_fix(lint.on(entry, message), fix) if {
	some service in input.project.services
	service.name in proxy_ports.listening
	some entry in outsiders.entries[service.name]
	entry.kind == "router"
	proxy_ports.leads_to_api(service.name, entry.port)
	not _leads_elsewhere(service.at, entry.router, entry.port)
	remedy := _remedy(entry.at, entry.router)
	message := $`socket proxy "{service.name}" gets requests from outside through {entry.called}: {remedy}`
	fix := lint.unsafe(remedy, "whoever asks it from outside does not reach it any more", _edits(service, entry, remedy))
}

# A label whose name depends on a variable that nobody set may say another port.
_leads_elsewhere(at, "traefik", 0) if at in _incompletely_labelled

_incompletely_labelled := {unknown.at | some unknown in input.unknown; unknown.key == "labels"}

_edits(service, entry, remedy) := [lint.remove(entry)] if {
	startswith(remedy, "remove")
} else := [lint.set(service, ["labels", "traefik.enable"], "false")]

# Without its labels Traefik may make a default router for the proxy.
_remedy(at, router) := `give it the label "traefik.enable=false" instead` if {
	router == "traefik"
	at in _labels_of_proxies
} else := "remove the label" if {
	at in _labels
} else := "remove the variable" if {
	at in _variables_of_proxies
} else := `give it the label "traefik.enable=false"`

_labels contains label.at if {
	some service in input.project.services
	some label in array.concat(service.labels, service.deploy.labels)
}

_labels_of_proxies contains label.at if {
	some service in socket_proxies.services
	some label in array.concat(service.labels, service.deploy.labels)
}

# The variables of a Traefik are not those that make it route.
_variables_of_proxies contains variable.at if {
	some service in socket_proxies.services
	some variable in service.environment
}

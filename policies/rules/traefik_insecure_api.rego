# METADATA
# title: Traefik's API and dashboard without a password
# description: |
#   The API of Traefik shows every route, every service's address and every setting, those that
#   hold credentials too, to whoever opens its port: with `api.insecure` that is port 8080,
#   without a password and without TLS. The same holds for a router to `api@internal` that has
#   no middleware that asks for one.
#
#   Remove `--api.insecure`, set `--api.dashboard=true`, and give the dashboard a router of its
#   own with the service `api@internal` and a `basicauth` or `forwardauth` middleware. To look
#   at it from the host alone, publish its port on `127.0.0.1`.
# related_resources:
#   - ref: https://doc.traefik.io/traefik/operations/api/
#     description: Traefik's API
#   - ref: https://doc.traefik.io/traefik/operations/dashboard/
#     description: Traefik's dashboard, secure and insecure mode
#   - ref: https://doc.traefik.io/traefik/middlewares/http/basicauth/
#     description: Traefik's middleware BasicAuth
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: high
#   set: default
#   fixes: [unsafe]
#   tags: [external/cwe/cwe-306]
#   techniques: [T1613, T1133]
package composelint.rules["traefik-insecure-api"]

import data.composelint.lint
import data.composelint.outsiders
import data.composelint.proxy_plans
import data.composelint.services
import data.composelint.traefik

findings contains lint.with_fix(lint.with_severity(lint.on({"at": at}, message), whom.severity), _fix(name, option, at)) if {
	some name, options in traefik.options
	some [at, option] in options
	_opens_api(name, option)
	traefik.on(at)
	whom := _whom(name, _port(options))
	message := $`{services.by_name[name].called} opens Traefik's API without a password {whom.called}: use a router with authentication instead of "{option}"`
}

findings contains lint.with_fix(lint.on(label, message), lint.by_hand("how it asks for a password, only you know")) if {
	count(_guarding) == 0
	some service in input.project.services
	some label in array.concat(service.labels, service.deploy.labels)
	label.value in {"api@internal", "dashboard@internal"}
	some [_, router] in regex.find_all_string_submatch_n(`(?i)^traefik\.http\.routers\.([^.]+)\.service$`, label.name, 1)
	service.name in _routed
	not lower(router) in _guarded[service.name]
	message := $`the router "{router}" of {service.called} opens Traefik's API without a password: add a middleware such as "basicauth"`
}

# A router of its own takes its place by hand.
_fix(name, option, at) := lint.unsafe($`set "{option}" to "false"`, "its dashboard answers no more, until a router leads to it", [edit]) if {
	option == "api.insecure"
	some edit in _switched_off(name, option, at)
} else := lint.by_hand("this release has no other way to show its dashboard")

_switched_off(name, option, at) := {lint.set(service, ["environment", variable.name], "false") | service := services.by_name[name]; some variable in service.environment; variable.at == at} | {edit |
	some stated in services.by_name[name].options
	lower(stated.name) == option
	some edit in proxy_plans.option_edits(name, stated.name, "false")
}

_opens_api(_, "api.insecure")

# Traefik 1 has no other way.
_opens_api(name, option) if {
	option in {"api", "web"}
	regex.match(`^v?1\.`, services.by_name[name].image.tag)
}

_port(options) := min(stated) if {
	stated := {to_number(number) |
		some [at, option] in options
		option == "entrypoints.traefik.address"
		some [_, number] in regex.find_all_string_submatch_n(`:(\d+)(?:/tcp)?$`, traefik.values[at], 1)
	}
	count(stated) > 0
} else := 8080

_whom(name, port) := {"severity": "error", "called": $`to everybody, by {ways[0].called}`} if {
	ways := [way | some way in outsiders.ways[name]; _leads_to(way.kind, way.port, port)]
	count(ways) > 0
} else := {"severity": "warning", "called": "to all on its networks"}

_leads_to("host-network", _, _)

_leads_to("port", port, port)

# _routed are the services that Traefik routes to, and whose labels are all known.
_routed contains service.name if {
	some service in input.project.services
	some entry in service.entries
	entry.router == "traefik"
	not service.at in _incompletely_labelled
}

_incompletely_labelled := {unknown.at | some unknown in input.unknown; unknown.key == "labels"}

# _guarded are, by service, the routers in lower case that may ask for something: by a
# middleware that does or that stands elsewhere, by certificates, by the sender's address.
_guarded := {service.name: routers |
	some service in input.project.services
	service.name in _routed
	routers := {lower(router) |
		some label in array.concat(service.labels, service.deploy.labels)
		some [_, router, key] in regex.find_all_string_submatch_n(`(?i)^traefik\.http\.routers\.([^.]+)\.(.+)$`, label.name, 1)
		_guards(label.at, lower(key))
	}
}

_guards(_, "tls.options")

_guards(at, "rule") if contains(lower(_values[at]), "clientip(")

_guards(at, "middlewares") if {
	some middleware in regex.find_n(`[^,\s]+`, lower(_values[at]), -1)
	not trim_suffix(middleware, "@docker") in _harmless
}

_guards(at, "middlewares") if not _values[at]

_values := {label.at: label.value |
	some service in input.project.services
	some label in array.concat(service.labels, service.deploy.labels)
}

# _harmless are the middlewares of the project that ask for nothing.
_harmless := {middleware | some [middleware, _] in _middlewares} - {middleware |
	some [middleware, kind] in _middlewares
	kind in {"basicauth", "chain", "digestauth", "forwardauth", "ipallowlist", "ipwhitelist", "plugin"}
}

_middlewares := {[middleware, kind] |
	some service in input.project.services
	some label in array.concat(service.labels, service.deploy.labels)
	some [_, middleware, kind] in regex.find_all_string_submatch_n(`^traefik\.http\.middlewares\.([^.]+)\.([^.]+)`, lower(label.name), 1)
}

# _guarding are the options by which every router of an entry point has middlewares.
_guarding := {at |
	some options in traefik.options
	some [at, option] in options
	regex.match(`^entrypoints\.[^.]+\.http\.middlewares$`, option)
}

# METADATA
# title: Automatic updates to whatever was pushed
# description: |
#   The updater watches tags and replaces containers by what was pushed under them, at night and
#   unasked: an image that somebody else pushed, or one that is broken, runs minutes later, and
#   the updater has the Docker API to do it. With its HTTP API open, others decide when.
#
#   Pin the images by digest and let Renovate or Dependabot propose new ones, or let the updater
#   only tell (`WATCHTOWER_MONITOR_ONLY=true`). What has to update itself is chosen by label.
#   Publish the HTTP API on `127.0.0.1`.
# related_resources:
#   - ref: https://containrrr.dev/watchtower/arguments/
#     description: Watchtower's arguments
#   - ref: https://docs.renovatebot.com/docker/
#     description: Renovate, Docker
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   fixes: [unsafe]
#   controls: [nist-800-190/4.2.2]
#   tags: [external/cwe/cwe-494]
#   techniques: [T1204.003, T1133]
package composelint.rules["auto-updater-mutable"]

import data.composelint.images
import data.composelint.lint
import data.composelint.outsiders

findings contains lint.with_fix(lint.on(service, message), _only_tell(service, updater)) if {
	some service in input.project.services
	updater := _updaters[service.name]
	count({option | some option in updater.watch_only} & _on[service.name]) == 0
	updated := (images.unpinned - object.keys(_updaters)) - _left_alone
	count(updated) > 0
	message := $`{updater.name} replaces "{min(updated)}" by whatever is pushed under its tag: pin the images, or let {updater.name} only tell`
}

findings contains lint.with_fix(lint.on(setting, message), _on_loopback(ways[0])) if {
	some service in input.project.services
	updater := _updaters[service.name]
	some setting in array.concat(service.environment, service.options)
	setting.name in updater.api
	setting.name in _on[service.name]
	ways := [way | some way in outsiders.ways[service.name]]
	count(ways) > 0
	message := $`{updater.name} takes orders over HTTP from outside, by {ways[0].called}: publish it on "127.0.0.1"`
}

_only_tell(service, updater) := lint.unsafe($`let {updater.name} only tell, by "{variable}"`, "nobody installs what it tells of", [lint.set(service, ["environment", variable], "true")]) if {
	variable := [setting | some setting in updater.watch_only; upper(setting) == setting][0]
} else := lint.by_hand("it has no variable by which it would only tell: pin the images")

_on_loopback(way) := lint.unsafe(`publish it on "127.0.0.1"`, "whoever orders it from elsewhere than this host does not any more", [lint.set(way, ["host_ip"], "127.0.0.1")]) if {
	way.kind == "port"
} else := lint.by_hand("who is to order it by that way, only you know")

_updaters := {service.name: updater |
	some service in input.project.services
	updater := _updater_of[images.names[service.name]]
}

_updater_of := {image: updater |
	some updater in data.composelint.updaters.updaters
	some image in updater.images
}

# _on are, by updater, the variables and options that switch something on.
_on := {service.name: names |
	some service in input.project.services
	_updaters[service.name]
	variables := {variable.name | some variable in service.environment; lower(variable.value) in {"true", "1"}}
	options := {option.name | some option in service.options; lower(option.value) in {"", "true", "1"}}
	names := variables | options
}

# _left_alone are the services that a label takes out.
_left_alone contains service.name if {
	some service in input.project.services
	some label in service.labels
	label.name == "com.centurylinklabs.watchtower.enable"
	label.value == "false"
}

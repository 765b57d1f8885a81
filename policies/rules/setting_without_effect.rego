# METADATA
# title: Setting without the effect that it seems to have
# description: |
#   The file says something, and nothing comes of it: the image does not read the variable, the engine passes
#   over the word, or another setting takes its place. Whoever reads the file believes that there is a
#   password, a user of one's own or a volume, and there is none. A few such settings keep the container from
#   starting.
#
#   Write what the finding names instead, or remove the setting, so that the file says what is.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/
#     description: Services, in the Compose file reference
#   - ref: https://docs.docker.com/engine/security/userns-remap/
#     description: User namespaces, in Docker's documentation
#   - ref: https://docs.docker.com/reference/compose-file/deploy/#restart_policy
#     description: restart_policy, in the Compose file reference
# custom:
#   severity: error
#   precision: high
#   set: default
#   fixes: [safe, unsafe]
#   controls: []
#   tags: [correctness, unnecessary]
#   techniques: [T1190]
package composelint.rules["setting-without-effect"]

import data.composelint.images
import data.composelint.lint
import data.composelint.misread_settings
import data.composelint.services

findings contains _with_fix(_graded(lint.on(variable, message), setting, others), setting, variables) if {
	some [name, i], variables in misread_settings.of
	setting := data.composelint.image_settings.settings[i]
	variable := variables[0]
	others := [{"at": other.at, "label": label} | some other in variables; other.at != variable.at; label := $`"{other.name}", too`]
	message := $`"{variable.name}" of {services.by_name[name].called} {setting.does}: {setting.instead}`
}

findings contains lint.with_fix(lint.with_severity(lint.on(namespace, message), "warning"), fix) if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "userns"
	namespace.mode != "host"
	message := $`"{namespace.mode}" gives {service.called} no user namespace of its own, since Docker knows "host" alone there: remove it, and set "user", or "userns-remap" for the whole engine`
	fix := lint.safe(`remove "userns_mode"`, [lint.remove(namespace)])
}

findings contains lint.with_fix(lint.with_severity(lint.on_key(service, "restart", message), "warning"), _one_policy(service, policy)) if {
	input.config.target != "swarm"
	some service in input.project.services
	service.restart.replaced != ""
	policy := service.restart.policy
	not _as_good(service.restart.replaced, policy)
	message := $`restart "{service.restart.replaced}" of {service.called} has no effect, since deploy.restart_policy makes it "{policy}": {_remedy(policy)}`
}

findings contains lint.with_fix(lint.with_severity(lint.on(variable, message), "warning"), fix) if {
	some service in input.project.services
	startswith(images.names[service.name], "linuxserver/")
	service.name in images.pulled
	service.user != ""
	service.user != "0"
	_owners[service.name] != {service.user, service.group}
	variable := [variable | some name in ["PUID", "PGID"]; some variable in service.environment; variable.name == name][0]
	message := $`"{variable.name}" of {service.called} has no effect beside "user": remove one of them`
	idle := [other | some other in service.environment; other.name in {"PUID", "PGID"}]
	fix := lint.safe("remove it", [lint.remove(other) | some other in idle])
}

findings contains lint.with_fix(lint.with_severity(lint.on(slip, message), "warning"), fix) if {
	some slip in input.project.slips
	slip.kind == "mount"
	message := $`{_volume(slip.text)} is not mounted at "{slip.means}", since a later volume of the same list is: remove one of them`
	fix := lint.unsafe("remove the first of them", "it may be the one that was meant", [lint.remove(slip)])
}

_graded(finding, setting, others) := _with(finding, others) if setting.refused

_graded(finding, setting, others) := lint.with_severity(_with(finding, others), "warning") if not setting.refused

_with(finding, []) := finding

_with(finding, others) := lint.with_related(finding, others) if count(others) > 0

_with_fix(finding, setting, variables) := lint.with_fix(finding, lint.safe("remove it", [lint.remove(variable) | some variable in variables])) if {
	startswith(setting.instead, "remove it")
} else := lint.with_fix(finding, lint.unsafe($`write "{setting.ending[1]}" at its end`, "what the file says counts", [lint.rename(variable, name) |
	some variable in variables
	name := regex.replace(variable.name, $"{setting.ending[0]}$", setting.ending[1])
])) if {
	setting.ending
} else := finding

_one_policy(service, "no") := lint.unsafe(`add "condition: any" to "restart_policy"`, "it is started again and again", [lint.set(service, ["deploy", "restart_policy", "condition"], "any")])

_one_policy(service, policy) := lint.safe(`remove "restart"`, [lint.remove_key(service, "restart")]) if policy != "no"

_volume("") := "a volume without a name"

_volume(source) := $`"{source}"` if source != ""

_as_good(one, other) if one == other

_as_good(one, other) if {one, other} == {"always", "unless-stopped"}

_remedy("no") := `add "condition: any" there, or remove it`

_remedy(policy) := "remove one of them" if policy != "no"

# _owners are, by service, the user and the group that PUID and PGID name.
_owners := {service.name: owners |
	some service in input.project.services
	owners := {variable.value | some variable in service.environment; variable.name in {"PUID", "PGID"}}
}

# METADATA
# title: Default capabilities kept
# description: |
#   Docker grants 14 capabilities to every container, such as making device nodes, raw
#   packets and changing the owner of any file. Hardly a service needs them all, and each is
#   there for whoever gets into it.
#
#   Set `cap_drop: [ALL]` and add what the service fails without: mostly nothing where it runs
#   as an ordinary user; `CHOWN`, `SETUID` and `SETGID` (and `DAC_OVERRIDE`, `FOWNER`) where it
#   starts as root and changes to a user, `NET_BIND_SERVICE` for ports below 1024.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#cap_drop
#     description: cap_drop, in the Compose file reference
#   - ref: https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities
#     description: Runtime privilege and Linux capabilities
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: warning
#   security_severity: 2.5
#   precision: high
#   set: strict
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.4, owasp-docker/3, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-250]
#   techniques: [T1068]
package composelint.rules["capabilities-kept"]

import data.composelint.image_needs
import data.composelint.lint
import data.composelint.lists

findings contains _with_fix(lint.on_key(service, "cap_drop", message), service, service.cap_drop, service.cap_add) if {
	some service in input.project.services
	service.complete == true

	# Dropping does nothing for a privileged container.
	service.privileged == false
	not service.at in _unknown
	dropped := {capability.name | some capability in service.cap_drop}
	not "ALL" in dropped
	kept := {name | some name in data.composelint.capabilities.default.names} - dropped
	count(kept) > 0
	message := $`{service.called} keeps {count(kept)} of the capabilities that Docker grants by default: set "cap_drop" to "ALL", {_add(service.name)}`
}

_with_fix(finding, service, dropped, added) := lint.with_fix(finding, lint.unsafe(title, "what it does beside its start may need another one", edits)) if {
	needed := image_needs.capabilities[service.name]
	missing := sort(needed - {capability.name | some capability in added})
	title := $`set "cap_drop" to "ALL", {_add(service.name)}`
	edits := array.concat(lists.added(service, "cap_drop", dropped, ["ALL"]), lists.added(service, "cap_add", added, missing))
} else := finding

_add(name) := "since its image needs none" if {
	image_needs.capabilities[name] == set()
} else := $`and add {image_needs.quoted(sort(image_needs.capabilities[name]))} to "cap_add"` if {
	image_needs.capabilities[name]
} else := "and add what it needs"

# _unknown are the services of which it is not known all that they drop.
_unknown := {split(unknown.at, ".cap_drop[")[0] | some unknown in input.unknown; contains(unknown.at, ".cap_drop[")}

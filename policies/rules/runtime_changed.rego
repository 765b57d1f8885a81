# METADATA
# title: Isolation by other means than Docker's own
# description: |
#   The container does not run as a benchmark of Docker supposes. A runtime that nobody here
#   knows decides itself what it makes of capabilities, profiles and namespaces. A Windows
#   container with `isolation: process` shares the host's kernel, where Hyper-V would give it
#   one of its own. A credential specification from a file or the registry of the host lets
#   the container act under a domain account that the project does not show.
#
#   Remove `runtime`, or use one that is known to isolate as well or better: runc, gVisor,
#   Kata Containers. Set `isolation: hyperv`. Take the credential specification from a config,
#   with `credential_spec: {config: NAME}`.
# related_resources:
#   - ref: https://docs.docker.com/engine/daemon/alternative-runtimes/
#     description: Alternative container runtimes
#   - ref: https://docs.docker.com/reference/compose-file/services/#runtime
#     description: runtime, in the Compose file reference
#   - ref: https://docs.docker.com/reference/compose-file/services/#credential_spec
#     description: credential_spec, in the Compose file reference
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   fixes: [unsafe]
#   controls: [nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-653]
#   techniques: [T1611, T1068]
package composelint.rules["runtime-changed"]

import data.composelint.lint

findings contains lint.with_fix(lint.on_key(service, "runtime", message), fix) if {
	some service in input.project.services
	runtime := service.runtime
	runtime != ""
	not _known(runtime)
	message := $`{service.called} runs on the runtime "{runtime}", whose isolation is not known: use "runc", or one like gVisor or Kata`
	fix := lint.unsafe(`use "runc"`, "what the other runtime gives it, such as devices, is missing", [lint.set(service, ["runtime"], "runc")])
}

findings contains lint.with_fix(lint.on_key(service, "isolation", message), fix) if {
	some service in input.project.services
	lower(service.isolation) == "process"
	message := $`{service.called} shares the kernel of its Windows host: set "isolation" to "hyperv"`
	fix := lint.unsafe(`set "isolation" to "hyperv"`, "the host has to have Hyper-V", [lint.set(service, ["isolation"], "hyperv")])
}

findings contains lint.on_key(service.credential_spec, "file", message) if {
	some service in input.project.services
	service.credential_spec.file != ""
	message := $`{service.called} takes its Windows account from a file of the host: use a config`
}

findings contains lint.on_key(service.credential_spec, "registry", message) if {
	some service in input.project.services
	service.credential_spec.registry != ""
	message := $`{service.called} takes its Windows account from the host's registry: use a config`
}

findings contains lint.on(option, message) if {
	some service in input.project.services
	some option in service.security_options
	option.name == "credentialspec"
	message := $`{service.called} takes its Windows account from "security_opt": use "credential_spec" with a config`
}

_known(name) if {
	some runtime in data.composelint.runtimes.known
	regex.match(runtime.name, name)
}

# The engine's configuration says which program a name of its own is.
_known(name) if {
	some configured in input.daemon.runtimes
	configured.name == name
	some runtime in data.composelint.runtimes.known
	some program in {regex.replace(configured.path, `^.*/`, ""), configured.type}
	regex.match(runtime.name, program)
}

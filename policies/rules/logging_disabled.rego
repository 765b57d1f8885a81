# METADATA
# title: Logging switched off
# description: |
#   With the driver `none`, nothing that the container prints is kept, and `docker logs`
#   is empty: neither a failure nor an attack can be looked into afterwards.
#
#   Remove the driver, or choose `local`, which keeps little and removes the old by
#   itself. For a container that prints too much, limit it with `max-size` and `max-file`
#   instead.
# related_resources:
#   - ref: https://docs.docker.com/engine/logging/configure/
#     description: Configure logging drivers
#   - ref: https://docs.docker.com/reference/compose-file/services/#logging
#     description: logging, in the Compose file reference
# custom:
#   severity: warning
#   security_severity: 4.0
#   precision: very-high
#   set: default
#   fixes: [unsafe]
#   controls: []
#   tags: [external/cwe/cwe-778]
#   techniques: [T1562.001, T1070]
package composelint.rules["logging-disabled"]

import data.composelint.lint
import data.composelint.socket_proxies

findings contains lint.with_fix(lint.on_key(service.logging, "driver", message), fix) if {
	some service in input.project.services
	service.logging.driver == "none"
	service.logging.by_engine == false # else see daemon-logging-disabled
	not socket_proxies.kinds[service.name] # of which socket-proxy-no-audit speaks
	message := $`{service.called} keeps no log, by the driver "none": use "local", which removes the old by itself`
	fix := lint.unsafe(`use the driver "local"`, "what it prints is kept on the disk of the host", [lint.set(service, ["logging", "driver"], "local")])
}

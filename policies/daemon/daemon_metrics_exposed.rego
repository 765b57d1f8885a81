# METADATA
# title: Metrics of the engine open to others
# description: |
#   The engine serves its metrics to everybody who reaches the address, without asking: how
#   many containers there are and which of their health checks fail, the engine's version,
#   from which known weaknesses follow, and the work it does. Requests cost the engine time.
#
#   Serve them on the loopback address, as in `127.0.0.1:9323`, or on that of a private
#   network which the collector is on.
# related_resources:
#   - ref: https://docs.docker.com/engine/daemon/prometheus/
#     description: Collect Docker metrics with Prometheus
# custom:
#   severity: warning
#   security_severity: 4.0
#   precision: high
#   set: default
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: []
#   tags: [external/cwe/cwe-497]
#   techniques: [T1613]
package composelint.rules["daemon-metrics-exposed"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "metrics-addr", message) if {
	regex.match(`^(0\.0\.0\.0|\[::\])?:\d+$`, input.daemon.metrics_addr)
	message := $`the engine's metrics are open on every address of the host by "{input.daemon.metrics_addr}": serve them on "127.0.0.1"`
}

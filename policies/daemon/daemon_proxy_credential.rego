# METADATA
# title: Password of a proxy in the file
# description: |
#   The address of the proxy has a password in it. The file is one that every user of the
#   host can read as a rule, and that configuration management, backups and repositories
#   keep.
#
#   Let the proxy know the host by its address or a certificate. Where it needs a password,
#   set the variable in a drop-in of the systemd unit that only root may read
#   (`EnvironmentFile=` with mode 600), and give the account nothing else.
# related_resources:
#   - ref: https://docs.docker.com/engine/daemon/proxy/
#     description: Daemon proxy configuration
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: []
#   tags: [external/cwe/cwe-522]
#   techniques: [T1552.001]
package composelint.rules["daemon-proxy-credential"]

import data.composelint.lint

findings contains lint.on(proxy, message) if {
	some proxy in input.daemon.proxies
	regex.match(`(^|://)[^/@:]*:[^/@]+@`, proxy.value)
	message := $`the address of "{proxy.name}" has a password that every user of the host can read: put it into a file of the systemd unit that only root may read`
}

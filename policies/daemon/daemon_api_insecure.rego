# METADATA
# title: Docker API open on TCP
# description: |
#   The engine listens on TCP, and does not ask who calls. Whoever reaches the port is root
#   on the host: one request starts a container with the host's `/` mounted. On a network
#   address scanners find it within hours; on the loopback address every user and every
#   program of the host gets in, and so do web pages that a browser there shows, by requests
#   that it lets them send.
#
#   TLS alone proves who the engine is, not who calls: `tlsverify: true` asks callers for a
#   certificate, and `tlscacert` says of whom. Without `tlscacert` the certificate of any
#   authority counts that the host trusts for the web. A release that warns does not refuse:
#   no engine refuses to start for this.
#
#   Remove the TCP address, and reach the engine by SSH (`docker context create --docker
#   host=ssh://user@host`). Where TCP has to be, set `tlsverify: true`, `tlscacert`,
#   `tlscert` and `tlskey`, with an authority of your own, and let a firewall decide who
#   reaches the port.
# related_resources:
#   - ref: https://docs.docker.com/engine/security/protect-access/
#     description: Protect the Docker daemon socket
#   - ref: https://docs.docker.com/engine/daemon/remote-access/
#     description: Configure remote access for Docker daemon
#   - ref: https://docs.docker.com/reference/cli/dockerd/#daemon-socket-option
#     description: dockerd, daemon socket option
# custom:
#   severity: error
#   security_severity: 9.8
#   precision: very-high
#   set: default
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.8, owasp-docker/1, nist-800-190/4.3.1]
#   tags: [external/cwe/cwe-306]
#   techniques: [T1609, T1610, T1613, T1552.007, T1612, T1543.005, T1525, T1133, T1496.001]
package composelint.rules["daemon-api-insecure"]

import data.composelint.lint

findings contains lint.with_severity(lint.on(host, message), severity) if {
	input.daemon.tls == false
	some host in input.daemon.hosts
	host.scheme == "tcp"
	where := _where(host.loopback)
	severity := _severity(host.loopback)
	message := $`the Docker API is open on "{host.value}" without TLS, to {where}: remove it, or set "tlsverify" with certificates`
}

findings contains lint.with_severity(lint.on(host, message), severity) if {
	input.daemon.tls == true
	input.daemon.tls_verify == false
	some host in input.daemon.hosts
	host.scheme == "tcp"
	where := _where(host.loopback)
	severity := _severity(host.loopback)
	message := $`the Docker API on "{host.value}" asks no caller for a certificate, and is open to {where}: set "tlsverify" to true`
}

findings contains lint.with_severity(lint.on_key(input.daemon, "tlsverify", message), "warning") if {
	input.daemon.tls_verify == true
	input.daemon.own_ca == false
	some host in input.daemon.hosts
	host.scheme == "tcp"
	message := `the Docker API takes a caller's certificate of any authority that the host trusts: name your own by "tlscacert"`
}

_where(true) := "every program of the host"

_where(false) := "whoever reaches the port"

_severity(true) := "warning"

_severity(false) := "error"

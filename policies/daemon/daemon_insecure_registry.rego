# METADATA
# title: Registry without TLS
# description: |
#   The engine talks to the registry in plain text, or takes any certificate. Whoever is on
#   the way puts in another image, which then runs as what the project asked for, and reads
#   the password that the engine sends. A mirror stands in for Docker Hub, for all images of
#   it that no digest names.
#
#   Give the registry a certificate, one of your own authority in
#   `/etc/docker/certs.d/HOST:PORT/ca.crt` where no public one is to be had, and remove the
#   entry. The loopback addresses need none.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/dockerd/#insecure-registries
#     description: dockerd, insecure registries
#   - ref: https://docs.docker.com/engine/security/certificates/
#     description: Verify repository client with certificates
# custom:
#   severity: warning
#   security_severity: 7.0
#   precision: high
#   set: default
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.5, nist-800-190/4.2.1]
#   tags: [external/cwe/cwe-319]
#   techniques: [T1204.003]
package composelint.rules["daemon-insecure-registry"]

import data.composelint.lint

findings contains lint.on(registry, message) if {
	some registry in input.daemon.insecure_registries
	address := registry.value
	not _is_loopback(address)
	message := $`images of "{registry.value}" come without TLS, or from whoever answers: give it a certificate and remove it here`
}

findings contains lint.on(mirror, message) if {
	some mirror in input.daemon.mirrors
	startswith(lower(mirror.value), "http://")
	address := mirror.value
	not _is_loopback(address)
	message := $`images of Docker Hub come from the mirror "{mirror.value}" in plain text: use https`
}

_is_loopback(address) if regex.match(`^(https?://)?(127(\.\d+){3}(/\d+)?|localhost|\[?::1\]?(/128)?)(:\d+)?/?$`, lower(address))

# METADATA
# title: CI runner on the host's engine
# description: |
#   A CI runner does what the jobs say, and a job is whatever somebody pushed: a pull request,
#   a changed dependency, a stolen token. The runner starts the jobs with the engine that it
#   is given. With the host's own, by its socket or by a proxy that lets containers be
#   created, a job can start one more container that mounts the host's files: everybody who
#   may write a job is root on the host, and reads the secrets of all other jobs.
#
#   Give the runner an engine of its own: `docker:dind-rootless` beside it, with TLS, on an
#   internal network, or the runner's image with an engine in it, such as
#   `gitea/act_runner:latest-dind-rootless`. Jobs that only run commands need no engine at
#   all: let them run in the runner's container. A runner for public projects belongs on a
#   machine of its own.
# related_resources:
#   - ref: https://docs.docker.com/engine/security/#docker-daemon-attack-surface
#     description: Docker daemon attack surface
#   - ref: https://docs.docker.com/engine/security/rootless/
#     description: Rootless mode
#   - ref: https://docs.gitlab.com/runner/security/
#     description: Security for self-managed runners, in GitLab's documentation
#   - ref: https://docs.gitea.com/usage/actions/act-runner
#     description: Act runner, in Gitea's documentation
# custom:
#   severity: error
#   security_severity: 9.5
#   precision: high
#   set: default
#   by_hand: an engine of its own for the jobs is another host or another way to run them
#   controls: [nist-800-190/4.3.4]
#   tags: [external/cwe/cwe-250, external/cwe/cwe-653]
#   techniques: [T1611, T1609, T1610, T1059.013]
package composelint.rules["ci-runner-socket"]

import data.composelint.lint
import data.composelint.mounts
import data.composelint.outsiders
import data.composelint.possible_attacks
import data.composelint.services
import data.composelint.zone

findings contains outsiders.with_way(lint.on(mount, message), service.owner, mount.at) if {
	some service in input.project.services
	runner := _judged[service.owner]
	some mount in service.mounts
	mount.host_path != "/"
	road := mounts.api_sockets[mount.at]
	message := $`{service.called} is a CI runner ({runner}) and {road}, so that every job is {mounts.power(mount.at)}{mounts.even_read_only(mount.at)}: {_remedy}`
}

findings contains outsiders.with_way(lint.on_key(service, "use_api_socket", message), service.owner, service.at) if {
	some service in input.project.services
	service.use_api_socket == true
	runner := _judged[service.owner]
	message := $`{service.called} is a CI runner ({runner}) and gets the API socket, so that every job is root on the host: {_remedy}`
}

findings contains lint.on({"at": at}, message) if {
	some proxy, ids in possible_attacks.host_root
	count(ids) > 0
	some name in zone.clients[proxy]
	runner := zone.ci_runners[name]
	at := _where(name, proxy)
	message := $`{services.by_name[name].called} is a CI runner ({runner}) on the socket proxy "{proxy}", which lets every job be {mounts.power_by(proxy)}: {_remedy}`
}

_remedy := "give it an engine of its own"

# The client of a proxy that holds the socket besides is left to docker-socket-beside-proxy.
_judged := {name: runner |
	some name, runner in zone.ci_runners
	not name in zone.declared_clients
}

_where(name, proxy) := min(_endpoints[name][proxy]) if {
	_endpoints[name][proxy]
} else := services.by_name[name].at

_endpoints[service.owner][proxy] contains endpoint.at if {
	some service in input.project.services
	zone.ci_runners[service.owner]
	some endpoint in service.endpoints
	some proxy in endpoint.services
}

package composelint.rules["ci-runner-socket_test"]

import data.composelint.fixture
import data.composelint.rules["ci-runner-socket"] as rule

test_socket if {
	rule.findings == {{
		"at": "services.runner.volumes[/run/docker.sock]",
		"message": `service "runner" is a CI runner (Gitea act_runner) and mounts the Docker API socket "/run/docker.sock", so that every job is root on the host: give it an engine of its own`,
	}} with input as _runner("gitea/act_runner", {"mounts": [fixture.mount("runner", "/run/docker.sock", {})]})
}

test_engine_of_a_user if {
	{finding.message | some finding in rule.findings} == {`service "runner" is a CI runner (Gitea act_runner) and mounts the Docker API socket "/run/user/1000/docker.sock", so that every job is the engine's user on the host: give it an engine of its own`} with input as _runner("gitea/act_runner", {"mounts": [fixture.mount("runner", "/run/user/1000/docker.sock", {})]})
}

test_roads if {
	{finding.message | some finding in rule.findings} == {
		`service "runner" is a CI runner (GitLab Runner) and mounts the Docker API socket "/run/docker.sock", so that every job is root on the host even read-only: give it an engine of its own`,
		`service "runner" is a CI runner (GitLab Runner) and mounts "/run" with the API socket in it, so that every job is root on the host: give it an engine of its own`,
	} with input as _runner("gitlab/gitlab-runner", {"mounts": [
		fixture.mount("runner", "/run/docker.sock", {"read_only": true}),
		fixture.mount("runner", "/run", {}),
	]})
	rule.findings == {{
		"at": "services.runner",
		"key": "use_api_socket",
		"message": `service "runner" is a CI runner (GitLab Runner) and gets the API socket, so that every job is root on the host: give it an engine of its own`,
	}} with input as _runner("gitlab/gitlab-runner", {"use_api_socket": true})
}

test_open_to_outsiders if {
	{finding.path[0] | some finding in rule.findings} == {{
		"at": "services.runner.ports[80/tcp]",
		"label": "outsiders come in by port 80 on 0.0.0.0",
	}} with input as _runner("1dev/server", {
		"mounts": [fixture.mount("runner", "/run/docker.sock", {})],
		"entries": [fixture.entry("runner", 80, {})],
	})
}

test_hook if {
	{finding.at | some finding in rule.findings} == {"services.runner.pre_start[0].volumes[/run/docker.sock]"} with input as fixture.project([
		fixture.service("runner", {"image": fixture.image("runner", "forgejo/runner", "6")}),
		fixture.hook("runner", "pre_start", {"mounts": [fixture.mount("runner.pre_start[0]", "/run/docker.sock", {})]}),
	])
}

test_through_a_proxy if {
	rule.findings == {{
		"at": "services.runner.environment[DOCKER_HOST]",
		"message": `service "runner" is a CI runner (Forgejo runner) on the socket proxy "proxy", which lets every job be root on the host: give it an engine of its own`,
	}} with input as _behind({"CONTAINERS": "1", "POST": "1"}, {"endpoints": [fixture.docker_host("runner", "proxy")]})
	{finding.at | some finding in rule.findings} == {"services.runner"} with input as _behind({"CONTAINERS": "1", "POST": "1"}, {
		"mounts": [fixture.named_volume("runner", "filtered", "/filtered")],
		"endpoints": [fixture.endpoint("runner", "DOCKER_HOST", "", {"scheme": "unix", "path": "/filtered/docker.sock", "services": []})],
	})
	rule.findings == set() with input as _behind({"CONTAINERS": "1"}, {"endpoints": [fixture.docker_host("runner", "proxy")]})
	rule.findings == set() with input as _behind({"CONTAINERS": "1", "POST": "1"}, {})
}

# Who also holds the socket is left to docker-socket-beside-proxy.
test_beside_a_proxy if {
	rule.findings == set() with input as _behind({"CONTAINERS": "1"}, {
		"mounts": [fixture.mount("runner", "/run/docker.sock", {})],
		"endpoints": [fixture.docker_host("runner", "proxy")],
	})
}

test_own_engine if {
	rule.findings == set() with input as fixture.project([fixture.service("runner", {
		"image": fixture.image("runner", "gitea/act_runner", "latest-dind-rootless"),
		"mounts": [fixture.mount("runner", "/run/docker.sock", {})],
	})])
	rule.findings == set() with input as _runner("gitea/act_runner", {})
}

test_no_runner if {
	rule.findings == set() with input as _runner("example/app", {"mounts": [fixture.mount("runner", "/run/docker.sock", {})]})
}

_runner(image, fields) := fixture.project([fixture.service("runner", object.union({"image": fixture.image("runner", image, "1")}, fields))])

_behind(variables, fields) := fixture.project([
	fixture.proxy("proxy", {
		"environment": fixture.environment("proxy", variables),
		"mounts": [fixture.named_volume("proxy", "filtered", "/filtered")],
	}),
	fixture.service("runner", object.union({"image": fixture.image("runner", "forgejo/runner", "6")}, fields)),
])

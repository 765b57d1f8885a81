package composelint.dind_test

import data.composelint.dind
import data.composelint.fixture

test_switched_off if {
	at := "services.dind.environment[DOCKER_TLS_CERTDIR]"
	dind.plain == {"dind": {"at": at, "port": 2375, "remedy": `set "DOCKER_TLS_CERTDIR" to "/certs"`}} with input as _dind("28-dind", _off)
	object.keys(dind.plain) == {"dind"} with input as _dind("dind-rootless", object.union(_off, _command(["--mtu", "1400"])))
	object.keys(dind.plain) == {"dind"} with input as _dind("dind", object.union(_off, {
		"options": fixture.settings("services.dind", "command", {"tls": "false"}),
		"command": _command(["--tls=false"]).command,
	}))
}

test_too_old if {
	dind.plain == {"dind": {"at": "services.dind.image", "port": 2375, "remedy": "use a release from 19.03 on"}} with input as _dind("18.09-dind", {})
	object.keys(dind.plain) == {"dind"} with input as _dind("1-dind", {})
	dind.plain == {} with input as _dind("18.09-dind", {"environment": fixture.environment("dind", {"DOCKER_TLS_CERTDIR": "/certs"})})
	dind.plain == {} with input as _dind("18.09-dind", {"environment_incomplete": true})
	dind.plain == {} with input as _dind("19.03-dind", {})
}

test_told if {
	at := "services.dind.command[host]"
	dind.plain == {"dind": {"at": at, "port": 2377, "remedy": `add "--tlsverify", or listen on a unix socket alone`}} with input as _started({"host": "tcp://0.0.0.0:2377"})
	{engine.port | some engine in dind.plain} == {2375} with input as _started({"H": "tcp://:2375", "tls": "false"})
	dind.plain == {} with input as _started({"host": "tcp://0.0.0.0:2376", "tlsverify": ""})
	dind.plain == {} with input as _started({"host": "tcp://127.0.0.1:2375"})
	dind.plain == {} with input as _started({"host": "unix:///run/docker.sock"})
	dind.plain == {} with input as _started({"data-root": "tcp://0.0.0.0:2375"})
}

test_with_tls if {
	dind.plain == {} with input as _dind("dind", {})
	dind.plain == {} with input as _dind("dind", {"environment": fixture.environment("dind", {"DOCKER_TLS_CERTDIR": "/certs"})})
	dind.plain == {} with input as _dind("dind", {"environment": fixture.passed_through("dind", ["DOCKER_TLS_CERTDIR"])})
	dind.plain == {} with input as _dind("dind", object.union(_off, {"mounts": [fixture.mount("dind", "/srv/daemon.json", {"target": "/etc/docker/daemon.json"})]}))
	dind.plain == {} with input as _dind("dind", object.union(_off, {"options": fixture.settings("services.dind", "command", {"tlsverify": "true"})}))
}

# The image starts no engine where it is told to run something else.
test_other_commands if {
	dind.plain == {} with input as _dind("dind", object.union(_off, _command(["sh", "-c", "sleep 1"])))
	dind.plain == {} with input as _dind("dind", object.union(_off, {"entrypoint": _command(["sh"]).command}))
	dind.plain == {} with input as _dind("cli", _off)
	dind.engines == {"dind"} with input as _dind("28.1-dind-alpine3.21", {})
	dind.engines == set() with input as _dind("28-cli", {})
}

_off := {"environment": fixture.environment("dind", {"DOCKER_TLS_CERTDIR": ""})}

_dind(tag, fields) := fixture.project([fixture.service("dind", object.union({"image": fixture.image("dind", "library/docker", tag)}, fields))])

_started(options) := fixture.project([fixture.service("dind", {
	"command": _command(["dockerd"]).command,
	"options": fixture.settings("services.dind", "command", options),
})])

_command(words) := {"command": [{"at": $"services.dind.command[{i}]", "value": word, "literal": word} | some i, word in words]}

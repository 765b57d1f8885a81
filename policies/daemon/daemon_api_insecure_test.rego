package composelint.rules["daemon-api-insecure_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-api-insecure"] as rule

test_without_tls if {
	rule.findings == {{"at": "daemon.hosts[tcp://0.0.0.0:2375]", "message": `the Docker API is open on "tcp://0.0.0.0:2375" without TLS, to whoever reaches the port: remove it, or set "tlsverify" with certificates`, "severity": "error"}} with input as fixture.daemon({"hosts": [fixture.daemon_host("tcp://0.0.0.0:2375", "0.0.0.0", false)]})
	rule.findings == {{"at": "daemon.hosts[tcp://127.0.0.1:2375]", "message": `the Docker API is open on "tcp://127.0.0.1:2375" without TLS, to every program of the host: remove it, or set "tlsverify" with certificates`, "severity": "warning"}} with input as fixture.daemon({"hosts": [fixture.daemon_host("tcp://127.0.0.1:2375", "127.0.0.1", true)]})
}

test_without_verification if {
	rule.findings == {{"at": "daemon.hosts[tcp://0.0.0.0:2376]", "message": `the Docker API on "tcp://0.0.0.0:2376" asks no caller for a certificate, and is open to whoever reaches the port: set "tlsverify" to true`, "severity": "error"}} with input as fixture.daemon({"tls": true, "hosts": [fixture.daemon_host("tcp://0.0.0.0:2376", "0.0.0.0", false)]})
	rule.findings == {{"at": "daemon", "key": "tlsverify", "message": `the Docker API takes a caller's certificate of any authority that the host trusts: name your own by "tlscacert"`, "severity": "warning"}} with input as fixture.daemon({"tls": true, "tls_verify": true, "hosts": [fixture.daemon_host("tcp://0.0.0.0:2376", "0.0.0.0", false)]})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({"tls": true, "tls_verify": true, "own_ca": true, "hosts": [fixture.daemon_host("tcp://0.0.0.0:2376", "0.0.0.0", false)]})
	rule.findings == set() with input as fixture.daemon({"hosts": [{"at": "daemon.hosts[fd://]", "value": "fd://", "scheme": "fd", "host": "", "loopback": true}]})
	rule.findings == set() with input as object.union(fixture.project([]), {"daemon": fixture.without(fixture.daemon({"hosts": [fixture.daemon_host("tcp://0.0.0.0:2376", "0.0.0.0", false)]}).daemon, ["tls"])})
	rule.findings == set() with input as fixture.project([])
}

package composelint.rules["daemon-namespace-shared_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-namespace-shared"] as rule

test_shared if {
	rule.findings == {{"at": "daemon", "key": "default-ipc-mode", "message": `the shared memory of containers is open to those that join it unless they say otherwise: remove "default-ipc-mode"`}} with input as fixture.daemon({"ipc_mode": "shareable"})
	rule.findings == {{"at": "daemon", "key": "default-cgroupns-mode", "message": `containers see the host's cgroups unless they say otherwise: remove "default-cgroupns-mode"`}} with input as fixture.daemon({"cgroupns_mode": "host"})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}

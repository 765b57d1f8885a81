package composelint.rules["daemon-seccomp-unconfined_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-seccomp-unconfined"] as rule

test_unconfined if {
	rule.findings == {{"at": "daemon", "key": "seccomp-profile", "message": `every container without a profile of its own runs without seccomp: remove "seccomp-profile"`}} with input as fixture.daemon({"seccomp_profile": "unconfined"})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.daemon({"seccomp_profile": "/etc/docker/seccomp.json"})
	rule.findings == set() with input as fixture.project([])
}

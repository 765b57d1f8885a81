package composelint.rules["daemon-flag-clash_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-flag-clash"] as rule

test_clash if {
	rule.findings == {
		{"at": "daemon", "key": "hosts", "message": `"hosts" stops the start where the unit docker.service starts dockerd with "-H fd://", as that of Docker's packages does: override the unit without it`},
		{"at": "daemon", "key": "containerd", "message": `"containerd" stops the start where the unit docker.service starts dockerd with "--containerd", as that of Docker's packages does: override the unit without it`},
	} with input as fixture.daemon({"stated": ["containerd", "hosts"]})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}

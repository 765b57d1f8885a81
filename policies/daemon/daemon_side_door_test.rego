package composelint.rules["daemon-side-door_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-side-door"] as rule

test_open if {
	rule.findings == {{"at": "daemon", "key": "cri-containerd", "message": `containers can be started past the engine, by the socket of containerd: remove "cri-containerd"`}} with input as fixture.daemon({"cri_containerd": true})
	rule.findings == {{"at": "daemon", "key": "nri-opts", "message": `plugins of the host change containers before they start: remove "nri-opts"`}} with input as fixture.daemon({"nri": true})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}

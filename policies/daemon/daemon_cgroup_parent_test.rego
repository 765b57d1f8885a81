package composelint.rules["daemon-cgroup-parent_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-cgroup-parent"] as rule

test_stated if {
	rule.findings == {{"at": "daemon", "key": "cgroup-parent", "message": `all containers are put below the cgroup "docker.slice": remove "cgroup-parent" unless it was made for them`}} with input as fixture.daemon({"cgroup_parent": "docker.slice"})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}

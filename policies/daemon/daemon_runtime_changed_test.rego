package composelint.rules["daemon-runtime-changed_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-runtime-changed"] as rule

test_unknown if {
	rule.findings == {{"at": "daemon", "key": "default-runtime", "message": `containers run by "fast", of which nobody here knows how it isolates: use "runc", gVisor or Kata Containers`}} with input as fixture.daemon({"runtime": "fast"})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.daemon({"runtime": "runsc"})
	rule.findings == set() with input as fixture.project([])
}

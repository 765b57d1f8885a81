package composelint.rules["unused-ignore_test"]

import data.composelint.fixture
import data.composelint.rules["unused-ignore"] as rule

test_written_in_go if {
	rule.findings == set() with input as fixture.project([])
}

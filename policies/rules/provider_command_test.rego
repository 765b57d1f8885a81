package composelint.rules["provider-command_test"]

import data.composelint.fixture
import data.composelint.rules["provider-command"] as rule

test_name if {
	rule.findings == {_finding("warning", `"cloud" on the host at "up": use a container unless you have checked that program`)} with input as _db({"type": "cloud"})
}

test_path if {
	rule.findings == {_finding("error", `"./db.sh" on the host at "up", from whatever is in that file: name an installed plugin, or use a container`)} with input as _db({"type": "./db.sh"})
	{finding.severity | some finding in rule.findings} == {"error"} with input as _db({"type": `bin\db.exe`})
}

test_known_and_unknown if {
	rule.findings == set() with input as _db({"type": "model"})
	rule.findings == set() with input as _db({"type": ""})
	rule.findings == set() with input as _db({})
	rule.findings == set() with input as fixture.project([fixture.service("db", {})])
}

_finding(severity, rest) := {
	"at": "services.db.provider",
	"key": "type",
	"message": $`service "db" runs the program {rest}`,
	"severity": severity,
}

_db(provider) := fixture.project([fixture.service("db", {"provider": object.union({"at": "services.db.provider", "options": []}, provider)})])

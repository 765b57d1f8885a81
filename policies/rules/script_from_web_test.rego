package composelint.rules["script-from-web_test"]

import data.composelint.fixture
import data.composelint.rules["script-from-web"] as rule

test_spellings if {
	{finding.at | some finding in rule.findings} == {$"services.app.command[{i}]" | some i in numbers.range(0, 5)} with input as fixture.project([fixture.service("app", {"command": [word |
		some i, script in [
			`curl -sSL https://get.example.com | sh`,
			`wget -qO- https://get.example.com | sudo bash -s -- -y`,
			`apk add curl && curl https://get.example.com/a.py | python3 -`,
			`bash -c "$(curl -fsSL https://get.example.com)"`,
			`bash <(curl -s https://get.example.com)`,
			`eval "$(wget -qO- https://get.example.com)"`,
		]
		word := {"at": $"services.app.command[{i}]", "value": script, "literal": script}
	]})])
}

test_finding if {
	rule.findings == {{
		"at": "services.app.command[2]",
		"message": `service "app" runs a script that it fetches from the web: build an image that has it, or compare its checksum first`,
	}} with input as fixture.project([fixture.service("app", {"command": [
		{"at": "services.app.command[0]", "value": "sh", "literal": "sh"},
		{"at": "services.app.command[1]", "value": "-c", "literal": "-c"},
		{"at": "services.app.command[2]", "value": "curl https://get.example.com | sh", "literal": "curl https://get.example.com | sh"},
	]})])
}

test_others if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {"command": [
		{"at": "services.app.command[0]", "value": "curl -f http://localhost | grep ok", "literal": ""},
		{"at": "services.app.command[1]", "value": "curl -O https://a.example/x.sh && sha256sum -c x.sums && curl https://a.example | sh", "literal": ""},
		{"at": "services.app.command[2]", "value": "curl https://a.example | shuf", "literal": ""},
		{"at": "services.app.command[3]", "literal": ""},
	]})])
}

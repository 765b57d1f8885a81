package composelint.rules["model-untrusted_test"]

import data.composelint.fixture
import data.composelint.rules["model-untrusted"] as rule

test_no_version if {
	rule.findings == {{
		"at": "models.llm",
		"key": "model",
		"message": `model "llm" is whatever version was pushed last: state its tag or digest`,
	}} with input as _model({"tag": ""})
	rule.findings == {{
		"at": "models.llm",
		"key": "model",
		"message": `model "llm" is whatever version was pushed last: state its tag or digest`,
	}} with input as _model({"tag": "latest"})
}

test_versions if {
	rule.findings == set() with input as _model({"tag": "360M-Q4_K_M"})
	rule.findings == set() with input as _model({"digest": "sha256:00"})
}

_model(fields) := fixture.project_with([], {"models": [object.union(
	{
		"at": "models.llm",
		"name": "llm",
		"reference": "ai/smollm2",
		"tag": "",
		"digest": "",
	},
	fields,
)]})

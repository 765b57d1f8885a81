package own

import (
	"fmt"
	"regexp"
	"strings"
)

// id is the form of a rule's id.
var id = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// New is the files of a new rule, by their names: a policy that finds something, and a test of it.
func New(rule string) (map[string]string, error) {
	if !id.MatchString(rule) {
		return nil, fmt.Errorf("the id of a rule cannot be %q: write small letters with dashes, such as \"team-label\"", rule)
	}
	file := strings.ReplaceAll(rule, "-", "_")
	fill := strings.NewReplacer("RULE", rule)
	return map[string]string{file + ".rego": fill.Replace(newPolicy), file + "_test.rego": fill.Replace(newTest)}, nil
}

const newPolicy = `# METADATA
# title: What is found, in a few words
# description: |
#   Why it matters.
#
#   What to do.
# related_resources:
#   - ref: https://example.com/why
#     description: A page to read
# custom:
#   severity: warning
#   precision: high
#   set: default
#   tags: []
package composelint.rules["RULE"]

import data.composelint.lint

# composelint --print-model shows the model, composelint --print-schema its fields.
findings contains lint.on_key(service, "container_name", message) if {
	some service in input.project.services
	service.container_name == "RULE"
	message := $` + "`" + `{service.called} is called "RULE": call it otherwise` + "`" + `
}
`

const newTest = `package composelint.rules["RULE_test"]

import data.composelint.fixture
import data.composelint.rules["RULE"] as rule

test_found if {
	{finding.at | some finding in rule.findings} == {"services.app"} with input as fixture.project([fixture.service("app", {"container_name": "RULE"})])
}

test_not_found if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {"container_name": "other"})])
}
`

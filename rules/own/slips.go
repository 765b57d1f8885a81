package own

import (
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/rules/catalogue"
)

// checkFindings refuses a rule that finds nothing, since it calls what it finds otherwise.
func checkFindings(m *ast.Module) error {
	if len(m.Package.Path) <= len(catalogue.RulesPath) || !m.Package.Path.HasPrefix(catalogue.RulesPath) {
		return nil
	}
	var names []string
	for _, rule := range m.Rules {
		names = append(names, string(rule.Head.Ref()[0].Value.(ast.Var)))
	}
	if slices.Contains(names, "findings") {
		return nil
	}
	for _, usual := range []string{"deny", "violation", "violations", "warn", "finding"} {
		if slices.Contains(names, usual) {
			return at(m.Package.Location, "the rule has no findings, but %q: write \"findings contains lint.on(node, message) if …\"", usual)
		}
	}
	return at(m.Package.Location, "the rule has no findings: write \"findings contains lint.on(node, message) if …\"")
}

// metadataKeys are those of OPA's annotations, which takes no notice of any other.
// https://www.openpolicyagent.org/docs/policy-language#metadata
var metadataKeys = []string{"authors", "compile", "custom", "description", "entrypoint", "organizations", "related_resources", "schemas", "scope", "title"}

// metadataKey is the first word of a line of METADATA that is a key of it.
var metadataKey = regexp.MustCompile(`^ ([A-Za-z_-]+):( |$)`)

// checkMetadata refuses a key of METADATA that there is not.
func checkMetadata(m *ast.Module) error {
	last, within := 0, false
	for _, comment := range m.Comments {
		within = strings.TrimSpace(string(comment.Text)) == "METADATA" || within && comment.Location.Row == last+1
		last = comment.Location.Row
		if key := metadataKey.FindSubmatch(comment.Text); within && key != nil && !slices.Contains(metadataKeys, string(key[1])) {
			return at(comment.Location, "unknown key %q of METADATA%s", key[1], suggest.Question(string(key[1]), metadataKeys))
		}
	}
	return nil
}

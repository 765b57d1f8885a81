package rules_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

var update = flag.Bool("update", false, "write what is generated from the policies")

// preparedFile holds the classes of operations of every rule set that comes with composelint,
// so that no run has to match each operation against each rule.
const preparedFile = "../policies/data/prepared.json"

// TestPrepared compares the prepared classes with what the policies make of the rules.
func TestPrepared(t *testing.T) {
	c := ast.NewCompiler()
	if c.Compile(modules(t)); c.Failed() {
		t.Fatal(c.Errors)
	}
	data := policyData(t)
	results, err := rego.New(
		rego.Query("{id: data.composelint.docker_api.group(rules) | some id, rules in data.composelint.docker_api.rule_sets}"),
		rego.Compiler(c), rego.Store(inmem.NewFromObject(data)),
	).Eval(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []byte(prepared(t, results[0].Expressions[0].Value.(map[string]any)))
	if *update {
		if err := os.WriteFile(preparedFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(preparedFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is not fresh: run go test ./rules -run TestPrepared -update (-want +got):\n%s", preparedFile, diff)
	}
}

// prepared writes one class a line, for the sake of those who read differences.
func prepared(t *testing.T, ruleSets map[string]any) string {
	t.Helper()
	var sets []string
	for _, id := range slices.Sorted(maps.Keys(ruleSets)) {
		set := ruleSets[id].(map[string]any)
		var classes []string
		for _, class := range set["classes"].([]any) {
			classes = append(classes, "      "+compact(t, class))
		}
		sets = append(sets, fmt.Sprintf("  %q: {\n    \"classes\": [\n%s\n    ],\n    \"of\": %s\n  }", id, strings.Join(classes, ",\n"), compact(t, set["of"])))
	}
	return "{\n" + strings.Join(sets, ",\n") + "\n}\n"
}

func compact(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

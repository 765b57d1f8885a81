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

// preparedFile holds what follows from the data alone, so that no run has to make it.
const preparedFile = "../policies/data/prepared.json"

// TestPrepared compares the prepared tables with what tables.rego makes of the data.
func TestPrepared(t *testing.T) {
	c := ast.NewCompiler()
	if c.Compile(modules(t)); c.Failed() {
		t.Fatal(c.Errors)
	}
	data := policyData(t)
	results, err := rego.New(
		rego.Query("data.composelint.tables"),
		rego.Compiler(c), rego.Store(inmem.NewFromObject(data)),
	).Eval(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []byte(lines(t, results[0].Expressions[0].Value, 3) + "\n")
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

// lines writes the values above a depth one a line, for the sake of those who read differences.
func lines(t *testing.T, v any, depth int) string {
	t.Helper()
	object, ok := v.(map[string]any)
	if !ok || depth == 0 {
		return compact(t, v)
	}
	var fields []string
	for _, key := range slices.Sorted(maps.Keys(object)) {
		fields = append(fields, fmt.Sprintf("%q: %s", key, lines(t, object[key], depth-1)))
	}
	return "{\n" + strings.Join(fields, ",\n") + "\n}"
}

func compact(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

package rules_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/composelint/composelint/rules/own"
)

// tables is the package that makes what is prepared. What it makes is held fresh where that is
// written, in internal/generate/policies: traced, it takes as long as all tests together.
var tables = ast.MustParseRef("data.composelint.tables")

// TestRego runs the policies' own tests as subtests, and wants every line of every policy
// to be reached by them.
func TestRego(t *testing.T) {
	all := modules(t)
	store := policySet(t).Store()
	coverage := cover.New()
	runner := tester.NewRunner().
		SetCompiler(ast.NewCompiler()).
		SetStore(store).
		SetModules(all).
		SetCoverageQueryTracer(coverage).
		CapturePrintOutput(true).
		SetTimeout(own.TestTimeout).
		SetParallel(1)
	txn, err := store.NewTransaction(t.Context(), storage.TransactionParams{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Abort(t.Context(), txn)
	results, err := runner.RunTests(t.Context(), txn)
	if err != nil {
		t.Fatal(err)
	}
	for r := range results {
		name := strings.TrimPrefix(r.Package, "data.composelint.")
		t.Run(name+"/"+r.Name, func(t *testing.T) {
			checkResult(t, r)
			if r.Fail {
				explain(t, all[r.Location.File], r.Location.Row)
			}
		})
	}
	report := coverage.Report(all)
	for name, m := range all {
		file := report.Files[name]
		if isTest(name) || file == nil || m.Package.Path.Equal(tables) {
			continue
		}
		var rows []int
		for _, part := range file.NotCovered {
			rows = append(rows, part.Start.Row)
		}
		for _, row := range slices.Compact(rows) {
			t.Errorf("%s:%d: no test reaches this", name, row)
		}
	}
}

func checkResult(t *testing.T, r *tester.Result) {
	t.Helper()
	switch {
	case r.Error != nil:
		t.Errorf("%s: %v", r.Location, r.Error)
	case r.Skip:
		t.Skip(r.Location)
	case r.Fail && r.FailedAt != nil:
		t.Errorf("%s: %s\n%s", r.FailedAt.Location, r.FailedAt, r.Output)
	case r.Fail:
		t.Errorf("%s\n%s", r.Location, r.Output)
	}
}

// explain says what the rule finds under each input of the test at a line. Tests of what rules
// share import no rule.
func explain(t *testing.T, m *ast.Module, row int) {
	t.Helper()
	if !slices.ContainsFunc(m.Imports, func(i *ast.Import) bool { return i.Alias == "rule" }) {
		return
	}
	for _, test := range m.Rules {
		if test.Location.Row != row {
			continue
		}
		for _, expr := range test.Body {
			for _, with := range expr.With {
				if found := evaluate(t, once(t, theCompiler), policySet(t).Store(), m, "rule.findings with input as "+with.Value.String()); found != nil {
					text, _ := json.MarshalIndent(found, "", "  ")
					t.Logf("%s: the rule finds %s", expr.Location, text)
				}
			}
		}
	}
}

// TestRegoInputs holds every input of the policies' tests to the schema of the model: a
// test with a field that the loader never writes proves nothing.
func TestRegoInputs(t *testing.T) {
	schema := compileSchema(t)
	c := once(t, theCompiler)
	store := policySet(t).Store()
	for name, m := range modules(t) {
		for _, input := range inputsOf(m) {
			t.Run(fmt.Sprintf("%s:%d", name, input.Location.Row), func(t *testing.T) {
				value := evaluate(t, c, store, m, input.String())
				if value == nil {
					t.Fatal("the input is undefined")
				}
				if err := schema.Validate(value); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// TestRegoInputsAreChecked shows that the above refuses what the model does not have.
func TestRegoInputsAreChecked(t *testing.T) {
	schema := compileSchema(t)
	var value any
	text := `{"project": {"name": "", "services": [], "networks": [], "volumes": [],
			"secrets": [], "configs": [], "models": [], "overrides": [], "slips": [], "plugins": []},
		"problems": [], "unknown": [], "config": {"enabled": [], "strict": false, "roles": {"proxies": [], "clients": [], "edge": [], "networks": []}, "registries": [], "harmless_mounts": []}}`
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err == nil || !strings.Contains(err.Error(), "additional properties 'plugins' not allowed") {
		t.Errorf("a field that the model does not have was accepted: %v", err)
	}
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	if err := c.AddResource("input.json", inputSchema(t)); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("input.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// inputsOf are the terms of `with input as …` in a module.
func inputsOf(m *ast.Module) []*ast.Term {
	var terms []*ast.Term
	ast.WalkWiths(m, func(w *ast.With) bool {
		if target, ok := w.Target.Value.(ast.Ref); ok && target.Equal(ast.InputRootRef) {
			terms = append(terms, w.Value)
		}
		return false
	})
	return terms
}

// evaluate finds the value of a term of the module, which must not depend on variables of
// the rule that it stands in; nil where it is undefined.
func evaluate(t *testing.T, c *ast.Compiler, store storage.Store, m *ast.Module, term string) any {
	t.Helper()
	imports := make([]string, len(m.Imports))
	for i, imported := range m.Imports {
		imports[i] = strings.TrimPrefix(imported.String(), "import ")
	}
	results, err := rego.New(
		rego.Query("x = "+term),
		rego.ParsedPackage(m.Package),
		rego.Imports(imports),
		rego.Compiler(c),
		rego.Store(store),
		rego.StrictBuiltinErrors(true),
	).Eval(t.Context())
	if err != nil {
		t.Fatalf("an input of a test must stand alone, without variables of the test: write a line for each value (%v)", err)
	}
	if len(results) != 1 {
		return nil
	}
	return results[0].Bindings["x"]
}

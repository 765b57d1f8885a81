package rules_test

import (
	"context"
	"io/fs"
	"maps"
	"strings"
	"sync"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"

	_ "github.com/composelint/composelint/internal/collector" // as in the program
	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/compiled"
	"github.com/composelint/composelint/rules/policy"
)

// What the tests ask of the policies is read and compiled once for all of them.
var (
	theProgram = sync.OnceValues(func() (*policy.Program, error) { return compiled.Open(policies.Compiled, policies.FS) })
	theEngine  = sync.OnceValues(func() (*rules.Engine, error) {
		program, err := theProgram()
		if err != nil {
			return nil, err
		}
		return rules.New(context.Background(), program)
	})
	theSet     = sync.OnceValues(readPolicies)
	theTopdown = sync.OnceValues(func() (*policy.Program, error) {
		set, err := policy.Read(policies.FS)
		if err != nil {
			return nil, err
		}
		return set.Program()
	})
	theText    = sync.OnceValues(readRego)
	theModules = sync.OnceValues(parseRego)
	// theCompiler has the tests too.
	theCompiler = sync.OnceValues(func() (*ast.Compiler, error) {
		all, err := theModules()
		if err != nil {
			return nil, err
		}
		return (&policy.Set{Modules: all}).Compile()
	})
)

// once is a value that was made once.
func once[T any](t testing.TB, made func() (T, error)) T {
	t.Helper()
	v, err := made()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// readPolicies takes what follows from the data from the plan, as TestFresh holds it.
func readPolicies() (*policy.Set, error) {
	program, err := theProgram()
	if err != nil {
		return nil, err
	}
	set, err := policy.Read(policies.FS)
	if err != nil {
		return nil, err
	}
	set.Data[policy.Prepared], err = ast.JSON(program.Datum(policy.Prepared))
	return set, err
}

func readRego() (map[string]string, error) {
	files := map[string]string{}
	err := policy.Walk(policies.FS, true, func(name string) error {
		text, err := fs.ReadFile(policies.FS, name)
		if strings.HasSuffix(name, ".rego") {
			files[name] = string(text)
		}
		return err
	})
	return files, err
}

func parseRego() (map[string]*ast.Module, error) {
	files, err := theText()
	if err != nil {
		return nil, err
	}
	all := map[string]*ast.Module{}
	for name, text := range files {
		if all[name], err = policy.Parse(name, []byte(text)); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// regoFiles is the text of every policy and test, by name.
func regoFiles(t *testing.T) map[string]string { return once(t, theText) }

// modules are the policies and their tests, by name.
func modules(t *testing.T) map[string]*ast.Module { return maps.Clone(once(t, theModules)) }

// policiesAlone are the policies without their tests.
func policiesAlone(t *testing.T) map[string]*ast.Module {
	all := modules(t)
	maps.DeleteFunc(all, func(name string, _ *ast.Module) bool { return isTest(name) })
	return all
}

func isTest(name string) bool { return strings.HasSuffix(name, "_test.rego") }

// engine asks the policies.
func engine(t testing.TB) *rules.Engine { return once(t, theEngine) }

// policySet is the policies and their data.
func policySet(t *testing.T) *policy.Set { return once(t, theSet) }

// fromText are the policies as topdown runs them.
func fromText(t testing.TB) *policy.Program { return once(t, theTopdown) }

func newEngine(t testing.TB, program *policy.Program) *rules.Engine {
	t.Helper()
	e, err := rules.New(t.Context(), program)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

package own

import (
	"cmp"
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/tester"

	"github.com/composelint/composelint/rules/policy"
)

// TestResult is what came of a test of a policy.
type TestResult struct {
	Name, File string
	Line       int
	// Failure is empty for a test that passed.
	Failure string
}

// TestTimeout is how long a test of a policy may take: OPA's five seconds are not enough on a
// busy machine.
const TestTimeout = time.Minute

// Test runs the tests of the user's policies. The fixtures of composelint's own tests
// (data.composelint.fixture) are there.
func Test(ctx context.Context, base Base, dirs []Directory) ([]TestResult, error) {
	u, err := join(ctx, base, dirs, true)
	if err != nil {
		return nil, err
	}
	if u.moreData {
		if _, err := u.extended(ctx); err != nil {
			return nil, err
		}
	}
	if err := u.addFixtures(base.Files); err != nil {
		return nil, err
	}
	if _, err := u.program(u.all(), nil); err != nil {
		return nil, err
	}
	store := u.Store()
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Abort(ctx, txn)
	done, err := tester.NewRunner().SetCompiler(ast.NewCompiler().WithCapabilities(policy.Sandbox())).
		SetStore(store).SetModules(u.all().Modules).SetParallel(1).SetTimeout(TestTimeout).RunTests(ctx, txn)
	if err != nil {
		return nil, err
	}
	var results []TestResult
	for r := range done {
		results = append(results, resultOf(r))
	}
	slices.SortFunc(results, func(a, b TestResult) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line)) })
	return results, nil
}

// fixtures is the file of the policies that has what tests begin with.
const fixtures = "fixture_test.rego"

// addFixtures adds them, wherever among the policies they are.
func (u *union) addFixtures(policies fs.FS) error {
	return policy.Walk(policies, true, func(name string) error {
		if path.Base(name) != fixtures {
			return nil
		}
		text, err := fs.ReadFile(policies, name)
		if err == nil {
			u.Modules[name], err = policy.Parse(name, text)
		}
		return err
	})
}

func resultOf(r *tester.Result) TestResult {
	t := TestResult{Name: strings.TrimPrefix(r.Package, "data.") + "." + r.Name, File: r.Location.File, Line: r.Location.Row}
	switch {
	case r.Error != nil:
		t.Failure = r.Error.Error()
	case !r.Pass():
		t.Failure = "it does not hold"
	}
	return t
}

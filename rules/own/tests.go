package own

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/tester"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/rules/policy"
)

// TestResult is what came of a test of a policy.
type TestResult struct {
	Name, File string
	Line       int
	// Failure is empty for a test that passed, and for one that is skipped, as its name asks for.
	Failure string
	Skipped bool
	// Details are lines on a test that fails: where it does, what it expects and what came, and what it
	// prints.
	Details []string
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
	compiler, err := u.all().CompilePrinting()
	if err != nil {
		return nil, placed("", err)
	}
	store := u.Store()
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Abort(ctx, txn)
	done, err := tester.NewRunner().SetCompiler(ast.NewCompiler().WithCapabilities(policy.Sandbox()).WithEnablePrintStatements(true)).
		SetStore(store).SetModules(u.all().Modules).SetParallel(1).SetTimeout(TestTimeout).RunTests(ctx, txn)
	if err != nil {
		return nil, err
	}
	var results []TestResult
	for r := range done {
		results = append(results, resultOf(r))
	}
	e := examiner{compiler: compiler, store: store, txn: txn}
	for i := range results {
		if results[i].Failure == doesNotHold {
			results[i].Details = append(u.why(ctx, e, results[i]), results[i].Details...)
		}
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

// doesNotHold is the failure of a test that evaluates to nothing, or to false.
const doesNotHold = "it does not hold"

func resultOf(r *tester.Result) TestResult {
	t := TestResult{Name: strings.TrimPrefix(r.Package, "data.") + "." + r.Name, File: r.Location.File, Line: r.Location.Row, Skipped: r.Skip}
	switch {
	case r.Error != nil:
		t.Failure = r.Error.Error()
	case r.Fail:
		t.Failure = doesNotHold
	default:
		return t
	}
	for name, sub := range r.SubResults.Iter {
		if sub.Fail && len(sub.SubResults) == 0 {
			t.Details = append(t.Details, "case "+strings.Join(name, ", "))
		}
	}
	return t.printing(string(r.Output))
}

// printing is the result with what the test prints, of which the end says most.
func (t TestResult) printing(output string) TestResult {
	lines := slices.Collect(strings.Lines(output))
	if left := len(lines) - maxLines; left > 0 {
		t.Details = append(t.Details, fmt.Sprintf("it prints %s, and then", words.Count(left, "line")))
		lines = lines[left:]
	}
	for _, line := range lines {
		t.Details = append(t.Details, "it prints: "+cut(line, maxValue))
	}
	return t
}

// why asks for what is behind a failure.
func (u *union) why(ctx context.Context, e examiner, t TestResult) []string {
	ctx, cancel := context.WithTimeout(ctx, TestTimeout)
	defer cancel()
	for _, m := range u.own {
		for _, rule := range m.Rules {
			if at := rule.Loc(); at.File == t.File && at.Row == t.Line {
				return e.why(ctx, m, rule)
			}
		}
	}
	return nil
}

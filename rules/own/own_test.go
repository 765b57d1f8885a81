package own_test

import (
	"fmt"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules/compiled"
	"github.com/composelint/composelint/rules/own"
	"github.com/composelint/composelint/rules/policy"
)

// TestReadReplacesNothing has files of the user with the names of all of composelint's: each
// stands beside the one that it is called like.
func TestReadReplacesNothing(t *testing.T) {
	files := fstest.MapFS{}
	err := policy.Walk(policies.FS, false, func(name string) error {
		if path.Ext(name) == ".rego" {
			files[name] = &fstest.MapFile{Data: []byte("package composelint.mine\n")}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := embedded(t)
	got, err := own.Read(t.Context(), base(t), []own.Directory{{Path: ".", Files: files}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.Catalogue.IDs(), got.Catalogue.IDs()); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
	if n := len(got.Own.Evaluator.(policy.Topdown).Compiler.Modules); n != 2*len(files) {
		t.Errorf("%d policies and as many of the user are %d together", len(files), n)
	}
}

// TestTest runs the tests of the user alone, which have composelint's fixtures, and knows
// which of the rules are the user's.
func TestTest(t *testing.T) {
	files := fstest.MapFS{
		"named.rego": {Data: []byte(`# METADATA
# title: Named
# description: A project has a name.
# custom:
#   severity: note
#   precision: high
#   set: default
package composelint.rules.named

import data.composelint.lint

findings contains lint.on(service, "the project has no name") if {
	some service in input.project.services
	input.project.name == ""
}
`)},
		"named_test.rego": {Data: []byte(`package composelint.rules.named_test

import data.composelint.fixture
import data.composelint.rules.named

test_nothing if named.findings == set() with input as fixture.project([])

test_wrong if count(named.findings) == 1 with input as fixture.project([])
`)},
	}
	dirs := []own.Directory{{Path: "mine", Files: files}}
	got, err := own.Test(t.Context(), base(t), dirs)
	if err != nil {
		t.Fatal(err)
	}
	want := []own.TestResult{
		{Name: "composelint.rules.named_test.test_nothing", File: "mine/named_test.rego", Line: 6},
		{
			Name: "composelint.rules.named_test.test_wrong", File: "mine/named_test.rego", Line: 8, Failure: "it does not hold",
			Details: []string{"line 8: count(named.findings) == 1", "expected: 1", "came: 0"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
	programs, err := own.Read(t.Context(), base(t), dirs)
	if err != nil {
		t.Fatal(err)
	}
	if programs.Extended != nil {
		t.Error("composelint's policies are compiled anew where there are no data")
	}
	var ofUser []string
	for _, r := range programs.Catalogue {
		if r.Own {
			ofUser = append(ofUser, r.ID)
		}
	}
	if diff := cmp.Diff([]string{"named"}, ofUser); diff != "" {
		t.Errorf("rules of the user (-want +got):\n%s", diff)
	}
}

// embedded are the policies as they are planned.
func embedded(t *testing.T) *policy.Program {
	t.Helper()
	program, err := compiled.Open(policies.Compiled, policies.FS)
	if err != nil {
		t.Fatal(err)
	}
	return program
}

func base(t *testing.T) own.Base {
	t.Helper()
	return own.Base{Files: policies.FS, Prepared: embedded(t).Datum(policy.Prepared)}
}

// TestManyRules refuses more rules than anybody writes: a process does not survive it where they
// call each other.
func TestManyRules(t *testing.T) {
	var text strings.Builder
	text.WriteString("package composelint.many\n\n")
	for i := range 5_001 {
		fmt.Fprintf(&text, "x%d := %d\n\n", i, i)
	}
	files := fstest.MapFS{"a.rego": {Data: []byte(text.String())}}
	_, err := own.Read(t.Context(), base(t), []own.Directory{{Path: "many", Files: files}})
	if want := "many/a.rego:1:1: there are more rules than the limit of 5000"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

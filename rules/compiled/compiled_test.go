package compiled

import (
	"reflect"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules/policy"
)

// TestRoundTrip wants what Open reads to be what Write was given: the rules as the compiler
// made them, the catalogue of their METADATA, and the data.
func TestRoundTrip(t *testing.T) {
	text, err := Write(policies.FS)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Open(string(text), policies.FS)
	if err != nil {
		t.Fatal(err)
	}
	store, ok := got.Store.(*lazyStore)
	if !ok {
		t.Fatal("the policies were compiled: the text is not of these policies")
	}
	set, err := policy.Read(policies.FS)
	if err != nil {
		t.Fatal(err)
	}
	want, err := set.Program()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.Catalogue, got.Catalogue, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the catalogue is another one (-want +got):\n%s", diff)
	}
	if store.root.value().Compare(ast.MustInterfaceToValue(set.Data)) != 0 {
		t.Error("the data are others")
	}
	if err := renumber(want.Compiler.Modules); err != nil {
		t.Fatal(err)
	}
	if len(want.Compiler.Modules) != len(got.Compiler.Modules) {
		t.Errorf("%d modules are decoded as %d", len(want.Compiler.Modules), len(got.Compiler.Modules))
	}
	for name, m := range want.Compiler.Modules {
		decoded := got.Compiler.Modules[name]
		if decoded == nil || len(decoded.Rules) != len(m.Rules) {
			t.Fatalf("%s has other rules", name)
		}
		for i, r := range m.Rules {
			if !r.Equal(decoded.Rules[i]) {
				t.Errorf("%s: the rule\n%s\nis decoded as\n%s", name, r, decoded.Rules[i])
			}
		}
	}
}

// TestOpenOthers shows that policies are compiled where the text was made of others, or is
// none.
func TestOpenOthers(t *testing.T) {
	files := fstest.MapFS{"composelint.rego": {Data: []byte("package composelint\n\nfindings := {\"a\"}\n")}}
	for _, text := range []string{"", "composelint policies", headOf(1) + "garbage", policies.Compiled} {
		p, err := Open(text, files)
		if err != nil {
			t.Errorf("compiled policies %.30q: %v", text, err)
			continue
		}
		findings, err := p.Query(t.Context(), "data.composelint.findings")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := findings(t.Context(), nil); err != nil || !reflect.DeepEqual(got, []any{"a"}) {
			t.Errorf("compiled policies %.30q: findings %v, error %v", text, got, err)
		}
	}
}

// TestOpenEmbedded wants no run to compile the policies that are embedded: what is compiled
// beforehand is made of the files of the repository.
func TestOpenEmbedded(t *testing.T) {
	p, err := Open(policies.Compiled, policies.FS)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := p.Store.(*lazyStore); !ok {
		t.Error("the policies were compiled: run go generate ./policies")
	}
}

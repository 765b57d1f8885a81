package compiled

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules/policy"
)

// TestCatalogue wants the catalogue of the embedded policies to be that of their METADATA.
func TestCatalogue(t *testing.T) {
	got, err := Open(policies.Compiled, policies.FS)
	if err != nil {
		t.Fatal(err)
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
}

// TestOpenOthers shows that policies are compiled where the text was made of others, or is
// none.
func TestOpenOthers(t *testing.T) {
	files := fstest.MapFS{"composelint.rego": {Data: []byte("package composelint\n\nfindings := {\"a\"}\n")}}
	for _, text := range []string{"", "composelint policies", headOf(1, nil) + "\ngarbage", policies.Compiled} {
		p, err := Open(text, files)
		if err != nil {
			t.Errorf("compiled policies %.30q: %v", text, err)
			continue
		}
		findings, err := p.Query(t.Context(), "data.composelint.findings")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := findings(t.Context(), nil); err != nil || got == nil || got.String() != `["a"]` {
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
	if _, ok := p.Evaluator.(planned); !ok {
		t.Error("the policies were compiled: run go generate ./policies")
	}
}

// TestOpenDamaged compiles the policies where the text is not whole.
func TestOpenDamaged(t *testing.T) {
	whole := policies.Compiled
	last := len(whole) - 1
	for name, text := range map[string]string{"shorter": whole[:last], "changed": whole[:last] + string(whole[last]^1)} {
		p, err := Open(text, policies.FS)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := p.Evaluator.(planned); ok {
			t.Errorf("%s: the plan was taken", name)
		}
	}
}

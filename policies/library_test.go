package policies_test

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/policies"
)

// TestLibraryHasNoCycles wants an order of the packages in lib in which each imports only
// those before it.
func TestLibraryHasNoCycles(t *testing.T) {
	if left := cyclic(libraryImports(t)); len(left) > 0 {
		t.Errorf("these packages import each other, or one that does: %q", slices.Sorted(maps.Keys(left)))
	}
}

// TestCyclic shows what the above finds.
func TestCyclic(t *testing.T) {
	left := cyclic(map[string][]string{"a": {"b"}, "b": {"a"}, "c": {"d"}, "d": nil})
	if got := slices.Sorted(maps.Keys(left)); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("the cycle is found in %q", got)
	}
}

// cyclic leaves the packages that no order can be found for.
func cyclic(imports map[string][]string) map[string][]string {
	left := maps.Clone(imports)
	for {
		before := len(left)
		maps.DeleteFunc(left, func(_ string, imported []string) bool {
			return !slices.ContainsFunc(imported, func(name string) bool {
				_, there := left[name]
				return there
			})
		})
		if len(left) == before {
			return left
		}
	}
}

// libraryImports are the packages in lib, each with those of its imports that are policies.
func libraryImports(t *testing.T) map[string][]string {
	t.Helper()
	names, err := fs.Glob(policies.FS, "lib/*.rego")
	if err != nil {
		t.Fatal(err)
	}
	imports := map[string][]string{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.rego") {
			continue
		}
		text, err := fs.ReadFile(policies.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		m, err := ast.ParseModule(name, string(text))
		if err != nil {
			t.Fatal(err)
		}
		of := m.Package.Path.String()
		imports[of] = nil
		for _, i := range m.Imports {
			imports[of] = append(imports[of], i.Path.String())
		}
	}
	return imports
}

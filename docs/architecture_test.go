package docs

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// module is the path of the module.
const module = "github.com/composelint/composelint/"

// importRow is a row of architecture.md's table of packages: a package, what it does, and the
// packages that it may import.
var importRow = regexp.MustCompile("(?m)^\\| `([a-z/]+)` \\| .* \\| (nothing|`[^|]+`) \\|$")

// TestImports holds the packages of the module, but for their tests, against the table: each
// stands in it, and imports no other package of the module than it says.
func TestImports(t *testing.T) {
	allowed := importTable(t)
	list := exec.Command("go", "list", "-json=ImportPath,Imports,GoFiles", "./...")
	list.Dir = ".."
	out, err := list.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := list.Start(); err != nil {
		t.Fatal(err)
	}
	for d := json.NewDecoder(out); ; {
		var p struct {
			ImportPath       string
			Imports, GoFiles []string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if len(p.GoFiles) == 0 {
			continue // nothing but tests
		}
		name := strings.TrimPrefix(p.ImportPath, module)
		may, ok := allowed[name]
		if !ok {
			t.Errorf("docs/architecture.md does not say what the package %s may import", name)
		}
		delete(allowed, name)
		for _, path := range p.Imports {
			if other, own := strings.CutPrefix(path, module); own && ok && !slices.Contains(may, other) {
				t.Errorf("%s imports %s, which docs/architecture.md does not let it", name, other)
			}
		}
	}
	if err := list.Wait(); err != nil {
		t.Fatal(err)
	}
	for name := range allowed {
		t.Errorf("docs/architecture.md has the package %s, which is not there", name)
	}
}

// importTable are the packages that a package may import, by package.
func importTable(t *testing.T) map[string][]string {
	t.Helper()
	page, err := os.ReadFile("architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(page), "\n| package | what it does | what it may import |\n")
	if !ok {
		t.Fatal("architecture.md has no table of packages")
	}
	table, _, _ := strings.Cut(after, "\n\n")
	allowed := map[string][]string{}
	for _, m := range importRow.FindAllStringSubmatch(table, -1) {
		allowed[m[1]] = strings.Split(strings.Trim(m[2], "`"), "`, `")
	}
	return allowed
}

package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// connecting are the packages of the standard library by which programs open connections or run others.
var connecting = []string{"crypto/tls", "log/syslog", "net", "net/http", "net/rpc", "net/smtp", "os/exec", "plugin", "syscall"}

// addresses are what package net has besides, which reads and writes addresses alone.
var addresses = []string{"CIDRMask", "IP", "IPMask", "IPNet", "JoinHostPort", "ParseCIDR", "ParseIP", "ParseMAC", "SplitHostPort"}

// TestConnections holds that one package opens connections, and that nothing but composelint verify uses it.
func TestConnections(t *testing.T) {
	const probe = module + "internal/verify/probe"
	files := 0
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		directory := filepath.ToSlash(filepath.Dir(path))
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && entry.Name() != ".." || path == "../bench" || path == "../internal/generate"):
			return filepath.SkipDir // what is no part of the program
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || testsAlone(directory):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		files++
		for _, spec := range file.Imports {
			switch name := strings.Trim(spec.Path.Value, `"`); {
			case name == probe && directory != "../internal/verify" && path != "../cmd/composelint/verify.go":
				t.Errorf("%s uses %s", path, probe)
			case spec.Name != nil && slices.Contains(connecting, name):
				t.Errorf("%s imports %s by another name", path, name)
			case name == "net" && directory != "../internal/verify/probe":
				usesAddressesAlone(t, path, file)
			case slices.Contains(connecting, name) && directory != "../internal/verify/probe":
				t.Errorf("%s imports %s", path, name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 100 {
		t.Errorf("%d files are there", files)
	}
}

// testsAlone is true of the directory of a package that only tests use, or the packing of a release.
func testsAlone(directory string) bool {
	return slices.Contains([]string{"../internal/archives", "../internal/corpus", "../internal/golden", "../internal/wheel", "../loader/compose/composetest"}, directory)
}

func usesAddressesAlone(t *testing.T, path string, file *ast.File) {
	t.Helper()
	ast.Inspect(file, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := selector.X.(*ast.Ident); ok && x.Name == "net" && x.Obj == nil && !slices.Contains(addresses, selector.Sel.Name) {
			t.Errorf("%s uses net.%s", path, selector.Sel.Name)
		}
		return true
	})
}

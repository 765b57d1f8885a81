// Package archives gives tests the Compose files in the archives of the repository.
package archives

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// places are those of the archives, from the root of the repository.
var places = []string{"testdata/rules/*.txtar", "loader/testdata/*/*.txtar", "loader/*/testdata/*.txtar"}

// All reads them, by their paths from the root of the repository.
func All(t testing.TB) map[string]*txtar.Archive {
	t.Helper()
	root := Root(t)
	all := map[string]*txtar.Archive{}
	for _, pattern := range places {
		names, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(names) == 0 {
			t.Fatalf("no archives %s: %v", pattern, err)
		}
		for _, name := range names {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			rel, err := filepath.Rel(root, name)
			if err != nil {
				t.Fatal(err)
			}
			all[filepath.ToSlash(rel)] = archive
		}
	}
	return all
}

// WellFormed are those of which the files are not malformed on purpose.
func WellFormed(t testing.TB) map[string]*txtar.Archive {
	t.Helper()
	all := All(t)
	maps.DeleteFunc(all, func(name string, _ *txtar.Archive) bool { return strings.Contains(name, "/malformed/") })
	return all
}

// Root is the root of the repository.
func Root(t testing.TB) string {
	t.Helper()
	start, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir := start; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
	}
	t.Fatalf("no go.mod in %q or above", start)
	return ""
}

// Files are the texts of the Compose files in the archives, in the order of their paths.
func Files(t testing.TB) [][]byte {
	t.Helper()
	all := All(t)
	var texts [][]byte
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for _, file := range ComposeFiles(all[name]) {
			texts = append(texts, file.Data)
		}
	}
	return texts
}

// ComposeFiles are the Compose files of an archive.
func ComposeFiles(archive *txtar.Archive) []txtar.File {
	var files []txtar.File
	for _, file := range archive.Files {
		if ext := path.Ext(file.Name); ext == ".yaml" || ext == ".yml" {
			files = append(files, file)
		}
	}
	return files
}

// Unpack writes an archive to a new directory, which becomes the working directory. The files of
// the project are those that end in .yml: what they include or extend ends in .yaml.
func Unpack(t *testing.T, archive *txtar.Archive) (files []string) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := txtar.Write(archive, "."); err != nil {
		t.Fatal(err)
	}
	for _, file := range archive.Files {
		if path.Ext(file.Name) == ".yml" {
			files = append(files, filepath.FromSlash(file.Name))
		}
	}
	return files
}

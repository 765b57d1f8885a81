// Package corpus gives tests access to a collection of real Compose files that is not
// part of the repository.
package corpus

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/archives"
)

// Dir is the collection: that of COMPOSELINT_CORPUS, else shared/corpus beside the
// repository. Without one the test is skipped.
func Dir(t testing.TB) string {
	t.Helper()
	if dir := os.Getenv("COMPOSELINT_CORPUS"); dir != "" {
		return dir
	}
	dir := filepath.Join(archives.Root(t), "..", "shared", "corpus")
	if _, err := os.Stat(dir); err == nil {
		return dir
	}
	t.Skip("the collection of real Compose files is not here: name its directory in COMPOSELINT_CORPUS")
	return ""
}

// Table reads a tab-separated table of the collection; the rows are by column name.
func Table(t testing.TB, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(Dir(t), name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	records, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, value := range record {
			row[records[0][i]] = value
		}
		rows = append(rows, row)
	}
	return rows
}

// Project is a project of the collection.
type Project struct {
	// ID is the repository, with two underscores for its slash, and the files.
	ID string
	// Directory is the project's.
	Directory string
	// Files are their paths, in the order of merging.
	Files []string
	// EnvFiles are the paths of its env files.
	EnvFiles []string
	// LoadsAt says what compose-go needs to load it: nothing (asis), values for its
	// variables (lenient), no check of consistency (noconsistency); or it fails.
	LoadsAt string
}

// Projects lists the projects of the collection.
func Projects(t testing.TB) []Project {
	t.Helper()
	dir := Dir(t)
	loads := map[string]string{}
	for _, row := range Table(t, "load.tsv") {
		loads[row["id"]] = row["loads_at"]
	}
	var projects []Project
	for _, row := range Table(t, "projects.tsv") {
		repository := filepath.Join(dir, strings.ReplaceAll(row["repo"], "/", "__"))
		directory := filepath.Join(repository, row["workdir"])
		_, id, _ := strings.Cut(row["id"], "/")
		p := Project{ID: id, Directory: directory, LoadsAt: loads[row["id"]]}
		for file := range strings.SplitSeq(row["files"], ",") {
			p.Files = append(p.Files, filepath.Join(directory, file))
		}
		if row["env"] != "" {
			p.EnvFiles = []string{envFile(t, row["env"], directory, repository)}
		}
		projects = append(projects, p)
	}
	return projects
}

// envFile is the path of an env file: that of the table, or a new one for a table that
// states variables itself, with @ROOT@ for the repository.
func envFile(t testing.TB, stated, directory, repository string) string {
	t.Helper()
	if !strings.Contains(stated, "=") {
		return filepath.Join(directory, stated)
	}
	repository, err := filepath.Abs(repository)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "variables.env")
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(stated, "@ROOT@", repository)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

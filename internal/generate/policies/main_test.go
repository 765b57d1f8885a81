package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const repository = "../../.."

// TestFresh holds every file that is made of the policies fresh.
func TestFresh(t *testing.T) {
	policies := policiesOf(repository)
	files, err := outputs(policies)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		want, err := f.make(policies)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(repository, f.path))
		if err != nil {
			t.Fatal(err)
		}
		if string(want) == string(got) {
			continue
		}
		diff := "it is no text"
		if filepath.Ext(f.path) != ".bin" {
			diff = "(-want +got):\n" + cmp.Diff(string(want), string(got))
		}
		t.Errorf("%s is not fresh: run go generate ./policies: %s", f.path, diff)
	}
}

// TestGenerate makes all files of a repository in which those of before hold anything.
func TestGenerate(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "policies"), policiesOf(repository)); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "docs"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"policies/" + preparedFile, "policies/compiled.bin"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("<<<<<<< anything"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := generate(dir); err != nil {
		t.Fatal(err)
	}
	files, err := outputs(policiesOf(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		want, err := os.ReadFile(filepath.Join(repository, f.path))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(dir, f.path))
		if err != nil {
			t.Fatal(err)
		}
		if string(want) != string(got) {
			t.Errorf("%s is another one", f.path)
		}
	}
}

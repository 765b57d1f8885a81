package main

import (
	"errors"
	"os"
	"os/exec"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/generate"
)

const manPage = root + "/docs/composelint.1"

// TestMan holds the man page fresh and, where mandoc is installed, faultless.
func TestMan(t *testing.T) {
	o, err := parseOptions(nil)
	if err != nil {
		t.Fatal(err)
	}
	want, err := generate.ManPage(usage(o))
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(manPage)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s is not fresh: go generate ./docs (-want +got):\n%s", manPage, diff)
	}
	mandoc, err := exec.LookPath("mandoc")
	if err != nil {
		t.Skip("mandoc is not here to check the page")
	}
	// The page of another program that it refers to need not be installed.
	out, err := exec.Command(mandoc, "-T", "lint", "-W", "warning", manPage).CombinedOutput()
	var exit *exec.ExitError
	if len(out) > 0 || err != nil && !errors.As(err, &exit) {
		t.Errorf("%v\n%s", err, out)
	}
}

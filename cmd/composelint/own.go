package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/own"
)

// engine is the one that has the policies in some directories beside composelint's own. It
// is made once for all projects that have the same ones.
func (c *command) engine(dirs []string) (*rules.Engine, error) {
	if len(dirs) == 0 {
		return embedded()
	}
	made, _ := c.engines.LoadOrStore(strings.Join(dirs, "\x00"), sync.OnceValues(func() (*rules.Engine, error) {
		directories, err := ownPolicies(dirs)
		if err != nil {
			return nil, err
		}
		program, err := own.Read(context.Background(), policies.FS, directories)
		if err != nil {
			return nil, err
		}
		return rules.New(context.Background(), program)
	}))
	return made.(func() (*rules.Engine, error))()
}

// ownPolicies opens directories of policies. No link in them leads out of them.
func ownPolicies(dirs []string) ([]own.Directory, error) {
	var directories []own.Directory
	for _, dir := range dirs {
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, fmt.Errorf("could not open the directory of policies %q: %w", dir, err)
		}
		directories = append(directories, own.Directory{Path: filepath.ToSlash(dir), Files: root.FS()})
	}
	return directories, nil
}

// testPolicies runs the tests of policies of the user: a line for each that fails, and how
// many passed.
func (c *command) testPolicies(dirs []string) int {
	if len(dirs) == 0 {
		return c.trouble(fmt.Errorf("test-policies needs a directory: composelint test-policies DIR"))
	}
	directories, err := ownPolicies(dirs)
	if err != nil {
		return c.trouble(err)
	}
	results, err := own.Test(context.Background(), policies.FS, directories)
	if err != nil {
		return c.trouble(err)
	}
	passed, failed := 0, 0
	for _, r := range results {
		switch {
		case r.Failure == "":
			passed++
		default:
			failed++
			fmt.Fprintf(c.stdout, "%s:%d: %s: %s\n", r.File, r.Line, r.Name, r.Failure)
		}
	}
	fmt.Fprintf(c.stdout, "%s passed, %d failed\n", plural(passed, "test"), failed)
	switch {
	case passed+failed == 0:
		return c.trouble(fmt.Errorf("there are no tests: write them in *_test.rego, as rules whose names begin with test_"))
	case failed > 0:
		return statusFindings
	}
	return statusClean
}

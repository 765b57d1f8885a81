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
)

// engine is the one that has the policies in some directories beside composelint's own. It
// is made once for all projects that have the same ones.
func (c *command) engine(dirs []string) (*rules.Engine, error) {
	if len(dirs) == 0 {
		return embedded()
	}
	made, _ := c.engines.LoadOrStore(strings.Join(dirs, "\x00"), sync.OnceValues(func() (*rules.Engine, error) {
		own, err := ownPolicies(dirs)
		if err != nil {
			return nil, err
		}
		return rules.NewWith(context.Background(), policies.FS, own)
	}))
	return made.(func() (*rules.Engine, error))()
}

// ownPolicies opens directories of policies. No link in them leads out of them.
func ownPolicies(dirs []string) ([]rules.Own, error) {
	var own []rules.Own
	for _, dir := range dirs {
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, fmt.Errorf("could not open the directory of policies %q: %w", dir, err)
		}
		own = append(own, rules.Own{Path: filepath.ToSlash(dir), Files: root.FS()})
	}
	return own, nil
}

// testPolicies runs the tests of policies of the user: a line for each that fails, and how
// many passed.
func (c *command) testPolicies(dirs []string) int {
	if len(dirs) == 0 {
		return c.trouble(fmt.Errorf("test-policies needs a directory: composelint test-policies DIR"))
	}
	own, err := ownPolicies(dirs)
	if err != nil {
		return c.trouble(err)
	}
	results, err := rules.TestOwn(context.Background(), policies.FS, own)
	if err != nil {
		return c.trouble(err)
	}
	passed, failed := 0, 0
	for _, r := range results {
		switch {
		case !strings.HasPrefix(r.Name, "composelint.") || r.File == "fixture_test.rego":
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

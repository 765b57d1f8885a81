package main

import (
	"context"
	"fmt"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/words"
)

// testPolicies runs the tests of policies of the user: a line for each that fails, and how
// many passed.
func (c *command) testPolicies(dirs []string) int {
	if len(dirs) == 0 {
		return c.trouble(fmt.Errorf("test-policies needs a directory: composelint test-policies DIR"))
	}
	results, err := lint.TestPolicies(context.Background(), dirs)
	if err != nil {
		return c.trouble(err)
	}
	passed, failed := 0, 0
	for _, r := range results {
		if r.Failure == "" {
			passed++
			continue
		}
		failed++
		_ = say(c.stdout, "%s:%d: %s: %s", r.File, r.Line, r.Name, r.Failure)
	}
	_ = say(c.stdout, "%s passed, %d failed", words.Count(passed, "test"), failed)
	switch {
	case passed+failed == 0:
		return c.trouble(fmt.Errorf("there are no tests: write them in *_test.rego, as rules whose names begin with test_"))
	case failed > 0:
		return statusFindings
	}
	return statusClean
}

package main

import (
	"context"
	"fmt"

	"github.com/composelint/composelint/internal/words"
)

// testPolicies runs the tests of policies of the user: each that fails, with what was expected and what
// came, and how many passed.
func (c *command) testPolicies(o *options) int {
	o.policies = append(o.policies, o.args[1:]...)
	if len(o.policies) == 0 {
		return c.trouble(fmt.Errorf("test-policies needs a directory: composelint test-policies DIR"))
	}
	results, err := c.linter(o).TestPolicies(context.Background())
	if err != nil {
		return c.trouble(err)
	}
	passed, failed, skipped := 0, 0, 0
	for _, r := range results {
		switch {
		case r.Skipped:
			skipped++
		case r.Failure == "":
			passed++
		default:
			failed++
			_ = say(c.stdout, "%s:%d: %s: %s", r.File, r.Line, r.Name, r.Failure)
			for _, line := range r.Details {
				_ = say(c.stdout, "  %s", line)
			}
		}
	}
	closing := fmt.Sprintf("%s passed, %d failed", words.Count(passed, "test"), failed)
	if skipped > 0 {
		closing += fmt.Sprintf(", %d skipped", skipped)
	}
	_ = say(c.stdout, "%s", closing)
	switch {
	case len(results) == 0:
		return c.trouble(fmt.Errorf("there are no tests: write them in *_test.rego, as rules whose names begin with test_"))
	case failed > 0:
		return statusFindings
	}
	return statusClean
}

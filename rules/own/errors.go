package own

import (
	"errors"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/rules/policy"
)

// at is an error at a place in a policy.
func at(place *ast.Location, format string, args ...any) error {
	return ast.Errors{ast.NewError(ast.CompileErr, place, format, args...)}
}

// placed writes OPA's errors as other errors are written: file:line:col: message.
func placed(file string, err error) error {
	var all ast.Errors
	if !errors.As(err, &all) {
		return fmt.Errorf("%s: %w", file, err)
	}
	var errs []error
	for _, e := range all {
		message := strings.Join(strings.Fields(e.Message), " ")
		if name, ok := strings.CutPrefix(message, "undefined function "); ok && policy.Refused(name) != "" {
			message = fmt.Sprintf("policies may not call %q: %s", name, policy.Refused(name))
		}
		if e.Details != nil {
			message += details(e.Details.Lines(), message)
		}
		if e.Location != nil {
			message = fmt.Sprintf("%s:%d:%d: %s", e.Location.File, e.Location.Row, max(e.Location.Col, 1), message)
		}
		errs = append(errs, errors.New(message))
	}
	return errors.Join(errs...)
}

// details are those lines of an error that say more than its message: not the text again, nor
// the mark below it.
func details(lines []string, message string) string {
	var more []string
	for _, line := range lines {
		if line = strings.Join(strings.Fields(line), " "); line != "" && line != "^" && !strings.Contains(message, line) {
			more = append(more, line)
		}
	}
	if more == nil {
		return ""
	}
	return " (" + strings.Join(more, ", ") + ")"
}

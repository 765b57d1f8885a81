package lint

import (
	"context"
	"fmt"
	"strconv"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/rules"
)

// possible are the findings that a project has besides the certain ones where variables of which it
// is not known whether they are set have their other effect: ${X:+value} brings its value.
func (l *Linter) possible(ctx context.Context, c *Configured, certain []rules.Finding) ([]rules.Finding, error) {
	if len(c.Choices) == 0 {
		return nil, nil
	}
	options := c.options
	options.Possible, options.Secrets = true, c.Secrets
	loaded, err := l.load(ctx, c.Found, options)
	if err != nil {
		return nil, err
	}
	found, _, err := c.engine.judge(ctx, &Configured{loaded, c.settings}, false)
	if err != nil {
		return nil, err
	}
	for path, file := range loaded.Sources.Files {
		if c.Sources.Files[path] == nil {
			c.Sources.Files[path] = file
		}
	}
	return more(found, certain, c.Choices), nil
}

// maxNamed bounds the variables that a message names.
const maxNamed = 3

// namesOf names the first of some variables.
func namesOf(variables []string) string {
	var names []string
	for _, name := range variables[:min(len(variables), maxNamed)] {
		names = append(names, strconv.Quote(name))
	}
	if more := len(variables) - maxNamed; more > 0 {
		names = append(names, words.Count(more, "other variable"))
	}
	return words.And(names)
}

// more are those of the findings that are none of the certain ones, worded as what the variables
// bring about.
func more(found, certain []rules.Finding, variables []string) []rules.Finding {
	type id struct{ rule, at, key string }
	known := map[id]bool{}
	for _, f := range certain {
		known[id{f.Rule, f.At, f.Key}] = true
	}
	var others []rules.Finding
	for _, f := range found {
		if !known[id{f.Rule, f.At, f.Key}] {
			f.Message = fmt.Sprintf("depending on %s: %s", namesOf(variables), f.Message)
			others = append(others, f)
		}
	}
	return others
}

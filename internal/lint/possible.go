package lint

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules"
)

// maxChosen bounds the services of a project that is judged three times.
const maxChosen = 3_000

// possible are the findings that a project has besides the certain ones where variables of which it
// is not known whether they are set are, or are not: ${X:+value} brings its value then.
func (l *Linter) possible(ctx context.Context, c *Configured, certain []rules.Finding) ([]rules.Finding, error) {
	if len(c.Choices) == 0 {
		return nil, nil
	}
	if len(c.Project.Services) > maxChosen {
		return nil, fmt.Errorf("could not judge %q: values go one way or another with variables, in more services than the limit of %d for that", c.Files[0], maxChosen)
	}
	all := slices.Clone(certain)
	for _, assumed := range []loader.Assumption{loader.Set, loader.Unset} {
		options := c.options
		options.Assume, options.Secrets = assumed, c.Secrets
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
		all = append(all, c.more(found, all)...)
	}
	return all[len(certain):], nil
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

// more are those of the findings that are not known yet, worded as what the variables bring about. What
// is only wrong with the file is judged as the file is.
func (c *Configured) more(found, known []rules.Finding) []rules.Finding {
	type id struct{ rule, at, key string }
	seen := map[id]bool{}
	for _, f := range known {
		seen[id{f.Rule, f.At, f.Key}] = true
	}
	var others []rules.Finding
	for _, f := range found {
		rule, _ := c.engine.Catalogue.Find(f.Rule)
		if aboutFile := slices.Equal(rule.Tags, []string{"correctness"}); !aboutFile && !seen[id{f.Rule, f.At, f.Key}] {
			f.Message = fmt.Sprintf("depending on %s: %s", namesOf(c.choicesAt(f.At, f.Key)), f.Message)
			others = append(others, f)
		}
	}
	return others
}

// choicesAt are the variables of which it is not known which way a value goes: those of the value
// itself, or all.
func (c *Configured) choicesAt(at, key string) []string {
	var own []string
	for _, u := range c.Unknown {
		if strings.Trim(u.At+"."+u.Key, ".") == strings.Trim(at+"."+key, ".") && slices.Contains(c.Choices, u.Variable) {
			own = append(own, u.Variable)
		}
	}
	if len(own) > 0 {
		return own
	}
	return c.Choices
}

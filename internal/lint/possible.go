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

// withPossible adds to the certain findings of a project those that it has where variables of which it
// is not known whether they are set are, or are not: ${X:+value} brings its value then.
func (l *Linter) withPossible(ctx context.Context, c *Configured, findings []rules.Finding) ([]rules.Finding, error) {
	if len(c.Choices) == 0 || c.tooManyChoices() != nil {
		return findings, nil
	}
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
		findings = c.with(found, findings)
	}
	rules.Sort(findings)
	return findings, nil
}

// tooManyChoices is an error about a project that is too large to be judged three times.
func (c *Configured) tooManyChoices() error {
	if len(c.Choices) == 0 || len(c.Project.Services) <= maxChosen {
		return nil
	}
	return fmt.Errorf("%q was judged only in part: values go one way or another with variables, in more services than the limit of %d for that", c.Files[0], maxChosen)
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

// with adds to the known findings those that are not among them, or are worse, worded as what the
// variables bring about. What is only wrong with the file is judged as the file is.
func (c *Configured) with(found, known []rules.Finding) []rules.Finding {
	type id struct{ rule, at, key string }
	index := map[id]int{}
	for i, f := range known {
		index[id{f.Rule, f.At, f.Key}] = i
	}
	all, told := slices.Clone(known), map[string]bool{}
	for _, f := range found {
		rule, _ := c.engine.Catalogue.Find(f.Rule)
		i, met := index[id{f.Rule, f.At, f.Key}]
		own := c.choicesAt(f.At, f.Key)
		worse := met && f.Severity > known[i].Severity && len(own) > 0
		if aboutFile := slices.Equal(rule.Tags, []string{"correctness"}); aboutFile || met && !worse {
			continue
		}
		if len(own) == 0 {
			own = c.Choices
		}
		f.Message = fmt.Sprintf("depending on %s: %s", namesOf(own), f.Message)
		told[placeOf(f.At, f.Key)] = true
		if met {
			all[i] = f
		} else {
			all = append(all, f)
		}
	}
	return slices.DeleteFunc(all, func(f rules.Finding) bool { return f.Rule == unresolvedVariable && told[placeOf(f.At, f.Key)] })
}

// unresolvedVariable is the rule that names the variables which are not known. It has nothing more to
// say where it is told what one brings about.
const unresolvedVariable = "unresolved-variable"

// placeOf is one name for a value of a node, which may be a node of its own.
func placeOf(at, key string) string { return strings.Trim(at+"."+key, ".") }

// choicesAt are the variables of which it is not known which way a value goes, of the value or entry
// at a place.
func (c *Configured) choicesAt(at, key string) []string {
	var own []string
	for _, u := range c.Unknown {
		isEntry := key == "" && strings.HasSuffix(at, "]") && u.At == at
		isValue := placeOf(u.At, u.Key) == placeOf(at, key)
		if (isEntry || isValue) && slices.Contains(c.Choices, u.Variable) {
			own = append(own, u.Variable)
		}
	}
	return own
}

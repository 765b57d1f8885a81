package triage

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/config"
)

// An ignore is a comment that excuses findings of some rules at its line, or anywhere in what
// is declared there:
//
//	# composelint:ignore privileged, host-pid -- the agent reads the host's processes until 2027-01-31

// ignoresOf are the ignores that the directives of a file state, those included that are no good.
func ignoresOf(file *model.File, directives []model.Comment, c catalogue.Catalogue) []*excuse {
	var all []*excuse
	for _, d := range directives {
		e := &excuse{Suppression: rules.Suppression{Kind: "ignore", Location: d.Location}, file: file, first: d.First, last: d.Last}
		e.fault = e.read(strings.TrimSpace(strings.TrimPrefix(d.Text, model.Directive)), c)
		all = append(all, e)
	}
	return all
}

// reasonMark stands between the rules of an ignore and its reason.
var reasonMark = regexp.MustCompile(`(^|\s)--(\s|$)`)

// expiry is the last day of an ignore, at the end of its reason.
var expiry = regexp.MustCompile(`(^|\s)until (\d[\d./-]*)$`)

// inReason is a day that does not stand at the end, and would never end the ignore.
var inReason = regexp.MustCompile(`(?i)\buntil:?\s+(\d{4}-\d\d-\d\d)\b`)

// read takes an ignore apart and returns what is wrong with it.
func (e *excuse) read(text string, c catalogue.Catalogue) (fault string) {
	word, rest, _ := strings.Cut(text, " ")
	if word != "ignore" {
		right := suggest.Question(word, []string{"ignore"})
		if right == "" {
			right = `: use "composelint:ignore"`
		}
		return fmt.Sprintf("unknown directive %q%s", word, right)
	}
	names, reason := rest, ""
	if at := reasonMark.FindStringIndex(rest); at != nil {
		names, reason = rest[:at[0]], strings.TrimSpace(rest[at[1]:])
	}
	if at := expiry.FindStringSubmatchIndex(reason); at != nil {
		e.Expires, reason = reason[at[4]:at[5]], reason[:at[0]]
	}
	e.Reason = reason
	for name := range strings.SplitSeq(names, ",") {
		if name = strings.TrimSpace(name); name != "" {
			e.rules = append(e.rules, name)
		}
	}
	return e.check(c)
}

// newIgnore is the ignore of some rules, with a reason to fill in.
func newIgnore(ids []string) string {
	return fmt.Sprintf("%signore %s -- %s", model.Directive, strings.Join(ids, ", "), Placeholder)
}

// insertion is a text that is put into another one, and where.
type insertion struct {
	at   int
	text string
}

// extended is what makes a comment with an ignore one for more rules: their names behind those that it
// has, and behind its reason that somebody has to say more.
func extended(comment string, ids []string) []insertion {
	mark := reasonMark.FindStringIndex(comment)
	end := len(comment)
	if at := expiry.FindStringIndex(strings.TrimRight(comment, " \t")); at != nil {
		end = at[0]
	}
	names := len(strings.TrimRight(comment[:mark[0]], " \t,"))
	reason := len(strings.TrimRight(comment[:end], " \t,"))
	all := []insertion{{names, ", " + strings.Join(ids, ", ")}}
	if !strings.Contains(comment, Placeholder) {
		all = append(all, insertion{reason, "; " + Placeholder})
	}
	return all
}

// check reports the first thing that is wrong with an ignore whose form is right.
func (e *excuse) check(c catalogue.Catalogue) string {
	switch {
	case e.Reason == "":
		return `the ignore has no reason: write it as "composelint:ignore RULE -- why"`
	case len(e.rules) == 0:
		return `the ignore names no rule: write it as "composelint:ignore RULE -- why"`
	case e.Expires != "" && !config.IsDate(e.Expires):
		return fmt.Sprintf("the ignore ends on %q, which is no date: write it as 2027-01-31", e.Expires)
	}
	if day := inReason.FindStringSubmatch(e.Reason); day != nil && e.Expires == "" {
		return fmt.Sprintf(`the ignore has its last day within the reason: write "until %s" at the end`, day[1])
	}
	for _, id := range e.rules {
		if id == UnusedIgnore {
			return fmt.Sprintf("the ignore names %q, which no ignore excuses: correct what that rule finds", id)
		}
		if _, ok := c.Find(id); !ok {
			return fmt.Sprintf("the ignore names the unknown rule %q%s", id, c.Nearest(id))
		}
	}
	return ""
}

package triage

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/config"
)

// excuse is an ignore or an exception on its way through the projects of a run.
type excuse struct {
	rules.Suppression
	// fault says why it does not count at all.
	fault string
	rules []string
	// file is where it stands. Of an ignore, first and last are the lines it speaks of.
	file        *model.File
	first, last int
	// nodes are what is declared in the first of them, in the project that is looked at.
	nodes []string
	// exception is what it was read from, nil for an ignore.
	exception *config.Exception
	// home is the first project that it can be for. Of the rules that ran, judged are those
	// in such a project, used those of which it excuses a finding.
	home         *Judged
	judged, used map[string]bool
}

func (e *excuse) expired(today string) bool { return e.Expires != "" && e.Expires < today }

// matches is true for a finding that an ignore or exception is for.
func (e *excuse) matches(f rules.Finding, p *Judged) bool {
	if e.exception != nil {
		return excepts(e.exception, f, p)
	}
	if f.Location.File == e.file.Path && e.first <= f.Location.Start.Line && f.Location.Start.Line <= e.last {
		return true
	}
	return slices.ContainsFunc(e.nodes, func(at string) bool { return within(f.At, at) })
}

// addIdle adds to an ignore's or exception's project what is wrong with it.
func (e *excuse) addIdle(today string) {
	rule, ok := e.home.Catalogue.Find(UnusedIgnore)
	if !ok || !slices.Contains(e.home.Choice.Rules, UnusedIgnore) {
		return
	}
	add := func(id, message string) {
		found := []rules.Finding{{Rule: UnusedIgnore, Severity: rule.HighestSeverity(), Message: message, At: e.at(), Key: id, Location: e.Location}}
		e.home.Findings = append(e.home.Findings, Level(found, e.home.Choice, e.home.Project, e.home.Sources.Files)...)
	}
	if e.fault != "" {
		add("", e.fault)
		return
	}
	for _, id := range e.rules {
		idle := e.judged[id] && !e.used[id]
		switch what := fmt.Sprintf("the %s of %q", e.Kind, id); {
		case e.expired(today) && idle:
			add(id, fmt.Sprintf("%s expired on %s and matches no finding: remove it", what, e.Expires))
		case e.expired(today):
			add(id, fmt.Sprintf("%s expired on %s: correct what the rule finds, or set a new date", what, e.Expires))
		case idle:
			add(id, fmt.Sprintf("%s matches no finding%s", what, e.remedy()))
		}
	}
}

// remedy ends a sentence about an excuse that matches nothing.
func (e *excuse) remedy() string {
	if e.exception == nil || e.exception.Service == "" || len(e.home.containers(e.exception.Service)) > 0 {
		return ": remove it"
	}
	var names []string
	for _, s := range e.home.Project.Services {
		names = append(names, s.Owner)
	}
	if right := suggest.Question(e.exception.Service, names); right != "" {
		return fmt.Sprintf(", as there is no service %q%s", e.exception.Service, right)
	}
	return fmt.Sprintf(", as there is no service %q: remove it", e.exception.Service)
}

// at names the file that an ignore or exception stands in.
func (e *excuse) at() string {
	return fmt.Sprintf("file[%q]", cmp.Or(e.file.URI, e.file.Path))
}

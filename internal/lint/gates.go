package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
)

// rulesOf are the rules that judge controls.
func rulesOf(gates []rules.Gate) []string {
	var ids []string
	for _, gate := range gates {
		ids = append(ids, gate.Rules...)
	}
	return ids
}

// shownControls is how many of the controls that fail are named.
const shownControls = 5

// FailedControls says which of the controls that fail the run have findings that nothing excuses, empty
// where none has.
func (t *Triaged) FailedControls() string {
	var failed []string
	for _, gate := range t.gates() {
		var found []string
		for _, p := range t.projects {
			for _, f := range p.judged.Findings {
				if gate.Fails(f) && !slices.Contains(found, f.Rule) {
					found = append(found, f.Rule)
				}
			}
		}
		if slices.Sort(found); len(found) > 0 {
			failed = append(failed, fmt.Sprintf("%s (%s)", gate.Name, strings.Join(found, ", ")))
		}
	}
	if len(failed) == 0 {
		return ""
	}
	number := len(failed)
	if number > shownControls {
		failed = append(failed[:shownControls], fmt.Sprintf("%d more", number-shownControls))
	}
	verb := "fail"
	if number == 1 {
		verb = "fails"
	}
	return fmt.Sprintf("%s %s: %s", words.Count(number, "control"), verb, words.And(failed))
}

// UnjudgedControls is an error about controls that were asked for and are about the engine's configuration
// alone, where none was judged: that they have no finding says nothing.
func (t *Triaged) UnjudgedControls() error {
	if slices.ContainsFunc(t.projects, func(p *Judged) bool { return p.ofDaemon }) {
		return nil
	}
	var names []string
	for _, gate := range t.gates() {
		if gate.Single && !slices.ContainsFunc(gate.Rules, func(id string) bool { return !strings.HasPrefix(id, catalogue.DaemonPrefix) }) {
			names = append(names, fmt.Sprintf("%q", gate.Name))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return fmt.Errorf("--fail-on-control: nothing was judged for %s: name the engine's configuration by --daemon", words.And(names))
}

// gates are those of all projects, each once: policies of a project may have rules of its own for one.
func (t *Triaged) gates() []rules.Gate {
	var all []rules.Gate
	for _, p := range t.projects {
		for _, gate := range p.gates {
			i := slices.IndexFunc(all, func(g rules.Gate) bool { return g.Name == gate.Name })
			if i < 0 {
				gate.Rules = slices.Clone(gate.Rules)
				all = append(all, gate)
			} else {
				all[i].Rules = append(all[i].Rules, gate.Rules...)
			}
		}
	}
	return all
}

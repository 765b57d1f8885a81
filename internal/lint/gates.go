package lint

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/rules"
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

// wanted are what controls need so that they are judged at all, with how it is given.
var wanted = map[string]string{
	"daemon":     "name the engine's configuration by --daemon",
	"registries": "say in the configuration which registries are trusted",
}

// UnjudgedControls is an error about controls that were asked for and need what no project was given: that
// they have no finding says nothing.
func (t *Triaged) UnjudgedControls() error {
	names := map[string][]string{}
	for _, gate := range t.gates() {
		if gate.Single && gate.Unless != "" && !t.isGiven(gate.Unless) && !t.fails(gate) {
			names[gate.Unless] = append(names[gate.Unless], fmt.Sprintf("%q", gate.Name))
		}
	}
	for _, need := range slices.Sorted(maps.Keys(names)) {
		return fmt.Errorf("--fail-on-control: nothing was judged for %s: %s", words.And(names[need]), wanted[need])
	}
	return nil
}

// isGiven is true where a project has what controls need.
func (t *Triaged) isGiven(need string) bool {
	return slices.ContainsFunc(t.projects, func(p *Judged) bool {
		return need == "daemon" && p.ofDaemon || need == "registries" && len(p.config.Registries) > 0
	})
}

// fails is true for a control that a finding speaks against.
func (t *Triaged) fails(gate rules.Gate) bool {
	return slices.ContainsFunc(t.projects, func(p *Judged) bool { return slices.ContainsFunc(p.judged.Findings, gate.Fails) })
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

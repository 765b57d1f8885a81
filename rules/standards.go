package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/internal/words"
)

// Standard is a standard with all of its controls.
type Standard struct {
	ID    string
	Title string
	// Edition is the one whose numbers the controls have, empty for a standard without editions.
	Edition  string
	Controls []Control
}

// Control is a control of a standard as far as the rules judge it.
type Control struct {
	ID    string
	Title string
	// Verdict is one of the verdicts below.
	Verdict string
	// Rules are those that judge it.
	Rules []ControlRule
}

// ControlRule is a rule that judges a control.
type ControlRule struct {
	ID string `json:"id"`
	// Findings are how many it has in the project, enabled or not, those that something excuses too.
	Findings int `json:"findings"`
}

// The verdicts on a control: a rule of it finds something, none does, none does in what could be judged,
// or none judges it.
const (
	Fail      = "fail"
	Pass      = "pass"
	Unknown   = "unknown"
	NotJudged = "not judged"
)

// Failing are the ids of the rules that find something.
func (c Control) Failing() []string {
	var ids []string
	for _, r := range c.Rules {
		if r.Findings > 0 {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// InvalidCompose is the rule whose findings say what could not be read.
const InvalidCompose = "invalid-compose"

// Judge gives the control the verdict that its rules come to, of all that is to be judged or not.
func (c *Control) Judge(all bool) {
	switch {
	case len(c.Rules) == 0:
		c.Verdict = NotJudged
	case len(c.Failing()) > 0:
		c.Verdict = Fail
	case !all:
		c.Verdict = Unknown
	default:
		c.Verdict = Pass
	}
}

// statedStandard is a standard as data/standards.json has it: a control is its id and its title.
type statedStandard struct {
	ID       string      `json:"id"`
	Title    string      `json:"title"`
	Edition  string      `json:"edition"`
	Source   string      `json:"source"`
	Controls [][2]string `json:"controls"`
}

// Standards are those that the policies know, judged by how many findings each rule has. The rules of a
// control are those that name it in their METADATA. Nothing is passed of what docker compose would refuse,
// since something else will run than was judged.
func (e *Engine) Standards(findings map[string]int) ([]Standard, error) {
	var stated []statedStandard
	if err := decode(e.program.Datum("standards", "standards"), &stated); err != nil {
		return nil, fmt.Errorf("the data of the policies have malformed standards: %w", err)
	}
	judging := map[string][]ControlRule{}
	for _, rule := range e.Catalogue {
		for _, control := range rule.Controls {
			judging[control] = append(judging[control], ControlRule{rule.ID, findings[rule.ID]})
		}
	}
	var all []Standard
	for _, s := range stated {
		standard := Standard{ID: s.ID, Title: s.Title, Edition: s.Edition}
		for _, c := range s.Controls {
			control := Control{ID: c[0], Title: c[1], Rules: judging[s.ID+"/"+c[0]]}
			control.Judge(findings[InvalidCompose] == 0)
			standard.Controls = append(standard.Controls, control)
		}
		all = append(all, standard)
	}
	return all, nil
}

// Gate is a control whose findings fail a run.
type Gate struct {
	// Name is that of the standard, a slash and the control's id.
	Name  string
	Rules []string
}

// Gates are the controls of some names: standard/id, or a standard for all of its controls that rules
// judge. A standard may be called without its edition. An error says what a name should be, or that
// nothing judges the control.
func (e *Engine) Gates(names []string) ([]Gate, error) {
	if len(names) == 0 {
		return nil, nil
	}
	standards, err := e.Standards(nil)
	if err != nil {
		return nil, err
	}
	var gates []Gate
	for _, name := range names {
		found, err := gatesOf(name, standards)
		if err != nil {
			return nil, err
		}
		for _, gate := range found {
			if !slices.ContainsFunc(gates, func(g Gate) bool { return g.Name == gate.Name }) {
				gates = append(gates, gate)
			}
		}
	}
	return gates, nil
}

func gatesOf(name string, standards []Standard) ([]Gate, error) {
	of, id, single := strings.Cut(name, "/")
	i := slices.IndexFunc(standards, func(s Standard) bool { return of == s.ID || of == s.called() })
	if i < 0 {
		return nil, fmt.Errorf("there is no standard %q%s", of, standardMeant(of, standards))
	}
	var gates []Gate
	var ids []string
	for _, c := range standards[i].Controls {
		ids = append(ids, c.ID)
		gate := Gate{Name: standards[i].ID + "/" + c.ID}
		for _, r := range c.Rules {
			gate.Rules = append(gate.Rules, r.ID)
		}
		switch {
		case single && c.ID == id && len(gate.Rules) == 0:
			return nil, fmt.Errorf("no rule judges the control %q, %q: Compose files do not show it", gate.Name, c.Title)
		case len(gate.Rules) > 0 && (!single || c.ID == id):
			gates = append(gates, gate)
		}
	}
	if len(gates) == 0 {
		return nil, fmt.Errorf("the standard %q has no control %q%s", standards[i].ID, id, controlMeant(id, ids))
	}
	return gates, nil
}

// called is the id without the edition.
func (s Standard) called() string { return strings.TrimSuffix(s.ID, "-"+s.Edition) }

func standardMeant(name string, standards []Standard) string {
	var names, quoted []string
	for _, s := range standards {
		names = append(names, s.ID, s.called())
		quoted = append(quoted, fmt.Sprintf("%q", s.ID))
	}
	if right := suggest.Question(name, names); right != "" {
		return right
	}
	return ": use " + words.Or(quoted)
}

func controlMeant(id string, ids []string) string {
	if right := suggest.Question(id, ids); right != "" {
		return right
	}
	return fmt.Sprintf(": the first is %q, the last %q", ids[0], ids[len(ids)-1])
}

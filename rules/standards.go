package rules

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/internal/words"
)

// Standard is an edition of a standard with all of its controls.
type Standard struct {
	ID    string
	Title string
	// Edition is the one whose numbers the controls have, empty for a standard without editions.
	Edition string
	// Source says where its controls and their numbers are from.
	Source   string
	Controls []Control
	// Older is true where there is a later edition.
	Older bool
}

// Control is a control of a standard, with what a project shows of it.
type Control struct {
	ID    string
	Title string
	// Verdict is one of the verdicts below.
	Verdict string
	// Judged is how many services (or what else Of says) were looked at for it, By are the attributes by
	// which.
	Judged int
	Of     string
	By     []string
	// Because says why the verdict is neither pass nor fail.
	Because []string
	// Rules are those that judge it.
	Rules []ControlRule
	// Name is the id of the standard's edition of today, a slash and the control's there, as rules name it.
	Name string
	// Unless is what has to be given so that it is judged at all: registries, daemon, or nothing.
	Unless string
}

// ControlRule is a rule that judges a control.
type ControlRule struct {
	ID string `json:"id"`
	// Findings are how many it has in the project against the control, enabled or not, those that
	// something excuses too.
	Findings int `json:"findings"`
}

// The verdicts on a control, from the worst.
const (
	// Fail: a rule of it finds something.
	Fail = "fail"
	// Unknown: none does, but not all values are known.
	Unknown = "unknown"
	// NotJudged: files of Compose do not show it.
	NotJudged = "not judged"
	// Partly: none does, but they show a part of it alone.
	Partly = "partly"
	// Pass: all that it is about was looked at, and no rule finds anything.
	Pass = "pass"
	// NotApplicable: there is nothing that it is about.
	NotApplicable = "not applicable"
)

// Verdicts are those on controls, from the worst.
var Verdicts = []string{Fail, Unknown, NotJudged, Partly, Pass, NotApplicable}

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

// Add adds what another project shows of the control: the worse verdict of the two, with its reasons, and all
// that was looked at. A project may have rules of its own.
func (c *Control) Add(of Control) {
	if c.Of == engine && of.Of == engine {
		c.addEngine(of)
		return
	}
	c.Rules = slices.Clone(c.Rules)
	for _, rule := range of.Rules {
		if i := slices.IndexFunc(c.Rules, func(r ControlRule) bool { return r.ID == rule.ID }); i < 0 {
			c.Rules = append(c.Rules, rule)
		} else {
			c.Rules[i].Findings += rule.Findings
		}
	}
	c.Judged += of.Judged
	switch cmp.Compare(slices.Index(Verdicts, of.Verdict), slices.Index(Verdicts, c.Verdict)) {
	case -1:
		c.Verdict, c.Because = of.Verdict, of.Because
	case 0:
		for _, reason := range of.Because {
			if !slices.Contains(c.Because, reason) {
				c.Because = append(slices.Clip(c.Because), reason)
			}
		}
	}
}

// engine is what controls are of that the engine's configuration shows.
const engine = "engine"

// addEngine takes the verdict of the project that has the engine's configuration, else the worse one. The
// engine of several projects is one.
func (c *Control) addEngine(of Control) {
	if c.Verdict == NotJudged || of.Verdict != NotJudged && slices.Index(Verdicts, of.Verdict) < slices.Index(Verdicts, c.Verdict) {
		of.Name, of.ID = c.Name, c.ID
		*c = of
	}
}

// Doubt makes a verdict that rests on all projects unknown, for a reason: one of them was not judged.
func (c *Control) Doubt(reason string) {
	if c.Verdict != Fail && c.Verdict != NotJudged {
		c.Verdict, c.Because = Unknown, []string{reason}
	}
}

// statedStandard is a standard as data/standards.json has it.
type statedStandard struct {
	ID       string          `json:"id"`
	Title    string          `json:"title"`
	Edition  string          `json:"edition"`
	Source   string          `json:"source"`
	Older    []statedEdition `json:"older"`
	Controls []statedControl `json:"controls"`
}

// statedEdition is an older edition: Numbers are its ids of controls by those of today, where they differ,
// empty for a control that it lacks.
type statedEdition struct {
	ID      string            `json:"id"`
	Title   string            `json:"title"`
	Edition string            `json:"edition"`
	Source  string            `json:"source"`
	Numbers map[string]string `json:"numbers"`
}

// statedControl is a control with what lib/control_evidence.rego judges it by.
type statedControl struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Judges  []string `json:"judges"`
	Of      string   `json:"of"`
	Left    string   `json:"left"`
	Holders bool     `json:"holders"`
	Exempt  bool     `json:"exempt"`
	Needs   string   `json:"needs"`
	Unless  string   `json:"unless"`
}

// evidence is what a project shows of a control while no rule finds anything.
type evidence struct {
	Verdict string   `json:"verdict"`
	Judged  int      `json:"judged"`
	Of      string   `json:"of"`
	By      []string `json:"by"`
	Because []string `json:"because"`
}

// failing is how many findings a rule has against some of its controls; against all where they name none.
type failing struct {
	Controls []string `json:"controls"`
	Findings int      `json:"findings"`
}

// Standards are the editions that the policies know, those of today each before its older ones, judged by
// what the rules of each control find, those that name it in their METADATA, and by what the project shows of
// it. Where nothing was judged, both are nil.
func (e *Engine) Standards(found map[string][]failing, shown map[string]evidence) ([]Standard, error) {
	var stated []statedStandard
	if err := decode(e.program.Datum("standards", "standards"), &stated); err != nil {
		return nil, fmt.Errorf("the data of the policies have malformed standards: %w", err)
	}
	judging := map[string][]ControlRule{}
	for _, rule := range e.Catalogue {
		for _, control := range rule.Controls {
			judging[control] = append(judging[control], ControlRule{rule.ID, against(control, found[rule.ID])})
		}
	}
	var all []Standard
	for _, s := range stated {
		today := Standard{ID: s.ID, Title: s.Title, Edition: s.Edition, Source: s.Source}
		for _, c := range s.Controls {
			name := s.ID + "/" + c.ID
			control := Control{ID: c.ID, Title: c.Title, Name: name, Unless: c.Unless, Rules: judging[name]}
			control.judge(shown[name])
			today.Controls = append(today.Controls, control)
		}
		all = append(all, today)
		for _, older := range s.Older {
			all = append(all, today.as(older))
		}
	}
	return all, nil
}

// against is how many of a rule's findings are against a control.
func against(control string, all []failing) int {
	number := 0
	for _, f := range all {
		if len(f.Controls) == 0 || slices.Contains(f.Controls, control) {
			number += f.Findings
		}
	}
	return number
}

// judge gives the control the verdict that its findings come to, and the evidence.
func (c *Control) judge(shown evidence) {
	c.Verdict, c.Judged, c.Of, c.By, c.Because = shown.Verdict, shown.Judged, shown.Of, shown.By, shown.Because
	if len(c.Failing()) > 0 {
		c.Verdict, c.Because = Fail, nil
	}
}

// as is the standard by the numbers of an older edition.
func (s Standard) as(older statedEdition) Standard {
	edition := Standard{ID: older.ID, Title: older.Title, Edition: older.Edition, Source: older.Source, Older: true}
	for _, c := range s.Controls {
		if id, differs := older.Numbers[c.ID]; differs {
			c.ID = id
		}
		if c.ID != "" {
			edition.Controls = append(edition.Controls, c)
		}
	}
	return edition
}

// Taxonomies are what rules are classified by: the standards of today, and the techniques of MITRE ATT&CK,
// whose ids and names are in the place of controls.
func (e *Engine) Taxonomies() ([]Standard, error) {
	standards, err := e.Standards(nil, nil)
	if err != nil {
		return nil, err
	}
	standards = slices.DeleteFunc(standards, func(s Standard) bool { return s.Older })
	var attack struct {
		About      string            `json:"about"`
		ID         string            `json:"id"`
		Title      string            `json:"title"`
		Edition    string            `json:"edition"`
		Source     string            `json:"source"`
		Techniques map[string]string `json:"techniques"`
	}
	if err := decode(e.program.Datum("techniques"), &attack); err != nil {
		return nil, fmt.Errorf("the data of the policies have malformed techniques: %w", err)
	}
	techniques := Standard{ID: attack.ID, Title: attack.Title, Edition: attack.Edition, Source: attack.Source}
	for _, id := range slices.Sorted(maps.Keys(attack.Techniques)) {
		techniques.Controls = append(techniques.Controls, Control{ID: id, Title: attack.Techniques[id], Name: attack.ID + "/" + id})
	}
	return append(standards, techniques), nil
}

// Gate is a control whose findings fail a run.
type Gate struct {
	// Name is that of the standard, a slash and the control's id.
	Name  string
	Rules []string
	// Single is true where the control itself was asked for, not its standard.
	Single bool
	// Unless is what has to be given so that it is judged at all: registries, daemon, or nothing.
	Unless string
	// today is the name in the edition of today, which findings name.
	today string
}

// Fails is true for a finding against the control.
func (g Gate) Fails(f Finding) bool {
	return slices.Contains(g.Rules, f.Rule) && (len(f.Controls) == 0 || slices.Contains(f.Controls, g.today))
}

// Gates are the controls of some names: standard/id, or a standard for all of its controls that rules
// judge. A standard may be called without its edition, which is that of today. An error says what a name
// should be, or that nothing judges the control.
func (e *Engine) Gates(names []string) ([]Gate, error) {
	if len(names) == 0 {
		return nil, nil
	}
	standards, err := e.Standards(nil, nil)
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
	standard, err := called(of, standards)
	if err != nil {
		return nil, err
	}
	var gates []Gate
	var ids []string
	for _, c := range standard.Controls {
		ids = append(ids, c.ID)
		gate := Gate{Name: standard.ID + "/" + c.ID, Single: single, Unless: c.Unless, today: c.Name}
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
		return nil, fmt.Errorf("the standard %q has no control %q%s", standard.ID, id, controlMeant(id, ids))
	}
	return gates, nil
}

// StandardID is the id of the standard that a name means, empty for no name.
func (e *Engine) StandardID(name string) (string, error) {
	if name == "" {
		return "", nil
	}
	standards, err := e.Standards(nil, nil)
	if err != nil {
		return "", err
	}
	standard, err := called(name, standards)
	return standard.ID, err
}

// called is the standard of a name: its id, or that without the edition for the one of today.
func called(name string, standards []Standard) (Standard, error) {
	for _, s := range standards {
		if name == s.ID || name == s.family() {
			return s, nil
		}
	}
	return Standard{}, fmt.Errorf("there is no standard %q%s", name, standardMeant(name, standards))
}

// family is the id without the edition.
func (s Standard) family() string { return strings.TrimSuffix(s.ID, "-"+s.Edition) }

func standardMeant(name string, standards []Standard) string {
	var names, quoted []string
	for _, s := range standards {
		names = append(names, s.ID, s.family())
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

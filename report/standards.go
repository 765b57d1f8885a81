package report

import (
	"slices"

	"github.com/composelint/composelint/rules"
)

// standard is a standard with what all projects come to together: a control fails that fails in one.
type standard struct {
	rules.Standard
	// failing are the projects in which a control fails, by its id.
	failing map[string][]string
}

// standards are those that the projects are judged by. Where a project could not be judged, none passes.
func standards(r Report) []standard {
	var all []standard
	for _, review := range r.Reviews {
		for i, of := range review.Standards {
			if i == len(all) {
				all = append(all, standard{of, map[string][]string{}})
				all[i].Controls = slices.Clone(of.Controls)
				for j := range all[i].Controls {
					all[i].Controls[j].Rules = slices.Clone(of.Controls[j].Rules)
				}
			} else {
				all[i].add(of)
			}
			for _, c := range of.Controls {
				if c.Verdict == rules.Fail {
					all[i].failing[c.ID] = append(all[i].failing[c.ID], review.Project)
				}
			}
		}
	}
	for _, s := range all {
		for i := range s.Controls {
			s.Controls[i].Judge(s.Controls[i].Verdict != rules.Unknown && len(r.Trouble) == 0)
		}
	}
	return all
}

// add adds the findings of a further project, which may have rules of its own.
func (s *standard) add(of rules.Standard) {
	for i, c := range of.Controls {
		control := &s.Controls[i]
		for _, rule := range c.Rules {
			j := slices.IndexFunc(control.Rules, func(r rules.ControlRule) bool { return r.ID == rule.ID })
			if j < 0 {
				control.Rules = append(control.Rules, rule)
			} else {
				control.Rules[j].Findings += rule.Findings
			}
		}
		control.Judge(control.Verdict != rules.Unknown && c.Verdict != rules.Unknown)
	}
}

// jsonStandard is a standard that the files are judged by, all projects together.
type jsonStandard struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	// Edition is the one whose numbers the controls have, empty for a standard without editions.
	Edition string `json:"edition"`
	// Controls are all of them, in the order of the standard.
	Controls []jsonControl `json:"controls"`
}

// jsonControl is a control of a standard.
type jsonControl struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	// Verdict is fail where a rule of it finds something, pass where none does, unknown where none does
	// but not everything could be judged, not judged where no rule is about it.
	Verdict string `json:"verdict"`
	// Rules are those that judge it, with how much each finds.
	Rules []rules.ControlRule `json:"rules"`
	// Projects are those in which it fails, each by its first file.
	Projects []string `json:"projects"`
}

// jsonStandards are the standards for other programs.
func jsonStandards(r Report) []jsonStandard {
	all := []jsonStandard{}
	for _, s := range standards(r) {
		shown := jsonStandard{ID: s.ID, Title: s.Title, Edition: s.Edition, Controls: []jsonControl{}}
		for _, c := range s.Controls {
			shown.Controls = append(shown.Controls, jsonControl{
				ID: c.ID, Title: c.Title, Verdict: c.Verdict, Rules: append([]rules.ControlRule{}, c.Rules...),
				Projects: append([]string{}, s.failing[c.ID]...),
			})
		}
		all = append(all, shown)
	}
	return all
}

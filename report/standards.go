package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/rules"
)

// standard is a standard with what all projects come to together: a control fails that fails in one.
type standard struct {
	rules.Standard
	// failing are the projects in which a control fails, by its id.
	failing map[string][]string
}

// standards are those that are asked for, else those of today, by what all projects show. Where a project
// could not be judged, no control passes.
func standards(r Report) []standard {
	var all []standard
	for _, review := range r.Reviews {
		for i, of := range asked(r, review.Standards) {
			if i == len(all) {
				of.Controls = slices.Clone(of.Controls)
				all = append(all, standard{of, map[string][]string{}})
			} else {
				for j, c := range of.Controls {
					all[i].Controls[j].Add(c)
				}
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
			if len(r.Trouble) > 0 {
				s.Controls[i].Doubt("a project could not be judged")
			}
		}
	}
	return all
}

// asked are the standards of a project that are asked for, else those of today.
func asked(r Report, all []rules.Standard) []rules.Standard {
	var chosen []rules.Standard
	for _, s := range all {
		if s.ID == r.Standard || r.Standard == "" && !s.Older {
			chosen = append(chosen, s)
		}
	}
	return chosen
}

// evidence says why a control has its verdict: what was looked at, or what keeps it from a pass.
func evidence(c rules.Control) string {
	switch c.Verdict {
	case rules.Fail:
		return strings.Join(c.Failing(), ", ")
	case rules.Pass:
		return lookedAt(c)
	case rules.Partly:
		return lookedAt(c) + "; " + strings.Join(c.Because, "; ")
	}
	return strings.Join(c.Because, "; ")
}

// lookedAt says how much was judged, and by what.
func lookedAt(c rules.Control) string {
	var by []string
	for _, name := range c.By {
		by = append(by, fmt.Sprintf("%q", name))
	}
	return fmt.Sprintf("%s, by %s", words.Count(c.Judged, c.Of), words.And(by))
}

// score counts the verdicts on the controls, those that there are.
func score(controls []rules.Control) string {
	number := map[string]int{}
	for _, c := range controls {
		number[c.Verdict]++
	}
	var counts []string
	for _, verdict := range scored {
		if n := number[verdict]; n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, verdict))
		}
	}
	return strings.Join(counts, ", ")
}

// scored are the verdicts in the order in which a score tells them.
var scored = []string{rules.Pass, rules.Partly, rules.Fail, rules.Unknown, rules.NotJudged, rules.NotApplicable}

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
	// Verdict is fail where a rule of it finds something; unknown where none does and not all values are
	// known, or docker compose would refuse a project, or one could not be judged; not judged where files
	// do not show it; partly where none finds anything and they show a part of it alone; pass where all
	// was judged; not applicable where there is nothing that it is about.
	Verdict string `json:"verdict"`
	// LookedAt is what was judged for it.
	LookedAt jsonLookedAt `json:"looked_at"`
	// Because says why the verdict is neither pass nor fail.
	Because []string `json:"because"`
	// Rules are those that judge it, with how much each finds.
	Rules []rules.ControlRule `json:"rules"`
	// Projects are those in which it fails, each by its first file.
	Projects []string `json:"projects"`
}

// jsonLookedAt is what was judged for a control.
type jsonLookedAt struct {
	// Number is how many there are of what Of says: service, image, build or overlay network.
	Number int    `json:"number"`
	Of     string `json:"of"`
	// By are the attributes by whose values it is judged.
	By []string `json:"by"`
}

// jsonStandards are the standards for other programs.
func jsonStandards(r Report) []jsonStandard {
	all := []jsonStandard{}
	for _, s := range standards(r) {
		shown := jsonStandard{ID: s.ID, Title: s.Title, Edition: s.Edition, Controls: []jsonControl{}}
		for _, c := range s.Controls {
			shown.Controls = append(shown.Controls, jsonControl{
				ID: c.ID, Title: c.Title, Verdict: c.Verdict, Because: append([]string{}, c.Because...),
				LookedAt: jsonLookedAt{c.Judged, c.Of, append([]string{}, c.By...)},
				Rules:    append([]rules.ControlRule{}, c.Rules...), Projects: append([]string{}, s.failing[c.ID]...),
			})
		}
		all = append(all, shown)
	}
	return all
}

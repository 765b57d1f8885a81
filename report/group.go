package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
)

// A finding is about one service or one token: so it is counted, excused and accepted. Whoever reads
// them wants to be told once what is said of several.

// group is findings that are told as one, in their order. It stands where the first does.
type group []rules.Finding

// sameness is what findings have in common that are told as one.
type sameness struct {
	project, rule string
	severity      severity.Severity
	// message is what is said of each, without the name of its service.
	message string
	fails   bool
	// at is the token of all; none where they may have several.
	at model.Location
}

// alerts groups what says the same of one token, which reaches several services by an anchor, a merge
// key or extends, and what services of a project lack: for formats that show each result as an alert.
func alerts(findings []rules.Finding) []group {
	return grouped(findings, ofAlert)
}

func ofAlert(f rules.Finding) sameness {
	s := said(f)
	if f.Summary == "" {
		s.at = f.Location
	}
	return s
}

// told groups what says the same, wherever it stands: for those who read.
func told(findings []rules.Finding) []group {
	return grouped(findings, func(f rules.Finding) sameness {
		s := said(f)
		if len(f.Path) > 0 { // each way is another story
			s.at = f.Location
		}
		return s
	})
}

func said(f rules.Finding) sameness {
	s := sameness{project: f.Project, rule: f.Rule, severity: f.Severity, fails: f.Fails, message: f.Summary}
	if f.Summary == "" {
		s.message = strings.ReplaceAll(f.Message, service(f), "")
	}
	return s
}

// grouped puts findings together. One that is about no service is told alone.
func grouped(findings []rules.Finding, by func(rules.Finding) sameness) []group {
	var groups []group
	place := map[sameness]int{}
	for _, f := range findings {
		key, about := by(f), f.Service.Name != ""
		if i, met := place[key]; met && about {
			groups[i] = append(groups[i], f)
			continue
		}
		if about {
			place[key] = len(groups)
		}
		groups = append(groups, group{f})
	}
	return groups
}

// first is the finding whose place stands for the group.
func (g group) first() rules.Finding { return g[0] }

// headline says what all say: of several that lack something with their number, of others in the words
// of the first.
func (g group) headline() string {
	first := g.first()
	if len(g) == 1 || first.Summary == "" {
		return first.Message
	}
	return fmt.Sprintf("%d %s %s", len(g), g.nouns(), first.Summary)
}

// nouns is what the services of the group are.
func (g group) nouns() string {
	if slices.ContainsFunc(g, func(f rules.Finding) bool { return f.Service.Kind != g[0].Service.Kind }) {
		return "services and jobs"
	}
	return g[0].Service.Kind + "s"
}

// mostNamed is how many of a group are named, unless all are to be.
const mostNamed = 4

// message is the headline with those that it is true of as well, of as many as are to be named.
func (g group) message(named int) string {
	if len(g) == 1 || g.first().Summary != "" {
		return g.headline()
	}
	return fmt.Sprintf("%s (and %s)", g.headline(), g.others(named, service))
}

// also says where the group is found besides its first place, of as many as are to be named, or nothing
// of one that has no other.
func (g group) also(named int) string {
	if len(g) == 1 {
		return ""
	}
	return "also " + g.others(named, func(f rules.Finding) string {
		if f.Location == g.first().Location {
			return service(f)
		}
		return fmt.Sprintf("%s (%s)", service(f), place(f.Location))
	})
}

// told is the headline with where else it is true.
func (g group) told() string {
	if len(g) == 1 {
		return g.headline()
	}
	return fmt.Sprintf("%s (%s)", g.headline(), g.also(mostNamed))
}

// bySeverity puts the most severe first, project by project.
func bySeverity(groups []group) []group {
	place := map[string]int{}
	for _, g := range groups {
		if _, met := place[g.first().Project]; !met {
			place[g.first().Project] = len(place)
		}
	}
	slices.SortStableFunc(groups, func(a, b group) int {
		return cmp.Or(
			cmp.Compare(place[a.first().Project], place[b.first().Project]),
			cmp.Compare(b.first().Severity, a.first().Severity),
		)
	})
	return groups
}

// worstFirst puts the most severe first, whichever their project.
func worstFirst(groups []group) []group {
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Compare(b.first().Severity, a.first().Severity) })
	return groups
}

func service(f rules.Finding) string { return strconv.Quote(f.Service.Name) }

// others lists the first of the group beside its first, each by its name.
func (g group) others(named int, name func(rules.Finding) string) string {
	if len(g) == named+1 {
		named++ // which takes no more room than to say that there is one more
	}
	var names []string
	for _, f := range g[1:min(len(g), named)] {
		names = append(names, name(f))
	}
	if more := len(g) - named; more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return words.And(names)
}

// mostRelated bounds the related places of a group.
const mostRelated = 20

// related are the places that belong to the first of the group, and those of the other services.
func (g group) related() []rules.Related {
	all := slices.Clone(g.first().Related)
	for _, f := range g[1:min(len(g), mostRelated)] {
		all = append(all, rules.Related{Label: f.Service.Kind + " " + service(f), Location: f.Service.Location})
	}
	return all
}

// suppressions are what excuses the findings of the group, each once.
func (g group) suppressions() []rules.Suppression {
	var all []rules.Suppression
	for _, f := range g {
		if f.Suppression != nil && !slices.Contains(all, *f.Suppression) {
			all = append(all, *f.Suppression)
		}
	}
	return all
}

// withExcused adds to alerts those of excused findings alone: what is said of a token that is excused
// for one service counts for the others.
func withExcused(findings, suppressed []rules.Finding) []group {
	counts := map[sameness]bool{}
	for _, f := range findings {
		counts[ofAlert(f)] = true
	}
	excused := slices.DeleteFunc(slices.Clone(suppressed), func(f rules.Finding) bool { return counts[ofAlert(f)] })
	return slices.Concat(alerts(findings), alerts(excused))
}

package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/composelint/composelint/rules"
)

// A checklist is the review of a deployment for people: sections of rows, which
// checklist_text.go and checklist_markdown.go write.
// section is a heading with its rows.
type section struct {
	title string
	rows  []entry
}

// entry is a line with a mark before it, and details under it.
type entry struct {
	mark    string
	text    string
	details []string
}

// shownPasses is how many places of one verdict an item lists, unless they are objected to.
const shownPasses = 3

// shownWays is how many ways to the Docker API are listed.
const shownWays = 25

// checklist is the whole report of the projects.
func checklist(r Report) []section {
	var all []section
	if r.Standard != "" {
		for _, review := range r.Reviews {
			all = append(all, section{title: review.Project}, controls(asked(r, review.Standards)[0]))
		}
		return all
	}
	for _, review := range r.Reviews {
		all = append(all, section{title: review.Project}, summaryOf(r, review), urgent(r, review))
		all = append(all, itemSections(review)...)
		if len(review.DockerAPI) > 0 {
			all = append(all, after())
		}
		for _, api := range review.DockerAPI {
			all = append(all, operationsOf(api))
		}
		all = append(all, isolation(review), boundaries(review))
		for _, target := range review.Targets {
			all = append(all, scenarios(target)...)
		}
		for _, standard := range asked(r, review.Standards) {
			all = append(all, controls(standard))
		}
	}
	return append(all, findings(r))
}

// findings lists those of the linter, with the closing line.
func findings(r Report) section {
	s := section{title: "Findings"}
	for _, g := range bySeverity(told(r.Findings)) {
		f := g.first()
		row := entry{mark: f.Severity.String(), text: g.headline(), details: []string{fmt.Sprintf("%s [%s]", place(f.Location), f.Rule)}}
		if also := g.also(mostNamed); also != "" {
			row.details = append(row.details, also)
		}
		s.rows = append(s.rows, row)
	}
	for _, relaxed := range r.Relaxed {
		s.rows = append(s.rows, entry{text: relaxed.String()})
	}
	s.rows = append(s.rows, entry{text: summary(r)})
	return s
}

// itemSections are those of the checklist itself.
func itemSections(review Review) []section {
	var sections []section
	for _, item := range review.Checklist {
		if len(sections) == 0 || sections[len(sections)-1].title != item.Section {
			sections = append(sections, section{title: item.Section})
		}
		last := &sections[len(sections)-1]
		last.rows = append(last.rows, entry{mark: item.Verdict, text: item.Title, details: details(item)})
	}
	return sections
}

// after says who judges the part of the checklist that no file shows.
func after() section {
	return section{title: titleAfter, rows: []entry{{text: "composelint verify --format checklist judges this part, by what docker inspect says (--inspect) and by what the proxy answers (--url)"}}}
}

// details are the places that decide an item, those that speak against it first.
func details(item rules.ChecklistItem) []string {
	rank := []string{"fail", "unknown", "pass"}
	results := slices.Clone(item.Results)
	slices.SortStableFunc(results, func(a, b rules.ChecklistResult) int {
		return cmp.Or(
			cmp.Compare(slices.Index(rank, a.Verdict), slices.Index(rank, b.Verdict)),
			cmp.Compare(a.Location.File, b.Location.File),
			cmp.Compare(a.Location.Start.Line, b.Location.Start.Line),
			cmp.Compare(a.Says, b.Says),
		)
	})
	var lines []string
	passes := 0
	for _, result := range results {
		if result.Verdict == "pass" {
			if passes++; passes > shownPasses {
				continue
			}
		}
		lines = append(lines, fmt.Sprintf("%s: %s", place(result.Location), result.Says))
	}
	if passes > shownPasses {
		lines = append(lines, fmt.Sprintf("and %d more pass", passes-shownPasses))
	}
	return lines
}

// operationsOf lists what a proxy lets through and what not, by the flag that decides it.
func operationsOf(api rules.ProxyAPI) section {
	s := section{title: fmt.Sprintf("What the socket proxy %q lets through", api.Service), rows: aboutAPI(api)}
	by := decided(api)
	for _, verdict := range []string{"allow", "unknown", "deny"} {
		for _, flag := range slices.Sorted(maps.Keys(by[verdict])) {
			s.rows = append(s.rows, entry{mark: verdict, text: flag, details: []string{strings.Join(by[verdict][flag], ", ")}})
		}
	}
	return s
}

// decided are the operations of the API's specification by verdict and by the flag that decides it.
func decided(api rules.ProxyAPI) map[string]map[string][]string {
	by := map[string]map[string][]string{"allow": {}, "unknown": {}, "deny": {}}
	for _, o := range api.Operations {
		if o.Spec {
			flag := cmp.Or(o.Flag, "whatever the flags")
			by[o.Verdict][flag] = append(by[o.Verdict][flag], o.OperationID)
		}
	}
	return by
}

// aboutAPI says what is to be known of all operations of a proxy.
func aboutAPI(api rules.ProxyAPI) []entry {
	what := api.Name
	switch {
	case api.Assumed:
		what += ", judged by its newest rules since the tag does not say which it has"
	case api.Newer:
		what += ", judged by the newest rules that are known, since its tag is of a later release"
	}
	number, total := map[string]int{}, 0
	for _, o := range api.Operations {
		if o.Spec {
			number[o.Verdict]++
			total++
		}
	}
	rows := []entry{{text: what, details: []string{fmt.Sprintf(
		"%d of %d operations are allowed, %d denied, %d unknown", number["allow"], total, number["deny"], number["unknown"])}}}
	if api.Replaced {
		rows = append(rows, entry{mark: "unknown", text: "a mounted configuration or a command of its own replaces its rules"})
	}
	if len(api.Filters) > 0 {
		rows = append(rows, entry{text: "in bodies it refuses or hides: " + strings.Join(api.Filters, ", ")})
	}
	return rows
}

// shownServices is how many services are listed that have nothing to do with the Docker API.
const shownServices = 100

// scenarios lists the attacks on a target with their verdicts: the guide's, and those that
// it leaves out.
func scenarios(target rules.Target) []section {
	by := fmt.Sprintf("the socket proxy %q", target.Service)
	if target.Kind == "socket" {
		by = fmt.Sprintf("the socket that %q holds", target.Service)
	}
	guide := section{title: "The guide's attacks by way of " + by}
	others := section{title: "Other attacks by way of " + by}
	first := surest(target)
	for _, attack := range target.Attacks {
		row := scenario(attack, attack.From(first).Verdict)
		if attack.Guide > 0 {
			row.text = fmt.Sprintf("%d. %s", attack.Guide, row.text)
			guide.rows = append(guide.rows, row)
		} else {
			others.rows = append(others.rows, row)
		}
	}
	return []section{guide, others}
}

func scenario(attack rules.Attack, verdict string) entry {
	e := entry{mark: verdict, text: attack.Title}
	if attack.Flag != "" {
		e.text += fmt.Sprintf(" (%s)", attack.Flag)
	}
	for _, way := range attack.Ways[1:] {
		if verdict != "possible" && way.Verdict != "blocked" {
			e.details = append(e.details, fmt.Sprintf("%s instead: %s", way.Verdict, way.Title))
		}
	}
	return e
}

// surest is the entry that leaves the least unknown.
func surest(target rules.Target) rules.Entry {
	i := slices.IndexFunc(target.Entries, func(e rules.Entry) bool { return e.Certain })
	return target.Entries[max(i, 0)]
}

// controls lists those of a standard with their verdicts; those that files do not show by what they need.
func controls(standard rules.Standard) section {
	s := section{title: standard.Title, rows: []entry{{text: score(standard.Controls)}}}
	needing := map[string][]string{}
	for _, c := range standard.Controls {
		if c.Verdict == rules.NotJudged {
			reason := strings.Join(c.Because, "; ")
			needing[reason] = append(needing[reason], c.ID)
			continue
		}
		s.rows = append(s.rows, entry{mark: c.Verdict, text: c.ID + " " + c.Title, details: []string{evidence(c)}})
	}
	for _, reason := range slices.Sorted(maps.Keys(needing)) {
		s.rows = append(s.rows, entry{text: fmt.Sprintf("not judged (%s): %s", reason, strings.Join(needing[reason], ", "))})
	}
	return s
}

// summaryOf counts what the review of a project comes to.
func summaryOf(r Report, review Review) section {
	s := section{title: "Summary"}
	for _, counted := range itemSections(review) {
		number := map[string]int{}
		for _, row := range counted.rows {
			number[row.mark]++
		}
		s.rows = append(s.rows, entry{text: fmt.Sprintf("%s: %d pass, %d fail, %d unknown, %d not applicable",
			counted.title, number["pass"], number["fail"], number["unknown"], number["not applicable"])})
	}
	for _, target := range review.Targets {
		s.rows = append(s.rows, entry{text: attacked(target)})
	}
	for _, standard := range asked(r, review.Standards) {
		s.rows = append(s.rows, entry{text: standard.Title + ": " + score(standard.Controls)})
	}
	if len(review.Unknown) > 0 {
		s.rows = append(s.rows, entry{text: "not judged is what depends on variables that are not known: " + strings.Join(review.Unknown, ", ")})
	}
	return s
}

// attacked counts the verdicts on the guide's attacks on a target.
func attacked(target rules.Target) string {
	verdicts, instead := map[string]int{}, 0
	for _, attack := range target.Attacks {
		if attack.Guide == 0 {
			continue
		}
		outcome := attack.From(surest(target))
		verdicts[outcome.Verdict]++
		if outcome.Verdict == "blocked" && outcome.Goal == "possible" {
			instead++
		}
	}
	return fmt.Sprintf("the guide's ten attacks by %q: %d possible, %d blocked (%d of them possible otherwise), %d unknown",
		target.Service, verdicts["possible"], verdicts["blocked"], instead, verdicts["unknown"])
}

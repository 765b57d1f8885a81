package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/severity"
)

// TestSummaryOfReview counts what comes first: items by section, attacks from an entry point that is certain,
// wherever it stands, and controls.
func TestSummaryOfReview(t *testing.T) {
	blocked, possible := rules.Outcome{Verdict: "blocked", Goal: "possible"}, rules.Outcome{Verdict: "possible", Goal: "possible"}
	unknown := rules.Outcome{Verdict: "unknown", Goal: "unknown"}
	review := Review{Review: rules.Review{
		Checklist: []rules.ChecklistItem{
			{Section: "Files", Verdict: "pass"}, {Section: "Files", Verdict: "fail"}, {Section: "Networks", Verdict: "unknown"}, {Section: "Networks", Verdict: "not applicable"},
		},
		Targets: []rules.Target{
			{
				Service: "proxy",
				Entries: []rules.Entry{{Kind: "edge"}, {Kind: "service", Certain: true}},
				Attacks: []rules.Attack{
					{Guide: 1, Certain: blocked, Perhaps: rules.Outcome{Verdict: "blocked", Goal: "unknown"}},
					{Guide: 2, Certain: possible, Perhaps: unknown},
					{Certain: possible, Perhaps: unknown},
				},
			},
			{Service: "holder", Entries: []rules.Entry{{Kind: "edge"}}, Attacks: []rules.Attack{{Guide: 1, Certain: possible, Perhaps: unknown}}},
		},
		Standards: []rules.Standard{
			{ID: "s-2", Title: "A standard", Controls: []rules.Control{{Verdict: rules.Fail}, {Verdict: rules.NotJudged}, {Verdict: rules.Partly}, {Verdict: rules.Pass}, {Verdict: rules.Pass}, {Verdict: rules.NotApplicable}, {Verdict: rules.Unknown}}},
			{ID: "s-1", Title: "An older edition", Older: true},
		},
		Unknown: []string{"A", "B"},
	}}
	var got []string
	for _, row := range summaryOf(Report{}, review).rows {
		got = append(got, row.text)
	}
	want := []string{
		"Files: 1 pass, 1 fail, 0 unknown, 0 not applicable",
		"Networks: 0 pass, 0 fail, 1 unknown, 1 not applicable",
		`the guide's ten attacks by "proxy": 1 possible, 1 blocked (1 of them possible otherwise), 0 unknown`,
		`the guide's ten attacks by "holder": 0 possible, 0 blocked (0 of them possible otherwise), 1 unknown`,
		"A standard: 2 pass, 1 partly, 1 fail, 1 unknown, 1 not judged, 1 not applicable",
		"not judged is what depends on variables that are not known: A, B",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestUrgent puts findings of a project into the classes of the guide, and leaves out what can wait.
func TestUrgent(t *testing.T) {
	var findings []rules.Finding
	add := func(rule string, s severity.Severity, line, number int) {
		for i := range number {
			findings = append(findings, rules.Finding{Rule: rule, Severity: s, Message: rule, Project: "p", At: fmt.Sprint(rule, i), Location: span("f", line, 1, 2)})
		}
	}
	add("root", severity.Error, 1, 1)
	add("way", severity.Error, 2, 1)
	add("root", severity.Warning, 3, 7)
	add("root", severity.Note, 4, 1)
	add("slip", severity.Error, 5, 1)
	add("slip", severity.Warning, 6, 1)
	findings = append(findings, rules.Finding{Rule: "root", Severity: severity.Error, Project: "other"})
	r := Report{Findings: findings, Rules: catalogue.Catalogue{{ID: "root", Facts: catalogue.Facts{SecuritySeverity: 9}}, {ID: "slip"}, {ID: "way", Facts: catalogue.Facts{SecuritySeverity: 8.9}}}}
	want := section{title: "What to do first", rows: []entry{
		{mark: "error", text: priorities[0].means, details: []string{"f:5:1: slip [slip]"}},
		{mark: "P0", text: priorities[1].means, details: []string{"f:1:1: root [root]"}},
		{mark: "P1", text: priorities[2].means, details: []string{"f:2:1: way [way]"}},
		{mark: "P2", text: priorities[3].means, details: []string{"f:3:1: root [root]", "f:3:1: root [root]", "f:3:1: root [root]", "f:3:1: root [root]", "f:3:1: root [root]", "and 2 more"}},
	}}
	if diff := cmp.Diff(want, urgent(r, Review{Project: "p"}), cmp.AllowUnexported(section{}, entry{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := urgent(r, Review{Project: "quiet"}).rows; len(got) != 1 || got[0].text != "nothing is urgent" {
		t.Errorf("got %v", got)
	}
}

// TestWaysIn has a row for each service, and says of many ways how many more there are.
func TestWaysIn(t *testing.T) {
	review := Review{Review: rules.Review{WaysIn: []rules.Entry{
		{Service: "web", Called: "port 80", Certain: true}, {Service: "db", Called: `the external network "n"`}, {Service: "web", Called: "port 443", Certain: true},
	}}}
	for range shownWays {
		review.WaysIn = append(review.WaysIn, rules.Entry{Service: "web", Called: "a port", Certain: true})
	}
	web := []string{"by port 80", "by port 443"}
	for len(web) < shownWays {
		web = append(web, "by a port")
	}
	want := section{title: "Ways in from outside", rows: []entry{
		{text: `service "web"`, details: append(web, "and 2 more ways")},
		{text: `service "db"`, details: []string{`by the external network "n", if anybody is there`}},
	}}
	if diff := cmp.Diff(want, waysIn(review), cmp.AllowUnexported(section{}, entry{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestManyServices lists a hundred of those that have nothing to do with the Docker API, and all that share
// a network with a proxy.
func TestManyServices(t *testing.T) {
	review := Review{Review: rules.Review{
		DockerAPI: []rules.ProxyAPI{{Service: "proxy"}},
		Networks:  []rules.Network{{Name: "front"}, {Name: "api", Services: []string{"proxy"}}},
	}}
	for i := range 150 {
		name := fmt.Sprintf("s%d", i)
		review.WaysIn = append(review.WaysIn, rules.Entry{Service: name, Called: "a port", Certain: true})
		for n := range review.Networks {
			review.Networks[n].Services = append(review.Networks[n].Services, name)
		}
	}
	ways := waysIn(review).rows
	if last := ways[len(ways)-1].text; len(ways) != 101 || last != "and 50 more services" {
		t.Errorf("%d rows, the last %q", len(ways), last)
	}
	for i, want := range []string{", s99, and 50 more", ", s148, s149"} {
		if got := networks(review).rows[i].details[0]; !strings.HasSuffix(got, want) {
			t.Errorf("got %q, want %q at the end", got, want)
		}
	}
	if n := len(review.Networks[0].Services); n != 150 {
		t.Errorf("the review itself is changed: %d services", n)
	}
}

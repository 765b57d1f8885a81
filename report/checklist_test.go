package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/rules"
)

// TestTotals counts the attacks from an entry point that is certain, wherever it stands.
func TestTotals(t *testing.T) {
	blocked, possible := rules.Outcome{Verdict: "blocked", Goal: "possible"}, rules.Outcome{Verdict: "possible", Goal: "possible"}
	unknown := rules.Outcome{Verdict: "unknown", Goal: "unknown"}
	review := Review{Review: rules.Review{
		Checklist: []rules.ChecklistItem{{Verdict: "pass"}, {Verdict: "fail"}, {Verdict: "unknown"}, {Verdict: "not applicable"}},
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
	}}
	var got []string
	for _, row := range totals(review).rows {
		got = append(got, row.text)
	}
	want := []string{
		"checklist: 1 pass, 1 fail, 1 unknown, 1 not applicable",
		`the guide's ten attacks by "proxy": 1 possible, 1 blocked (1 of them possible otherwise), 0 unknown`,
		`the guide's ten attacks by "holder": 0 possible, 0 blocked (0 of them possible otherwise), 1 unknown`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
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

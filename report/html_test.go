package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/golden"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
)

// ordinary is the review of a project without a Docker API.
var ordinary = rules.Review{
	Networks: []rules.Network{{Name: "default", Internal: "no", Services: []string{"db", "web"}}},
	WaysIn:   []rules.Entry{{Kind: "port", Service: "web", Called: "port 443 on 0.0.0.0", Certain: true}},
}

// htmlReports are those of the other formats, and one that has a review.
func htmlReports(t *testing.T) map[string]Report {
	all := sarifReports(t)
	all["reviewed"] = Report{Version: "1.2.3", Projects: 3, Reviews: []Review{{Project: "compose.yaml", Review: reviewed}, {Project: "other.yaml", Review: ordinary}, {Project: "alone.yaml"}}}
	return all
}

// TestHTML compares pages without their style and script, which are the same in all.
func TestHTML(t *testing.T) {
	fixed := regexp.MustCompile(`(?s)<meta http-equiv.*?</style>\n|<script>.*</script>\n`)
	for name, r := range htmlReports(t) {
		t.Run(name, func(t *testing.T) {
			page := formatted(t, "html", r)
			golden.Check(t, "testdata/"+name+".html", fixed.ReplaceAll(page, nil))
			if !bytes.Equal(page, formatted(t, "html", r)) {
				t.Error("it differs from run to run")
			}
		})
	}
}

// TestHTMLPolicy holds the policy to the style and the script that are there, and to no more.
func TestHTMLPolicy(t *testing.T) {
	page := string(formatted(t, "html", full(t)))
	part := func(pattern string) string {
		found := regexp.MustCompile("(?s)"+pattern).FindAllStringSubmatch(page, -1)
		if len(found) != 1 {
			t.Fatalf("%d of %s", len(found), pattern)
		}
		return found[0][1]
	}
	sum := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return base64.StdEncoding.EncodeToString(sum[:])
	}
	want := fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'",
		sum(part("<style>(.*?)</style>")), sum(part("<script>(.*?)</script>")))
	if got := html.UnescapeString(part(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`)); got != want {
		t.Errorf("the policy is\n%s, want\n%s", got, want)
	}
}

// tag is all that may begin with a less-than sign in a page: elements whose attributes are quoted.
var tag = regexp.MustCompile(`^<(?:!doctype html|/?([a-z0-9]+)((?: [a-zA-Z-]+(?:="[^"]*")?)*)/?)>`)

var attribute = regexp.MustCompile(` ([a-zA-Z-]+)(?:="([^"]*)")?`)

// checkMarkup wants no element but those of the template, nothing that runs or is fetched, and links to
// parts of the page and to these addresses.
func checkMarkup(t *testing.T, page string, links ...string) {
	t.Helper()
	elements := regexp.MustCompile(`<([a-z0-9]+)`).FindAllStringSubmatch(htmlFile("html/page.html"), -1)
	own := map[string]bool{"b": true}
	for _, e := range elements {
		own[e[1]] = true
	}
	page = regexp.MustCompile(`(?s)<(style|script)>.*?</(style|script)>`).ReplaceAllString(page, "")
	for i := range page {
		if page[i] != '<' {
			continue
		}
		m := tag.FindStringSubmatch(page[i:])
		if m == nil || m[1] != "" && !own[m[1]] {
			t.Fatalf("no element of the template: %.80q", page[i:])
		}
		for _, a := range attribute.FindAllStringSubmatch(m[2], -1) {
			switch name, value := a[1], html.UnescapeString(a[2]); {
			case name == "href" && (strings.HasPrefix(value, "#") || slices.Contains(links, value)), name == "xmlns":
			case name == "href", name == "src", name == "style", strings.HasPrefix(name, "on"):
				t.Errorf("the attribute %s=%q", name, value)
			}
		}
	}
}

func TestHTMLFetchesNothing(t *testing.T) {
	for _, part := range []string{htmlFile("html/style.css"), htmlFile("html/script.js")} {
		if m := regexp.MustCompile(`url\(|@import|https?:|fetch|XMLHttp|innerHTML|</`).FindString(part); m != "" {
			t.Errorf("%q in the style or the script", m)
		}
	}
	for _, r := range htmlReports(t) {
		var links []string
		for _, rule := range r.Rules {
			links = append(links, rule.HelpURI())
		}
		checkMarkup(t, string(formatted(t, "html", r)), links...)
	}
}

// TestHTMLOfHostileNames has every text of a report try to be more than a text.
func TestHTMLOfHostileNames(t *testing.T) {
	for _, text := range []string{
		`</title></style></script><script>alert(1)</script><img src=x onerror=alert(1)>`, `" onload="alert(1)`, `' onload='alert(1)`,
		`javascript:alert(1)`, `--><svg onload=alert(1)>`, `{{.}}`, "`${alert(1)}`", `]]>&lt;script&gt;`,
	} {
		r := reportThatSays(text)
		page := string(formatted(t, "html", r))
		checkMarkup(t, page, r.Rules[0].HelpURI(), r.Rules[1].HelpURI())
		if n := strings.Count(page, "<script>"); n != 1 {
			t.Errorf("%d scripts", n)
		}
		if !strings.Contains(html.UnescapeString(page), "<h4>"+text+"</h4>") {
			t.Errorf("%q is not shown as it is", text)
		}
	}
}

var numbers = regexp.MustCompile(`<article data-number="(\d+)"`)

// TestHTMLHasEveryFinding counts them, and looks for the place and the service of each.
func TestHTMLHasEveryFinding(t *testing.T) {
	for name, r := range htmlReports(t) {
		page := html.UnescapeString(string(formatted(t, "html", r)))
		sum := 0
		for _, m := range numbers.FindAllStringSubmatch(page, -1) {
			n, _ := strconv.Atoi(m[1])
			sum += n
		}
		if sum != len(r.Findings) {
			t.Errorf("%s: %d of %d findings", name, sum, len(r.Findings))
		}
		for _, f := range shown(r).Findings {
			if !strings.Contains(page, place(f.Location)) || !strings.Contains(page, f.Service.Name) {
				t.Errorf("%s: nothing of %s of %s", name, place(f.Location), f.Service.Name)
			}
		}
	}
}

// TestHTMLOfManyFindings bounds what a browser has to read of 10,000 that are all told alone.
func TestHTMLOfManyFindings(t *testing.T) {
	const n = 10_000
	file := newFile("compose.yaml", "services:\n"+strings.Repeat("  app: {image: example/app:1.0, privileged: true}\n", n))
	r := Report{Rules: everyKind, Files: map[string]*model.File{file.Path: file}}
	for i := range n {
		r.Findings = append(r.Findings, rules.Finding{
			Rule: "docker-socket-mount", Severity: severity.Error, Message: fmt.Sprintf(`service "s%d" is privileged`, i),
			Location: span(file.Path, i+2, 35, 45),
		})
	}
	page := formatted(t, "html", r)
	if got := len(numbers.FindAll(page, -1)); got != n {
		t.Errorf("%d of %d findings", got, n)
	}
	if got := len(page) / n; got > 700 {
		t.Errorf("%d bytes a finding", got)
	}
}

// TestStandards puts the controls of several projects together.
func TestStandards(t *testing.T) {
	project := func(name string, verdict string, a, b int) Review {
		return Review{Project: name, Review: rules.Review{Standards: []rules.Standard{
			{ID: "s-2", Title: "A standard", Edition: "2", Controls: []rules.Control{
				{ID: "1", Title: "one", Verdict: rules.Pass, Judged: 2, Of: "service", By: []string{"pid"}, Rules: []rules.ControlRule{{ID: "c"}}},
				{ID: "2", Title: "two", Verdict: verdict, Rules: []rules.ControlRule{{ID: "a", Findings: a}, {ID: "b", Findings: b}}},
				{ID: "3", Title: "three", Verdict: rules.NotJudged, Because: []string{"needs the host"}},
			}},
			{ID: "s-1", Title: "A standard of old", Edition: "1", Older: true, Controls: []rules.Control{{ID: "0", Title: "one", Verdict: rules.Pass, Judged: 1, Of: "service", By: []string{"pid"}}}},
		}}}
	}
	reviews := []Review{project("x", rules.Pass, 0, 0), project("y", rules.Fail, 2, 1), project("z", rules.Fail, 1, 0)}
	r := Report{Reviews: reviews}
	got := fmt.Sprint(standardSections(r))
	want := `[{A standard: 1 pass, 1 fail, 1 not judged [{pass 1 one [6 services, by "pid"]} {fail 2 two [a, b in 2 of 3 projects]} { not judged (needs the host): 3 []}]}]`
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	wantJSON := []jsonStandard{{ID: "s-2", Title: "A standard", Edition: "2", Controls: []jsonControl{
		{ID: "1", Title: "one", Verdict: "pass", LookedAt: jsonLookedAt{6, "service", []string{"pid"}}, Because: []string{}, Rules: []rules.ControlRule{{ID: "c"}}, Projects: []string{}},
		{ID: "2", Title: "two", Verdict: "fail", LookedAt: jsonLookedAt{By: []string{}}, Because: []string{}, Rules: []rules.ControlRule{{ID: "a", Findings: 3}, {ID: "b", Findings: 1}}, Projects: []string{"y", "z"}},
		{ID: "3", Title: "three", Verdict: "not judged", LookedAt: jsonLookedAt{By: []string{}}, Because: []string{"needs the host"}, Rules: []rules.ControlRule{}, Projects: []string{}},
	}}}
	if diff := cmp.Diff(wantJSON, jsonStandards(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if rule := reviews[0].Standards[0].Controls[1].Rules[0]; rule.Findings != 0 {
		t.Errorf("the review itself is changed: %v", rule)
	}
	r.Standard = "s-1"
	if got, want := fmt.Sprint(standardSections(r)), "[{A standard of old: 1 pass [{pass 0 one [3 services, by \"pid\"]}]}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	part := Report{Reviews: reviews, Trouble: []string{"a project was not judged"}}
	if got, want := fmt.Sprint(standardSections(part)), `[{A standard: 1 fail, 1 unknown, 1 not judged [{unknown 1 one [a project could not be judged]} {fail 2 two [a, b in 2 of 3 projects]} { not judged (needs the host): 3 []}]}]`; got != want {
		t.Errorf("with trouble: got %s, want %s", got, want)
	}
}

// TestVerdictsOfProjects takes the worst of all projects, with its reasons once.
func TestVerdictsOfProjects(t *testing.T) {
	control := func(verdict string, because ...string) rules.Control {
		return rules.Control{Verdict: verdict, Because: because}
	}
	for _, c := range []struct {
		all  []rules.Control
		want rules.Control
	}{
		{[]rules.Control{control(rules.NotApplicable, "there is none"), control(rules.Pass)}, control(rules.Pass)},
		{[]rules.Control{control(rules.Pass), control(rules.Partly, "a part"), control(rules.Pass)}, control(rules.Partly, "a part")},
		{[]rules.Control{control(rules.Unknown, "a"), control(rules.Unknown, "b"), control(rules.Unknown, "a"), control(rules.Partly, "c")}, control(rules.Unknown, "a", "b")},
		{[]rules.Control{control(rules.Unknown, "a"), control(rules.Fail)}, control(rules.Fail)},
	} {
		first := c.all[0]
		for _, other := range c.all[1:] {
			first.Add(other)
		}
		if diff := cmp.Diff(c.want, first); diff != "" {
			t.Errorf("%v (-want +got):\n%s", c.all, diff)
		}
	}
}

// TestDecided has every operation of the specification once.
func TestDecided(t *testing.T) {
	number := 0
	for _, flags := range decided(reviewed.DockerAPI[0]) {
		for _, operations := range flags {
			number += len(operations)
		}
	}
	if number != 3 {
		t.Errorf("%d operations", number)
	}
}

package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/composelint/composelint/internal/golden"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/compiled"
)

// sarifReports are the reports that have a golden SARIF file.
func sarifReports(t *testing.T) map[string]Report {
	odd := oddPlaces()
	odd.Version = "1.2.3"
	odd.Rules = catalogue.Catalogue{{
		ID: "rule", Title: "A rule", Description: "Why, and what to do.",
		Facts: catalogue.Facts{Severity: "error", Precision: "low", Set: "default"},
	}}
	return map[string]Report{
		"full":       full(t),
		"nothing":    {Version: "1.2.3", Rules: everyKind[:1], Projects: 1},
		"odd-places": failing(odd),
		"suppressed": suppressed(),
		"several":    several(t),
		"trouble": {Version: "1.2.3", Rules: everyKind[:1], Trouble: []string{
			`.composelint.yaml:3:5: unknown key "roels": did you mean "roles"?`, `"compose.yaml" was not judged: correct its configuration`,
			`no service has the profile "dbeug": did you mean "debug"?`,
		}},
	}
}

func sarifOf(t *testing.T, r Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := writeSARIF(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSARIF(t *testing.T) {
	for name, r := range sarifReports(t) {
		t.Run(name, func(t *testing.T) { golden.Check(t, "testdata/"+name+".sarif", sarifOf(t, r)) })
	}
}

// TestSARIFSchema needs the schema file of the npm package @microsoft/sarif-multitool-linux.
func TestSARIFSchema(t *testing.T) {
	path := os.Getenv("COMPOSELINT_SARIF_SCHEMA")
	if path == "" {
		t.Skip("COMPOSELINT_SARIF_SCHEMA does not name sarif-2.1.0.json")
	}
	schema, err := jsonschema.NewCompiler().Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range sarifReports(t) {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(sarifOf(t, r)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// sarifDocument is what the tests look at.
type sarifDocument struct {
	Runs []struct {
		ColumnKind string
		Tool       struct {
			Driver struct {
				Name  string
				Rules []sarifRule
			}
		}
		Results     []sarifResult
		Invocations []struct {
			ToolConfigurationNotifications []struct{ Message struct{ Text string } }
		}
	}
}

type (
	sarifText struct{ Text, Markdown string }
	sarifRule struct {
		ID, Name                                string
		ShortDescription, FullDescription, Help sarifText
		Properties                              map[string]any
	}
	sarifResult struct {
		RuleID                      string
		RuleIndex                   *int
		Message                     sarifText
		Locations, RelatedLocations []sarifLocation
		PartialFingerprints         map[string]string
	}
	sarifLocation struct {
		ID               int
		Message          *sarifText
		PhysicalLocation struct {
			ArtifactLocation struct{ URI string }
			Region           struct{ StartLine, StartColumn, EndLine, EndColumn *int }
		}
	}
)

func readSARIF(t *testing.T, r Report) sarifDocument {
	t.Helper()
	var d sarifDocument
	if err := json.Unmarshal(sarifOf(t, r), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestSARIFRules checks what no schema says of the rules, and GitHub's limits.
func TestSARIFRules(t *testing.T) {
	program, err := compiled.Open(policies.Compiled, policies.FS)
	if err != nil {
		t.Fatal(err)
	}
	checkRules(t, everyKind, readSARIF(t, full(t)).Runs[0].Tool.Driver.Rules)
	checkRules(t, program.Catalogue, readSARIF(t, Report{Rules: program.Catalogue}).Runs[0].Tool.Driver.Rules)
}

func checkRules(t *testing.T, of catalogue.Catalogue, all []sarifRule) {
	t.Helper()
	if len(all) != len(of) || !slices.IsSortedFunc(all, func(a, b sarifRule) int { return strings.Compare(a.ID, b.ID) }) {
		t.Fatalf("the rules are not those that ran, sorted by id: %v", all)
	}
	for _, r := range all {
		if n := utf8.RuneCountInString(r.Name); n > 255 {
			t.Errorf("%s has a name of %d characters", r.ID, n)
		}
		for _, text := range []string{r.ShortDescription.Text, r.FullDescription.Text, r.Help.Text, r.Help.Markdown} {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s has an empty text", r.ID)
			}
		}
		for _, text := range []string{r.ShortDescription.Text, r.FullDescription.Text} {
			if n := utf8.RuneCountInString(text); n > 1024 {
				t.Errorf("%s has a description of %d characters", r.ID, n)
			}
		}
		if tags, _ := r.Properties["tags"].([]any); len(tags) > 10 {
			t.Errorf("%s has %d tags", r.ID, len(tags))
		}
		score, security := r.Properties["security-severity"].(string)
		if n, err := strconv.ParseFloat(score, 64); security && (err != nil || n < 0.1 || n > 10) {
			t.Errorf("%s has the score %q", r.ID, score)
		}
		problem, _ := r.Properties["problem.severity"].(string)
		if !security && !slices.Contains([]string{"error", "warning", "recommendation"}, problem) {
			t.Errorf("%s has neither a score nor a problem.severity: %v", r.ID, r.Properties)
		}
	}
}

// TestSARIFResults checks what no schema says of the results.
func TestSARIFResults(t *testing.T) {
	for name, report := range sarifReports(t) {
		run := readSARIF(t, report).Runs[0]
		want := alerts(report.Findings)
		if report.ShowSuppressed {
			want = withExcused(report.Findings, report.Suppressed)
		}
		if len(run.Results) != len(want) {
			t.Errorf("%s: %d results for %d alerts", name, len(run.Results), len(want))
		}
		identities := map[string]bool{}
		for i, r := range run.Results {
			what := fmt.Sprintf("%s, result %d", name, i)
			if r.RuleIndex == nil || *r.RuleIndex < 0 || *r.RuleIndex >= len(run.Tool.Driver.Rules) ||
				run.Tool.Driver.Rules[*r.RuleIndex].ID != r.RuleID {
				t.Errorf("%s: the index does not lead to %s", what, r.RuleID)
			}
			if strings.TrimSpace(r.Message.Text) == "" {
				t.Errorf("%s has an empty message", what)
			}
			if len(r.Locations) != 1 {
				t.Fatalf("%s has %d locations", what, len(r.Locations))
			}
			for _, l := range append(r.Locations, r.RelatedLocations...) {
				checkLocation(t, what, l)
			}
			checkLinks(t, what, r)
			identity := r.PartialFingerprints["composelint/v1"]
			if identity == "" || identities[identity] {
				t.Errorf("%s: the fingerprint %q is not unique", what, identity)
			}
			identities[identity] = true
		}
	}
}

func checkLocation(t *testing.T, what string, l sarifLocation) {
	t.Helper()
	uri := l.PhysicalLocation.ArtifactLocation.URI
	if u, err := url.Parse(uri); err != nil || u.Scheme != "" || strings.HasPrefix(uri, "/") || u.String() != uri {
		t.Errorf("%s: %q is not a relative, percent-encoded URI", what, uri)
	}
	r := l.PhysicalLocation.Region
	if r.StartLine == nil || r.StartColumn == nil || r.EndLine == nil || r.EndColumn == nil {
		t.Fatalf("%s: the region lacks a field", what)
	}
	if *r.StartLine < 1 || *r.StartColumn < 1 || *r.EndLine < *r.StartLine || *r.EndColumn < 1 ||
		*r.EndLine == *r.StartLine && *r.EndColumn < *r.StartColumn {
		t.Errorf("%s: the region ends before it starts", what)
	}
}

var link = regexp.MustCompile(`\]\(([^)]*)\)`)

// checkLinks checks that the links of the message and the related locations are the same.
func checkLinks(t *testing.T, what string, r sarifResult) {
	t.Helper()
	var links, ids []string
	for _, m := range link.FindAllStringSubmatch(r.Message.Text, -1) {
		links = append(links, m[1])
	}
	for _, l := range r.RelatedLocations {
		ids = append(ids, strconv.Itoa(l.ID))
		if l.Message == nil || l.Message.Text == "" {
			t.Errorf("%s: the related location %d has no message", what, l.ID)
		}
	}
	if !slices.Equal(links, ids) {
		t.Errorf("%s: the message links %v, the related locations are %v", what, links, ids)
	}
}

func TestSARIFUnknownRule(t *testing.T) {
	r := full(t)
	r.Rules = r.Rules[:1]
	if err := writeSARIF(&bytes.Buffer{}, r); err == nil {
		t.Error("a finding of a rule that did not run is no error")
	}
}

func TestSARIFIsValidUTF8(t *testing.T) {
	r := full(t)
	r.Findings[0].Message = "a\xffb"
	got := sarifOf(t, r)
	if !utf8.Valid(got) || !json.Valid(got) {
		t.Error("a message that is not UTF-8 spoils the file")
	}
	if text := readSARIF(t, r).Runs[0].Results[0].Message.Text; !strings.HasPrefix(text, "a\ufffdb") {
		t.Errorf("got the message %q", text)
	}
}

func TestEscapePath(t *testing.T) {
	for path, want := range map[string]string{
		"docker-compose.yml":    "docker-compose.yml",
		"../a/b.yml":            "../a/b.yml",
		"a b/é%#?[1].yml":       "a%20b/%C3%A9%25%23%3F%5B1%5D.yml",
		"c:d.yml":               "c%3Ad.yml",
		"<stdin>":               "%3Cstdin%3E",
		"a/x:\\y\x07\"'\u202e~": "a/x%3A%5Cy%07%22%27%E2%80%AE~",
	} {
		if got := escapePath(path); got != want {
			t.Errorf("%q: got %s, want %s", path, got, want)
		}
	}
}

// suppressed has nothing but findings that something excuses.
func suppressed() Report {
	at := model.Location{File: "a.yml", Start: model.Position{Line: 1, Column: 1}, End: model.Position{Line: 1, Column: 2}}
	r := Report{Version: "1.2.3", Rules: everyKind[:1], ShowSuppressed: true, Relaxed: []Relaxed{
		{File: "/etc/lint.yaml", What: []string{"5 rules off", "1 exception"}},
		{File: "baseline.json", What: []string{"1 finding accepted"}},
	}}
	for _, by := range []rules.Suppression{
		{Kind: "ignore", Reason: "why", Location: model.Location{File: "a.yml", Start: at.Start}},
		{Kind: "exception", Reason: "why", Expires: "2027-01-31", Owner: "ops", Location: model.Location{File: "/etc/lint.yaml", Start: at.Start}},
		{Kind: "baseline", Location: model.Location{File: "baseline.json"}},
	} {
		r.Suppressed = append(r.Suppressed, rules.Finding{Rule: everyKind[0].ID, Message: "known", Location: at, Suppression: &by})
	}
	return r
}

// TestSARIFWithoutSuppressed wants them left out where nobody asks for them.
func TestSARIFWithoutSuppressed(t *testing.T) {
	r := suppressed()
	r.ShowSuppressed = false
	if results := readSARIF(t, r).Runs[0].Results; len(results) != 0 {
		t.Errorf("%d results", len(results))
	}
	var got []string
	for _, n := range readSARIF(t, r).Runs[0].Invocations[0].ToolConfigurationNotifications {
		got = append(got, n.Message.Text)
	}
	want := []string{"5 rules off, 1 exception by /etc/lint.yaml", "1 finding accepted by baseline.json", "1 finding ignored by a.yml"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("notifications (-want +got):\n%s", diff)
	}
}

package report

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	homepage    = "https://github.com/composelint/composelint"
	// root is what the paths are relative to. GitHub takes it for the checkout.
	root = "%SRCROOT%"
)

// gitHubResults is the most results that GitHub takes of a log; of more it takes none.
// https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
const gitHubResults = 25_000

// tooManyResults warns of a SARIF log that would be uploaded in vain.
func tooManyResults(r Report) string {
	results := len(alerts(r.Findings))
	if results <= gitHubResults {
		return ""
	}
	return fmt.Sprintf("the report has %d results, but GitHub takes no more than %d: judge parts of the tree, and upload each with a category of its own", results, gitHubResults)
}

// writeSARIF writes the findings as a SARIF 2.1.0 log, as GitHub code scanning reads it. It is
// a full log without findings too: uploading that closes the alerts that were fixed.
func writeSARIF(w io.Writer, r Report) error {
	run := sarif.NewRun(sarif.Tool{})
	run.ColumnKind = "unicodeCodePoints"
	l := sarifLog{report: r, hashes: map[string][]string{}, identities: map[string]int{}}
	groups := alerts(r.Findings)
	if r.ShowSuppressed { // GitHub would open alerts for them
		groups = withExcused(r.Findings, r.Suppressed)
	}
	if invocation := l.invocation(); invocation != nil {
		run.Invocations = []*sarif.Invocation{invocation}
	}
	log := newListWriter(w, headOf(r, run), 6)
	log.list("results")
	for _, g := range groups {
		result, err := l.result(g)
		if err != nil {
			return err
		}
		log.item(log.fields(result))
	}
	return log.close()
}

// headOf is a log without results.
func headOf(r Report, run *sarif.Run) sarifHead {
	driver := sarifDriver{ToolComponent: sarif.NewDriver("composelint").WithVersion(r.Version).WithInformationURI(homepage)}
	head := sarifRun{Run: run}
	driver.Rules, head.Taxonomies = classified(r.Rules, r.Taxonomies)
	for i, t := range head.Taxonomies {
		driver.SupportedTaxonomies = append(driver.SupportedTaxonomies, sarifTaxonomyName{t.Name, i})
	}
	head.Tool.Driver = driver
	return sarifHead{Version: string(sarif.Version210), Schema: sarifSchema, Runs: []sarifRun{head}}
}

// sarifLog holds what the results of a log share.
type sarifLog struct {
	report     Report
	hashes     map[string][]string // GitHub's hashes of each line, by path
	identities map[string]int      // how often each has occurred
}

func (l *sarifLog) result(g group) (*sarif.Result, error) {
	f, related := g.first(), g.related()
	index, ok := slices.BinarySearchFunc(l.report.Rules, f.Rule, func(r catalogue.Rule, id string) int {
		return cmp.Compare(r.ID, id)
	})
	if !ok {
		return nil, fmt.Errorf("a finding names the rule %q, which did not run", f.Rule)
	}
	place := l.location(f.Location)
	if f.At != "" {
		place.AddLogicalLocations(sarif.NewLogicalLocation().WithFullyQualifiedName(f.At))
	}
	// A message must not bring links of its own: it quotes the files.
	message := strings.ReplaceAll(Shown(cmp.Or(g.headline(), l.report.Rules[index].Title)), "](", "] (")
	result := sarif.NewRuleResult(f.Rule).
		WithRuleIndex(index).
		WithLevel(f.Severity.String()).
		WithMessage(sarif.NewTextMessage(message + links(related))).
		WithLocations([]*sarif.Location{place}).
		WithPartialFingerPrints(l.fingerprints(g))
	for i, r := range related {
		result.AddRelatedLocation(l.location(r.Location).WithId(i + 1).WithDescriptionText(label(r)))
	}
	if len(f.Path) > 0 {
		result.AddCodeFlow(l.codeFlow(f.Path))
	}
	result.Fixes = l.fixes(g)
	for _, s := range g.suppressions() {
		result.Suppressions = append(result.Suppressions, l.suppression(&s))
	}
	return result, nil
}

// invocation says what hides findings, and what could not be judged; it is nil where there is nothing
// to say.
func (l *sarifLog) invocation() *sarif.Invocation {
	hidden := l.notifications()
	if len(hidden) == 0 && len(l.report.Trouble) == 0 {
		return nil
	}
	invocation := sarif.NewInvocation().WithExecutionSuccess(len(l.report.Trouble) == 0).WithToolConfigurationNotifications(hidden)
	for _, trouble := range l.report.Trouble {
		at, message, hasPlace := TroubleAt(trouble)
		notification := sarif.NewNotification().WithLevel("error").WithTextMessage(Shown(message))
		if hasPlace {
			notification.WithLocations([]*sarif.Location{l.location(withinTree(at))})
		}
		invocation.ToolExecutionNotifications = append(invocation.ToolExecutionNotifications, notification)
	}
	return invocation
}

// notifications say what hides findings.
func (l *sarifLog) notifications() []*sarif.Notification {
	hidden := unseen(l.report)
	if l.report.ShowSuppressed {
		hidden = l.report.Relaxed
	}
	var all []*sarif.Notification
	for _, relaxed := range hidden {
		at := l.location(withinTree(model.Location{File: relaxed.File}))
		all = append(all, sarif.NewNotification().WithLevel("note").WithTextMessage(Shown(relaxed.String())).WithLocations([]*sarif.Location{at}))
	}
	return all
}

// suppression is what excuses a finding: inSource for a comment beside it, external for what
// stands elsewhere.
func (l *sarifLog) suppression(s *rules.Suppression) *sarif.Suppression {
	kind := "external"
	if s.Kind == "ignore" {
		kind = "inSource"
	}
	at := withinTree(s.Location)
	return sarif.NewSuppression(kind).WithStatus("accepted").WithGuid(guid(at.String() + s.Reason)).
		WithJustifcation(Shown(excuse(s))).WithLocation(l.location(at))
}

// withinTree is a place in a file that the user named, which may be outside of the repository: a path
// of SARIF has to be one in it.
func withinTree(at model.Location) model.Location {
	if path.IsAbs(at.File) {
		at.File = path.Base(at.File)
	}
	return at
}

// codeFlow is the way of an attack, which GitHub shows step by step.
func (l *sarifLog) codeFlow(path []rules.Related) *sarif.CodeFlow {
	flow := sarif.NewThreadFlow()
	for _, step := range path {
		flow.Locations = append(flow.Locations, sarif.NewThreadFlowLocation().
			WithLocation(l.location(step.Location).WithMessage(sarif.NewTextMessage(label(step)))))
	}
	return sarif.NewCodeFlow().WithThreadFlows([]*sarif.ThreadFlow{flow})
}

// links names the related places in the message. GitHub shows none that it does not link.
func links(related []rules.Related) string {
	if len(related) == 0 {
		return ""
	}
	escape := strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`)
	var all []string
	for i, r := range related {
		all = append(all, fmt.Sprintf("[%s](%d)", escape.Replace(label(r)), i+1))
	}
	return " (" + strings.Join(all, ", ") + ")"
}

// label is never empty: SARIF has no empty messages.
func label(r rules.Related) string {
	return Shown(cmp.Or(r.Label, "related place"))
}

func (l *sarifLog) location(at model.Location) *sarif.Location {
	artifact := sarif.NewSimpleArtifactLocation(escapePath(model.URIOf(l.report.Files, at.File))).WithUriBaseId(root)
	return sarif.NewLocationWithPhysicalLocation(
		sarif.NewPhysicalLocation().WithArtifactLocation(artifact).WithRegion(region(at)))
}

// escapePath percent-encodes a path with slashes. A colon could pass for that of a scheme.
func escapePath(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(part), ":", "%3A")
	}
	return strings.Join(parts, "/")
}

// region is never absent, since GitHub requires it: a finding on a file as a whole stands
// at its start.
func region(at model.Location) *sarif.Region {
	start := model.Position{Line: max(at.Start.Line, 1), Column: max(at.Start.Column, 1)}
	end := at.End
	if end.Line < start.Line || end.Line == start.Line && end.Column < start.Column {
		end = start
	}
	return sarif.NewSimpleRegion(start.Line, end.Line).WithStartColumn(start.Column).WithEndColumn(max(end.Column, 1))
}

func (l *sarifLog) fingerprints(g group) map[string]any {
	f, id := g.first(), g.identity(l.report)
	l.identities[id]++
	prints := map[string]any{"composelint/v1": fmt.Sprintf("%s:%d", id, l.identities[id])}
	if f.Summary != "" || f.About != "" {
		prints["primaryLocationLineHash"] = fmt.Sprintf("%.16s:%d", id, l.identities[id])
	} else if hashes, line := l.lineHashes(f.Location.File), max(f.Location.Start.Line, 1); line <= len(hashes) {
		prints["primaryLocationLineHash"] = hashes[line-1]
	}
	return prints
}

func (l *sarifLog) lineHashes(path string) []string {
	hashes, ok := l.hashes[path]
	if file := l.report.Files[path]; !ok && file != nil {
		hashes = lineHashes(file.Text)
		l.hashes[path] = hashes
	}
	return hashes
}

package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/severity"
)

// GitHub's limits.
const (
	maxDescription = 1024 // characters of a short or full description
	maxTags        = 10   // shown of a rule
)

// descriptor is the rule as the reader of an alert gets to know it.
func descriptor(r catalogue.Rule) *sarif.ReportingDescriptor {
	description, id := ShownLines(strings.TrimSpace(r.Description)), r.ID
	r = shownCopy(r) // the texts of a user's rule are the user's
	title := cmp.Or(strings.TrimSpace(r.Title), r.ID)
	description = cmp.Or(description, title)
	d := sarif.NewRule(id).
		WithDescription(shorten(title)).
		WithFullDescription(sarif.NewMultiformatMessageString(shorten(description))).
		WithHelp(help(r, description)).
		WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(r.HighestSeverity().String()))
	if page := r.HelpURI(); page != "" {
		d.WithHelpURI(page)
	}
	d.Properties = properties(r)
	return d
}

func properties(r catalogue.Rule) sarif.Properties {
	p := sarif.Properties{"precision": r.Precision}
	var tags []string
	if r.SecuritySeverity > 0 {
		tags = append(tags, "security")
		p["security-severity"] = fmt.Sprintf("%.1f", r.SecuritySeverity)
	} else {
		p["problem.severity"] = problemSeverity[r.HighestSeverity()]
	}
	all := slices.Clone(r.Tags)
	for _, technique := range r.Techniques {
		all = append(all, "external/mitre-attack/"+strings.ToLower(technique))
	}
	for _, tag := range all {
		if !slices.Contains(tags, tag) && len(tags) < maxTags {
			tags = append(tags, tag)
		}
	}
	if len(tags) > 0 {
		p["tags"] = tags
	}
	return p
}

// problemSeverity is GitHub's word for the severity of a rule that is not about security.
var problemSeverity = map[severity.Severity]string{
	severity.Error:   "error",
	severity.Warning: "warning",
	severity.Note:    "recommendation",
}

// help is the description with where to read on. GitHub shows the Markdown, other viewers
// the text.
func help(r catalogue.Rule, description string) *sarif.MultiformatMessageString {
	text, markdown := description, description
	section := func(title string, items, links []string) {
		if len(items) > 0 {
			text += "\n\n" + title + ":\n- " + strings.Join(items, "\n- ")
			markdown += "\n\n## " + title + "\n\n- " + strings.Join(links, "\n- ")
		}
	}
	var references, links []string
	for _, ref := range r.References {
		references = append(references, strings.TrimPrefix(ref.Title+": "+ref.URL, ": "))
		links = append(links, fmt.Sprintf("[%s](%s)", cmp.Or(ref.Title, ref.URL), linkEnds.Replace(ref.URL)))
	}
	section("References", references, links)
	section("Controls", taxaOf(r), taxaOf(r))
	return sarif.NewMultiformatMessageString(text).WithMarkdown(markdown)
}

// shorten cuts a text to GitHub's limit, at the end of a word.
func shorten(text string) string {
	runes := []rune(text)
	if len(runes) <= maxDescription {
		return text
	}
	text = string(runes[:maxDescription-1])
	if i := strings.LastIndexAny(text, " \n"); i > 0 {
		text = text[:i]
	}
	return strings.TrimRight(text, " \n") + "…"
}

package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/golden"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
)

func TestText(t *testing.T) {
	for _, c := range textCases(t) {
		t.Run(c.name, func(t *testing.T) {
			var got bytes.Buffer
			if err := FormatNamed("text").Write(&got, c.report, c.options); err != nil {
				t.Fatal(err)
			}
			golden.Check(t, "testdata/"+c.name+".txt", got.Bytes())
		})
	}
}

type textCase struct {
	name    string
	report  Report
	options TextOptions
}

func textCases(t *testing.T) []textCase {
	return []textCase{
		{"plain", full(t), TextOptions{Width: 80}},
		{"color", full(t), TextOptions{Width: 80, Color: true}},
		{"guided", full(t), TextOptions{Width: 80, Guided: true}},
		{"guided-color", full(t), TextOptions{Width: 80, Color: true, Links: true, Guided: true}},
		{"several", several(t), TextOptions{Width: 80}},
		{"several-guided", several(t), TextOptions{Width: 80, Guided: true}},
		{"several-verbose", several(t), TextOptions{Width: 80, Guided: true, Verbose: true}},
		{"statistics", several(t), TextOptions{Width: 80, Statistics: true}},
		{"nothing", Report{Projects: 2}, TextOptions{}},
		{"fragment", Report{Projects: 1, Fragments: 1}, TextOptions{}},
		{"fragments", Report{Projects: 3, Fragments: 2}, TextOptions{}},
		{"files", severalFiles(t), TextOptions{Width: 80}},
		{"same-line", sameLine(t), TextOptions{Width: 80}},
		{"tabs", tokens(t, "x:\n\ta:\tprivileged: true\n ab\tc", "privileged", "c"), TextOptions{}},
		{"wide", tokens(t, "- 名前: 日本語\n- 😀😀: smile\n- e\u0301te\u0301: accent", "日本語", "smile", "accent"), TextOptions{}},
		{"crlf", tokens(t, "services:\r\n  app:\r\n    privileged: true\r\n", "app", "true"), TextOptions{}},
		{"invisible", invisible(t), TextOptions{}},
		{"long", longLine(t), TextOptions{Width: 80}},
		{"odd-places", oddPlaces(), TextOptions{}},
		{"secret", secret(t), TextOptions{}},
	}
}

// tokens is a report with a finding at each of the tokens.
func tokens(t *testing.T, text string, all ...string) Report {
	f := newFile("compose.yaml", text)
	r := Report{Files: files(f), Projects: 1}
	for _, token := range all {
		r.Findings = append(r.Findings, rules.Finding{
			Rule: "published-port", Severity: severity.Warning, Message: "it is wrong", Location: at(t, f, token),
		})
	}
	return r
}

func severalFiles(t *testing.T) Report {
	base := newFile("base.yml", "x-common: &common\n  privileged: true\n# one\nservices:\n  app:\n    <<: *common\n"+
		strings.Repeat("  # more\n", 95)+"  db:\n    extends: app\n")
	override := newFile("override.yml", "services:\n  app:\n    image: nginx\n")
	return Report{
		Files: files(base, override), Projects: 2,
		Findings: []rules.Finding{{
			Rule: "privileged", Severity: severity.Error, Message: `service "db" is privileged`,
			Location: at(t, base, "privileged"),
			Related: []rules.Related{
				{Label: "through the service app", Location: at(t, base, "extends")},
				{Label: "overridden here", Location: at(t, override, "app")},
				{Label: "through the alias *common", Location: at(t, base, "*common")},
				{Label: "its image", Location: at(t, override, "nginx")},
				{Label: "the anchor", Location: at(t, base, "&common")},
				{Label: "a variable of the environment", Location: span(".env", 3, 1, 4)},
			},
		}},
	}
}

func sameLine(t *testing.T) Report {
	r := tokens(t, "services: {app: {<<: *common, privileged: true}}", "privileged: true")
	f := r.Files["compose.yaml"]
	r.Findings[0].Related = []rules.Related{
		{Label: "the service", Location: at(t, f, "app")},
		{Label: "through the alias *common", Location: at(t, f, "*common")},
		{Label: "within the finding itself, with a label that does not fit behind it", Location: at(t, f, "true")},
	}
	return r
}

func invisible(t *testing.T) Report {
	text := "a\x1b[2J: \x00\x7f\u0085 end\n\u202eevil\u202c\u2066 \u200f\u200b: rtl\nx\u2028y\ufe0f\u3164: last\xff!\n"
	r := tokens(t, text, "end", "rtl", "last")
	f := r.Files["compose.yaml"]
	forged := rules.Finding{
		Rule: "ru\x07le", Severity: severity.Note, Message: "forged\ncompose.yaml:1:1: note: \x1b[31mnothing\u202e",
		Location: at(t, f, "!"),
	}
	forged.Related = []rules.Related{
		{Label: "in\r\x1b[2Kvisible", Location: at(t, f, "last")},
		{Label: "no\tfile", Location: model.Location{File: "a\nb\u2067.yml"}},
	}
	r.Findings = append(r.Findings, forged)
	return r
}

func longLine(t *testing.T) Report {
	command := "    command: [" + strings.Repeat(`"word", `, 30) + `--privileged, ` + strings.Repeat(`"more", `, 30) + `"日本語", last]`
	r := tokens(t, command, "command", "--privileged", "日本語", "last]", command[13:], "--privileged")
	r.Findings[5].Related = []rules.Related{
		{Label: "far away", Location: at(t, r.Files["compose.yaml"], "last")},
		{Label: "near", Location: at(t, r.Files["compose.yaml"], `"more"`)},
		{Label: strings.Repeat("a label longer than the terminal is wide, ", 3), Location: at(t, r.Files["compose.yaml"], `"word"`)},
	}
	return r
}

func oddPlaces() Report {
	f := newFile("compose.yaml", "a: |  \n  b\n\nlast")
	r := Report{Files: files(f), Projects: 1}
	for _, c := range []struct {
		message string
		at      model.Location
	}{
		{"no position", model.Location{File: f.Path}},
		{"no such file", span("gone.yaml", 7, 3, 4)},
		{"no such line", span(f.Path, 5, 1, 2)},
		{"empty span", span(f.Path, 1, 2, 2)},
		{"empty line", span(f.Path, 3, 1, 1)},
		{"past the end", span(f.Path, 4, 9, 12)},
		{"end before start", span(f.Path, 4, 3, 1)},
		{"column 0", span(f.Path, 4, 0, 0)},
		{"behind the last character", span(f.Path, 4, 5, 5)},
		{"several lines", model.Location{File: f.Path, Start: model.Position{Line: 1, Column: 1}, End: model.Position{Line: 2, Column: 4}}},
		{"several lines from the blanks on", model.Location{File: f.Path, Start: model.Position{Line: 1, Column: 6}, End: model.Position{Line: 2, Column: 4}}},
	} {
		r.Findings = append(r.Findings, rules.Finding{Rule: "rule", Severity: severity.Error, Message: c.message, Location: c.at})
	}
	return r
}

func secret(t *testing.T) Report {
	r := tokens(t, "environment:\n  PASSWORD: hunter2 # set\n", "PASSWORD", "# set")
	r.Files["compose.yaml"].Hide(25, 32)
	return r
}

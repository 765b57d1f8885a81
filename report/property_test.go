package report

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
)

func text(t *testing.T, r Report, o TextOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := FormatNamed("text").Write(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// matcher is the problem matcher of the documentation.
var matcher = regexp.MustCompile(`^(.+):(\d+):(\d+): (error|warning|note): (.+) \[([^\]]+)\]$`)

func TestEveryFindingIsOneLineThatToolsMatch(t *testing.T) {
	for _, c := range textCases(t) {
		want := len(told(c.report.Findings))
		got := 0
		for line := range strings.Lines(text(t, c.report, TextOptions{Width: 40})) {
			if matcher.MatchString(strings.TrimSuffix(line, "\n")) {
				got++
			}
		}
		if got != want {
			t.Errorf("%s: %d of %d findings match", c.name, got, want)
		}
	}
}

// row is a line of a snippet.
var row = regexp.MustCompile(`^ *\d* \|( |$)`)

func checkRows(t *testing.T, name, output string, width int) {
	t.Helper()
	for line := range strings.Lines(output) {
		line = strings.TrimSuffix(line, "\n")
		if w := layOut(line).width(); row.MatchString(line) && w > width {
			t.Errorf("%s: %d columns of %d: %s", name, w, width, line)
		}
		if i := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsGraphic(r) }); i >= 0 {
			t.Errorf("%s: the output holds an invisible character: %q", name, line)
		}
	}
}

func TestSnippetsKeepTheWidth(t *testing.T) {
	for _, c := range textCases(t) {
		for _, width := range []int{40, 41, 80, 120} {
			checkRows(t, c.name, text(t, c.report, TextOptions{Width: width}), width)
		}
		checkRows(t, c.name, text(t, c.report, TextOptions{}), 160)
		checkRows(t, c.name, text(t, c.report, TextOptions{Width: 1}), 40)
	}
}

func FuzzText(f *testing.F) {
	f.Add("a: b", 1, 1, 1, 2, "label", 80)
	f.Add("\tа\u202e\u0301日😀"+strings.Repeat("\u200b", 40), 1, 30, 2, 1, "\u2066", 40)
	f.Fuzz(func(t *testing.T, content string, startLine, startColumn, endLine, endColumn int, label string, width int) {
		place := model.Location{
			File:  "f",
			Start: model.Position{Line: startLine, Column: startColumn},
			End:   model.Position{Line: endLine, Column: endColumn},
		}
		first := span("f", 1, 1, 2)
		r := Report{Files: files(newFile("f", content)), Findings: []rules.Finding{{
			Location: place, Related: []rules.Related{{Label: label, Location: place}, {Label: label, Location: first}},
		}}}
		width = max(width%200, leastWidth)
		checkRows(t, "fuzz", text(t, r, TextOptions{Width: width}), width)
	})
}

// The columns are counted by hand.
func TestMarksStandUnderTheirToken(t *testing.T) {
	for _, c := range []struct {
		name, line, token string
		blanks, signs     int
	}{
		{"plain", "  a: b", "b", 5, 1},
		{"tab at the start", "\ta: b", "b", 7, 1},
		{"tab within", "ab\tc", "c", 4, 1},
		{"tab at its stop", "abcd\te", "e", 8, 1},
		{"marked tab", "a\tb", "\tb", 1, 4},
		{"behind wide characters", "日本: b", "b", 6, 1},
		{"wide characters", "a: 日本", "日本", 3, 4},
		{"behind emoji", "😀: b", "b", 4, 1},
		{"behind full width", "Ａ: b", "b", 4, 1},
		{"combining mark", "e\u0301: b", "b", 3, 1},
		{"behind an escape", "\x1b: b", "b", 3, 1},
		{"behind an override", "\u202e: b", "b", 10, 1},
		{"override", "a\u202eb", "\u202e", 1, 8},
	} {
		_, snippet, _ := strings.Cut(text(t, tokens(t, c.line, c.token), TextOptions{}), "\n  |\n")
		got := strings.Split(snippet, "\n")[1]
		want := "  | " + strings.Repeat(" ", c.blanks) + strings.Repeat("^", c.signs)
		if got != want {
			t.Errorf("%s: got %q, want %q", c.name, got, want)
		}
	}
}

func TestColorOnlyAddsColor(t *testing.T) {
	sgr := regexp.MustCompile("\x1b\\[[0-9;]*m")
	for _, c := range textCases(t) {
		plain, color := text(t, c.report, TextOptions{}), text(t, c.report, TextOptions{Color: true})
		if sgr.ReplaceAllString(color, "") != plain {
			t.Errorf("%s differs but for the colours", c.name)
		}
	}
}

func TestSummary(t *testing.T) {
	for _, c := range []struct {
		severities []severity.Severity
		projects   int
		want       string
	}{
		{nil, 0, "no findings in 0 projects"},
		{nil, 1, "no findings in 1 project"},
		{[]severity.Severity{severity.Note}, 1, "1 finding (1 note) in 1 project"},
		{
			[]severity.Severity{severity.Warning, severity.Error, severity.Warning}, 1,
			"3 findings (1 error, 2 warnings) in 1 project",
		},
		{
			[]severity.Severity{severity.Note, severity.Warning, severity.Error, severity.Error, severity.Note}, 3,
			"5 findings (2 errors, 1 warning, 2 notes) in 3 projects",
		},
	} {
		r := Report{Projects: c.projects}
		for _, s := range c.severities {
			r.Findings = append(r.Findings, rules.Finding{Severity: s})
		}
		if got := summary(r); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

var errFull = errors.New("disk full")

// fullDisk takes so many bytes.
type fullDisk struct{ room int }

func (d *fullDisk) Write(b []byte) (int, error) {
	n := min(len(b), d.room)
	d.room -= n
	if n < len(b) {
		return n, errFull
	}
	return n, nil
}

func TestWriteErrors(t *testing.T) {
	r := full(t)
	r.Findings = slices.Repeat(r.Findings, 50) // more than one buffer
	for _, room := range []int{0, 1, 5000} {
		if err := FormatNamed("text").Write(&fullDisk{room}, r, TextOptions{}); !errors.Is(err, errFull) {
			t.Errorf("Text with room for %d bytes: %v", room, err)
		}
		if err := writeSARIF(&fullDisk{room}, r); !errors.Is(err, errFull) {
			t.Errorf("SARIF with room for %d bytes: %v", room, err)
		}
	}
}

func TestSameInputSameBytes(t *testing.T) {
	var sarif1, sarif2 bytes.Buffer
	if err := errors.Join(writeSARIF(&sarif1, full(t)), writeSARIF(&sarif2, full(t))); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(sarif1.Bytes(), sarif2.Bytes()) {
		t.Error("SARIF differs from run to run")
	}
	first, second := text(t, full(t), TextOptions{}), text(t, full(t), TextOptions{})
	if first != second {
		t.Error("the text differs from run to run")
	}
}

package report

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/composelint/composelint/internal/visible"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules/severity"
)

// spoken is what speaks to a terminal, to a CI server, and to those who make links of Markdown.
const spoken = "\u3000::stop-commands::x ##[group]y ###vso[a]z ##teamcity[b]\n::error::z\r\x1b[31m\u0085\u009b\u202e\u2066\ufeff\U000e0041 " +
	"https://evil.example WWW.evil.example a@evil.example ::end::y --- z #1"

// fixedWords are those that some fields must have.
var fixedWords = map[string]string{
	"Operation.Verdict": "allow", "Outcome.Verdict": "possible", "Outcome.Goal": "possible", "Way.Verdict": "possible",
	"ChecklistItem.Verdict": "fail", "Control.Verdict": "fail", "ChecklistResult.Verdict": "fail", "ProxyNetwork.Internal": "no", "Entry.Kind": "port",
	"Facts.Severity": "error", "Suppression.Kind": "ignore", "Rule.ID": "a-rule", "Finding.Rule": "a-rule",
}

// fill makes every text in a value the same one, and every list two items long.
func fill(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(1)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), text)
			if word := fixedWords[v.Type().Name()+"."+v.Type().Field(i).Name]; word != "" {
				v.Field(i).SetString(word)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), text)
		fill(v.Index(1), text)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), text)
	}
}

// spokenReport is one in which every text speaks, as far as it is not one of composelint's own.
func spokenReport() Report { return reportThatSays(spoken) }

// reportThatSays is one in which every text is the same.
func reportThatSays(text string) Report {
	var r Report
	fill(reflect.ValueOf(&r).Elem(), text)
	file := newFile(text, strings.ReplaceAll(text, "\n", " ")+"\n"+text)
	r.Version, r.Files = "1.2.3", map[string]*model.File{text: file}
	for i := range r.Rules { // a user's own rule has a link of its own
		r.Rules[i].Own, r.Rules[i].Title = false, "A rule"
	}
	for i := range r.Relaxed {
		r.Relaxed[i].What = []string{"1 rule off", fmt.Sprintf("the configuration %q replaced", text)}
	}
	for i := range r.Findings {
		r.Findings[i].Severity = severity.Error
	}
	return r
}

// command is one of the format github, whose properties begin no other one.
var command = regexp.MustCompile(`^::(error|notice) (file=[^:,]*,line=1[^:]*|title=not judged)::`)

// TestNothingSpeaks holds every format to it, whatever a report holds.
func TestNothingSpeaks(t *testing.T) {
	for _, f := range Formats {
		t.Run(f.Name, func(t *testing.T) {
			out := string(formatted(t, f.Name, spokenReport()))
			for line := range strings.Lines(out) {
				line = strings.TrimSuffix(line, "\n")
				if i := strings.IndexFunc(line, visible.Hidden); i >= 0 {
					t.Errorf("%q is hidden in %q", line[i:], line)
				}
				for i := range line {
					if visible.Command(line[i:]) {
						t.Errorf("%q is a command in %q", line[i:], line)
					}
				}
				if start := strings.TrimLeftFunc(line, unicode.IsSpace); visible.Start(start) != start && !(f.Name == "github" && command.MatchString(line)) {
					t.Errorf("a line is %q", line)
				}
			}
			prose := regexp.MustCompile("(?s)```.*?```").ReplaceAllString(out, "") // nothing in a block becomes a link
			if link := regexp.MustCompile(`(?i)https://evil|www\.evil|a@evil|#1`).FindString(prose); link != "" && (f.Name == "markdown" || f.Name == "checklist-md") {
				t.Errorf("%q becomes a link in\n%s", link, out)
			}
			for _, text := range regexp.MustCompile(`"(?:text|description)": ("(?:[^"\\]|\\.)*")`).FindAllStringSubmatch(out, -1) {
				var read string
				if err := json.Unmarshal([]byte(text[1]), &read); err != nil {
					t.Fatal(err)
				}
				if strings.ContainsFunc(strings.ReplaceAll(read, "\n", ""), visible.Hidden) {
					t.Errorf("people will read %q", read)
				}
			}
		})
	}
}

// TestShownLeavesTheReport changes a copy, since other formats say what is there.
func TestShownLeavesTheReport(t *testing.T) {
	r := spokenReport()
	shown(r)
	if !reflect.DeepEqual(r, spokenReport()) {
		t.Error("the report itself is changed")
	}
}

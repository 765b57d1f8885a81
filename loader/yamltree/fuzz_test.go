package yamltree

import (
	"regexp"
	"testing"
)

// beyond matches the errors for what the library reads all the same.
var beyond = regexp.MustCompile(`(deeper|more|longer) than \d+|contains itself|not UTF-8`)

// FuzzParse wants sound spans for any text, and the values of the library for what both
// take. With problems the values may differ.
func FuzzParse(f *testing.F) {
	for _, d := range documents {
		f.Add(d.text)
	}
	for _, d := range faults {
		f.Add(d.text)
	}
	for _, d := range errorDocuments {
		f.Add(d.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		docs, problems, err := Parse(source(text))
		values, failure := library(text)
		if err != nil {
			if wrong := wrongSpan(err.Span); wrong != "" {
				t.Errorf("%s: %s", err, wrong)
			}
			if failure == nil && !beyond.MatchString(err.Message) {
				t.Errorf("%s, but the library reads %#v", err, values)
			}
			return
		}
		for _, p := range problems {
			if wrong := wrongSpan(p.Span); wrong != "" {
				t.Errorf("%s: %s", p, wrong)
			}
		}
		if wrong := inconsistency(docs); wrong != "" {
			t.Error(wrong)
		}
		if failure == nil && len(problems) == 0 {
			if diff := difference(docs, values, Span{}); diff != "" {
				t.Error(diff)
			}
		}
	})
}

package visible

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestHidden(t *testing.T) {
	for _, r := range "\x00\x1b\n\x7f\u0085\u009b\u00ad\u061c\u200b\u200e\u202a\u202e\u2028\u2066\u2069\ufeff\ufe0f\U000e0041" {
		if !Hidden(r) {
			t.Errorf("%U is shown", r)
		}
	}
	for _, r := range "a ~é日\u0301→\u00a0" {
		if Hidden(r) {
			t.Errorf("%U is hidden", r)
		}
	}
}

func TestCommand(t *testing.T) {
	for text, want := range map[string]bool{
		"##[group]x": true, "##vso[task.x]": true, "##teamcity[x": true, "## [x]": false, "# [x]": false, "##": false, "##x": false, "a##[": false,
	} {
		if got := Command(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestStart(t *testing.T) {
	for text, want := range map[string]string{
		"::error::x": "<U+003A>:error::x", "\u3000 ::x": "\u3000 <U+003A>:x", "--- x": "<U+002D>-- x", "+++ x": "<U+002B>++ x",
		"a::b": "a::b", "--strict": "--strict", "[::]:80": "[::]:80", "": "", "  ": "  ",
	} {
		if got := Start(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// FuzzJSON escapes what is hidden and what is a command, and says the same.
func FuzzJSON(f *testing.F) {
	f.Add("a\u202eb\u009b\U000e0041 ###[x]##vso[ \\u202e é日→")
	f.Fuzz(func(t *testing.T, text string) {
		before, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		after := JSON(before)
		if i := strings.IndexFunc(string(after), Hidden); i >= 0 {
			t.Errorf("%q is hidden in %q", after[i:], after)
		}
		for i := range after {
			if Command(string(after[i:])) {
				t.Errorf("%q is a command in %q", after[i:], after)
			}
		}
		var want, got string
		if err := json.Unmarshal(before, &want); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(after, &got); err != nil || got != want {
			t.Errorf("%q became %q, %v", want, got, err)
		}
	})
}

package triage

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
)

// TestIgnoresIn takes the ignores from the comments of a file, those included that are no good.
func TestIgnoresIn(t *testing.T) {
	file := &model.File{Path: "compose.yaml"}
	at := func(line int) model.Location {
		return model.Location{File: file.Path, Start: model.Position{Line: line, Column: 3}}
	}
	comments := []comment{
		{"the agent", 1, 1, at(1)},
		{"composelint:ignore privileged, host-pid -- it reads processes until 2027-01-31", 3, 5, at(2)},
		{"composelint:ignore privileged", 7, 7, at(6)},
		{"composelint:ingore privileged -- why", 9, 9, at(8)},
		{"composelint:ignore -- why", 11, 11, at(10)},
		{"composelint:ignore host-pdi -- why", 13, 13, at(12)},
		{"composelint:ignore host-pid -- until 31.1.2027", 15, 15, at(14)},
		{"composelint:ignore host-pid -- why until 31.1.2027", 17, 17, at(16)},
		{"composelint:ignore unused-ignore -- why", 19, 19, at(18)},
	}
	ignore := func(line int, reason, expires, fault string, ids ...string) *excuse {
		return &excuse{
			Suppression: rules.Suppression{Kind: "ignore", Reason: reason, Expires: expires, Location: at(line)},
			fault:       fault, rules: ids, file: file, first: line + 1, last: line + 1,
		}
	}
	want := []*excuse{
		ignore(2, "it reads processes", "2027-01-31", "", "privileged", "host-pid"),
		ignore(6, "", "", `the ignore has no reason: write it as "composelint:ignore RULE -- why"`, "privileged"),
		ignore(8, "", "", `unknown directive "ingore": did you mean "ignore"?`),
		ignore(10, "why", "", `the ignore names no rule: write it as "composelint:ignore RULE -- why"`),
		ignore(12, "why", "", `the ignore names the unknown rule "host-pdi": did you mean "host-pid"?`, "host-pdi"),
		ignore(14, "", "31.1.2027", `the ignore has no reason: write it as "composelint:ignore RULE -- why"`, "host-pid"),
		ignore(16, "why", "31.1.2027", `the ignore ends on "31.1.2027", which is no date: write it as 2027-01-31`, "host-pid"),
		ignore(18, "why", "", `the ignore names "unused-ignore", which no ignore excuses: correct what that rule finds`, "unused-ignore"),
	}
	want[0].last = 5
	c := catalogue.Catalogue{{ID: "host-pid"}, {ID: "privileged"}, {ID: "unused-ignore"}}
	if diff := cmp.Diff(want, ignoresIn(file, comments, c), cmp.AllowUnexported(excuse{}), cmpopts.IgnoreUnexported(model.File{})); diff != "" {
		t.Errorf("ignores (-want +got):\n%s", diff)
	}
}

// TestCommentsOf reads the comments of a file only where one may be for composelint.
func TestCommentsOf(t *testing.T) {
	for text, want := range map[string][]comment{
		"a: 1 # one\n": nil,
		"a: [ # composelint:ignore privileged -- why\n": nil,
		"# composelint:ignore privileged -- why\na: 'x\n  y' # two\n": {
			{"composelint:ignore privileged -- why", 2, 3, span(1, 1, 39)}, {"two", 3, 3, span(3, 6, 11)},
		},
	} {
		got := commentsOf(&model.File{Path: "compose.yaml", Text: []byte(text)})
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(comment{})); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func span(line, from, to int) model.Location {
	return model.Location{File: "compose.yaml", Start: model.Position{Line: line, Column: from}, End: model.Position{Line: line, Column: to}}
}

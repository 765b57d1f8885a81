package triage

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
)

// TestExtended makes ignores ones for more rules, with a reason to fill in before the last day.
func TestExtended(t *testing.T) {
	for comment, want := range map[string]string{
		"# composelint:ignore a -- why":                                       "# composelint:ignore a, c, d -- why; " + Placeholder,
		"#composelint:ignore a, b   --  why. ":                                "#composelint:ignore a, b, c, d   --  why.; " + Placeholder + " ",
		"# composelint:ignore a, -- why until 2027-01-31":                     "# composelint:ignore a, c, d, -- why; " + Placeholder + " until 2027-01-31",
		"# composelint:ignore a -- why, until 2027-01-31\t":                   "# composelint:ignore a, c, d -- why; " + Placeholder + ", until 2027-01-31\t",
		"# composelint:ignore a -- until when -- nobody knows":                "# composelint:ignore a, c, d -- until when -- nobody knows; " + Placeholder,
		"# composelint:ignore a -- " + Placeholder:                            "# composelint:ignore a, c, d -- " + Placeholder,
		"# composelint:ignore a -- why; " + Placeholder + " until 2027-01-31": "# composelint:ignore a, c, d -- why; " + Placeholder + " until 2027-01-31",
	} {
		got, done := "", 0
		for _, i := range extended(comment, []string{"c", "d"}) {
			got, done = got+comment[done:i.at]+i.text, i.at
		}
		if got += comment[done:]; got != want {
			t.Errorf("%q becomes %q, not %q", comment, got, want)
		}
	}
}

// TestIgnoresOf takes the ignores from the directives of a file, those included that are no good.
func TestIgnoresOf(t *testing.T) {
	file := &model.File{Path: "compose.yaml"}
	at := func(line int) model.Location {
		return model.Location{File: file.Path, Start: model.Position{Line: line, Column: 3}}
	}
	directives := []model.Comment{
		{Text: "composelint:ignore privileged, host-pid -- it reads processes until 2027-01-31", First: 3, Last: 5, Location: at(2)},
		{Text: "composelint:ignore privileged", First: 7, Last: 7, Location: at(6)},
		{Text: "composelint:ingore privileged -- why", First: 9, Last: 9, Location: at(8)},
		{Text: "composelint:ignore -- why", First: 11, Last: 11, Location: at(10)},
		{Text: "composelint:ignore host-pdi -- why", First: 13, Last: 13, Location: at(12)},
		{Text: "composelint:ignore host-pid -- until 31.1.2027", First: 15, Last: 15, Location: at(14)},
		{Text: "composelint:ignore host-pid -- why until 31.1.2027", First: 17, Last: 17, Location: at(16)},
		{Text: "composelint:ignore unused-ignore -- why", First: 19, Last: 19, Location: at(18)},
		{Text: "composelint:ignore host-pid -- why (until 2027-01-31)", First: 21, Last: 21, Location: at(20)},
		{Text: "composelint:ignore host-pid -- Until: 2027-01-31 it is needed", First: 23, Last: 23, Location: at(22)},
		{Text: "composelint:ignore host-pid -- as until 2026-01-31, until 2027-01-31", First: 25, Last: 25, Location: at(24)},
		{Text: "composelint:ignore host-pid -- until 2 of them are gone", First: 27, Last: 27, Location: at(26)},
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
		ignore(20, "why (until 2027-01-31)", "", `the ignore has its last day within the reason: write "until 2027-01-31" at the end`, "host-pid"),
		ignore(22, "Until: 2027-01-31 it is needed", "", `the ignore has its last day within the reason: write "until 2027-01-31" at the end`, "host-pid"),
		ignore(24, "as until 2026-01-31,", "2027-01-31", "", "host-pid"),
		ignore(26, "until 2 of them are gone", "", "", "host-pid"),
	}
	want[0].last = 5
	c := catalogue.Catalogue{{ID: "host-pid"}, {ID: "privileged"}, {ID: "unused-ignore"}}
	if diff := cmp.Diff(want, ignoresOf(file, directives, c), cmp.AllowUnexported(excuse{}), cmpopts.IgnoreUnexported(model.File{})); diff != "" {
		t.Errorf("ignores (-want +got):\n%s", diff)
	}
}

package report

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/jsontext"
	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/model"
)

// VerifyFormat is one of the forms of what composelint verify says.
type VerifyFormat struct {
	Name  string
	Write func(w io.Writer, r check.Report) error
}

// VerifyFormats are all there are. The first is that of a run which names none.
var VerifyFormats = []VerifyFormat{
	{"text", verifyForPeople(writeVerifyText)},
	{"json", writeVerifyJSON},
	{"tap", verifyForPeople(writeVerifyTAP)},
	{"junit", verifyForPeople(writeVerifyJUnit)},
	{"checklist", verifyForPeople(writeVerifyChecklist)},
}

// verifyForPeople is a format of which people read the texts.
func verifyForPeople(write func(io.Writer, check.Report) error) func(io.Writer, check.Report) error {
	return func(w io.Writer, r check.Report) error { return write(w, shownCopy(r)) }
}

// notSafety is what agreement does not mean.
const notSafety = "Agreement means that what runs is what the files say, not that it is safe: composelint judges that without verify."

// writeVerifyText counts what agrees, and tells what differs with what decides it and where that stands.
func writeVerifyText(w io.Writer, r check.Report) error {
	var b strings.Builder
	for i, s := range folded(verifySections(r)) {
		if i > 0 {
			b.WriteString("\n")
		}
		s.write(&b)
	}
	if len(r.Checks) > 0 {
		b.WriteString("\n")
	}
	for _, note := range r.Notes {
		fmt.Fprintf(&b, "note: %s\n", note)
	}
	fmt.Fprintf(&b, "%s. %s\n", verifyCounts(r), notSafety)
	_, err := io.WriteString(w, ShownLines(b.String()))
	return err
}

// verifyCounts counts the verdicts: 119 agree, 2 differ, 0 could not be told.
func verifyCounts(r check.Report) string {
	return fmt.Sprintf("%d agree, %d differ, %d could not be told", r.Count(check.Agrees), r.Count(check.Differs), r.Count(check.Unknown))
}

// verifySection is what belongs together: the checks of a section on one subject, or several.
type verifySection struct {
	section, subject string
	check.Report
}

// verifySections are those of a report, in its order.
func verifySections(r check.Report) []verifySection {
	var all []verifySection
	index := map[[2]string]int{}
	for _, c := range r.Checks {
		key := [2]string{c.Section, c.Subject}
		i, met := index[key]
		if !met {
			i = len(all)
			index[key] = i
			all = append(all, verifySection{section: c.Section, subject: c.Subject})
		}
		all[i].Checks = append(all[i].Checks, c)
	}
	return all
}

// folded are the sections with those in one of which there is nothing to tell.
func folded(sections []verifySection) []verifySection {
	var all []verifySection
	index, subjects := map[string]int{}, map[string][]string{}
	for _, s := range sections {
		s.subject = strconv.Quote(s.subject)
		if s.Count(check.Agrees) == len(s.Checks) {
			subjects[s.section] = append(subjects[s.section], s.subject)
			if i, met := index[s.section]; met {
				all[i].Add(s.Report)
				continue
			}
			index[s.section] = len(all)
		}
		all = append(all, s)
	}
	for section, i := range index {
		all[i].subject = firstNamed(subjects[section])
	}
	return all
}

func (s verifySection) write(b *strings.Builder) {
	fmt.Fprintf(b, "%s of %s: %s\n", s.section, s.subject, verifyCounts(s.Report))
	for _, c := range s.Checks {
		if c.Verdict == check.Differs {
			fmt.Fprintf(b, "  %s\n", toldCheck(c))
		}
	}
	untold := map[string][]string{}
	var reasons []string
	for _, c := range s.Checks {
		if c.Verdict != check.Unknown {
			continue
		}
		if untold[c.Why] == nil {
			reasons = append(reasons, c.Why)
		}
		untold[c.Why] = append(untold[c.Why], c.ID)
	}
	for _, why := range reasons {
		fmt.Fprintf(b, "  could not be told: %s: %s\n", firstNamed(untold[why]), why)
	}
}

// firstNamed names the first of many.
func firstNamed(ids []string) string {
	if more := len(ids) - mostNamed; more > 1 {
		return words.And(append(slices.Clone(ids[:mostNamed]), fmt.Sprintf("%d more", more)))
	}
	return words.And(ids)
}

// toldCheck is what differs, with its place.
func toldCheck(c check.Check) string {
	text := fmt.Sprintf("%s: expected %s, seen %s", c.ID, c.Expected, c.Seen)
	if c.Why != "" {
		text += fmt.Sprintf(" (%s)", c.Why)
	}
	if c.Decides != "" {
		text += fmt.Sprintf(", decided by %s", c.Decides)
	}
	if c.Location != nil {
		text = fmt.Sprintf("%s: %s", c.Location, text)
	}
	return text
}

// verifyVersion is that of the document: verify.schema.json describes it.
const verifyVersion = 1

// verifyDocument is what composelint verify writes as JSON.
type verifyDocument struct {
	// Version rises when a field changes its meaning or goes.
	Version int           `json:"version"`
	Checks  []check.Check `json:"checks"`
	// Notes are what there is to know besides, a sentence each.
	Notes   []string      `json:"notes"`
	Summary verifySummary `json:"summary"`
}

// verifySummary counts the checks by their verdicts.
type verifySummary struct {
	Agree   int `json:"agree"`
	Differ  int `json:"differ"`
	Unknown int `json:"unknown"`
}

// VerifySchema returns the JSON Schema of that, with the comments of its types, by package.Type and
// package.Type.Field, for descriptions.
func VerifySchema(comments map[string]string) ([]byte, error) {
	return model.SchemaOf(reflect.TypeFor[verifyDocument](), comments)
}

// writeVerifyJSON writes everything for other programs.
func writeVerifyJSON(w io.Writer, r check.Report) error {
	return jsontext.Write(w, verifyDocument{
		Version: verifyVersion, Checks: append([]check.Check{}, r.Checks...), Notes: append([]string{}, r.Notes...),
		Summary: verifySummary{r.Count(check.Agrees), r.Count(check.Differs), r.Count(check.Unknown)},
	})
}

package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/composelint/composelint/model"
)

// The elements of a JUnit report that CI servers agree on.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr,omitempty"`
		Skipped  int          `xml:"skipped,attr,omitempty"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr,omitempty"`
		Skipped  int         `xml:"skipped,attr,omitempty"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name      string        `xml:"name,attr"`
		ClassName string        `xml:"classname,attr"`
		File      string        `xml:"file,attr,omitempty"`
		Failure   *junitFailure `xml:"failure"`
		Error     *junitFailure `xml:"error"`
		Skipped   *junitSkipped `xml:"skipped"`
		Output    string        `xml:"system-out,omitempty"`
	}
	junitSkipped struct {
		Message string `xml:"message,attr"`
	}
	junitFailure struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// writeJUnit writes a suite for every file that was read: a case for each alert, which failed where it
// fails the run, or one that passed, one that is skipped for what is relaxed, and one with an error for
// what could not be judged.
func writeJUnit(w io.Writer, r Report) error {
	byFile := map[string][]group{}
	for file := range r.Files {
		byFile[file] = nil
	}
	for _, g := range alerts(r.Findings) {
		file := g.first().Location.File
		byFile[file] = append(byFile[file], g)
	}
	relaxed := map[string][]Relaxed{}
	for _, one := range unseen(r) {
		relaxed[one.File] = append(relaxed[one.File], one)
		byFile[one.File] = append([]group{}, byFile[one.File]...)
	}
	trouble := map[string][]string{}
	for _, one := range r.Trouble {
		at, message := fileOfTrouble(one)
		trouble[at.File] = append(trouble[at.File], message)
		byFile[at.File] = append([]group{}, byFile[at.File]...)
	}
	all := junitSuites{Name: "composelint"}
	for _, file := range slices.Sorted(maps.Keys(byFile)) {
		suite := junitSuiteOf(r, file, byFile[file], relaxed[file], trouble[file])
		all.Tests += suite.Tests
		all.Failures += suite.Failures
		all.Errors += suite.Errors
		all.Skipped += suite.Skipped
		all.Suites = append(all.Suites, suite)
	}
	return encodeJUnit(w, all)
}

func encodeJUnit(w io.Writer, all junitSuites) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func junitSuiteOf(r Report, file string, findings []group, relaxed []Relaxed, trouble []string) junitSuite {
	name := model.URIOf(r.Files, file)
	suite := junitSuite{Name: name, Skipped: len(relaxed), Errors: len(trouble)}
	for _, g := range findings {
		f, message := g.first(), g.message(mostNamed)
		one := junitCase{Name: fmt.Sprintf("%s at line %d", f.Rule, max(f.Location.Start.Line, 1)), ClassName: name, File: name}
		if text := fmt.Sprintf("%s: %s", place(f.Location), message); f.Fails {
			one.Failure = &junitFailure{Type: f.Severity.String(), Message: message, Text: text}
			suite.Failures++
		} else {
			one.Output = fmt.Sprintf("%s: %s", f.Severity, text)
		}
		suite.Cases = append(suite.Cases, one)
	}
	if len(findings)+len(trouble) == 0 {
		suite.Cases = []junitCase{{Name: "no findings", ClassName: name, File: name}}
	}
	for _, one := range relaxed {
		suite.Cases = append(suite.Cases, junitCase{Name: configuration, ClassName: name, File: name, Skipped: &junitSkipped{Message: one.String()}})
	}
	for _, message := range trouble {
		suite.Cases = append(suite.Cases, junitCase{
			Name: NotJudged, ClassName: name, File: name, Error: &junitFailure{Type: NotJudged, Message: message, Text: message},
		})
	}
	suite.Tests = len(suite.Cases)
	return suite
}

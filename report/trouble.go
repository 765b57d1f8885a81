package report

import (
	"regexp"
	"strconv"

	"github.com/composelint/composelint/model"
)

// placed is a sentence about a place in a file, as errors are written: file:line:column: what is wrong.
var placed = regexp.MustCompile(`^(.+?):(\d+):(\d+): (.+)$`)

// ofProject is a sentence about a project, which is called by its first file.
var ofProject = regexp.MustCompile(`^(?:could not judge ("[^"]+"): |("[^"]+") was (?:not judged|judged only in part): )`)

// NotJudged is what stands for a rule where a report says what could not be judged.
const NotJudged = "not-judged"

// TroubleAt is the place that a sentence of Report.Trouble is about, if it names one, and what it says.
func TroubleAt(trouble string) (at model.Location, message string, ok bool) {
	if m := placed.FindStringSubmatch(trouble); m != nil {
		line, _ := strconv.Atoi(m[2])
		column, _ := strconv.Atoi(m[3])
		start := model.Position{Line: line, Column: column}
		return model.Location{File: m[1], Start: start, End: start}, m[4], true
	}
	if m := ofProject.FindStringSubmatch(trouble); m != nil {
		if file, err := strconv.Unquote(m[1] + m[2]); err == nil {
			first := model.Position{Line: 1, Column: 1}
			return model.Location{File: file, Start: first, End: first}, trouble, true
		}
	}
	return model.Location{}, trouble, false
}

// fileOfTrouble is that place in a report in which everything has a file: that of what names none is the
// root of the tree.
func fileOfTrouble(trouble string) (at model.Location, message string) {
	at, message, ok := TroubleAt(trouble)
	if !ok {
		return model.Location{File: "."}, message
	}
	return withinTree(at), message
}

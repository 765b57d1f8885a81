package report

import (
	"regexp"
	"strconv"

	"github.com/composelint/composelint/model"
)

// placed is a sentence about a place in a file, as errors are written: file:line:column: what is wrong.
var placed = regexp.MustCompile(`^(.+?):(\d+):(\d+): (.+)$`)

// troubleAt is the place that a sentence of Report.Trouble begins with, if it does, and what it says.
func troubleAt(trouble string) (at model.Location, message string, ok bool) {
	m := placed.FindStringSubmatch(trouble)
	if m == nil {
		return model.Location{}, trouble, false
	}
	line, _ := strconv.Atoi(m[2])
	column, _ := strconv.Atoi(m[3])
	start := model.Position{Line: line, Column: column}
	return model.Location{File: m[1], Start: start, End: start}, m[4], true
}

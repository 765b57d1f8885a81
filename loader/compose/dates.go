package compose

import (
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// reportDates reports the values of a merged project that YAML reads as timestamps where
// compose-go expects a string, on which it fails or panics. In mappings of free text it
// writes the time out.
func reportDates(n *yamltree.Node, p yamltree.Path, report yamltree.Reporter) {
	if n.Date {
		if !takesDate(p) {
			report(n, p, fmt.Sprintf("%s is a date to YAML: put it in quotes", p.Last()))
		}
		return // what a short form was made into is no other value
	}
	for key, field := range n.Fields {
		reportDates(field, p.Field(key), report)
	}
	for i, item := range n.Items {
		reportDates(item, p.Item(i), report)
	}
}

// freeText are mappings to which any scalar is a text.
var freeText = attributes("annotations", "args", "driver_opts", "environment", "labels", "options", "storage_opt", "sysctls")

// takesDate is true for the places in which compose-go accepts a time.
func takesDate(p yamltree.Path) bool {
	last := len(p) - 1
	switch {
	case last <= 0 || slices.ContainsFunc(p, IsExtension):
		return true
	case p[last] == "command" || p[last] == "entrypoint":
		return true
	}
	return freeText[p[last-1]] && !strings.HasPrefix(p[last], "[")
}

package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/composelint/composelint/internal/visible"
)

// The columns of a checklist in a terminal: marks, then texts, then details under them.
const (
	markColumn   = 2
	textColumn   = 12
	detailColumn = 14
)

// writeChecklist writes the review of the projects for a terminal.
func writeChecklist(w io.Writer, r Report, o TextOptions) error {
	width := cmp.Or(o.Width, 80)
	b := bufio.NewWriter(w)
	for i, s := range checklist(r) {
		if i > 0 {
			fmt.Fprintln(b)
		}
		writeSection(b, s, width)
	}
	return b.Flush()
}

// writeSection writes a heading with its rows; one without rows is underlined.
func writeSection(b *bufio.Writer, s section, width int) {
	fmt.Fprintln(b, visible.Start(s.title))
	if len(s.rows) == 0 {
		fmt.Fprintln(b, strings.Repeat("=", utf8.RuneCountInString(s.title)))
	}
	for _, row := range s.rows {
		mark := shortMarks[row.mark]
		if mark == "" {
			mark = row.mark
		}
		first := fmt.Sprintf("%*s%-*s", markColumn, "", textColumn-markColumn, mark)
		if row.mark == "" {
			first = strings.Repeat(" ", markColumn)
		}
		fmt.Fprint(b, wrapped(first, row.text, textColumn, width))
		for _, detail := range row.details {
			fmt.Fprint(b, wrapped(strings.Repeat(" ", detailColumn), detail, detailColumn, width))
		}
	}
}

// shortMarks are the marks that are written otherwise in a narrow column.
var shortMarks = map[string]string{"not applicable": "n/a", "fail": "FAIL", "possible": "POSSIBLE"}

// wrapped breaks a text at its blanks, so that it fits between the columns.
func wrapped(first, text string, indent, width int) string {
	var b strings.Builder
	line := first
	empty := true
	for _, word := range strings.Fields(text) {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > max(width, indent+20) {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line, empty = strings.Repeat(" ", indent), true
		}
		if empty {
			word = visible.Start(word)
		} else {
			line += " "
		}
		line += word
		empty = false
	}
	b.WriteString(strings.TrimRight(line, " ") + "\n")
	return b.String()
}

package report

import (
	"bufio"
	"bytes"
	"cmp"
	"io"
	"strings"

	"github.com/composelint/composelint/internal/jsontext"
)

// listWriter writes a document of which some lists are empty, and the items of these where they
// belong, each at once: in a large project all together are more than the memory holds.
type listWriter struct {
	w *bufio.Writer
	// newline begins a line as far indented as the lists.
	newline string
	// rest is what is left to write of the document.
	rest []byte
	// begun is true where the list has an item.
	begun bool
	err   error
}

// newListWriter is for lists whose names are indented by so many spaces in the document.
func newListWriter(w io.Writer, document any, indent int) *listWriter {
	var text bytes.Buffer
	err := jsontext.Write(&text, document)
	return &listWriter{w: bufio.NewWriter(w), newline: "\n" + strings.Repeat(" ", indent), rest: text.Bytes(), err: err}
}

// list goes on to the list of that name, after those that were written.
func (l *listWriter) list(name string) {
	l.end()
	// No string of JSON has a newline in it, so this is the field.
	field := l.newline + "\"" + name + "\": ["
	before, rest, _ := bytes.Cut(l.rest, []byte(field))
	l.w.Write(before)
	l.w.WriteString(field)
	l.rest = rest
}

func (l *listWriter) end() {
	if l.begun {
		l.w.WriteString(l.newline)
	}
	l.begun = false
}

// item writes one, with the fields that it is made of.
func (l *listWriter) item(parts ...[]byte) {
	if l.begun {
		l.w.WriteByte(',')
	}
	l.begun = true
	l.w.WriteString(l.newline + "  {\n")
	for i, fields := range parts {
		if i > 0 {
			l.w.WriteString(",\n")
		}
		l.w.Write(fields)
	}
	l.w.WriteString(l.newline + "  }")
}

// fields are those of a struct as they stand in an item.
func (l *listWriter) fields(v any) []byte {
	text, err := jsontext.Fields(v, l.newline[1:]+"  ")
	l.err = cmp.Or(l.err, err)
	return text
}

// close writes what is left of the document.
func (l *listWriter) close() error {
	l.end()
	l.w.Write(l.rest)
	return cmp.Or(l.err, l.w.Flush())
}

package envfile

import (
	"bufio"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/composelint/composelint/loader/template"
	"github.com/composelint/composelint/loader/yamltree"
)

// ParseRaw reads an env file of `format: raw`, in which nothing is quoted, escaped
// or interpolated. compose-go (dotenv/format.go) leaves that format to docker compose
// (rawEnv in cmd/compose/compose.go), which reads it as docker run does: pkg/kvfile of
// docker/cli v29.9.2.
func ParseRaw(source *yamltree.Source, lookup template.Lookup) ([]Assignment, *yamltree.Error) {
	p := &parser{source: source, text: string(source.Text), vars: map[string]*yamltree.Node{}, given: lookup}
	for p.at < len(p.text) {
		start := p.at
		line, _, _ := strings.Cut(p.text[start:], "\n")
		p.at += len(line) + 1
		if err := p.rawLine(start, line); err != nil {
			return nil, err
		}
	}
	return p.assignments, nil
}

func (p *parser) rawLine(start int, line string) *yamltree.Error {
	end := start + len(line)
	if len(line) >= bufio.MaxScanTokenSize {
		return p.fail(start, end, fmt.Sprintf("the line is longer than %d bytes", bufio.MaxScanTokenSize-1))
	}
	if !utf8.ValidString(line) {
		return p.fail(start, end, "the line is not UTF-8")
	}
	line = strings.TrimSuffix(line, "\r")
	end = start + len(line)
	if start == 0 {
		line = strings.TrimPrefix(line, "\ufeff")
	}
	line = strings.TrimLeftFunc(line, unicode.IsSpace)
	if line == "" || line[0] == '#' {
		return nil
	}
	start = end - len(line)
	name, value, assigned := strings.Cut(line, "=")
	key := yamltree.Span{Source: p.source, Start: start, End: start + len(name)}
	switch {
	case name == "":
		return p.fail(start, end, "a variable's name is missing")
	case strings.ContainsAny(name, " \t"):
		return p.fail(key.Start, key.End, "a variable's name cannot contain a space or a tab")
	case !assigned:
		return p.inherit(key)
	}
	n := &yamltree.Node{Key: key}
	p.literal(n, end-len(value), value)
	return p.assign(n)
}

package verify

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/verify/probe"
	"github.com/composelint/composelint/internal/visible"
	"github.com/composelint/composelint/rules"
)

//go:embed script.sh
var script string

// WriteScript writes a script of the POSIX shell that asks a proxy for the same with nc, of BusyBox or another
// one, where nothing may be added: it compares operations and bodies with what the files promise. The host and
// the port are what it asks unless it is given others. What is harmless with one version alone is left out.
func WriteScript(w io.Writer, api rules.ProxyAPI, known rules.Knowledge, host, port string) error {
	l := live{api: api, probes: probe.All()}
	var b strings.Builder
	fmt.Fprintf(&b, "#!/bin/sh\n# Compares the socket proxy %s with what its project promises: sh FILE [HOST [PORT]]\n", visible.Start(strconv.Quote(api.Service)))
	fmt.Fprintf(&b, "# Made by composelint verify --print-script.\n%s\n", script)
	header := b.String()
	b.Reset()
	checks := 0
	add := func(id, expected, flag string, p probe.Probe) {
		path := p.Path
		if p.Query != "" {
			path += "?" + p.Query
		}
		place := l.place(flag).String()
		if flag != "" {
			place += ", " + flag
		}
		b.WriteString("check")
		for _, word := range []string{id, expected, place, p.Method, path, p.Type, p.Body} {
			b.WriteString(" " + quoted(word))
		}
		b.WriteString("\n")
		checks++
	}
	for _, o := range api.Operations {
		if p, ok := l.probes.Of(o.OperationID); ok && p.Harmless {
			add(o.OperationID, l.expectedOf(o), o.Flag, p)
		}
	}
	for _, p := range l.probes.Bodies {
		if slices.Contains(api.Filters, p.Token) {
			add("the body asks for "+p.Title, string(probe.Denied), "", p)
		}
	}
	denial := known.Denied[api.Kind]
	var status []string
	for _, s := range denial.Status {
		status = append(status, strconv.Itoa(s))
	}
	settings := fmt.Sprintf("host=${1:-%s} port=${2:-%s}\nversions=%s\ndenied_status=%s denied_type=%s denied_body=%s\n",
		quoted(host), quoted(port), quoted(spelled(l.probes.Versions)), quoted(strings.Join(status, " ")), quoted(denial.Type), quoted(posix(denial.Body)))
	before, after, _ := strings.Cut(header, "\n# send ")
	_, err := fmt.Fprintf(w, "%s\n%s\n# send %secho 1..%d\n%send\n", before, settings, after, checks, b.String())
	return err
}

// expectedOf is what a check of the script expects of an operation.
func (l *live) expectedOf(o rules.Operation) string {
	switch {
	case slices.Contains(l.api.Partly, o.OperationID):
		return "partly"
	case o.Verdict == "unknown":
		return ""
	}
	return o.Verdict
}

// spelled are versions as words of the shell, of which an empty one is none.
func spelled(versions []string) string {
	words := slices.Clone(versions)
	if i := slices.Index(words, ""); i >= 0 {
		words[i] = "none"
	}
	return strings.Join(words, " ")
}

// posix is an expression as grep -E reads it. An empty body is compared without one.
func posix(expression string) string {
	if expression == "^$" || expression == `^\s*$` {
		return ""
	}
	return strings.NewReplacer(`\s`, "[[:space:]]", `\S`, "[^[:space:]]").Replace(expression)
}

// quoted is a text as one word of the shell, on one line.
func quoted(text string) string {
	line := strings.Map(func(r rune) rune {
		if visible.Hidden(r) {
			return -1
		}
		return r
	}, text)
	return "'" + strings.ReplaceAll(line, "'", `'\''`) + "'"
}

package yamltree

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var errorDocuments = []struct{ name, text, want string }{
	{"tab for indentation", "a: 1\n\tb: 2\n", `2:1 "\tb: 2": YAML does not indent by tabs: write spaces instead`},
	{"tab in a block", "a:\n\tb: 2\n", `2:1 "\tb: 2": YAML does not indent by tabs: write spaces instead`},
	{"tab in a block scalar", "a: |\n\tx\n", `2:1 "\tx": YAML does not indent by tabs: write spaces instead`},
	{"bad indentation", "a:\n  b: 1\n c: 2\n", `3:2 "c: 2": did not find expected key while parsing a block mapping`},
	{"bad indentation of a list", "a:\n  - b\n - c\n", `3:2 "- c": did not find expected key while parsing a block mapping`},
	{"key without a colon", "a: 1\nb\nc: 2\n", `3:1 "c: 2": could not find expected ':' while scanning a simple key`},
	{"list and mapping mixed", "- a\nb: c\n", `2:1 "b: c": did not find expected '-' indicator while parsing a block collection`},
	{"two values on a line", "a: b: c\n", `1:5 ": c": mapping values are not allowed in this context`},
	{"text after a quoted value", "ä: \"b\" c\nd: e\n", `1:8 "c": did not find expected key while parsing a block mapping`},
	{"single quote not closed", "a: b\nc: 'x\nd: e\n", `2:4 "'x": found unexpected end of stream while scanning a quoted scalar`},
	{"double quote not closed", "a: b\nc: \"x\nd: e\n", `2:4 "\"x": found unexpected end of stream while scanning a quoted scalar`},
	{"double quote not closed before a document", "a: \"b\n---\nc: d\n", `2:1 "---": found unexpected document indicator while scanning a quoted scalar`},
	{"bracket not closed", "a: [1, 2\nb: 3\n", `2:2 ": 3": did not find expected ',' or ']' while parsing a flow sequence`},
	{"brace not closed", "a: {b: c", `1:4 "{b: c": did not find expected ',' or '}' while parsing a flow mapping`},
	{"brace too many", "{a: 1}}\n", `1:7 "}": did not find expected <document start>`},
	{"bracket without a start", "a: 1\n]\n", `2:1 "]": did not find expected key while parsing a block mapping`},
	{"unknown escape", "a: \"x\\q\"\n", `1:6 "\\q\"": found unknown escape character while scanning a quoted scalar`},
	{"surrogate escape", "a: \"é\\ud800\"\n", `1:8 "d800\"": found invalid Unicode character escape code while scanning a quoted scalar`},
	{"reserved character", "a: é\nb: @x\n", `2:4 "@x": found character that cannot start any token while scanning for the next token`},
	{"backtick", "- `x`\n", "1:3 \"`x`\": found character that cannot start any token while scanning for the next token"},
	{"unknown anchor", "a: b\n  \nc: [d, *x]\n", `3:8 "*x]": unknown anchor 'x' referenced`},
	{"anchor of another document", "a: &a b\n---\nc: *a\n", `3:4 "*a": unknown anchor 'a' referenced`},
	{"undefined tag handle", "a: !e!x y\n", `1:4 "!e!x y": found undefined tag handle while parsing a node`},
	{"tag not closed", "a: !<foo\n", `1:4 "!<foo": did not find the expected '>' while scanning a tag`},
	{"indentation indicator 0", "a: |0\n x\n", `1:5 "0": found an indentation indicator equal to 0 while scanning a block scalar`},
	{"unknown version", "%YAML 9.1\n---\na\n", `1:1 "%YAML 9.1": found incompatible YAML document`},
	{"unknown directive", "%FOO\n---\na\n", `1:4 "O": found unknown directive name while scanning a directive`},
	{"error in the second document", "a: b\n---\nc: '\n", `3:4 "'": found unexpected end of stream while scanning a quoted scalar`},
	{"error after a byte order mark", "\ufeffa: @\n", `1:4 "@": found character that cannot start any token while scanning for the next token`},
	{"error after other line breaks", "a: b # \u0085c: d # \u2028e: @\n", `1:20 "@": found character that cannot start any token while scanning for the next token`},
	{"error with CR LF", "a: b\r\nc: d: e\r\n", `2:5 ": e": mapping values are not allowed in this context`},
	{"latin 1", "a: b\nc: \xe9t\xe9\n", "2:4 \"\\xe9\": the file is not UTF-8"},
	{"UTF-16", "\xff\xfea\x00:\x00", "1:1 \"\\xff\": the file is not UTF-8"},
	{"UTF-16 without a mark", "a\x00:\x00", "1:2 \"\\x00\": control character U+0000 is not allowed"},
	{"NUL", "a: b\x00\n", "1:5 \"\\x00\": control character U+0000 is not allowed"},
	{"control character", "a: b\nc: \"\x1b[0m\"\n", "2:5 \"\\x1b\": control character U+001B is not allowed"},
	{"noncharacter", "a: \ufffe\n", "1:4 \"\\ufffe\": control character U+FFFE is not allowed"},
	{"anchor within itself", "a: &a\n  - b\n  - [*a]\n", `3:6 "*a]": the anchor &a contains itself`},
	{"anchor merged into itself", "a: &a\n  <<: *a\n", `2:7 "*a": the anchor &a contains itself`},
}

func TestErrors(t *testing.T) {
	for _, d := range errorDocuments {
		t.Run(d.name, func(t *testing.T) {
			docs, problems, err := Parse(source(d.text))
			if docs != nil || problems != nil {
				t.Error(docs, problems)
			}
			if diff := cmp.Diff(d.want, show(err.Span)+": "+err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPanicOfTheLibrary(t *testing.T) {
	failing := func() (err error) {
		defer recovered(&err)
		panic("index out of range")
	}
	s := source("a: b\nc: d\n")
	err := syntaxError(s, indexLines(s.Text), failing())
	want := `1:1 "a: b": the YAML library failed: index out of range`
	if diff := cmp.Diff(want, show(err.Span)+": "+err.Message); diff != "" {
		t.Error(diff)
	}
}

// nested is a list in a list, and so on.
func nested(levels int) string {
	return strings.Repeat("[", levels) + strings.Repeat("]", levels) + "\n"
}

// numbered repeats a text with the numbers from 0.
func numbered(format string, count int) string {
	var text strings.Builder
	for i := range count {
		fmt.Fprintf(&text, format, i)
	}
	return text.String()
}

// bomb is a list of 10 x 10 x ... values in anchors that use one another.
func bomb(levels int) string {
	text := "x0: &x0 [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]\n"
	for i := range levels {
		item := fmt.Sprintf(", *x%d", i)
		text += fmt.Sprintf("x%d: &x%d [%s]\n", i+1, i+1, strings.Repeat(item, 10)[2:])
	}
	return text
}

func TestLimits(t *testing.T) {
	for _, d := range []struct{ name, allowed, refused, want string }{
		{"nesting", nested(maxNesting), nested(maxNesting + 1),
			`1:101: the nesting is deeper than 100 levels`},
		{"nesting through an alias", "a: &a " + nested(60) + "b: " + strings.Repeat("[", 39) + "*a" + strings.Repeat("]", 39),
			"a: &a " + nested(60) + "b: " + strings.Repeat("[", 40) + "*a" + strings.Repeat("]", 40), `2:44: the nesting is deeper than 100 levels`},
		{"keys", numbered("k%d: v\n", maxKeys), numbered("k%d: v\n", maxKeys+1),
			`10001:1: the mapping has more than 10000 keys`},
		{"items", numbered("- %d\n", maxItems), numbered("- %d\n", maxItems+1),
			`5001:3: the list has more than 5000 items`},
		{"scalar", "a: |-\n  " + strings.Repeat("x", maxScalarBytes), "a: |-\n  " + strings.Repeat("x", maxScalarBytes+1),
			`1:4: the value is longer than 65536 bytes`},
		{"values", bomb(4), bomb(5),
			`6:55: the document has more than 1000000 values with its aliases expanded`},
	} {
		t.Run(d.name, func(t *testing.T) {
			if docs, problems, err := Parse(source(d.allowed)); len(docs) != 1 || problems != nil || err != nil {
				t.Error("at the limit:", problems, err)
			}
			_, _, err := Parse(source(d.refused))
			if err == nil {
				t.Fatal("not refused")
			}
			start := err.Span.Location().Start
			if diff := cmp.Diff(d.want, fmt.Sprintf("%d:%d: %s", start.Line, start.Column, err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

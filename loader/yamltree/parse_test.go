package yamltree

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/model"
)

func TestParse(t *testing.T) {
	for _, d := range documents {
		t.Run(d.name, func(t *testing.T) {
			docs, problems, err := Parse(source(d.text))
			if err != nil || len(problems) > 0 {
				t.Fatal(problems, err)
			}
			if diff := gocmp.Diff(strings.Split(d.want, "\n"), strings.Split(dump(docs), "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// faults are documents that can be read in spite of their problems.
var faults = []struct {
	name, text string
	problems   []string
	want       any
}{
	{"duplicate key", "a: 1\nb:\n  'c': 2\n  c: 3\na: 4\n", []string{
		`4:3 "c": the key "c" is defined more than once`,
		`5:1 "a": the key "a" is defined more than once`,
	}, map[string]any{"a": 4, "b": map[string]any{"c": 3}}},
	{"duplicate merge key", "a: &a {x: 1}\nb: &b {y: 2}\nc:\n  <<: *a\n  <<: *b\n", []string{
		`5:3 "<<": the key "<<" is defined more than once`,
	}, map[string]any{"a": map[string]any{"x": 1}, "b": map[string]any{"y": 2}, "c": map[string]any{"y": 2}}},
	{"merge key beside one in quotes", "a: &a {x: 1}\nb: {<<: *a, '<<': 2}\nc: {'<<': 3, <<: *a}\n", []string{
		`2:13 "'<<'": the key "<<" is defined more than once`,
		`3:14 "<<": the key "<<" is defined more than once`,
	}, map[string]any{"a": map[string]any{"x": 1}, "b": map[string]any{"<<": 2, "x": 1}, "c": map[string]any{"<<": 3, "x": 1}}},
	{"keys that are no strings", "8080: a\ntrue: b\n~: c\n2024-01-02: d\n? [e, f]\n: g\n? {h}\n: i\n? \n: j\n", []string{
		`1:1 "8080": the key "8080" is not a string`,
		`2:1 "true": the key "true" is not a string`,
		`3:1 "~": the key "~" is not a string`,
		`4:1 "2024-01-02": the key "2024-01-02" is not a string`,
		`5:3 "[e, f]": the key is a mapping or a list, not a string`,
		`7:3 "{h}": the key is a mapping or a list, not a string`,
		`9:2 "": the key "" is not a string`,
	}, map[string]any{"8080": "a", "true": "b", "~": "c", "2024-01-02": "d", "[e, f]": "g", "{h}": "i", "": "j"}},
	{"key in an anchor is reported once", "a: &a {1: 2}\nb: *a\nc: {<<: *a}\n", []string{
		`1:8 "1": the key "1" is not a string`,
	}, map[string]any{"a": map[string]any{"1": 2}, "b": map[string]any{"1": 2}, "c": map[string]any{"1": 2}}},
	{"merge of no mapping", "a: &a [1]\nb: {<<: 1, c: 2}\nd:\n  <<:\ne:\n  <<: *a\n  f: 3\ng: {<<: [{h: 4}, 5]}\n", []string{
		`2:9 "1": the merge key << needs a mapping or a list of mappings`,
		`4:6 "": the merge key << needs a mapping or a list of mappings`,
		`6:7 "*a": the merge key << needs a mapping or a list of mappings`,
		`8:9 "[{h: 4}, 5]": the merge key << needs a mapping or a list of mappings`,
	}, map[string]any{
		"a": []any{1}, "b": map[string]any{"c": 2}, "d": map[string]any{}, "e": map[string]any{"f": 3},
		"g": map[string]any{"h": 4},
	}},
	{"value that does not fit its tag", "a: !!int b\nc: !!binary '?'\n", []string{
		`1:10 "b": the value does not fit its tag !!int`,
		`2:13 "'?'": the value does not fit its tag !!binary`,
	}, map[string]any{"a": "b", "c": "?"}},
	{"problems of several documents", "1: a\n---\n2: b\n", []string{
		`1:1 "1": the key "1" is not a string`,
		`3:1 "2": the key "2" is not a string`,
	}, map[string]any{"1": "a"}},
}

func TestProblems(t *testing.T) {
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			docs, problems, err := Parse(source(f.text))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range problems {
				got = append(got, show(p.Span)+": "+p.Message)
			}
			if diff := gocmp.Diff(f.problems, got); diff != "" {
				t.Error(diff)
			}
			if diff := gocmp.Diff(f.want, docs[0].Plain()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func source(text string) *Source {
	return NewSource(&model.File{Path: "compose.yml", Text: []byte(text)})
}

// dump lists a tree, one line for a node.
func dump(docs []*Node) string {
	var lines []string
	for _, doc := range docs {
		lines = append(lines, dumpNode("", doc)...)
	}
	return strings.Join(lines, "\n")
}

func dumpNode(path string, n *Node) []string {
	line := cmp.Or(path, ".") + " "
	switch n.Kind {
	case Mapping:
		line += "map"
	case Sequence:
		line += "list"
	default:
		line += fmt.Sprintf("%#v", n.Value)
	}
	line += " at " + show(n.Span)
	if !n.Key.IsZero() {
		line += ", key " + show(n.Key)
	}
	for _, place := range n.Resets() {
		line += ", resets " + strings.Join(place, "/")
	}
	for via := n.Via; via != nil; via = via.Next {
		line += ", " + via.Label + " at " + show(via.At)
	}
	if s, ok := n.Value.(string); ok && !(len(n.Text) == 1 && n.Text[0].Literal && n.Text[0].Length == len(s)) {
		line += ", text" + showText(n)
	}
	lines := []string{line}
	for _, key := range n.Keys() {
		name := key
		if key == "" || strings.ContainsAny(key, ". \n") {
			name = strconv.Quote(key)
		}
		lines = append(lines, dumpNode(path+"."+name, n.Fields[key])...)
	}
	for i, item := range n.Items {
		lines = append(lines, dumpNode(fmt.Sprintf("%s[%d]", path, i), item)...)
	}
	for _, key := range slices.Sorted(maps.Keys(n.Dropped)) {
		lines = append(lines, dumpNode(path+" less "+key, n.Dropped[key])...)
	}
	return lines
}

// show is the line and column of a span and its bytes.
func show(s Span) string {
	start := s.Location().Start
	return fmt.Sprintf("%d:%d %q", start.Line, start.Column, s.Source.Text[s.Start:s.End])
}

// showText lists the pieces of a text: literal ones as they are in the source, others as
// source=>value.
func showText(n *Node) string {
	line, value := "", n.Value.(string)
	for _, p := range n.Text {
		from := string(n.Span.Source.Text[p.Start:p.End])
		if p.Literal {
			line += fmt.Sprintf(" %q", from)
		} else {
			line += fmt.Sprintf(" %q=>%q", from, value[:p.Length])
		}
		value = value[p.Length:]
	}
	return line
}

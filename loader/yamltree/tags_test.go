package yamltree

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A tag counts before aliases and merge keys are followed.
func TestTags(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       any
		places     []string
	}{
		{
			"a merged value takes the place of one that is reset",
			"b: &b {p: 1, q: 2}\na: {<<: *b, p: !reset 0}\n",
			map[string]any{"a": map[string]any{"p": 1, "q": 2}, "b": map[string]any{"p": 1, "q": 2}},
			[]string{"a/p"},
		},
		{
			"the tags of a merged mapping count beside a value of one's own",
			"b: &b {p: !override [1], q: !reset 1}\na: {<<: *b, p: [2], q: 2}\n",
			map[string]any{"a": map[string]any{"p": []any{2}, "q": 2}, "b": map[string]any{"p": []any{1}}},
			[]string{"b/p", "b/q", "a/p", "a/q"},
		},
		{
			"in a list of merged mappings they stand under its indexes",
			"b: &b {p: !reset 1, q: 2}\na: {<<: [*b, !reset {r: 1}, {s: 1}]}\n",
			map[string]any{"a": map[string]any{"q": 2, "s": 1}, "b": map[string]any{"q": 2}},
			[]string{"b/p", "a/0/p", "a/1"},
		},
		{
			"a merge key itself",
			"b: {<<: !reset {p: 1}, q: 2}\nc: {<<: !override {p: 1}}\n",
			map[string]any{"b": map[string]any{"q": 2}, "c": map[string]any{"p": 1}},
			[]string{"b", "c"},
		},
		{
			"an alias of what is reset, in a list as well",
			"a: !reset &a {p: 1}\nb: *a\nc: [1, *a, !reset 2, 3]\n",
			map[string]any{"c": []any{1, 3}},
			[]string{"a", "b", "c/1", "c/2"},
		},
		{
			"within an overriding value tags say nothing, but where an alias leads there",
			"a: !override {b: &b {p: !reset 1}, c: {p: !reset 1}}\nd: *b\n",
			map[string]any{"a": map[string]any{"b": map[string]any{}, "c": map[string]any{"p": "1"}}, "d": map[string]any{}},
			[]string{"a", "d/p"},
		},
		{
			"dots and merge keys within keys",
			"a.b: !reset 1\nc: {d.e: !reset 1, 'f.<<': !reset 1}\n",
			map[string]any{"c": map[string]any{}},
			[]string{"a/b", "c/d.e", "c/f"},
		},
		{
			"a key that is there twice",
			"a: {p: !reset 1, p: 2}\nb: {p: 2, p: !reset 1}\n",
			map[string]any{"a": map[string]any{"p": 2}, "b": map[string]any{}},
			[]string{"a/p", "b/p"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			docs, _, err := Parse(source(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, docs[0].Plain()); diff != "" {
				t.Error(diff)
			}
			var places []string
			for _, place := range docs[0].Resets() {
				places = append(places, strings.Join(place, "/"))
			}
			if diff := cmp.Diff(test.places, places); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTooManyTags(t *testing.T) {
	text := "a: &a [" + strings.Repeat("!reset 1, ", 4000) + "]\nb: *a\nc: *a\n"
	_, _, err := Parse(source(text))
	if err == nil || err.Message != "the document has more than 10000 values tagged !reset or !override" {
		t.Errorf("got %v", err)
	}
}

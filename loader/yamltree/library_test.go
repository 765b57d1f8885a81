package yamltree

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.yaml.in/yaml/v4"
)

func TestValuesAreThoseOfTheLibrary(t *testing.T) {
	for _, d := range documents {
		t.Run(d.name, func(t *testing.T) {
			docs, _, err := Parse(source(d.text))
			if err != nil {
				t.Fatal(err)
			}
			values, failure := library(d.text)
			if d.name == "merge of a list of mappings by an alias" {
				// compose-go replaces the alias before the library sees it.
				values, failure = library(strings.Replace(d.text, "<<: *l", "<<: [{b: 1}, {b: 1}, {c: 2}]", 1))
			}
			if failure != nil {
				t.Fatal(failure)
			}
			if diff := difference(docs, values, Span{}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// library reads all documents as compose-go does.
func library(text string) ([]any, error) {
	decoder := yaml.NewDecoder(strings.NewReader(text))
	var values []any
	for {
		var document yaml.Node
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return values, nil
		}
		if err != nil {
			return nil, err
		}
		dropResets(document.Content[0], map[*yaml.Node]bool{})
		var value any
		if err := document.Decode(&value); err != nil {
			return nil, err
		}
		values = append(values, stringKeys(value))
	}
}

// dropResets takes out what is tagged !reset, as compose-go does before the library looks at
// aliases and merge keys.
func dropResets(n *yaml.Node, seen map[*yaml.Node]bool) {
	target := n
	if n.Kind == yaml.AliasNode {
		target = n.Alias
	}
	if seen[target] || target.Tag == "!override" {
		return
	}
	seen[target] = true
	step := 1
	if target.Kind == yaml.MappingNode {
		step = 2
	}
	var kept []*yaml.Node
	for i := 0; i < len(target.Content); i += step {
		entry := target.Content[i : i+step]
		value := entry[step-1]
		if value.Tag == "!reset" || value.Kind == yaml.AliasNode && value.Alias.Tag == "!reset" {
			continue
		}
		dropResets(value, seen)
		kept = append(kept, entry...)
	}
	target.Content = kept
}

// stringKeys converts mappings whose keys are all strings but have a local tag, as
// compose-go does.
func stringKeys(value any) any {
	switch value := value.(type) {
	case map[any]any:
		m := map[string]any{}
		for key, field := range value {
			s, ok := key.(string)
			if !ok {
				return value
			}
			m[s] = stringKeys(field)
		}
		return m
	case map[string]any:
		for key, field := range value {
			value[key] = stringKeys(field)
		}
	case []any:
		for i, item := range value {
			value[i] = stringKeys(item)
		}
	}
	return value
}

// difference compares our documents with what the library reads after the scalar at the
// edited span, a value or a key, became zzmutated.
func difference(docs []*Node, values []any, edited Span) string {
	var want []any
	for i, doc := range docs {
		var value any
		if i < len(values) {
			value = values[i]
		}
		want = append(want, expected(doc, value, edited))
	}
	return cmp.Diff(want, values, cmpopts.EquateNaNs())
}

// expected returns the values of a tree after an edit. The value of the library at the same
// place stands in for what is meant to differ: the time of a timestamp.
func expected(n *Node, value any, edited Span) any {
	if n.Kind == Scalar && n.Span == edited && !edited.IsZero() {
		return "zzmutated"
	}
	switch n.Kind {
	case Mapping:
		fields, _ := value.(map[string]any)
		m := map[string]any{}
		for key, field := range n.Fields {
			if field.Key == edited && !edited.IsZero() {
				key = "zzmutated"
			}
			m[key] = expected(field, fields[key], edited)
		}
		return m
	case Sequence:
		items, _ := value.([]any)
		s := make([]any, len(n.Items))
		for i, item := range n.Items {
			var value any
			if i < len(items) {
				value = items[i]
			}
			s[i] = expected(item, value, edited)
		}
		return s
	}
	if at, ok := value.(time.Time); ok {
		s, _ := n.Value.(string)
		var parsed any
		if yaml.Unmarshal([]byte(s), &parsed) == nil && cmp.Equal(parsed, any(at)) {
			return value
		}
	}
	return n.Value
}

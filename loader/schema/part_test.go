package schema

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// TestPartOfSchema holds each document of the tests, and what comes of it by one change, against
// the part of the schema that is made for it, and against the whole.
func TestPartOfSchema(t *testing.T) {
	var whole partialSchema
	whole.compile(nil)
	changes, wrong := 0, 0
	var part *partialSchema
	for i, root := range documents(t) {
		if i%(mostParts+1) == 0 { // as if these were all that a run reads
			part = &partialSchema{}
		}
		compiled := part.of(root)
		document := root.Plain()
		eachChange(document, func() {
			want, got := heldAgainst(whole.schema, document), heldAgainst(compiled, document)
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(detail{})); diff != "" {
				t.Fatalf("%v (-whole +part):\n%s", document, diff)
			}
			changes++
			if len(want) > 0 {
				wrong++
			}
		})
	}
	t.Logf("%d documents, %d of them unfit", changes, wrong)
	if wrong < 1000 {
		t.Errorf("only %d documents do not fit the schema", wrong)
	}
}

// documents are those of the tests' Compose files.
func documents(t *testing.T) []*yamltree.Node {
	t.Helper()
	var all []*yamltree.Node
	for _, text := range archives.Files(t) {
		docs, _, _ := yamltree.Parse(yamltree.NewSource(&model.File{Path: "compose.yaml", Text: text}))
		for _, doc := range docs {
			if doc != nil && doc.Kind == yamltree.Mapping {
				all = append(all, doc)
			}
		}
	}
	return all
}

func heldAgainst(s *jsonschema.Schema, document any) []detail {
	var invalid *jsonschema.ValidationError
	if !errors.As(s.Validate(document), &invalid) {
		return nil
	}
	return worded(violations(invalid))
}

// eachChange calls f for a value as it is, and after each single change in it.
func eachChange(v any, f func()) {
	f()
	changeWithin(v, f)
}

// changeWithin makes single changes, and takes each back.
func changeWithin(v any, f func()) {
	others := []any{"text", 1, true, nil, []any{"text"}, map[string]any{"odd key": "text"}}
	switch v := v.(type) {
	case map[string]any:
		for i, key := range slices.Sorted(maps.Keys(v)) {
			old := v[key]
			v[key] = others[(i+len(key))%len(others)]
			f()
			delete(v, key)
			f()
			v[key] = old
			changeWithin(old, f)
		}
		v["odd key"] = "text"
		f()
		delete(v, "odd key")
	case []any:
		for i, old := range v {
			v[i] = others[i%len(others)]
			f()
			v[i] = old
			changeWithin(old, f)
		}
	}
}

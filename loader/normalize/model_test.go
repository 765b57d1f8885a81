package normalize_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/internal/golden"
	"github.com/composelint/composelint/internal/jsontext"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/loader/normalize"
	"github.com/composelint/composelint/model"
)

// TestModel states what the model has of a project: of a container, what differs from one
// that says nothing, which stands in defaults.txtar. Each archive is a project whose .yml
// files are merged in order.
func TestModel(t *testing.T) {
	golden.Archives(t, "testdata/*.txtar", func(t *testing.T, archive *txtar.Archive) string {
		r, err := loader.Load(t.Context(), loader.Options{Files: archives.Unpack(t, archive)})
		if err != nil {
			t.Fatal(err)
		}
		return printed(r, strings.HasSuffix(t.Name(), "/defaults.txtar"))
	})
}

// printed is a result in lines: a node, or a value of a container. What a container that
// says nothing has as well is left out, unless all is asked for.
func printed(r *loader.Result, all bool) string {
	var b strings.Builder
	for _, s := range r.Project.Services {
		fmt.Fprintf(&b, "%s\n", s.At)
		silent := model.Service{}
		if !all {
			silent = normalize.SaysNothing(s.Kind)
		}
		printFields(&b, s.At, "  ", reflect.ValueOf(s), reflect.ValueOf(silent))
	}
	p := r.Project
	for _, section := range []any{p.Networks, p.Volumes, p.Secrets, p.Configs, p.Models} {
		printEntries(&b, "", "", reflect.ValueOf(section))
	}
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "problem at %s: %s\n", p.At, p.Message)
	}
	for _, u := range r.Unknown {
		fmt.Fprintf(&b, "unknown at %s %s: %s%s\n", u.At, u.Key, u.Variable, stateOf(u))
	}
	for _, m := range r.Missing {
		fmt.Fprintf(&b, "missing at %s: %s %q, elsewhere: %t\n", m.At, m.Kind, m.File, m.Elsewhere)
	}
	if len(r.Choices) > 0 {
		fmt.Fprintf(&b, "choices: %s\n", strings.Join(r.Choices, ", "))
	}
	return b.String()
}

// stateOf words what else is known of the variable of a value.
func stateOf(u model.Unknown) string {
	switch {
	case u.Required:
		return fmt.Sprintf(", required: %q", u.Reason)
	case u.SetBy != "":
		return ", set by " + u.SetBy
	}
	return ""
}

// printFields prints the fields of a struct that differ from those of another. What only
// the other has is absent, which the policies take for unknown.
func printFields(b *strings.Builder, at, label string, v, other reflect.Value) {
	for i := range v.NumField() {
		name, seen := model.FieldName(v.Type().Field(i))
		if !seen {
			continue
		}
		field, otherField := v.Field(i), other.Field(i)
		if field.Kind() == reflect.Pointer {
			if field.IsNil() {
				if !otherField.IsNil() {
					fmt.Fprintf(b, "%s%s: absent\n", label, name)
				}
				continue
			}
			field = field.Elem()
			if otherField = otherField.Elem(); !otherField.IsValid() {
				otherField = reflect.Zero(field.Type())
				if field.Kind() != reflect.Struct || field.Type() == reflect.TypeFor[model.Image]() {
					fmt.Fprintf(b, "%s%s: %s\n", label, name, withoutAt(field))
					continue
				}
			}
		}
		switch {
		case name == "at":
		case field.Kind() == reflect.Struct:
			printFields(b, at, label+name+".", field, otherField)
		case field.Kind() == reflect.Slice && field.Type().Elem().Kind() == reflect.Struct:
			printEntries(b, at+".", "  ", field)
		case compact(field) != compact(otherField):
			fmt.Fprintf(b, "%s%s: %s\n", label, name, compact(field))
		}
	}
}

// printEntries prints the entries of a collection, one a line.
func printEntries(b *strings.Builder, at, label string, entries reflect.Value) {
	for i := range entries.Len() {
		entry := entries.Index(i)
		own := entry.FieldByName("At").String()
		fmt.Fprintf(b, "%s%s: %s\n", label, strings.TrimPrefix(own, at), withoutAt(entry))
	}
}

// withoutAt is a value as JSON, without its name where it is a node.
func withoutAt(v reflect.Value) string {
	text := compact(v)
	if v.Kind() != reflect.Struct {
		return text
	}
	at := `{"at":` + compact(v.FieldByName("At"))
	return "{" + strings.TrimPrefix(strings.TrimPrefix(text, at), ",")
}

// compact is a value as JSON.
func compact(v reflect.Value) string {
	text, err := jsontext.Line(v.Interface())
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// TestSideBySide writes the services of each file of the tests one by one, each by a writer of its
// own, and all by one.
func TestSideBySide(t *testing.T) {
	for _, text := range archives.Files(t) {
		written := func(perShare int) map[string]any {
			normalize.SetPerShare(t, perShare)
			r, err := loader.Load(t.Context(), loader.Options{Files: []string{"compose.yaml"}, Texts: map[string][]byte{"compose.yaml": text}})
			if err != nil {
				t.Fatal(err)
			}
			places := map[string]any{}
			for _, at := range r.Sources.Ats() {
				places[at], _ = r.Sources.Locate(at, "")
			}
			return map[string]any{"project": r.Project, "problems": r.Problems, "unknown": r.Unknown, "missing": r.Missing, "places": places}
		}
		if diff := cmp.Diff(written(1), written(1000)); diff != "" {
			t.Errorf("%s\nis otherwise (-one by one +all by one):\n%s", text, diff)
		}
	}
}

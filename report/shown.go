package report

import (
	"reflect"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/visible"
	"github.com/composelint/composelint/model"
)

// Shown is a text from anywhere as people get to see it, within one line.
func Shown(text string) string {
	if !strings.ContainsFunc(text, visible.Hidden) && !strings.Contains(text, "##") {
		return text // as nearly all are
	}
	var b strings.Builder
	for _, g := range glyphs(text) {
		b.WriteString(g.text)
	}
	return b.String()
}

// ShownFirst is the same of a text that begins a line, as the path of a file does.
func ShownFirst(text string) string { return visible.Start(Shown(text)) }

// ShownLines is a text of several lines as people get to see it.
func ShownLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = ShownFirst(line)
	}
	return strings.Join(lines, "\n")
}

// shown is a report as people get to see it: every text in it, but for those of the files, of which
// snippets are made. A format that gets it need not think of what a file may hold.
func shown(r Report) Report {
	files, rules := r.Files, slices.Clone(r.Rules)
	r.Files, r.Rules = nil, nil
	r = shownCopy(r)
	for i := range rules {
		if rules[i].Own { // the others' texts are composelint's
			rules[i] = shownCopy(rules[i])
		}
	}
	r.Rules = rules
	r.Files = map[string]*model.File{}
	for path, file := range files {
		copied := *file
		copied.Path, copied.URI = ShownFirst(file.Path), Shown(file.URI)
		r.Files[ShownFirst(path)] = &copied
	}
	for i := range r.Fixed {
		r.Fixed[i].File = ShownFirst(r.Fixed[i].File)
	}
	for i := range r.Relaxed {
		r.Relaxed[i].File = ShownFirst(r.Relaxed[i].File)
	}
	for i := range r.Reviews {
		r.Reviews[i].Project = ShownFirst(r.Reviews[i].Project)
	}
	return r
}

// shownCopy is a copy of a value in which every text is shown.
func shownCopy[T any](v T) T { return shownValue(reflect.ValueOf(v)).Interface().(T) }

// shownValue is a copy of a value in which every text is shown.
func shownValue(v reflect.Value) reflect.Value {
	copied := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.String:
		copied.SetString(Shown(v.String()))
	case reflect.Struct:
		for i := range v.NumField() {
			copied.Field(i).Set(shownValue(v.Field(i)))
		}
		if at, ok := copied.Addr().Interface().(*model.Location); ok {
			at.File = visible.Start(at.File)
		}
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		copied.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			copied.Index(i).Set(shownValue(v.Index(i)))
		}
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		copied.Set(reflect.New(v.Type().Elem()))
		copied.Elem().Set(shownValue(v.Elem()))
	case reflect.Map:
		if v.IsNil() {
			return v
		}
		copied.Set(reflect.MakeMap(v.Type()))
		for key, value := range v.Seq2() {
			copied.SetMapIndex(shownValue(key), shownValue(value))
		}
	default:
		return v
	}
	return copied
}

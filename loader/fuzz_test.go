package loader

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/compose/composetest"
	"github.com/composelint/composelint/model"
)

// FuzzLoad wants of any file what sound states, and the model of compose-go.
func FuzzLoad(f *testing.F) {
	f.Setenv("HOME", home)
	for _, text := range archives.Files(f) {
		f.Add(text)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		sound(t, dir, text)
	})
}

// FuzzMerge wants the same of any two files, merged.
func FuzzMerge(f *testing.F) {
	f.Setenv("HOME", home)
	all := archives.Files(f)
	for i, text := range all {
		f.Add(text, text)
		f.Add(text, all[(i+1)%len(all)])
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, base, over []byte) {
		sound(t, dir, base, over)
	})
}

// sound loads files over each other and states what holds for any input: no panic escapes,
// every problem has a place, every node of the model a name and a place of its own, loading
// again gives the same, and what compose-go accepts has its model.
func sound(t *testing.T, dir string, texts ...[]byte) {
	t.Helper()
	o := Options{ProjectDirectory: dir}
	for i, text := range texts {
		file := filepath.Join(dir, fmt.Sprintf("%d.yaml", i))
		writeFile(t, file, text)
		o.Files = append(o.Files, file)
	}
	r, err := Load(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	problems := problemsOf(t, r)
	for _, at := range atsOf(t, r) {
		if _, ok := r.Sources.Locate(at, ""); !ok {
			t.Errorf("%s has no place", at)
		}
	}
	again, err := Load(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(described(r), described(again)); diff != "" {
		t.Errorf("loading again differs:\n%s", diff)
	}
	if !limits.MatchString(problems) && !beyond(texts) {
		likeCompose(t, o, texts)
	}
}

// limits are the words of what is refused that compose-go may take, if it has the time.
var limits = regexp.MustCompile(`limit|more than \d|deeper than|longer than|contains itself|and \d+ more`)

// beyond is true for what compose-go would look up in the file system.
func beyond(texts [][]byte) bool {
	for _, text := range texts {
		if bytes.Contains(text, []byte("include")) || bytes.Contains(text, []byte("extends")) {
			return true
		}
	}
	return false
}

// atsOf are the names of the model's nodes. The entries of a list must have different ones;
// a part of a service may have the service's, and an endpoint has that of the variable that
// lists it.
func atsOf(t *testing.T, r *Result) []string {
	t.Helper()
	var ats []string
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Slice:
			seen := map[string]bool{}
			for i := range v.Len() {
				walk(v.Index(i))
				at := atOf(v.Index(i))
				if at != "" && seen[at] && v.Type() != reflect.TypeFor[[]model.Endpoint]() {
					t.Errorf("two %s are called %s", v.Type(), at)
				}
				seen[at] = true
			}
		case reflect.Struct:
			if at := atOf(v); at != "" {
				ats = append(ats, at)
			}
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		}
	}
	walk(reflect.ValueOf(r.Project))
	return ats
}

// atOf is the field At of a struct, if it has one.
func atOf(v reflect.Value) string {
	if v.Kind() != reflect.Struct || !v.FieldByName("At").IsValid() {
		return ""
	}
	return v.FieldByName("At").String()
}

// described is all that a result says.
func described(r *Result) map[string]any {
	places := map[string]any{}
	for _, at := range r.Sources.Ats() {
		places[at], _ = r.Sources.Locate(at, "")
	}
	return map[string]any{
		"project": r.Project, "problems": r.Problems, "unknown": r.Unknown,
		"incomplete": r.Incomplete, "places": places,
	}
}

// likeCompose compares the tree with compose-go's model, if compose-go accepts the files.
func likeCompose(t *testing.T, o Options, texts [][]byte) {
	t.Helper()
	o.ProjectDirectory = "."
	m, problems := composetest.Open(t, o)
	env := composetest.Environment(m)
	want, err := composetest.Reload(o, env)
	if err != nil {
		return
	}
	if slices.ContainsFunc(texts, composetest.HasDates) {
		return // compose-go writes a time where the tree has its text
	}
	root := m.Normalize(m.Merge())
	for _, p := range problems.All {
		t.Errorf("compose-go accepts this: %s: %s", p.At, p.Message)
	}
	got := root.Plain().(map[string]any)
	got["name"] = env[compose.ProjectName]
	if diff := cmp.Diff(atHome(composeCopy(t, composetest.WithoutLookups(want))), atHome(composeCopy(t, composetest.WithoutLookups(got)))); diff != "" {
		t.Errorf("the model differs from compose-go's (-want +got):\n%s", diff)
	}
}

// home is the home directory that compose-go finds.
const home = "/~"

// atHome resolves what starts with ~ as compose-go does with paths; the loader leaves them.
func atHome(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, e := range v {
			v[key] = atHome(e)
		}
	case []any:
		for i, e := range v {
			v[i] = atHome(e)
		}
	case string:
		if below, ok := strings.CutPrefix(v, "~"); ok {
			return filepath.Join(home, below)
		}
	}
	return v
}

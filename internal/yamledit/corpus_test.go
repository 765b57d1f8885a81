package yamledit_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/internal/yamledit"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// Every value of real files can be changed, and nothing else becomes another: what is read afterwards is
// what was read before, but for the change.
func TestCorpus(t *testing.T) {
	done, refused := map[string]int{}, map[string]int{}
	each(t, func(path string, text []byte) {
		f, err := yamledit.Open(&model.File{Path: path, Text: text})
		if err != nil {
			return
		}
		for i, doc := range f.Docs {
			for _, path := range paths(doc) {
				for name, change := range changes {
					edit, want, err := change(f, doc, path)
					if want == nil {
						continue
					}
					if err != nil {
						refused[name]++
						continue
					}
					done[name]++
					hold(t, f, edit, i, want, name, path)
				}
			}
		}
	})
	t.Log(done, refused)
}

// each gives a function every YAML file of the collection.
func each(t *testing.T, do func(path string, text []byte)) {
	t.Helper()
	err := filepath.WalkDir(corpus.Dir(t), func(path string, entry fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); err != nil || entry.IsDir() || ext != ".yml" && ext != ".yaml" {
			return err
		}
		text, err := os.ReadFile(path)
		if err == nil {
			do(path, text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// changes are what can be done at a path of a document: the edit, and the document that it should make; nil
// where there is nothing to do.
var changes = map[string]func(f *yamledit.File, doc *yamltree.Node, path []string) (yamledit.Edit, any, error){
	"set": func(f *yamledit.File, doc *yamltree.Node, path []string) (yamledit.Edit, any, error) {
		if n := doc.Follow(path); n.Kind != yamltree.Mapping || !yamledit.Own(n) {
			return yamledit.Edit{}, nil, nil
		}
		edit, err := f.Set(doc.Follow(path), []string{"zz_new"}, value)
		return edit, changed(doc.Plain(), path, func(v any) any { v.(map[string]any)["zz_new"] = value; return v }), err
	},
	"append": func(f *yamledit.File, doc *yamltree.Node, path []string) (yamledit.Edit, any, error) {
		if n := doc.Follow(path); n.Kind != yamltree.Sequence || !yamledit.Own(n) {
			return yamledit.Edit{}, nil, nil
		}
		edit, err := f.Append(doc.Follow(path), value)
		return edit, changed(doc.Plain(), path, func(v any) any { return append(v.([]any), value) }), err
	},
	"replace": func(f *yamledit.File, doc *yamltree.Node, path []string) (yamledit.Edit, any, error) {
		if n := doc.Follow(path); n.Kind != yamltree.Scalar || !yamledit.Own(n) {
			return yamledit.Edit{}, nil, nil
		}
		edit, err := f.Scalar(doc.Follow(path), `it's "new": 1`)
		return edit, changed(doc.Plain(), path, func(any) any { return `it's "new": 1` }), err
	},
	"remove": func(f *yamledit.File, doc *yamltree.Node, path []string) (yamledit.Edit, any, error) {
		if n := doc.Follow(path); len(path) == 0 || !yamledit.Own(n) {
			return yamledit.Edit{}, nil, nil
		}
		edit, err := f.Remove(doc, path)
		return edit, without(doc.Plain(), path), err
	},
}

// value is one of each kind.
var value = map[string]any{"a": "0", "b": []any{"x: y", true}}

// hold compares what a file is read as after an edit. What an anchor's users have of a change is left out by
// comparing with the tree in which aliases are followed, too: files with anchors are taken only as far as the
// same change of their text is meant.
func hold(t *testing.T, f *yamledit.File, edit yamledit.Edit, i int, want any, name string, path []string) {
	t.Helper()
	text, err := yamledit.Apply(f.Text, []yamledit.Edit{edit})
	if err != nil {
		t.Fatal(err)
	}
	docs, problems, fatal := yamltree.Parse(yamltree.NewSource(&model.File{Path: f.Path, Text: text}))
	if fatal != nil || len(problems) > 0 {
		t.Errorf("%s %s %q: the file is not read any more: %v %v\n%s", f.Path, name, path, fatal, problems, around(text, edit))
		return
	}
	if anchored(f) || bytes.Contains(f.Text, []byte("!reset")) { // there, one value is several, or none
		return
	}
	if got, want := bare(docs[i].Plain()), bare(want); fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", want) && !reflect.DeepEqual(got, want) {
		t.Errorf("%s %s %q: another value became another\n%s", f.Path, name, path, around(text, edit))
	}
}

func around(text []byte, e yamledit.Edit) []byte {
	return text[max(0, e.Start-300):min(len(text), e.Start+len(e.Text)+200)]
}

// anchored is true for a file in which one value is used in several places.
func anchored(f *yamledit.File) bool {
	var any func(n *yamltree.Node) bool
	any = func(n *yamltree.Node) bool {
		if !yamledit.Own(n) {
			return true
		}
		for _, field := range n.Fields {
			if any(field) {
				return true
			}
		}
		for _, item := range n.Items {
			if any(item) {
				return true
			}
		}
		return false
	}
	for _, doc := range f.Docs {
		if any(doc) {
			return true
		}
	}
	return false
}

// paths are some of the paths to values of a document.
func paths(doc *yamltree.Node) [][]string {
	all := [][]string{{}}
	var walk func(n *yamltree.Node, path []string)
	walk = func(n *yamltree.Node, path []string) {
		for _, key := range n.Keys() {
			below := append(append([]string{}, path...), key)
			all = append(all, below)
			walk(n.Fields[key], below)
		}
		for i, item := range n.Items {
			below := append(append([]string{}, path...), strconv.Itoa(i))
			all = append(all, below)
			walk(item, below)
		}
	}
	walk(doc, nil)
	random := rand.New(rand.NewPCG(1, uint64(len(all))))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(len(all), 25)]
}

func changed(plain any, path []string, change func(any) any) any {
	if len(path) == 0 {
		return change(plain)
	}
	switch v := plain.(type) {
	case map[string]any:
		v[path[0]] = changed(v[path[0]], path[1:], change)
	case []any:
		i, _ := strconv.Atoi(path[0])
		v[i] = changed(v[i], path[1:], change)
	}
	return plain
}

// without is the value without what stands at a path, nor what becomes empty around it.
func without(plain any, path []string) any {
	last := func(v any) bool {
		switch v := v.(type) {
		case map[string]any:
			return len(v) == 1
		case []any:
			return len(v) == 1
		}
		return false
	}
	cut := len(path) - 1
	for i, v := 0, plain; i < len(path)-1; i++ {
		v = step(v, path[i])
		named := i == 1 && slices.Contains([]string{"networks", "volumes", "secrets", "configs"}, path[0]) // others refer to it
		if named || !last(v) {
			cut = len(path) - 1
		} else if cut == len(path)-1 {
			cut = i
		}
	}
	return changed(plain, path[:cut], func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			delete(v, path[cut])
			return v
		case []any:
			i, _ := strconv.Atoi(path[cut])
			return append(v[:i:i], v[i+1:]...)
		}
		return v
	})
}

// bare is a document in which what has nothing but its name is null, be that written as {} or not.
func bare(plain any) any {
	sections, _ := plain.(map[string]any)
	for _, section := range sections {
		definitions, _ := section.(map[string]any)
		for name, v := range definitions {
			if fields, ok := v.(map[string]any); ok && len(fields) == 0 {
				definitions[name] = nil
			}
		}
	}
	return plain
}

func step(v any, key string) any {
	switch v := v.(type) {
	case map[string]any:
		return v[key]
	case []any:
		i, _ := strconv.Atoi(key)
		return v[i]
	}
	return nil
}

package rules

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
)

// parseData joins the policies' data files: data/hosts.json is data.composelint.hosts, and
// data/proxies/nginx.json is data.composelint.proxies.nginx.
func parseData(policies fs.FS) (map[string]any, error) {
	all := map[string]any{}
	for _, pattern := range []string{"data/*.json", "data/*/*.json"} {
		names, err := fs.Glob(policies, pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if err := addData(all, policies, name); err != nil {
				return nil, fmt.Errorf("could not read %q: %w", name, err)
			}
		}
	}
	return map[string]any{"composelint": all}, nil
}

// addData puts what a file says where its path says.
func addData(all map[string]any, policies fs.FS, name string) error {
	text, err := fs.ReadFile(policies, name)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return err
	}
	into := all
	if dir := path.Dir(name); dir != "data" {
		if _, err := fs.Stat(policies, dir+".json"); err == nil {
			return fmt.Errorf("%q defines the same name: keep the file or the directory", dir+".json")
		}
		group := path.Base(dir)
		if all[group] == nil {
			all[group] = map[string]any{}
		}
		into = all[group].(map[string]any)
	}
	into[strings.TrimSuffix(path.Base(name), ".json")] = v
	return nil
}

// Names lists what the policies' data define under a path below data.composelint, in
// order: the keys of an object, or the ids of the objects in an array.
func (e *Engine) Names(under ...string) []string {
	names := []string{}
	add := func(name *ast.Term) {
		if text, ok := name.Value.(ast.String); ok {
			names = append(names, string(text))
		}
	}
	value, err := storage.ReadOne(context.Background(), e.store, append(storage.Path{"composelint"}, under...))
	if err != nil {
		return names
	}
	switch v := value.(type) {
	case ast.Object:
		v.Foreach(func(key, _ *ast.Term) { add(key) })
	case *ast.Array:
		v.Foreach(func(item *ast.Term) {
			if id := item.Get(ast.InternedTerm("id")); id != nil {
				add(id)
			}
		})
	}
	slices.Sort(names)
	return names
}

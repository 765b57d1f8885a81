package rules

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
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
	v := e.data["composelint"]
	for _, key := range under {
		object, _ := v.(map[string]any)
		v = object[key]
	}
	names := []string{}
	switch v := v.(type) {
	case map[string]any:
		names = slices.AppendSeq(names, maps.Keys(v))
	case []any:
		for _, item := range v {
			object, _ := item.(map[string]any)
			if id, ok := object["id"].(string); ok {
				names = append(names, id)
			}
		}
	}
	slices.Sort(names)
	return names
}

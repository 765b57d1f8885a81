package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// IsData is true for data/*.json and data/*/*.json.
func IsData(name string) bool {
	dir := path.Dir(name)
	return path.Ext(name) == ".json" && (dir == "data" || path.Dir(dir) == "data")
}

// addData puts what a file says where its path says.
func (s *Set) addData(files fs.FS, name string, text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return fmt.Errorf("could not read %q: %w", name, err)
	}
	group, key := Place(name)
	if _, err := fs.Stat(files, path.Dir(name)+".json"); group != "" && err == nil {
		return fmt.Errorf("could not read %q: %q defines the same name: keep the file or the directory", name, path.Dir(name)+".json")
	}
	s.Group(group)[key] = v
	return nil
}

// Place is where a file of data goes: data/hosts.json to hosts of no group,
// data/proxies/nginx.json to nginx of the group proxies.
func Place(name string) (group, key string) {
	if dir := path.Dir(name); dir != "data" {
		group = path.Base(dir)
	}
	return group, strings.TrimSuffix(path.Base(name), ".json")
}

// Group is the data of a group, made where there is none, and all data for "". It is nil where
// the name is that of other data.
func (s *Set) Group(name string) map[string]any {
	if name == "" {
		return s.Data
	}
	if s.Data[name] == nil {
		s.Data[name] = map[string]any{}
	}
	group, _ := s.Data[name].(map[string]any)
	return group
}

package schema

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/loader/yamltree"
)

// entryIsMapping is the violation of an entry of a list that is a mapping by mistake.
type entryIsMapping struct{ *kind.AdditionalProperties }

// entries finds the entries that are mappings by mistake: none of their keys is known there, or like
// one that is.
func entries(root *yamltree.Node, found []violation) []violation {
	for i, v := range found {
		unknown, ok := v.kind.(*kind.AdditionalProperties)
		if n := root.Follow(v.path); ok && n != nil && len(unknown.Properties) == len(n.Fields) && IsEntryByMistake(n, v.path) {
			found[i].kind = entryIsMapping{unknown}
		}
	}
	return found
}

// IsEntryByMistake is true for an entry of a list that is a mapping without a key that Compose knows
// there, or that is like one.
func IsEntryByMistake(n *yamltree.Node, path []string) bool {
	known := keysAt(path)
	return n.Kind == yamltree.Mapping && isEntry(path) && !slices.ContainsFunc(n.Keys(), func(key string) bool {
		return suggest.Nearest(key, known) != ""
	})
}

// isEntry is true for the path of an item of a list.
func isEntry(path []string) bool {
	if len(path) == 0 {
		return false
	}
	_, err := strconv.Atoi(path[len(path)-1])
	return err == nil
}

// EntryIsMapping words that an entry of a list is a mapping, with the form that it should have.
func EntryIsMapping(list string) string {
	return fmt.Sprintf("an entry of %q is a mapping: %s", list, formOfEntry(list, "write it as one text, in quotes or without a blank after the colon"))
}

// EntryIsList words that an entry of a list is a list itself.
func EntryIsList(list string) string {
	return fmt.Sprintf("an entry of %q is a list: %s", list, formOfEntry(list, "write it as one text"))
}

// formOfEntry says how an entry of a list is written.
func formOfEntry(list, form string) string {
	switch list {
	case "depends_on", "networks", "models":
		form = "write the name alone, or every name without a dash and what it has below"
	case "environment", "labels", "annotations", "args", "sysctls", "driver_opts", "extra_hosts":
		form = "write it as NAME=VALUE"
	case "secrets", "configs":
		form = `write the name alone, or "source: NAME" with the rest beside it`
	case "env_file", "label_file", "dns", "dns_search", "profiles", "cap_add", "cap_drop", "group_add":
		form = "write the value alone"
	}
	return form
}

package schema

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	composeschema "github.com/compose-spec/compose-go/v2/schema"

	"github.com/composelint/composelint/internal/suggest"
)

// schemaKeys are the property names of each part of Compose's schema, by its name there;
// "" is the file itself.
var schemaKeys = sync.OnceValue(func() map[string][]string {
	type object struct {
		Properties map[string]json.RawMessage `json:"properties"`
	}
	var s struct {
		object
		Defs map[string]object `json:"$defs"`
	}
	if err := json.Unmarshal([]byte(composeschema.Schema), &s); err != nil {
		return nil
	}
	keys := map[string][]string{"": slices.Sorted(maps.Keys(s.Properties))}
	for name, def := range s.Defs {
		keys[name] = slices.Sorted(maps.Keys(def.Properties))
	}
	return keys
})

// keysAt lists the keys that Compose knows at a place, nil where it takes any or where
// they are not known here.
func keysAt(parent []string) []string {
	all := schemaKeys()
	if len(parent) == 0 {
		return all[""]
	}
	if len(parent) != 2 {
		return nil
	}
	switch parent[0] {
	case "services":
		return slices.Concat(all["service"], all["workload_spec"], all["container_spec"])
	case "jobs":
		return slices.Concat(all["job"], all["workload_spec"], all["container_spec"])
	case "networks", "volumes", "secrets", "configs", "models":
		return all[strings.TrimSuffix(parent[0], "s")]
	}
	return nil
}

// IsName is true for the name of an attribute, wherever it may stand.
func IsName(key string) bool {
	for _, keys := range schemaKeys() {
		if slices.Contains(keys, key) {
			return true
		}
	}
	return false
}

// isKnown is true for a key that Compose knows at its place.
func isKnown(path []string) bool {
	return len(path) > 0 && slices.Contains(keysAt(path[:len(path)-1]), path[len(path)-1])
}

// unknownKey words the violation of a key that Compose does not know.
func unknownKey(path []string) detail {
	parent, key := path[:len(path)-1], path[len(path)-1]
	if len(parent) == 1 {
		return detail{path, fmt.Sprintf("%q cannot be a name in %q: use letters, digits, and the characters ._-", key, parent[0]), true}
	}
	message := fmt.Sprintf("unknown key %q", key)
	if len(parent) > 0 {
		message += fmt.Sprintf(" in %q", keyOf(parent))
	}
	return detail{path, message + suggest.Question(key, keysAt(parent)), true}
}

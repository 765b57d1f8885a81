package own

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// maxSchema bounds the values of a schema, each counted as often as it is referred to.
const maxSchema = 10_000

// checkSchemas refuses schemas in METADATA for which OPA would read other files, since it opens
// whatever a reference names (internal/gojsonschema/jsonLoader.go of OPA), and those that contain
// themselves, in which it runs out of the stack.
func checkSchemas(m *ast.Module) error {
	for _, a := range m.Annotations {
		for _, s := range a.Schemas {
			if s.Definition == nil {
				continue
			}
			c := schemaCheck{root: *s.Definition}
			if wrong := c.visit(*s.Definition); wrong != "" {
				return at(a.Location, "a schema in METADATA %s", wrong)
			}
		}
	}
	return nil
}

// schemaCheck is the check of one schema.
type schemaCheck struct {
	root    any
	visited int
}

// visit says what is wrong with a value of the schema and with all that it refers to.
func (c *schemaCheck) visit(v any) string {
	if c.visited++; c.visited > maxSchema {
		return "has more values than the limit of " + strconv.Itoa(maxSchema) + ", or contains itself"
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if wrong := c.visit(item); wrong != "" {
				return wrong
			}
		}
	case map[string]any:
		for _, key := range []string{"$id", "id"} {
			if id, ok := v[key].(string); ok {
				return "has the " + strconv.Quote(key) + " " + strconv.Quote(id) + ", by which references could lead out of it"
			}
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			value := v[key]
			reference, ok := value.(string)
			if key == "$ref" && ok {
				if value, ok = c.target(reference); !ok {
					return "refers to " + strconv.Quote(reference) + ": only parts of itself, as #/definitions/a, are looked at"
				}
			}
			if wrong := c.visit(value); wrong != "" {
				return wrong
			}
		}
	}
	return ""
}

// target is the part of the schema that a reference names, if it names one.
func (c *schemaCheck) target(reference string) (any, bool) {
	if reference == "#" {
		return c.root, true
	}
	below, ok := strings.CutPrefix(reference, "#/")
	if !ok || strings.ContainsAny(below, "%~") {
		return nil, false
	}
	target := c.root
	for name := range strings.SplitSeq(below, "/") {
		object, _ := target.(map[string]any)
		if target, ok = object[name]; !ok {
			return nil, false
		}
	}
	return target, true
}

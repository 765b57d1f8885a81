package rules

import (
	"bytes"
	"encoding/json"
	"slices"
)

// ConfigSchema returns the JSON Schema of the configuration file, for editors.
func ConfigSchema(known Known) ([]byte, error) {
	schema := configShape(known).schema()
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["title"] = "composelint's configuration"
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(schema)
	return text.Bytes(), err
}

// types are those of JSON Schema, by the kind of a shape.
var types = map[string]string{"a string": "string", "a boolean": "boolean", "a list": "array", "a mapping": "object"}

// schema is the shape as a JSON Schema.
func (s *shape) schema() map[string]any {
	schema := map[string]any{"type": types[s.kind]}
	switch {
	case s.fields != nil:
		schema["properties"], schema["additionalProperties"] = s.properties(), false
	case s.kind == "a mapping":
		schema["additionalProperties"] = s.each.schema()
	case s.kind == "a list":
		schema["items"] = s.each.schema()
	}
	if len(s.required) > 0 {
		schema["required"] = s.required
	}
	if len(s.some) > 0 {
		var some []any
		for _, key := range s.some {
			some = append(some, map[string]any{"required": []string{key}})
		}
		schema["anyOf"] = some
	}
	if s.keys != nil {
		schema["propertyNames"] = s.keys.schema()
	}
	if s.names != nil {
		schema = s.names.schema()
	}
	if s.form != nil {
		schema["pattern"] = s.form.pattern.String()
	}
	if s.short != nil {
		schema = map[string]any{"anyOf": []any{s.short.schema(), schema}}
	}
	if s.about != "" {
		schema["description"] = s.about
	}
	return schema
}

// properties are the fields of a mapping. Those that need not be there may be empty.
func (s *shape) properties() map[string]any {
	properties := map[string]any{}
	for key, field := range s.fields {
		schema := field.schema()
		if !slices.Contains(s.required, key) {
			delete(schema, "description")
			schema = map[string]any{"anyOf": []any{schema, map[string]any{"type": "null"}}, "description": field.about}
		}
		properties[key] = schema
	}
	return properties
}

// schema offers the names; of open ones it accepts others too.
func (n *names) schema() map[string]any {
	listed := map[string]any{"enum": n.known}
	if n.open {
		return map[string]any{"anyOf": []any{listed, map[string]any{"type": "string"}}}
	}
	return listed
}

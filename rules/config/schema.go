package config

import (
	"bytes"
	"slices"

	"github.com/composelint/composelint/internal/jsontext"
)

// Schema returns the JSON Schema of the configuration file, for editors.
func Schema(known Known) ([]byte, error) {
	schema := fileShape(known).schema()
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["title"] = "composelint's configuration"
	var text bytes.Buffer
	err := jsontext.Write(&text, schema)
	return text.Bytes(), err
}

// schemaTypes are the types of JSON Schema, by the kind of a shape.
var schemaTypes = map[string]any{
	"a string": "string", "a boolean": "boolean", "a list": "array", "a mapping": "object",
	"a value": []string{"string", "number", "boolean", "null"},
}

// schema is the shape as a JSON Schema.
func (s *shape) schema() map[string]any {
	schema := map[string]any{"type": schemaTypes[s.kind]}
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
		schema["propertyNames"] = map[string]any{"pattern": s.names.pattern.String()}
	}
	if s.words != nil {
		schema = s.words.schema()
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
		required := slices.Contains(s.required, key)
		if required && field.kind == "a list" {
			schema["minItems"] = 1
		}
		if !required {
			delete(schema, "description")
			schema = map[string]any{"anyOf": []any{schema, map[string]any{"type": "null"}}, "description": field.about}
		}
		properties[key] = schema
	}
	return properties
}

// schema offers the known names; where there may be more, it accepts others too.
func (v *vocabulary) schema() map[string]any {
	listed := map[string]any{"enum": v.known}
	if v.open {
		return map[string]any{"anyOf": []any{listed, map[string]any{"type": "string"}}}
	}
	return listed
}

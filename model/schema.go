package model

import (
	"bytes"
	_ "embed" // schema.json
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/composelint/composelint/internal/jsontext"
)

//go:generate go run ../internal/generate/main.go model

// DescribedSchema is the JSON Schema of Input with the comments of its fields.
//
//go:embed schema.json
var DescribedSchema string

// Schema returns the JSON Schema of Input. schema.json is the same with the fields' comments.
func Schema() ([]byte, error) {
	return SchemaOf(reflect.TypeFor[Input](), nil)
}

// Fields are the names of all fields that policies can see.
var Fields = sync.OnceValue(func() []string {
	names := map[string]bool{}
	var walk func(s *schema)
	walk = func(s *schema) {
		if s == nil {
			return
		}
		walk(s.Items)
		for name, property := range s.Properties {
			names[name] = true
			walk(property)
		}
	}
	whole, _ := schemaOf(reflect.TypeFor[Input](), false)
	walk(whole)
	return slices.Sorted(maps.Keys(names))
})

// SchemaOf returns the JSON Schema of a struct: objects take no other fields, and a pointer
// is a field that may be absent. The comments, by package.Type and package.Type.Field,
// become descriptions; a field without one of its own keeps that of its type. Nil describes
// nothing.
func SchemaOf(t reflect.Type, comments map[string]string) ([]byte, error) {
	return write(t, comments, false)
}

// SchemaWithMaps is the same for what no policy sees, which may have maps by name.
func SchemaWithMaps(t reflect.Type, comments map[string]string) ([]byte, error) {
	return write(t, comments, true)
}

func write(t reflect.Type, comments map[string]string, maps bool) ([]byte, error) {
	s, err := schemaOf(t, maps)
	if err != nil {
		return nil, err
	}
	if comments != nil {
		if err := s.describe(comments); err != nil {
			return nil, err
		}
	}
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	var text bytes.Buffer
	err = jsontext.Write(&text, s)
	return text.Bytes(), err
}

// schema is as much of JSON Schema as the model needs.
type schema struct {
	Schema               string             `json:"$schema,omitempty"`
	Description          string             `json:"description,omitempty"`
	Type                 string             `json:"type"`
	Items                *schema            `json:"items,omitempty"`
	Properties           map[string]*schema `json:"properties,omitempty"`
	Required             []string           `json:"required,omitempty"`
	AdditionalProperties any                `json:"additionalProperties,omitempty"` // false, or the schema of a map's values

	of reflect.Type
}

// kinds are the schema types of the kinds of field that a policy can see, as encode in
// package rules has them.
var kinds = map[reflect.Kind]string{
	reflect.String:  "string",
	reflect.Bool:    "boolean",
	reflect.Int:     "integer",
	reflect.Int64:   "integer",
	reflect.Float64: "number",
}

func schemaOf(t reflect.Type, maps bool) (*schema, error) {
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem(), maps)
	case reflect.Slice:
		items, err := schemaOf(t.Elem(), maps)
		return &schema{Type: "array", Items: items}, err
	case reflect.Struct:
		return schemaOfStruct(t, maps)
	case reflect.Map:
		if maps {
			values, err := schemaOf(t.Elem(), maps)
			return &schema{Type: "object", AdditionalProperties: values}, err
		}
	}
	name, ok := kinds[t.Kind()]
	if !ok {
		return nil, fmt.Errorf("the model has a field of type %s, which no policy can see", t)
	}
	return &schema{Type: name}, nil
}

func schemaOfStruct(t reflect.Type, maps bool) (*schema, error) {
	s := &schema{Type: "object", Properties: map[string]*schema{}, AdditionalProperties: false, of: t}
	for _, field := range reflect.VisibleFields(t) {
		name, seen := FieldName(field)
		if !seen {
			continue
		}
		property, err := schemaOf(field.Type, maps)
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", t.Name(), field.Name, err)
		}
		s.Properties[name] = property
		if field.Type.Kind() != reflect.Pointer {
			s.Required = append(s.Required, name)
		}
	}
	return s, nil
}

// FieldName is the name by which policies see a field of a struct of the model. They do not see
// one with the tag json:"-", nor an embedded struct, but for the fields that it gives.
func FieldName(field reflect.StructField) (name string, seen bool) {
	name, _, _ = strings.Cut(field.Tag.Get("json"), ",")
	return name, name != "-" && !field.Anonymous
}

// describe gives a schema and what it is made of the comments for descriptions.
func (s *schema) describe(comments map[string]string) error {
	if s.Items != nil {
		return s.Items.describe(comments)
	}
	if values, is := s.AdditionalProperties.(*schema); is {
		return values.describe(comments)
	}
	if s.of == nil {
		return nil
	}
	name := s.of.String()
	comment, ok := comments[name]
	if !ok {
		return fmt.Errorf("there are no comments of %s: read those of its package, too", name)
	}
	s.Description = comment
	for _, field := range reflect.VisibleFields(s.of) {
		key, seen := FieldName(field)
		if !seen {
			continue
		}
		if err := s.Properties[key].describe(comments); err != nil {
			return err
		}
		if own := comments[declaring(s.of, field).String()+"."+field.Name]; own != "" {
			s.Properties[key].Description = own
		}
	}
	return nil
}

// declaring is the struct that a field of t stands in: t, or one that is embedded.
func declaring(t reflect.Type, field reflect.StructField) reflect.Type {
	for _, i := range field.Index[:len(field.Index)-1] {
		t = t.Field(i).Type
	}
	return t
}

package schema

import (
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"

	composeschema "github.com/compose-spec/compose-go/v2/schema"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/composelint/composelint/loader/yamltree"
)

// compiledSchema is compose-go's schema, as far as it was needed so far.
var compiledSchema partialSchema

// partialSchema is a schema that is compiled for some keys. To compile all of it takes longer than
// to load a small project, and what it says of properties that the project does not have is never
// asked.
type partialSchema struct {
	sync.Mutex
	schema *jsonschema.Schema
	keys   map[string]bool
	// lacking are the properties of which it says nothing.
	lacking map[string]bool
	parts   int
}

// mostParts is how often a part is compiled before it is the whole: a file, its override and an
// included one get along with parts, hundreds of projects do not.
const mostParts = 3

// of is the schema with all that it can say of a tree.
func (p *partialSchema) of(root *yamltree.Node) *jsonschema.Schema {
	p.Lock()
	defer p.Unlock()
	if p.parts > mostParts {
		return p.schema
	}
	keys := map[string]bool{}
	collectKeys(root, keys)
	if p.schema != nil && !p.lacks(keys) {
		return p.schema
	}
	maps.Copy(keys, p.keys)
	if p.parts++; p.parts > mostParts {
		keys = nil
	}
	p.compile(keys)
	return p.schema
}

func collectKeys(n *yamltree.Node, keys map[string]bool) {
	for key, field := range n.Fields {
		keys[key] = true
		collectKeys(field, keys)
	}
	for _, item := range n.Items {
		collectKeys(item, keys)
	}
}

func (p *partialSchema) lacks(keys map[string]bool) bool {
	for key := range keys {
		if p.lacking[key] {
			return true
		}
	}
	return false
}

// schemaURL is a name below json-schema.org, whose schemas the library takes for valid: to
// hold this one against its own schema takes longer than to compile it. A test does.
const schemaURL = "https://json-schema.org/compose-spec.json"

// compile compiles the schema for some keys, or for all: nil.
func (p *partialSchema) compile(keys map[string]bool) {
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(composeschema.Schema))
	if err != nil {
		panic(fmt.Sprintf("compose-go's schema is no JSON: %v", err))
	}
	withoutTriggers(document)
	p.keys, p.lacking = keys, nil
	if keys != nil {
		document, p.lacking = partOfSchema(document.(map[string]any), keys)
	}
	c := jsonschema.NewCompiler()
	c.RegisterFormat(&jsonschema.Format{Name: "duration", Validate: validateDuration})
	if err := c.AddResource(schemaURL, document); err != nil {
		panic(fmt.Sprintf("compose-go's schema does not compile: %v", err))
	}
	p.schema = c.MustCompile(schemaURL)
}

func validateDuration(v any) error {
	if text, ok := v.(string); ok {
		_, err := time.ParseDuration(text)
		return err
	}
	return nil
}

// partOfSchema is a schema for values with some keys. It says nothing of the properties that it
// lacks, and has no definitions that it does not refer to.
func partOfSchema(whole map[string]any, keys map[string]bool) (part map[string]any, lacking map[string]bool) {
	c := schemaCutter{keys: keys, definitions: whole["$defs"].(map[string]any), kept: map[string]any{}, lacking: map[string]bool{}}
	part = c.cut(whole).(map[string]any)
	part["$defs"] = c.kept
	return part, c.lacking
}

type schemaCutter struct {
	keys        map[string]bool
	definitions map[string]any
	kept        map[string]any
	lacking     map[string]bool
}

// cut copies a schema, or a list of them, without what is not needed.
func (c *schemaCutter) cut(schema any) any {
	switch s := schema.(type) {
	case []any:
		list := make([]any, len(s))
		for i, item := range s {
			list[i] = c.cut(item)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(s))
		for keyword, v := range s {
			switch keyword {
			case "$defs", "description":
			case "properties":
				object[keyword] = c.cutProperties(v.(map[string]any))
			case "$ref":
				object[keyword] = v
				c.keep(strings.TrimPrefix(v.(string), "#/$defs/"))
			default:
				object[keyword] = c.cut(v)
			}
		}
		return object
	}
	return schema
}

func (c *schemaCutter) cutProperties(properties map[string]any) map[string]any {
	left := make(map[string]any, len(properties))
	for name, schema := range properties {
		if c.keys[name] {
			left[name] = c.cut(schema)
		} else {
			left[name], c.lacking[name] = true, true
		}
	}
	return left
}

// keep keeps a definition that is referred to.
func (c *schemaCutter) keep(name string) {
	if _, done := c.kept[name]; !done {
		c.kept[name] = true // it may refer to itself
		c.kept[name] = c.cut(c.definitions[name])
	}
}

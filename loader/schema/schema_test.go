package schema

import (
	"strings"
	"testing"

	composeschema "github.com/compose-spec/compose-go/v2/schema"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestComposeSchemaIsValid holds compose-go's schema against its own, which compile leaves out.
func TestComposeSchemaIsValid(t *testing.T) {
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(composeschema.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("compose-spec.json", document); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Compile("compose-spec.json"); err != nil {
		t.Error(err)
	}
}

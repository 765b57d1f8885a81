package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/composelint/composelint/internal/corpus"
)

// TestJSONFitsSchema validates what --format json prints of the guide's deployment, of a
// file that cannot be parsed, and of the collection's projects, against the documented
// schema.
func TestJSONFitsSchema(t *testing.T) {
	schema := reportSchema(t)
	t.Run("guide", func(t *testing.T) {
		stdout, _, _ := run(t, filepath.Join(testdata, "guide"), "--format", "json", "docker-compose.prod.yml")
		validate(t, schema, stdout)
	})
	t.Run("broken", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "compose.yml"), []byte("services: ["), 0o644); err != nil {
			t.Fatal(err)
		}
		stdout, _, status := run(t, dir, "--format", "json", "compose.yml")
		if status != statusTrouble {
			t.Errorf("status %d", status)
		}
		validate(t, schema, stdout)
	})
	t.Run("corpus", func(t *testing.T) {
		for _, p := range corpus.Projects(t) {
			if p.LoadsAt != "asis" {
				continue
			}
			args := []string{"--format", "json", "--allow-outside", "--project-directory", p.Directory}
			for _, f := range p.Files {
				args = append(args, "-f", f)
			}
			stdout, _, _ := run(t, ".", args...)
			validate(t, schema, stdout)
		}
	})
}

func reportSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile("../../docs/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validate(t *testing.T, schema *jsonschema.Schema, text string) {
	t.Helper()
	var document any
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(document); err != nil {
		t.Error(err)
	}
}

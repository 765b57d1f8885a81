package lint

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules"
)

// TestJSONFitsSchema validates the format json of the guide's deployment, of a file that cannot
// be parsed, and of the collection's projects, against the documented schema.
func TestJSONFitsSchema(t *testing.T) {
	schema := reportSchema(t)
	t.Run("guide", func(t *testing.T) {
		validate(t, schema, reportOf(t, Options{Review: true}, filepath.Join(root, "testdata", "guide", "docker-compose.prod.yml")))
	})
	t.Run("broken", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "compose.yml")
		if err := os.WriteFile(file, []byte("services: ["), 0o644); err != nil {
			t.Fatal(err)
		}
		r := reportOf(t, Options{Review: true}, file)
		if len(r.Findings) != 1 || r.Findings[0].Rule != rules.InvalidCompose {
			t.Errorf("the findings are %v", r.Findings)
		}
		validate(t, schema, r)
	})
	t.Run("corpus", func(t *testing.T) {
		engine := newEngine(t)
		for _, p := range judgedCorpus(t) {
			if p.LoadsAt != "asis" {
				continue
			}
			_, review, err := engine.Review(context.Background(), p.result.Input(model.Config{Enabled: enabled(t, engine, true)}), p.result.Sources)
			if err != nil {
				t.Fatalf("%s: %v", p.ID, err)
			}
			validate(t, schema, report.Report{
				Rules: engine.Catalogue, Files: p.result.Sources.Files, Projects: 1, Findings: p.findings,
				Reviews: []report.Review{{Project: p.ID, Review: review}},
			})
		}
	})
}

// reportOf is the report of a project.
func reportOf(t *testing.T, o Options, files ...string) report.Report {
	t.Helper()
	l := New(o)
	result, err := l.Judge(context.Background(), []loader.Found{{Files: files}}, func() {})
	if err != nil || len(result.Projects) != 1 {
		t.Fatalf("%s: %v %v", files, err, result.Errors)
	}
	return l.Triage(result.Projects).Report()
}

// reportSchema is the documented schema.
func reportSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(root + "/docs/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// validate holds what the format json writes of a report against the schema.
func validate(t *testing.T, schema *jsonschema.Schema, r report.Report) {
	t.Helper()
	var text bytes.Buffer
	if err := report.FormatNamed("json").Write(&text, r, report.TextOptions{}); err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(&text)
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(document); err != nil {
		t.Error(err)
	}
}

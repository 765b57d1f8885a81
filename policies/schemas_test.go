package policies_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules/own"
)

const (
	proxySchema     = "schemas/proxy.schema.json"
	consumersSchema = "schemas/consumers.schema.json"
)

// TestDataFollowSchemas holds the data that users may extend to their schemas.
func TestDataFollowSchemas(t *testing.T) {
	proxies, err := fs.Glob(policies.FS, "data/proxies/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for schema, names := range map[string][]string{proxySchema: proxies, consumersSchema: {"data/consumers.json"}} {
		compiled := compileSchema(t, schema)
		for _, name := range names {
			text, err := fs.ReadFile(policies.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			if err := compiled.Validate(decode(t, text)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestSchemasRefuse shows that the above can fail.
func TestSchemasRefuse(t *testing.T) {
	const head = `"name": "Gate", "source": "read", "images": ["example/gate"], "variables": {"A": "0"}`
	for schema, cases := range map[string][]string{
		proxySchema: {
			`{"name": "Gate", "source": "read", "images": ["example/gate"]}`,
			`{` + head + `, "flag": "A"}`,
			`{` + head + `, "language": "flag"}`,
			`{` + head + `, "current": "("}`,
			`{` + head + `, "language": "flags"}`,
			`{` + head + `, "language": "flags", "rules": [{"verdict": "allow", "if": "A"}, {"verdict": "deny"}]}`,
			`{` + head + `, "rules": [{"verdict": "allow", "if": "A", "unless": "A"}]}`,
			`{` + head + `, "eras": [{"tags": "^1$", "source": "read"}]}`,
			`{` + head + `, "body_filter": {"covers": ["privilege"]}}`,
		},
		consumersSchema: {
			`{"gate": {"name": "Gate", "source": "read", "images": ["example/gate"]}}`,
			`{"gate": {"name": "Gate", "source": "read", "images": ["example/gate"], "needs": [], "modes": {"all": {}}}}`,
		},
	} {
		compiled := compileSchema(t, schema)
		for _, text := range cases {
			if compiled.Validate(decode(t, []byte(text))) == nil {
				t.Errorf("%s accepts %s", schema, text)
			}
		}
	}
}

// TestSchemaAndLoadingAgree wants the schema and the check of a user's proxy to know the same
// fields, languages and truths. A user's proxy has to name its language besides: without one
// there would be nothing to judge it by.
func TestSchemaAndLoadingAgree(t *testing.T) {
	text, err := os.ReadFile(proxySchema)
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Required   []string
		Properties map[string]struct{ Enum []string }
	}
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	whole := map[string]any{}
	for field := range schema.Properties {
		whole[field] = ""
	}
	whole["language"], whole["truth"] = "?", "?"
	languages := strings.Join(slices.Sorted(slices.Values(schema.Properties["language"].Enum)), ", ")
	truths := strings.Join(slices.Sorted(slices.Values(schema.Properties["truth"].Enum)), ", ")
	want := map[string]string{"": `unknown language "?": use ` + languages, "flags": `unknown truth "?": use ` + truths}
	got := map[string]string{"": load(t, whole)}
	flags := maps.Clone(whole)
	flags["language"] = "flags"
	got["flags"] = load(t, flags)
	for _, field := range append(schema.Required, "language") {
		without := maps.Clone(whole)
		delete(without, field)
		want[field], got[field] = "lacks \""+field+"\": see docs/proxies.md", load(t, without)
	}
	more := maps.Clone(whole)
	more["no_such_field"] = ""
	want["more"], got["more"] = `unknown field "no_such_field"`, load(t, more)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what loading a proxy says (-of the schema +got):\n%s", diff)
	}
}

// load is the error of a run with a user's proxy.
func load(t *testing.T, proxy map[string]any) string {
	t.Helper()
	text, err := json.Marshal(proxy)
	if err != nil {
		t.Fatal(err)
	}
	const name = "data/proxies/gate.json"
	_, err = own.Read(t.Context(), own.Base{Files: policies.FS, Prepared: ast.NewObject()}, []own.Directory{{Path: "own", Files: fstest.MapFS{name: {Data: text}}}})
	if err == nil {
		t.Fatal("the proxy was accepted")
	}
	return strings.TrimPrefix(err.Error(), path.Join("own", name)+": ")
}

func compileSchema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	schema, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func decode(t *testing.T, text []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

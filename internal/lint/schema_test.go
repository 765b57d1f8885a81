package lint

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/composelint/composelint/internal/golden"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

const root = "../.."

// configSchema is the published schema of the configuration.
const configSchema = root + "/docs/composelint.schema.json"

// TestConfigSchema holds the published schema fresh.
func TestConfigSchema(t *testing.T) {
	want, err := rules.ConfigSchema(known(newEngine(t)))
	if err != nil {
		t.Fatal(err)
	}
	if golden.Updating() {
		if err := os.WriteFile(configSchema, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(configSchema)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is not fresh: go test ./internal/lint -run ConfigSchema -update (-want +got):\n%s", configSchema, diff)
	}
}

// TestConfigSchemaAgrees wants the schema and the program to accept the same configurations.
func TestConfigSchemaAgrees(t *testing.T) {
	text, err := os.ReadFile(root + "/docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "```yaml\n")
	documented, _, _ := strings.Cut(after, "```")
	schema := compileSchema(t)
	for config, valid := range map[string]bool{
		documented:                         true,
		"":                                 true,
		"roles:\nrules:\n":                 true,
		"strict: true\nfail-on: none\n":    true,
		"rules: {privileged: off}\n":       true,
		"policies: [policies]\n":           true,
		"strict: perhaps\n":                false,
		"stirct: true\n":                   false,
		"fail-on: fatal\n":                 false,
		"rules: {privileged: loud}\n":      false,
		"exceptions: [{rule: privileged}]": false,
		"exceptions: [{rule: privileged, service: app, reason: why}]":                       true,
		"exceptions: [{rule: privileged, reason: why}]":                                     false,
		"exceptions: [{rule: privileged, service: app, reason: why, expires: '31.1.2027'}]": false,
	} {
		var v any
		if err := yaml.Unmarshal([]byte(config), &v); err != nil {
			t.Fatal(err)
		}
		if v = withoutTimes(v); v == nil {
			v = map[string]any{}
		}
		_, errs := rules.ParseConfig(&model.File{Path: "a.yaml", Text: []byte(config)}, known(newEngine(t)))
		if accepted := len(errs) == 0; accepted != valid {
			t.Errorf("the program on\n%s\n%v", config, errs)
		}
		if err := schema.Validate(v); (err == nil) != valid {
			t.Errorf("the schema on\n%s\n%v", config, err)
		}
	}
}

// withoutTimes has dates as editors see them, which read YAML 1.2: as text.
func withoutTimes(v any) any {
	switch v := v.(type) {
	case time.Time:
		return v.Format(time.DateOnly)
	case map[string]any:
		for key, e := range v {
			v[key] = withoutTimes(e)
		}
	case []any:
		for i, e := range v {
			v[i] = withoutTimes(e)
		}
	}
	return v
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(configSchema)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

package config_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/compiled"
	"github.com/composelint/composelint/rules/config"
)

// configSchema is the published schema of the configuration.
const configSchema = "../../docs/composelint.schema.json"

// TestSchemaAgrees wants the schema and the program to accept the same configurations.
func TestSchemaAgrees(t *testing.T) {
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(page), "```yaml\n")
	documented, _, _ := strings.Cut(after, "```")
	schema := compileSchema(t)
	known := config.KnownTo(newEngine(t))
	for text, valid := range map[string]bool{
		documented:                      true,
		"":                              true,
		"roles:\nrules:\n":              true,
		"strict: true\nfail-on: none\n": true,
		"rules: {privileged: off}\n":    true,
		"policies: [policies]\n":        true,
		"strict: perhaps\n":             false,
		"stirct: true\n":                false,
		"fail-on: fatal\n":              false,
		"rules: {privileged: loud}\n":   false,
		"preset: strict\n":              true,
		"preset: lax\n":                 false,
		"overrides: [{files: test/, rules: {privileged: off}}]":                             true,
		"overrides: [{files: [test/, a*], rules: {privileged: off}}]":                       true,
		"overrides: [{files: [test/], rules: {privileged: {a: note}}}]":                     false,
		"overrides: [{files: [test/]}]":                                                     false,
		"overrides: [{files: [' '], rules: {privileged: off}}]":                             false,
		"overrides: [{files: [], rules: {privileged: off}}]":                                false,
		"overrides: [{files: [test/], rules: }]":                                            false,
		"exceptions: [{rule: privileged}]":                                                  false,
		"exceptions: [{rule: privileged, service: app, reason: why}]":                       true,
		"exceptions: [{rule: privileged, reason: why}]":                                     false,
		"exceptions: [{rule: privileged, service: app, reason: why, expires: '31.1.2027'}]": false,
	} {
		var v any
		if err := yaml.Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		if v = withoutTimes(v); v == nil {
			v = map[string]any{}
		}
		_, errs := config.Parse(&model.File{Path: "a.yaml", Text: []byte(text)}, known)
		if accepted := len(errs) == 0; accepted != valid {
			t.Errorf("the program on\n%s\n%v", text, errs)
		}
		if err := schema.Validate(v); (err == nil) != valid {
			t.Errorf("the schema on\n%s\n%v", text, err)
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

func newEngine(t *testing.T) *rules.Engine {
	t.Helper()
	program, err := compiled.Open(policies.Compiled, policies.FS)
	if err != nil {
		t.Fatal(err)
	}
	e, err := rules.New(t.Context(), program)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

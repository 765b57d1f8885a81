package lint

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/examples"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/report"
)

// secretRules are those that judge the values of secrets.
var secretRules = map[string]bool{
	"secret-in-environment": true, "secret-in-url": true, "secret-in-command": true, "secret-in-build-arg": true,
	"secret-in-config": true, "secret-in-label": true, "default-credential": true, "env-file-secret": true,
}

// TestSecretsAreMasked holds that whatever a rule takes for a secret, the loader masks: the
// two go by tables of their own.
func TestSecretsAreMasked(t *testing.T) {
	judged := 0
	for _, p := range judgedCorpus(t) {
		shown := textsByAt(t, loader.Masked(loader.NewModelMask(p.result.Secrets), p.result.Project))
		for _, f := range p.findings {
			if !secretRules[f.Rule] {
				continue
			}
			judged++
			if !strings.Contains(shown[f.At], "***") {
				t.Errorf("%s: %v: [%s] judges what is not masked", p.ID, f.Location, f.Rule)
			}
		}
	}
	t.Logf("%d findings", judged)
	if judged == 0 {
		t.Error("no finding was compared")
	}
}

// TestSecretsAreNotShown writes the bad examples of the rules in every format: none may show a
// value that the rule finds.
func TestSecretsAreNotShown(t *testing.T) {
	for rule := range secretRules {
		t.Run(rule, func(t *testing.T) {
			archive, err := examples.Of(root, rule)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := archive.Unpack(dir); err != nil {
				t.Fatal(err)
			}
			t.Chdir(dir)
			for _, p := range archive.Projects {
				if p.Bad() {
					checkNotShown(t, p)
				}
			}
		})
	}
}

// checkNotShown looks for the values of the examples in what is said of one of them.
func checkNotShown(t *testing.T, p examples.Project) {
	t.Helper()
	r := reportOf(t, Options{Strict: new(true), Review: true}, p.Files...)
	for _, format := range report.Formats {
		var shown strings.Builder
		if err := format.Write(&shown, r, report.TextOptions{}); err != nil {
			t.Errorf("%s in the format %s: %v", p.Name, format.Name, err)
		}
		for _, secret := range []string{"tr0ub4dor", "n3ver-tell", "271828", "0a1b2c3d4e", "EXAMPLEexample", "EXAMPLE0", "minioadmin", "toor"} {
			if strings.Contains(shown.String(), secret) {
				t.Errorf("%s in the format %s: %q is shown", p.Name, format.Name, secret)
			}
		}
	}
}

// textsByAt are the literals and sources of all nodes.
func textsByAt(t *testing.T, project model.Project) map[string]string {
	t.Helper()
	text, err := json.Marshal(project)
	if err != nil {
		t.Fatal(err)
	}
	var all any
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			for _, key := range []string{"literal", "source"} {
				if said, ok := v[key].(string); ok {
					texts[v["at"].(string)] = said
				}
			}
			for _, e := range v {
				walk(e)
			}
		}
	}
	walk(all)
	return texts
}

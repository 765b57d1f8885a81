package rules_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/policy"
)

// TestPoliciesNeedNoImports refuses the imports that only older versions of Rego need.
func TestPoliciesNeedNoImports(t *testing.T) {
	for name, m := range modules(t) {
		for _, i := range m.Imports {
			if p := i.Path.String(); strings.HasPrefix(p, "rego.") || strings.HasPrefix(p, "future.") {
				t.Errorf("%s imports %s", name, p)
			}
		}
	}
}

// TestPoliciesCompile compiles the policies and their tests in strict mode, with every
// field of the input checked against the model.
func TestPoliciesCompile(t *testing.T) {
	once(t, theCompiler)
}

// TestMisspeltField shows that the above fails on a field that the model does not have.
func TestMisspeltField(t *testing.T) {
	for name, body := range map[string]string{
		"privilegd":        `service.privilegd == true`,
		"hostpath":         `service.mounts[_].hostpath == "/"`,
		"option.valeu":     `some option in service.security_options; option.valeu == "false"`,
		"limits.cpu":       `service.limits.cpu == 0`,
		"strickt":          `service.privileged == input.config.strickt`,
		"networks.by_name": `some attachment in service.networks; data.composelint.networks.by_name[attachment.name].intern == true`,
	} {
		t.Run(name, func(t *testing.T) {
			all := policiesAlone(t)
			all["misspelt.rego"] = parse(t, "misspelt.rego", `package composelint.rules.misspelt

import data.composelint.lint

findings contains lint.on(service, "") if {
	some service in input.project.services
	`+body+"\n}\n")
			if _, err := (&policy.Set{Modules: all}).Compile(); err == nil || !strings.Contains(err.Error(), "undefined ref") {
				t.Errorf("compiled with %s: %v", body, err)
			}
		})
	}
}

// TestRulesAreComplete wants of every rule the METADATA that documents it, tests, and
// example files of which some are bad and some are good.
func TestRulesAreComplete(t *testing.T) {
	files := regoFiles(t)
	for _, r := range engine(t).Catalogue {
		t.Run(r.ID, func(t *testing.T) {
			file := "rules/" + strings.ReplaceAll(r.ID, "-", "_")
			if r.OfDaemon() {
				file = "daemon/" + strings.ReplaceAll(r.ID, "-", "_")
			}
			if _, ok := files[file+".rego"]; !ok {
				t.Errorf("the rule is not in %s.rego", file)
			}
			if _, ok := files[file+"_test.rego"]; !ok {
				t.Errorf("%s_test.rego is missing", file)
			}
			if !strings.Contains(r.Description, "\n\n") {
				t.Error("the description is not a reason and, in a last paragraph, a remedy")
			}
			if len(r.References) == 0 {
				t.Error("there is no related resource")
			}
			for _, ref := range r.References {
				if ref.Title == "" || !strings.HasPrefix(ref.URL, "https://") {
					t.Errorf("the related resource %q %q is not a title and an https URL", ref.Title, ref.URL)
				}
			}
			if len(r.Controls)+len(r.Tags) == 0 {
				t.Error("there is neither a control nor a tag")
			}
			if len(r.Fixes) == 0 == (r.ByHand == "") {
				t.Error("it has neither fixes nor a word why there are none")
			}
			checkTags(t, r)
			checkExamples(t, r.ID)
		})
	}
}

func checkTags(t *testing.T, r catalogue.Rule) {
	t.Helper()
	taxonomies, err := engine(t).Taxonomies()
	if err != nil {
		t.Fatal(err)
	}
	attack := taxonomies[len(taxonomies)-1].Controls
	for _, technique := range r.Techniques {
		if !slices.ContainsFunc(attack, func(c rules.Control) bool { return c.ID == technique }) {
			t.Errorf("the technique %q is not in data/techniques.json", technique)
		}
	}
	known := controls(t)
	for _, c := range r.Controls {
		if c != "guide" && !known[c] {
			t.Errorf("the control %q is of no standard in data/standards.json", c)
		}
	}
	if (r.SecuritySeverity == 0) != slices.Contains(r.Tags, "correctness") {
		t.Errorf("a rule has either a security_severity or the tag correctness, not %v and %v", r.SecuritySeverity, r.Tags)
	}
}

func checkExamples(t *testing.T, id string) {
	t.Helper()
	archive, err := txtar.ParseFile("../testdata/rules/" + id + ".txtar")
	if err != nil {
		t.Error(err)
		return
	}
	seen := map[string]bool{}
	for _, f := range archive.Files {
		kind, _, ok := strings.Cut(f.Name, "-")
		if !ok || (kind != "bad" && kind != "good") {
			if f.Name != "want" && f.Name != "fixed" {
				t.Errorf("the example %q is neither bad- nor good-", f.Name)
			}
			continue
		}
		seen[kind] = true
	}
	if !seen["bad"] || !seen["good"] {
		t.Error("the examples are not both bad and good")
	}
	if len(bytes.TrimSpace(archive.Comment)) == 0 {
		t.Error("no comment says what the examples show")
	}
}

func parse(t *testing.T, name, text string) *ast.Module {
	t.Helper()
	m, err := policy.Parse(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// inputSchema is the model's schema, decoded.
func inputSchema(t *testing.T) any {
	t.Helper()
	text, err := model.Schema()
	if err != nil {
		t.Fatal(err)
	}
	var schema any
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	return schema
}

// statedControls is data/standards.json as far as the tests read it.
type statedControls struct {
	Needs     map[string]string
	Standards []struct {
		ID       string
		Older    []struct{ Numbers map[string]string }
		Controls []struct {
			ID, Title, Of, Left, Needs, Unless string
			Judges                             []string
		}
	}
}

func standardsData(t *testing.T) (data statedControls) {
	t.Helper()
	text, err := fs.ReadFile(policies.FS, "data/standards.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &data); err != nil {
		t.Fatal(err)
	}
	return data
}

// controls are those of the standards that the policies know, as standard/id.
func controls(t *testing.T) map[string]bool {
	t.Helper()
	known := map[string]bool{}
	for _, s := range standardsData(t).Standards {
		for _, c := range s.Controls {
			known[s.ID+"/"+c.ID] = true
		}
	}
	return known
}

// TestControls wants of each control either a rule that can fail for it, with what it is judged by, or whose
// word decides.
func TestControls(t *testing.T) {
	judged := map[string]bool{}
	for _, r := range engine(t).Catalogue {
		for _, c := range r.Controls {
			judged[c] = true
		}
	}
	data := standardsData(t)
	for _, s := range data.Standards {
		ids := map[string]bool{}
		for _, c := range s.Controls {
			name := s.ID + "/" + c.ID
			switch {
			case ids[c.ID]:
				t.Errorf("%s is there twice", name)
			case c.Title == "":
				t.Errorf("%s has no title", name)
			case len(c.Judges) > 0 && !judged[name]:
				t.Errorf("%s is to be judged by %v, and no rule names it", name, c.Judges)
			case len(c.Judges) == 0 && c.Needs == "":
				t.Errorf("%s says neither by what it is judged nor what it needs", name)
			case len(c.Judges) == 0 && (c.Of != "" || c.Left != "" || c.Unless != ""):
				t.Errorf("%s is not judged, and says of what", name)
			case len(c.Judges) > 0 && (c.Needs == "") != (c.Unless == ""):
				t.Errorf("%s needs %q and is judged where %q is given: one is missing", name, c.Needs, c.Unless)
			case c.Needs != "" && data.Needs[c.Needs] == "":
				t.Errorf("%s needs %q, which the table does not name", name, c.Needs)
			}
			ids[c.ID] = true
		}
		for _, older := range s.Older {
			for id := range older.Numbers {
				if !ids[id] {
					t.Errorf("an older edition of %s numbers %q otherwise, which is no control of today", s.ID, id)
				}
			}
		}
	}
}

// TestArchitectureNamesTheLibrary wants every file that rules share, and every data file, in
// the tables of docs/architecture.md.
func TestArchitectureNamesTheLibrary(t *testing.T) {
	page, err := os.ReadFile("../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.Glob(policies.FS, "data/*")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, name := range data {
		names = append(names, strings.TrimPrefix(name, "data/"))
	}
	for name, m := range modules(t) {
		if !isTest(name) && !strings.HasPrefix(m.Package.Path.String(), "data.composelint.rules") {
			names = append(names, path.Base(name))
		}
	}
	for _, name := range names {
		if !bytes.Contains(page, []byte("`"+name+"`")) && !bytes.Contains(page, []byte("`"+name+"/`")) {
			t.Errorf("docs/architecture.md does not say what %s is for", name)
		}
	}
}

package rules

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Rule is what its METADATA says of a rule.
type Rule struct {
	ID    string
	Title string
	// Description says why the rule matters, then the remedy, in paragraphs.
	Description string
	References  []Reference
	Facts
	// Own is true for a rule of the user.
	Own bool
}

// Facts is the custom part of a rule's METADATA.
type Facts struct {
	// Severity is the highest that a finding of the rule can have.
	Severity string `json:"severity"`
	// SecuritySeverity is SARIF's score from 0.1 to 10; 0 for a rule that is not about
	// security.
	SecuritySeverity float64 `json:"security_severity"`
	// Precision is very-high, high, medium or low.
	Precision string `json:"precision"`
	// Set is default (always on) or strict (with --strict).
	Set string `json:"set"`
	// Controls are those of the standards that the rule checks, as standard/id:
	// cis-docker-1.6.0/5.32, owasp-docker/1, nist-800-190/4.3.1, guide.
	Controls []string `json:"controls"`
	// Tags are SARIF's: external/cwe/cwe-250.
	Tags []string `json:"tags"`
}

// Reference is a page to read.
type Reference struct {
	Title string
	URL   string
}

// HelpURI is the rule's page. That of a user's rule is its first reference, if it has one.
func (r Rule) HelpURI() string {
	if r.Own {
		for _, reference := range r.References {
			return reference.URL
		}
		return ""
	}
	return "https://github.com/composelint/composelint/blob/main/docs/rules/" + r.ID + ".md"
}

// HighestSeverity is that of the METADATA.
func (r Rule) HighestSeverity() Severity {
	s, err := ParseSeverity(r.Severity)
	if err != nil {
		panic(fmt.Sprintf("rule %s was not checked: %v", r.ID, err))
	}
	return s
}

// Catalogue is the rules of the policies, sorted by id.
type Catalogue []Rule

// Find returns the rule of that id.
func (c Catalogue) Find(id string) (Rule, bool) {
	i, ok := slices.BinarySearchFunc(c, id, func(r Rule, id string) int { return strings.Compare(r.ID, id) })
	if !ok {
		return Rule{}, false
	}
	return c[i], true
}

// rulesPath is the package under which every rule has a package of its own.
var rulesPath = ast.MustParseRef(`data.composelint.rules`)

// catalogueOf reads the rules' METADATA from the parsed policies.
func catalogueOf(modules map[string]*ast.Module) (Catalogue, error) {
	var c Catalogue
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		m := modules[name]
		id, ok := ruleID(m.Package)
		if !ok {
			continue
		}
		r, err := ruleOf(id, m)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s:%d:%d: %w", m.Package.Loc().File, m.Package.Loc().Row, m.Package.Loc().Col, err))
		}
		c = append(c, r)
	}
	if errs != nil {
		return nil, errors.Join(errs...)
	}
	slices.SortFunc(c, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	for i := 1; i < len(c); i++ {
		if c[i].ID == c[i-1].ID {
			return nil, fmt.Errorf("two files define the rule %q: one file is one rule", c[i].ID)
		}
	}
	return c, nil
}

// ruleID is the last part of a package directly under rulesPath.
func ruleID(p *ast.Package) (string, bool) {
	if len(p.Path) != len(rulesPath)+1 || !p.Path.HasPrefix(rulesPath) {
		return "", false
	}
	id, ok := p.Path[len(p.Path)-1].Value.(ast.String)
	return string(id), ok
}

func ruleOf(id string, m *ast.Module) (Rule, error) {
	i := slices.IndexFunc(m.Annotations, func(a *ast.Annotations) bool { return a.Scope == "package" })
	if i < 0 {
		return Rule{}, fmt.Errorf("rule %q has no METADATA above its package", id)
	}
	a := m.Annotations[i]
	r := Rule{ID: id, Title: a.Title, Description: strings.TrimSpace(a.Description)}
	for _, ref := range a.RelatedResources {
		r.References = append(r.References, Reference{Title: ref.Description, URL: ref.Ref.String()})
	}
	custom, err := json.Marshal(a.Custom)
	if err != nil {
		return Rule{}, err
	}
	d := json.NewDecoder(bytes.NewReader(custom))
	d.DisallowUnknownFields()
	if err := d.Decode(&r.Facts); err != nil {
		return Rule{}, fmt.Errorf("METADATA of rule %q: custom: %w", id, err)
	}
	return r, r.check()
}

// check reports the first thing that the METADATA lacks or states wrongly.
func (r Rule) check() error {
	_, err := ParseSeverity(r.Severity)
	switch {
	case err != nil:
		return fmt.Errorf("METADATA of rule %q: %w", r.ID, err)
	case r.Title == "" || r.Description == "":
		return fmt.Errorf("METADATA of rule %q lacks a title or a description", r.ID)
	case !slices.Contains([]string{"very-high", "high", "medium", "low"}, r.Precision):
		return fmt.Errorf("METADATA of rule %q: unknown precision %q: use very-high, high, medium or low", r.ID, r.Precision)
	case r.Set != "default" && r.Set != "strict":
		return fmt.Errorf("METADATA of rule %q: unknown set %q: use default or strict", r.ID, r.Set)
	case r.SecuritySeverity != 0 && (r.SecuritySeverity < 0.1 || r.SecuritySeverity > 10):
		return fmt.Errorf("METADATA of rule %q: security_severity %g is not between 0.1 and 10", r.ID, r.SecuritySeverity)
	}
	return nil
}

// parseModules reads every policy of policies but the tests.
func parseModules(policies fs.FS) (map[string]*ast.Module, error) {
	modules := map[string]*ast.Module{}
	err := eachSource(policies, func(name string) error {
		if path.Ext(name) != ".rego" {
			return nil
		}
		text, err := fs.ReadFile(policies, name)
		if err != nil {
			return err
		}
		m, err := ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{ProcessAnnotation: true})
		modules[name] = m
		return err
	})
	return modules, err
}

// eachSource calls do for every policy but the tests, and for every file of data.
func eachSource(policies fs.FS, do func(name string) error) error {
	return fs.WalkDir(policies, ".", func(name string, d fs.DirEntry, err error) error {
		ext := path.Ext(name)
		if err != nil || d.IsDir() || ext != ".rego" && ext != ".json" || strings.HasSuffix(name, "_test.rego") {
			return err
		}
		return do(name)
	})
}

// Of returns the rules of those ids.
func (c Catalogue) Of(ids []string) Catalogue {
	var some Catalogue
	for _, r := range c {
		if slices.Contains(ids, r.ID) {
			some = append(some, r)
		}
	}
	return some
}

// With returns the rules of both.
func (c Catalogue) With(more Catalogue) Catalogue {
	all := slices.Concat(c, more)
	slices.SortStableFunc(all, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	return slices.CompactFunc(all, func(a, b Rule) bool { return a.ID == b.ID })
}

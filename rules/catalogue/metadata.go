package catalogue

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/rules/severity"
)

// RulesPath is the package under which every rule has a package of its own.
var RulesPath = ast.MustParseRef(`data.composelint.rules`)

// Read reads the rules' METADATA from parsed policies, by file; tests among them are passed
// over. The errors name each rule whose METADATA lacks something or is wrong, and where.
func Read(modules map[string]*ast.Module) (Catalogue, error) {
	var c Catalogue
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		m := modules[name]
		id, ok := ruleID(m.Package)
		if !ok || strings.HasSuffix(name, "_test.rego") {
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

// ruleID is the last part of a package directly under RulesPath.
func ruleID(p *ast.Package) (string, bool) {
	if len(p.Path) != len(RulesPath)+1 || !p.Path.HasPrefix(RulesPath) {
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
	for name := range a.Custom {
		if known := factNames(); !slices.Contains(known, name) {
			return Rule{}, fmt.Errorf("METADATA of rule %q: unknown key %q of custom%s", id, name, suggest.Question(name, known))
		}
	}
	custom, err := json.Marshal(a.Custom)
	if err != nil {
		return Rule{}, err
	}
	d := json.NewDecoder(bytes.NewReader(custom))
	if err := d.Decode(&r.Facts); err != nil {
		return Rule{}, fmt.Errorf("METADATA of rule %q: custom: %w", id, err)
	}
	return r, r.check()
}

// factNames are the keys of the custom part of METADATA.
func factNames() []string {
	var names []string
	for field := range reflect.TypeFor[Facts]().Fields() {
		names = append(names, field.Tag.Get("json"))
	}
	return names
}

// check reports the first thing that the METADATA lacks or states wrongly.
func (r Rule) check() error {
	_, err := severity.Parse(r.Severity)
	switch {
	case err != nil:
		return fmt.Errorf("METADATA of rule %q: %w", r.ID, err)
	case r.Title == "" || r.Description == "":
		return fmt.Errorf("METADATA of rule %q lacks a title or a description", r.ID)
	case !slices.Contains([]string{"very-high", "high", "medium", "low"}, r.Precision):
		return fmt.Errorf("METADATA of rule %q: unknown precision %q: use very-high, high, medium or low", r.ID, r.Precision)
	case r.Set != "default" && r.Set != "strict":
		return fmt.Errorf("METADATA of rule %q: unknown set %q: use default or strict", r.ID, r.Set)
	case slices.ContainsFunc(r.Fixes, func(kind string) bool { return kind != "safe" && kind != "unsafe" }):
		return fmt.Errorf("METADATA of rule %q: unknown fixes %q: use safe and unsafe", r.ID, r.Fixes)
	case len(r.Fixes) > 0 && r.ByHand != "":
		return fmt.Errorf("METADATA of rule %q has fixes, and says that it is mended by hand: use one of them", r.ID)
	case r.SecuritySeverity != 0 && (r.SecuritySeverity < 0.1 || r.SecuritySeverity > 10):
		return fmt.Errorf("METADATA of rule %q: security_severity %g is not between 0.1 and 10", r.ID, r.SecuritySeverity)
	}
	return nil
}

package generate

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules/policy"
)

// helpersProject is what the examples of the helpers are about.
const helpersProject = "testdata/helpers/compose.yaml"

// noHelpers are the packages of the library that no rule calls: what Go asks for, and what is worked out
// beforehand.
var noHelpers = []string{"composelint", "review", "checklist_subjects", "checklist_verdicts", "least", "rule_classes", "tables"}

// helpers are the library of the policies, with its fixtures.
type helpers struct {
	// modules are those of the packages, in the order of the page.
	modules  []*ast.Module
	set      *policy.Set
	compiler *ast.Compiler
	input    ast.Value
}

// helper is a name that a package gives to others.
type helper struct {
	// name has the package before it, as networks.of.
	name, about, example string
}

// helpersPage is docs/helpers.md: what the policies share, each with its comment and an example. The
// example of a function stands in its comment, indented; that of a value is the value.
func helpersPage(root string) (string, error) {
	h, err := readHelpers(root)
	if err != nil {
		return "", err
	}
	project, err := os.ReadFile(filepath.Join(root, helpersProject))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	var wrong []error
	fmt.Fprintf(&b, "# Helpers and fixtures\n\nGenerated from the comments of [policies/lib](../policies/lib), with what each example gives. What begins with `lint` and `fixture` is what [policies of yours](policies.md) are promised. The rest is what composelint's own rules share: use it, but it may change with any release. Where it does, the policy that asks for it is an error with its place.\n\nImport a package by its name, `import data.composelint.networks`. The examples are asked of this project:\n\n```yaml compose.yaml\n%s```\n", project)
	for _, m := range h.modules {
		all, err := helpersOf(m)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", nameOf(m), aboutPackage(m))
		most := mostMembers
		if nameOf(m) == "fixture" {
			most = math.MaxInt // whoever writes a test has to know all of a fixture
		}
		for _, one := range all {
			value, err := h.value(one.example)
			if err != nil {
				wrong = append(wrong, fmt.Errorf("the example of %s: %w", one.name, err))
				continue
			}
			fmt.Fprintf(&b, "\n### %s\n\n%s\n\n```rego\n%s == %s\n```\n", one.name, one.about, one.example, written(value, "", most))
		}
	}
	return b.String(), errors.Join(wrong...)
}

func readHelpers(root string) (h helpers, err error) {
	if h.set, err = policy.Read(policies.FS); err != nil {
		return h, err
	}
	const fixtures = "lib/fixture_test.rego"
	text, err := policies.FS.ReadFile(fixtures)
	if err != nil {
		return h, err
	}
	if h.set.Modules[fixtures], err = policy.Parse(fixtures, text); err != nil {
		return h, err
	}
	if h.compiler, err = h.set.Compile(); err != nil {
		return h, err
	}
	if err = h.set.Prepare(context.Background(), h.compiler); err != nil {
		return h, err
	}
	for file, m := range h.set.Modules {
		if path.Dir(file) == "lib" && !slices.Contains(noHelpers, nameOf(m)) {
			h.modules = append(h.modules, m)
		}
	}
	promised := []string{"fixture", "lint"}
	slices.SortFunc(h.modules, func(a, b *ast.Module) int {
		return cmp.Or(
			-cmp.Compare(slices.Index(promised, nameOf(a)), slices.Index(promised, nameOf(b))),
			strings.Compare(nameOf(a), nameOf(b)),
		)
	})
	h.input, err = helpersInput(root)
	return h, err
}

// helpersInput is the model of the project.
func helpersInput(root string) (ast.Value, error) {
	result, err := lint.New(lint.Options{NoConfig: true}).Configure(
		context.Background(), []loader.Found{{Files: []string{filepath.Join(root, helpersProject)}}}, func() {})
	switch {
	case err != nil:
		return nil, err
	case len(result.Projects) != 1:
		return nil, fmt.Errorf("%s: %v", helpersProject, result.Errors)
	}
	text, err := json.Marshal(result.Projects[0].Printed(false).Input)
	if err != nil {
		return nil, err
	}
	return ast.ValueFromReader(bytes.NewReader(text))
}

// nameOf is the last name of a package.
func nameOf(m *ast.Module) string {
	return string(m.Package.Path[len(m.Package.Path)-1].Value.(ast.String))
}

func aboutPackage(m *ast.Module) string {
	for _, a := range m.Annotations {
		if a.Scope == "package" {
			return strings.TrimSpace(a.Description)
		}
	}
	return ""
}

// helpersOf are those of a package in the order of its file.
func helpersOf(m *ast.Module) ([]helper, error) {
	var all []helper
	met := map[string]bool{}
	for _, rule := range m.Rules {
		name := string(rule.Head.Ref()[0].Value.(ast.Var))
		if strings.HasPrefix(name, "_") || met[name] {
			continue
		}
		met[name] = true
		one := helper{name: nameOf(m) + "." + name}
		one.about, one.example = comment(m, rule.Loc().Row)
		if len(rule.Head.Args) == 0 {
			one.example = one.name
		}
		if one.about == "" || one.example == "" {
			return nil, fmt.Errorf("%s: %s needs a comment, and a function an example: an indented line of it", rule.Loc(), one.name)
		}
		all = append(all, one)
	}
	return all, nil
}

// comment is that above a line, and what is indented in it.
func comment(m *ast.Module, row int) (about, example string) {
	var texts, code []string
	for _, c := range slices.Backward(m.Comments) {
		if c.Location.Row != row-1 {
			continue
		}
		row--
		if line := string(c.Text); strings.HasPrefix(line, "     ") {
			code = append(code, strings.TrimSpace(line))
		} else {
			texts = append(texts, strings.TrimSpace(line))
		}
	}
	slices.Reverse(texts)
	slices.Reverse(code)
	return strings.Join(texts, " "), strings.Join(code, "\n")
}

// value evaluates an example.
func (h helpers) value(example string) (*ast.Term, error) {
	var imports []string
	for _, m := range h.modules {
		imports = append(imports, "data.composelint."+nameOf(m))
	}
	results, err := rego.New(
		rego.Compiler(h.compiler), rego.Store(h.set.Store()), rego.ParsedInput(h.input), rego.Imports(imports), rego.Query("value := "+example),
		rego.GenerateJSON(func(t *ast.Term, _ *rego.EvalContext) (any, error) { return t, nil }),
	).Eval(context.Background())
	if err != nil {
		return nil, err
	}
	if len(results) != 1 {
		return nil, fmt.Errorf("%s is undefined", example)
	}
	return results[0].Bindings["value"].(*ast.Term), nil
}

// Limits of a value on the page: how wide it is in one line, and how many members of a collection are
// shown.
const (
	widestValue = 100
	mostMembers = 4
)

// written is a value as one reads it: in one line where that is short, else a member a line, and not more
// than most of them.
func written(t *ast.Term, indent string, most int) string {
	if line := t.String(); len(indent)+len(line) <= widestValue {
		return line
	}
	var open, end string
	var members []string
	deeper := indent + "\t"
	switch v := t.Value.(type) {
	case ast.Object:
		open, end = "{", "}"
		for _, key := range v.Keys() {
			members = append(members, key.String()+": "+written(v.Get(key), deeper, most))
		}
	case *ast.Array:
		open, end = "[", "]"
		v.Foreach(func(item *ast.Term) { members = append(members, written(item, deeper, most)) })
	case ast.Set:
		open, end = "{", "}"
		for _, item := range v.Slice() {
			members = append(members, written(item, deeper, most))
		}
	default:
		return t.String()
	}
	var b strings.Builder
	b.WriteString(open + "\n")
	for i, member := range members {
		if i == most && len(members) > most+1 {
			fmt.Fprintf(&b, "%s# %d more\n", deeper, len(members)-i)
			break
		}
		b.WriteString(deeper + member + ",\n")
	}
	return b.String() + indent + end
}

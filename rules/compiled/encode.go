package rules

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/policies"
)

// compiledFile holds the compiled policies. It is written by the test that holds it fresh.
const compiledFile = "../policies/compiled.bin"

// TestCompiled compares the compiled policies with those that they are made of.
func TestCompiled(t *testing.T) {
	want := compiledPolicies(t, policies.FS)
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(compiledFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(compiledFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s is not fresh: run go test ./rules -run TestCompiled -update", compiledFile)
	}
}

// TestCompiledModules wants what is decoded to be what the compiler made, and the catalogue
// to be that of the METADATA.
func TestCompiledModules(t *testing.T) {
	sum, err := checksum(policies.FS)
	if err != nil {
		t.Fatal(err)
	}
	d, ok := openCompiled(string(compiledPolicies(t, policies.FS)), sum)
	if !ok {
		t.Fatal("the head is not that of these policies")
	}
	catalogue := d.catalogue()
	slow, err := New(t.Context(), policies.FS)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(slow.Catalogue, catalogue, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the catalogue is another one (-want +got):\n%s", diff)
	}
	store := d.store()
	data, err := parseData(policies.FS)
	if err != nil {
		t.Fatal(err)
	}
	if want := ast.MustInterfaceToValue(data["composelint"]); store.root.value().Compare(want) != 0 {
		t.Error("the data are others")
	}
	decoded := d.modules()
	for name, m := range compiledModules(t, policies.FS) {
		if decoded[name] == nil || len(decoded[name].Rules) != len(m.Rules) {
			t.Fatalf("%s has other rules", name)
		}
		for i, r := range m.Rules {
			if !r.Equal(decoded[name].Rules[i]) {
				t.Errorf("%s: the rule\n%s\nis decoded as\n%s", name, r, decoded[name].Rules[i])
			}
		}
	}
}

// TestCompiledOfOthers shows that policies which were changed are compiled.
func TestCompiledOfOthers(t *testing.T) {
	for _, compiled := range []string{"", "composelint policies", compiledHead(1) + "garbage"} {
		e, err := NewCompiled(t.Context(), policies.FS, compiled)
		if err != nil || len(e.Catalogue) == 0 {
			t.Errorf("compiled policies %.30q: %d rules, error %v", compiled, len(e.Catalogue), err)
		}
	}
}

func compiledModules(t *testing.T, policies fs.FS) map[string]*ast.Module {
	t.Helper()
	modules, err := parseModules(policies)
	if err != nil {
		t.Fatal(err)
	}
	c := ast.NewCompiler().WithCapabilities(sandbox())
	if c.Compile(modules); c.Failed() {
		t.Fatal(c.Errors)
	}
	for _, m := range c.Modules {
		for i, r := range m.Rules {
			m.Rules[i] = renumbered(t, r)
		}
	}
	return c.Modules
}

// renumbered counts the variables that the compiler made anew in each rule, so that what rules
// have in common is the same in both. It works on a copy: the compiler's terms share what is
// below them, and would be renamed twice.
func renumbered(t *testing.T, r *ast.Rule) *ast.Rule {
	t.Helper()
	r = r.Copy()
	before := variables(r)
	names := map[ast.Var]ast.Var{}
	_, err := ast.TransformVars(r, func(v ast.Var) (ast.Value, error) {
		if v.IsGenerated() && names[v] == "" {
			names[v] = ast.Var(fmt.Sprintf("__local%d__", len(names)))
		}
		return cmp.Or(names[v], v), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if after := variables(r); after != before {
		t.Fatalf("%d variables are %d after they were renamed: %s", before, after, r)
	}
	return r
}

// variables counts the different variables of a rule.
func variables(r *ast.Rule) int {
	seen := map[ast.Var]bool{}
	ast.WalkVars(r, func(v ast.Var) bool { seen[v] = true; return false })
	return len(seen)
}

func compiledPolicies(t *testing.T, policies fs.FS) []byte {
	t.Helper()
	sum, err := checksum(policies)
	if err != nil {
		t.Fatal(err)
	}
	modules, err := parseModules(policies)
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := catalogueOf(modules)
	if err != nil {
		t.Fatal(err)
	}
	data, err := parseData(policies)
	if err != nil {
		t.Fatal(err)
	}
	e := newEncoder()
	e.catalogue(catalogue)
	e.data(data["composelint"])
	e.modules(compiledModules(t, policies))
	return append([]byte(compiledHead(sum)), e.bytes()...)
}

// termEncoder writes what decoder reads.
type termEncoder struct {
	out     []byte
	strings []string
	indexes map[string]int
	// written are the indexes of the terms with others in them, by how each is written alone.
	// It is nil where such a term is written alone.
	written map[string]int
}

func newEncoder() *termEncoder {
	return &termEncoder{indexes: map[string]int{}, written: map[string]int{}}
}

// bytes is the table of strings, then what was written.
func (e *termEncoder) bytes() []byte {
	table := &termEncoder{}
	table.count(len(e.strings))
	for _, s := range e.strings {
		table.text(s)
	}
	return append(table.out, e.out...)
}

func (e *termEncoder) count(n int) { e.out = binary.AppendUvarint(e.out, uint64(n)) }

func (e *termEncoder) flag(b bool) {
	n := 0
	if b {
		n = 1
	}
	e.count(n)
}

func (e *termEncoder) text(s string) {
	e.count(len(s))
	e.out = append(e.out, s...)
}

func (e *termEncoder) string(s string) {
	i, ok := e.indexes[s]
	if !ok {
		i = len(e.strings)
		e.indexes[s] = i
		e.strings = append(e.strings, s)
	}
	e.count(i)
}

func (e *termEncoder) catalogue(c Catalogue) {
	e.count(len(c))
	for _, r := range c {
		e.string(r.ID)
		e.text(r.Title)
		e.text(r.Description)
		e.count(len(r.References))
		for _, ref := range r.References {
			e.string(ref.Title)
			e.string(ref.URL)
		}
		e.string(r.Severity)
		e.count(int(math.Round(r.SecuritySeverity * 10)))
		e.string(r.Precision)
		e.string(r.Set)
		e.list(r.Controls)
		e.list(r.Tags)
	}
}

func (e *termEncoder) list(list []string) {
	e.count(len(list))
	for _, s := range list {
		e.string(s)
	}
}

// largeObject is the size, in bytes, from which on what is in an object is decoded one by one.
const largeObject = 4 << 10

func (e *termEncoder) data(v any) {
	whole := newEncoder()
	whole.term(ast.NewTerm(ast.MustInterfaceToValue(v)))
	text := whole.bytes()
	object, ok := v.(map[string]any)
	large := ok && len(text) > largeObject
	e.flag(large)
	if !large {
		e.text(string(text))
		return
	}
	e.count(len(object))
	for _, name := range slices.Sorted(maps.Keys(object)) {
		e.string(name)
		e.data(object[name])
	}
}

func (e *termEncoder) modules(modules map[string]*ast.Module) {
	e.count(len(modules))
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		m := modules[name]
		e.string(name)
		e.term(ast.NewTerm(m.Package.Path))
		e.count(len(m.Rules))
		for _, r := range m.Rules {
			e.rule(r)
		}
	}
}

func (e *termEncoder) rule(r *ast.Rule) {
	e.count(r.Location.Row)
	e.flag(r.Default)
	e.string(string(r.Head.Name))
	e.term(ast.NewTerm(r.Head.Reference))
	e.terms(r.Head.Args)
	e.term(r.Head.Key)
	e.term(r.Head.Value)
	e.flag(r.Head.Assign)
	e.body(r.Body)
	e.flag(r.Else != nil)
	if r.Else != nil {
		e.rule(r.Else)
	}
}

func (e *termEncoder) body(body ast.Body) {
	e.count(len(body))
	for i, expr := range body {
		if expr.Index != i || len(expr.With) > 0 {
			panic(fmt.Sprintf("the expression %s has a form that is not written", expr))
		}
		e.flag(expr.Negated)
		e.flag(expr.Generated)
		switch terms := expr.Terms.(type) {
		case *ast.Term:
			e.count(exprTerm)
			e.term(terms)
		case []*ast.Term:
			e.count(exprCall)
			e.terms(terms)
		case *ast.Every:
			e.count(exprEvery)
			e.term(terms.Key)
			e.term(terms.Value)
			e.term(terms.Domain)
			e.body(terms.Body)
		default:
			panic(fmt.Sprintf("the expression %s is a %T, which is not written", expr, terms))
		}
	}
}

func (e *termEncoder) terms(terms []*ast.Term) {
	e.count(len(terms))
	for _, term := range terms {
		e.term(term)
	}
}

// term writes a term, and one with others in it but once.
func (e *termEncoder) term(term *ast.Term) {
	if term == nil {
		e.count(termNone)
		return
	}
	if _, ok := term.Value.(ast.Var); ok || ast.IsScalar(term.Value) || e.written == nil {
		e.alone(term)
		return
	}
	whole := &termEncoder{strings: e.strings, indexes: e.indexes}
	whole.alone(term)
	e.strings = whole.strings
	if i, ok := e.written[string(whole.out)]; ok {
		e.count(termAgain)
		e.count(i)
		return
	}
	e.alone(term)
	e.written[string(whole.out)] = len(e.written)
}

func (e *termEncoder) alone(term *ast.Term) {
	switch v := term.Value.(type) {
	case ast.Null:
		e.count(termNull)
	case ast.Boolean:
		e.count(map[bool]int{false: termFalse, true: termTrue}[bool(v)])
	case ast.Number:
		e.count(termNumber)
		e.string(string(v))
	case ast.String:
		e.count(termString)
		e.string(string(v))
	case ast.Var:
		e.count(termVar)
		e.string(string(v))
	case ast.Ref:
		e.count(termRef)
		e.terms(v)
	case ast.Call:
		e.count(termCall)
		e.terms(v)
	case *ast.Array:
		e.count(termArray)
		e.count(v.Len())
		v.Foreach(e.term)
	case ast.Set:
		e.count(termSet)
		e.terms(v.Slice())
	case ast.Object:
		e.count(termObject)
		e.count(v.Len())
		v.Foreach(func(key, value *ast.Term) {
			e.term(key)
			e.term(value)
		})
	case *ast.ArrayComprehension:
		e.count(termArrayComprehension)
		e.term(v.Term)
		e.body(v.Body)
	case *ast.SetComprehension:
		e.count(termSetComprehension)
		e.term(v.Term)
		e.body(v.Body)
	case *ast.ObjectComprehension:
		e.count(termObjectComprehension)
		e.term(v.Key)
		e.term(v.Value)
		e.body(v.Body)
	default:
		panic(fmt.Sprintf("the term %s is a %T, which is not written", term, v))
	}
}

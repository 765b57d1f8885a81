package rules

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/model"
)

// Own is a directory of policies of the user: rules and what they share in *.rego, knowledge
// in data/*.json and data/*/*.json, tests in *_test.rego.
type Own struct {
	// Path is what the user calls it.
	Path  string
	Files fs.FS
}

// maxPolicy is the largest file of policies that is read, in bytes.
const maxPolicy = 5_000_000

// NewWith is New with the user's policies beside those of composelint. They are held to the
// same: METADATA, and a model whose every field is checked. What is wrong is an error with
// its place; no policy is passed over.
func NewWith(ctx context.Context, policies fs.FS, own []Own) (*Engine, error) {
	p, err := withOwn(policies, own, false)
	if err != nil {
		return nil, err
	}
	compiler, err := p.compile()
	if err != nil {
		return nil, err
	}
	if err := p.prepare(ctx, compiler); err != nil {
		return nil, err
	}
	store := inmem.NewFromObjectWithOpts(p.data, inmem.OptRoundTripOnWrite(false), inmem.OptReturnASTValuesOnRead(true))
	return newEngine(ctx, p.catalogue, compiler, store)
}

// policySet is all policies of a run, parsed.
type policySet struct {
	modules   map[string]*ast.Module
	data      map[string]any
	catalogue Catalogue
	// ownData is true where the user has data.
	ownData bool
}

// withOwn reads the policies and the user's, with tests on request.
func withOwn(policies fs.FS, own []Own, tests bool) (*policySet, error) {
	p := &policySet{}
	var err error
	if p.modules, err = parseModules(policies); err != nil {
		return nil, err
	}
	if p.data, err = parseData(policies); err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, m := range p.modules {
		taken[m.Package.Path.String()] = true
	}
	for _, o := range own {
		if err := p.add(o, taken, tests); err != nil {
			return nil, err
		}
	}
	rules := maps.Clone(p.modules)
	maps.DeleteFunc(rules, func(name string, _ *ast.Module) bool { return strings.HasSuffix(name, "_test.rego") })
	if p.catalogue, err = catalogueOf(rules); err != nil {
		return nil, err
	}
	for i, r := range p.catalogue {
		p.catalogue[i].Own = !taken[rulesPath.Append(ast.StringTerm(r.ID)).String()]
	}
	return p, nil
}

// add reads a directory of the user.
func (p *policySet) add(own Own, taken map[string]bool, tests bool) error {
	var errs []error
	found := false
	err := fs.WalkDir(own.Files, ".", func(name string, d fs.DirEntry, err error) error {
		ext := path.Ext(name)
		if err != nil || d.IsDir() || ext != ".rego" && ext != ".json" || !tests && strings.HasSuffix(name, "_test.rego") {
			return err
		}
		found = true
		text, err := readPolicy(own.Files, name)
		if err == nil && ext == ".rego" {
			err = p.addModule(path.Join(own.Path, name), text, taken)
		} else if err == nil {
			err = p.addData(name, text)
		}
		if err != nil {
			errs = append(errs, placed(path.Join(own.Path, name), err))
		}
		return nil
	})
	switch {
	case err != nil:
		return fmt.Errorf("could not read the policies %q: %w", own.Path, err)
	case !found:
		return fmt.Errorf("the directory of policies %q has no *.rego and no data/*.json", own.Path)
	}
	return errors.Join(errs...)
}

func readPolicy(files fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(files, name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("is not a regular file")
	case info.Size() > maxPolicy:
		return nil, fmt.Errorf("is larger than the limit of %d bytes", maxPolicy)
	}
	return fs.ReadFile(files, name)
}

func (p *policySet) addModule(name string, text []byte, taken map[string]bool) error {
	m, err := ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{ProcessAnnotation: true})
	if err != nil {
		return err
	}
	if !m.Package.Path.HasPrefix(rulesPath[:2]) {
		return at(m.Package.Location, "the package %q is not below composelint: call it composelint.rules[\"id\"], or composelint.NAME for what rules share", m.Package.Path)
	}
	if taken[m.Package.Path.String()] {
		return at(m.Package.Location, "the package %q is one of composelint's own: take another name", m.Package.Path)
	}
	p.modules[name] = m
	return nil
}

// addData adds a file of data. It may add to a group, such as proxies, and change nothing.
func (p *policySet) addData(name string, text []byte) error {
	if path.Dir(name) != "data" && path.Dir(path.Dir(name)) != "data" {
		return errors.New("is neither data/*.json nor data/*/*.json")
	}
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		return err
	}
	into := p.data["composelint"].(map[string]any)
	if group := path.Base(path.Dir(name)); group != "data" {
		if into[group] == nil {
			into[group] = map[string]any{}
		}
		inner, ok := into[group].(map[string]any)
		if !ok {
			return fmt.Errorf("%q is no group of data", group)
		}
		into = inner
	}
	key := strings.TrimSuffix(path.Base(name), ".json")
	if into[key] != nil {
		return fmt.Errorf("the data %q are composelint's own: take another name", key)
	}
	if path.Dir(name) == "data/proxies" {
		if err := p.checkProxy(v); err != nil {
			return err
		}
	}
	into[key], p.ownData = v, true
	return nil
}

// prepare makes anew what follows from the data, of which there are more.
func (p *policySet) prepare(ctx context.Context, compiler *ast.Compiler) error {
	if !p.ownData {
		return nil
	}
	results, err := rego.New(rego.Query("data.composelint.tables"), rego.Compiler(compiler), rego.Store(inmem.NewFromObject(p.data))).Eval(ctx)
	if err != nil {
		return fmt.Errorf("could not evaluate the policies: %w", err)
	}
	p.data["composelint"].(map[string]any)["prepared"] = results[0].Expressions[0].Value
	return nil
}

// checkProxy holds a socket proxy of the user against those that are known: what no policy
// reads would be passed over in silence.
func (p *policySet) checkProxy(v any) error {
	proxy, ok := v.(map[string]any)
	if !ok {
		return errors.New("is not an object")
	}
	data := p.data["composelint"].(map[string]any)
	fields, languages := map[string]bool{}, map[string]bool{}
	for _, known := range data["proxies"].(map[string]any) {
		for field, value := range known.(map[string]any) {
			fields[field] = true
			if text, ok := value.(string); ok && field == "language" {
				languages[text] = true
			}
		}
	}
	for _, field := range []string{"name", "source", "images", "language", "variables"} {
		if proxy[field] == nil {
			return fmt.Errorf("lacks %q: see docs/proxies.md", field)
		}
	}
	for field := range proxy {
		if !fields[field] {
			return fmt.Errorf("unknown field %q%s", field, suggest.Question(field, slices.Sorted(maps.Keys(fields))))
		}
	}
	if err := oneOfNames("language", proxy["language"], slices.Sorted(maps.Keys(languages))); err != nil {
		return err
	}
	if proxy["language"] == "flags" {
		truths := slices.Sorted(maps.Keys(data["truth"].(map[string]any)))
		return oneOfNames("truth", proxy["truth"], slices.DeleteFunc(truths, func(s string) bool { return s == "about" }))
	}
	return nil
}

func oneOfNames(field string, v any, known []string) error {
	if text, _ := v.(string); !slices.Contains(known, text) {
		return fmt.Errorf("unknown %s %q: use %s", field, text, strings.Join(known, ", "))
	}
	return nil
}

// compile checks the modules strictly, and every field of the input against the model.
func (p *policySet) compile() (*ast.Compiler, error) {
	text, err := model.Schema()
	if err != nil {
		return nil, err
	}
	var schema any
	if err := json.Unmarshal(text, &schema); err != nil {
		return nil, err
	}
	schemas := ast.NewSchemaSet()
	schemas.Put(ast.MustParseRef("schema.input"), schema)
	c := ast.NewCompiler().WithCapabilities(sandbox()).WithStrict(true).WithUseTypeCheckAnnotations(true).WithSchemas(schemas)
	if c.Compile(p.modules); c.Failed() {
		return nil, placed("", c.Errors)
	}
	return c, nil
}

// at is an error at a place in a policy.
func at(place *ast.Location, format string, args ...any) error {
	return ast.Errors{ast.NewError(ast.CompileErr, place, format, args...)}
}

// placed writes OPA's errors as other errors are written: file:line:col: message.
func placed(file string, err error) error {
	var all ast.Errors
	if !errors.As(err, &all) {
		return fmt.Errorf("%s: %w", file, err)
	}
	var errs []error
	for _, e := range all {
		message := strings.Join(strings.Fields(e.Message), " ")
		if e.Details != nil {
			message += details(e.Details.Lines(), message)
		}
		if e.Location != nil {
			message = fmt.Sprintf("%s:%d:%d: %s", e.Location.File, e.Location.Row, max(e.Location.Col, 1), message)
		}
		errs = append(errs, errors.New(message))
	}
	return errors.Join(errs...)
}

// details are those lines of an error that say more than its message: not the text again, nor
// the mark below it.
func details(lines []string, message string) string {
	var more []string
	for _, line := range lines {
		if line = strings.Join(strings.Fields(line), " "); line != "" && line != "^" && !strings.Contains(message, line) {
			more = append(more, line)
		}
	}
	if more == nil {
		return ""
	}
	return " (" + strings.Join(more, ", ") + ")"
}

// TestResult is what came of a test of a policy.
type TestResult struct {
	Name, File string
	Line       int
	// Failure is empty for a test that passed.
	Failure string
}

// TestOwn runs the tests of the user's policies. The fixtures of composelint's own tests
// (data.composelint.fixture) are there.
func TestOwn(ctx context.Context, policies fs.FS, own []Own) ([]TestResult, error) {
	p, err := withOwn(policies, own, true)
	if err != nil {
		return nil, err
	}
	const fixture = "fixture_test.rego"
	text, err := fs.ReadFile(policies, fixture)
	if err != nil {
		return nil, err
	}
	if p.modules[fixture], err = ast.ParseModule(fixture, string(text)); err != nil {
		return nil, err
	}
	compiler, err := p.compile()
	if err != nil {
		return nil, err
	}
	if err := p.prepare(ctx, compiler); err != nil {
		return nil, err
	}
	store := inmem.NewFromObject(p.data)
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Abort(ctx, txn)
	runner := tester.NewRunner().SetCompiler(ast.NewCompiler().WithCapabilities(sandbox())).
		SetStore(store).SetModules(p.modules).SetParallel(1)
	done, err := runner.RunTests(ctx, txn)
	if err != nil {
		return nil, err
	}
	var results []TestResult
	for r := range done {
		t := TestResult{Name: strings.TrimPrefix(r.Package, "data.") + "." + r.Name, File: r.Location.File, Line: r.Location.Row}
		switch {
		case r.Error != nil:
			t.Failure = r.Error.Error()
		case !r.Pass():
			t.Failure = "it does not hold"
		}
		results = append(results, t)
	}
	slices.SortFunc(results, func(a, b TestResult) int {
		if a.File != b.File {
			return strings.Compare(a.File, b.File)
		}
		return a.Line - b.Line
	})
	return results, nil
}

// Package own reads policies of the user, which stand beside those of composelint, and runs
// their tests.
package own

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/policy"
)

// Directory is one of policies: rules and what they share in *.rego, knowledge in data/*.json
// and data/*/*.json, tests in *_test.rego.
type Directory struct {
	// Path is what the user calls it.
	Path  string
	Files fs.FS
}

// Base is composelint's policies, beside which those of the user stand.
type Base struct {
	Files fs.FS
	// Prepared is what follows from their data alone, as their plan has it among the data.
	Prepared ast.Value
	// Print gets what the policies of the user print.
	Print policy.Printer
}

// Programs are what is made of the policies of the user.
type Programs struct {
	// Catalogue has the rules of the user beside composelint's.
	Catalogue catalogue.Catalogue
	// Extended is composelint's policies with the user's data, nil where there are none.
	Extended *policy.Program
	// Own has the policies of the user as well, nil where there are none. What secrets there are is
	// asked of a program without them.
	Own *policy.Program
}

// Read compiles composelint's policies with those of the user beside them. They are held to
// the same: METADATA, and a model whose every field is checked. What is wrong is an error with
// its place; no policy is passed over.
func Read(ctx context.Context, base Base, dirs []Directory) (*Programs, error) {
	u, err := join(ctx, base, dirs, false)
	if err != nil {
		return nil, err
	}
	p := &Programs{Catalogue: u.catalogue}
	if u.moreData {
		if p.Extended, err = u.extended(ctx); err != nil {
			return nil, err
		}
	}
	if len(u.own) > 0 {
		p.Own, err = u.program(u.all(), base.Print)
	}
	return p, err
}

// union is composelint's policies and the user's.
type union struct {
	// Set is composelint's policies with all data.
	*policy.Set
	// own are the policies of the user, by file.
	own       map[string]*ast.Module
	catalogue catalogue.Catalogue
	// taken are the packages of composelint, and the names of its data as packages.
	taken map[string]bool
	// moreData is true where the user has data.
	moreData bool
	// bytes and rules are how much of the user was read.
	bytes, rules int
}

// Limits of the policies and data of a run.
const (
	maxBytes = 5_000_000
	// maxRules bounds how deeply rules can call each other: nothing within a process survives the
	// end of its stack.
	maxRules = 5_000
)

// join reads the policies and the user's, with the tests of these on request.
func join(ctx context.Context, base Base, dirs []Directory, tests bool) (*union, error) {
	set, err := policy.Read(base.Files)
	if err != nil {
		return nil, err
	}
	if set.Data[policy.Prepared], err = ast.JSON(base.Prepared); err != nil {
		return nil, err
	}
	u := &union{Set: set, own: map[string]*ast.Module{}, taken: map[string]bool{}}
	for _, m := range u.Modules {
		u.taken[m.Package.Path.String()] = true
	}
	for name := range u.Data {
		u.taken[catalogue.RulesPath[:2].Append(ast.StringTerm(name)).String()] = true
	}
	for _, dir := range dirs {
		if err := u.add(ctx, dir, tests); err != nil {
			return nil, err
		}
	}
	if u.catalogue, err = catalogue.Read(u.all().Modules); err != nil {
		return nil, err
	}
	for i, r := range u.catalogue {
		u.catalogue[i].Own = !u.taken[catalogue.RulesPath.Append(ast.StringTerm(r.ID)).String()]
	}
	return u, nil
}

// all is composelint's policies with those of the user beside them.
func (u *union) all() *policy.Set {
	all := &policy.Set{Modules: maps.Clone(u.Modules), Data: u.Data}
	maps.Copy(all.Modules, u.own)
	return all
}

// extended compiles composelint's policies, and makes anew what follows from the data.
func (u *union) extended(ctx context.Context) (*policy.Program, error) {
	compiler, err := u.Compile()
	if err != nil {
		return nil, placed("", err)
	}
	if err := u.Prepare(ctx, compiler); err != nil {
		return nil, err
	}
	return u.asked(compiler, nil), nil
}

// program compiles policies that may print.
func (u *union) program(set *policy.Set, print policy.Printer) (*policy.Program, error) {
	compiler, err := set.CompilePrinting()
	if err != nil {
		return nil, placed("", err)
	}
	return u.asked(compiler, print), nil
}

func (u *union) asked(compiler *ast.Compiler, print policy.Printer) *policy.Program {
	return &policy.Program{Catalogue: u.catalogue, Evaluator: policy.Topdown{Compiler: compiler, Store: u.Store(), Print: print}}
}

// add reads a directory of the user.
func (u *union) add(ctx context.Context, dir Directory, tests bool) error {
	var errs []error
	found := false
	err := fs.WalkDir(dir.Files, ".", func(name string, d fs.DirEntry, err error) error {
		ext := path.Ext(name)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil || d.IsDir() || ext != ".rego" && ext != ".json" || !tests && strings.HasSuffix(name, "_test.rego"):
			return err
		}
		found = true
		text, err := u.read(dir.Files, name)
		if err == nil && ext == ".rego" {
			err = u.addModule(path.Join(dir.Path, name), text)
		} else if err == nil {
			err = u.addData(name, text)
		}
		if err != nil {
			errs = append(errs, placed(path.Join(dir.Path, name), err))
		}
		return nil
	})
	switch {
	case err != nil:
		return fmt.Errorf("could not read the policies %q: %w", dir.Path, err)
	case !found:
		return fmt.Errorf("the directory of policies %q has no *.rego and no data/*.json", dir.Path)
	}
	return errors.Join(errs...)
}

func (u *union) read(files fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(files, name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("is not a regular file")
	case u.bytes+int(info.Size()) > maxBytes:
		return nil, fmt.Errorf("is larger than what is left of the limit of %d bytes for all policies", maxBytes)
	}
	u.bytes += int(info.Size())
	return fs.ReadFile(files, name)
}

// addModule adds a policy. Its key is one that no policy of composelint has, whatever the
// directory is called.
func (u *union) addModule(name string, text []byte) error {
	m, err := policy.Parse(name, text)
	if err != nil {
		return err
	}
	if !m.Package.Path.HasPrefix(catalogue.RulesPath[:2]) {
		return at(m.Package.Location, "the package %q is not below composelint: call it composelint.rules[\"id\"], or composelint.NAME for what rules share", m.Package.Path)
	}
	if taken := u.takenBy(m.Package.Path); taken != nil {
		return at(m.Package.Location, "the package %q is one of composelint's own: take another name", taken)
	}
	if u.rules += len(m.Rules); u.rules > maxRules {
		return at(m.Package.Location, "there are more rules than the limit of %d", maxRules)
	}
	u.own["own:"+name] = m
	if err := checkMetadata(m); err != nil {
		return err
	}
	if !strings.HasSuffix(name, "_test.rego") {
		if err := checkFindings(m); err != nil {
			return err
		}
	}
	return checkSchemas(m)
}

// takenBy is the package of composelint that a package of the user would be or add to, nil where
// there is none. To add to the root of all is what each package does.
func (u *union) takenBy(path ast.Ref) ast.Ref {
	for i := min(3, len(path)); i <= len(path); i++ {
		if u.taken[path[:i].String()] {
			return path[:i]
		}
	}
	return nil
}

// addData adds a file of data. It may add to a group, such as proxies, and change nothing.
func (u *union) addData(name string, text []byte) error {
	if !policy.IsData(name) {
		return errors.New("is neither data/*.json nor data/*/*.json")
	}
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		return err
	}
	group, key := policy.Place(name)
	into := u.Group(group)
	switch {
	case into == nil:
		return fmt.Errorf("%q is no group of data", group)
	case into[key] != nil:
		return fmt.Errorf("the data %q are composelint's own: take another name", key)
	case group == "proxies":
		if err := u.checkProxy(v); err != nil {
			return err
		}
	}
	into[key], u.moreData = v, true
	return nil
}

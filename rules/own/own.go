// Package own reads policies of the user, which stand beside those of composelint, and runs
// their tests.
package own

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
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
}

// maxPolicy is the largest file of policies that is read, in bytes.
const maxPolicy = 5_000_000

// Read compiles composelint's policies with those of the user beside them. They are held to
// the same: METADATA, and a model whose every field is checked. What is wrong is an error with
// its place; no policy is passed over.
func Read(ctx context.Context, base Base, dirs []Directory) (*policy.Program, error) {
	u, err := join(base, dirs, false)
	if err != nil {
		return nil, err
	}
	compiler, err := u.compile(ctx)
	if err != nil {
		return nil, err
	}
	return &policy.Program{Catalogue: u.catalogue, Evaluator: policy.Topdown{Compiler: compiler, Store: u.Store()}}, nil
}

// union is composelint's policies and the user's.
type union struct {
	*policy.Set
	catalogue catalogue.Catalogue
	// taken are the packages of composelint.
	taken map[string]bool
	// moreData is true where the user has data.
	moreData bool
}

// join reads the policies and the user's, with the tests of these on request.
func join(base Base, dirs []Directory, tests bool) (*union, error) {
	set, err := policy.Read(base.Files)
	if err != nil {
		return nil, err
	}
	if set.Data[policy.Prepared], err = ast.JSON(base.Prepared); err != nil {
		return nil, err
	}
	u := &union{Set: set, taken: map[string]bool{}}
	for _, m := range u.Modules {
		u.taken[m.Package.Path.String()] = true
	}
	for _, dir := range dirs {
		if err := u.add(dir, tests); err != nil {
			return nil, err
		}
	}
	if u.catalogue, err = catalogue.Read(u.Modules); err != nil {
		return nil, err
	}
	for i, r := range u.catalogue {
		u.catalogue[i].Own = !u.taken[catalogue.RulesPath.Append(ast.StringTerm(r.ID)).String()]
	}
	return u, nil
}

// add reads a directory of the user.
func (u *union) add(dir Directory, tests bool) error {
	var errs []error
	found := false
	err := fs.WalkDir(dir.Files, ".", func(name string, d fs.DirEntry, err error) error {
		ext := path.Ext(name)
		if err != nil || d.IsDir() || ext != ".rego" && ext != ".json" || !tests && strings.HasSuffix(name, "_test.rego") {
			return err
		}
		found = true
		text, err := read(dir.Files, name)
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

func read(files fs.FS, name string) ([]byte, error) {
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
	if u.taken[m.Package.Path.String()] {
		return at(m.Package.Location, "the package %q is one of composelint's own: take another name", m.Package.Path)
	}
	u.Modules["own:"+name] = m
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

// compile compiles the policies, and makes anew what follows from the data where there are
// more of them.
func (u *union) compile(ctx context.Context) (*ast.Compiler, error) {
	compiler, err := u.Compile()
	if err != nil {
		return nil, placed("", err)
	}
	if u.moreData {
		err = u.Prepare(ctx, compiler)
	}
	return compiler, err
}

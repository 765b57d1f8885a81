// Package policy reads policies in Rego with the data that they use, and makes a program of
// them that can be asked.
package policy

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules/catalogue"
)

// Set is policies and their data as they were read.
type Set struct {
	// Modules are the parsed policies, by file.
	Modules map[string]*ast.Module
	// Data are what the policies see below data.composelint.
	Data map[string]any
}

// Read reads every policy of a directory but the tests, and the data. A policy may stand
// anywhere in it.
func Read(files fs.FS) (*Set, error) {
	s := &Set{Modules: map[string]*ast.Module{}, Data: map[string]any{}}
	err := Walk(files, false, func(name string) error {
		text, err := fs.ReadFile(files, name)
		switch {
		case err != nil:
			return err
		case IsData(name):
			return s.addData(files, name, text)
		}
		s.Modules[name], err = Parse(name, text)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("could not read the policies: %w", err)
	}
	return s, nil
}

// Walk calls do for every policy of a directory and for every file of data; for tests, too,
// where they are wanted.
func Walk(files fs.FS, tests bool, do func(name string) error) error {
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		wanted := IsData(name) || path.Ext(name) == ".rego" && (tests || !strings.HasSuffix(name, "_test.rego"))
		if err != nil || d.IsDir() || !wanted {
			return err
		}
		return do(name)
	})
}

// Parse parses a policy with its METADATA.
func Parse(name string, text []byte) (*ast.Module, error) {
	return ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{ProcessAnnotation: true})
}

// Program compiles the policies, and checks their METADATA.
func (s *Set) Program() (*Program, error) {
	c, err := catalogue.Read(s.Modules)
	if err != nil {
		return nil, fmt.Errorf("could not read the policies: %w", err)
	}
	compiler, err := s.Compile()
	if err != nil {
		return nil, fmt.Errorf("could not compile the policies: %w", err)
	}
	if err := s.Prepare(context.Background(), compiler); err != nil {
		return nil, err
	}
	return &Program{Catalogue: c, Evaluator: Topdown{Compiler: compiler, Store: s.Store()}}, nil
}

// Compile compiles the policies strictly: it refuses what is written and not used, and every
// field of the input that the model does not have. The error is OPA's, ast.Errors.
func (s *Set) Compile() (*ast.Compiler, error) { return s.compile(false) }

// CompilePrinting compiles the policies with their calls of print, which Compile leaves out.
func (s *Set) CompilePrinting() (*ast.Compiler, error) { return s.compile(true) }

func (s *Set) compile(printing bool) (*ast.Compiler, error) {
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
	c := ast.NewCompiler().WithCapabilities(Sandbox()).WithStrict(true).WithUseTypeCheckAnnotations(true).WithSchemas(schemas).WithEnablePrintStatements(printing)
	if c.Compile(s.Modules); c.Failed() {
		return nil, c.Errors
	}
	return c, nil
}

// Store holds the data for OPA.
func (s *Set) Store() storage.Store {
	document := map[string]any{"composelint": s.Data}
	return inmem.NewFromObjectWithOpts(document, inmem.OptRoundTripOnWrite(false), inmem.OptReturnASTValuesOnRead(true))
}

// Prepared is the name among the data of what follows from them alone, as the package tables says,
// so that no question has to work it out. It takes half a second: a plan has it with the data.
const Prepared = "prepared"

// Prepare puts it among the data.
func (s *Set) Prepare(ctx context.Context, compiler *ast.Compiler) error {
	delete(s.Data, Prepared)
	tables, err := Topdown{Compiler: compiler, Store: s.Store()}.Query(ctx, "data.composelint.tables")
	if err != nil {
		return err
	}
	value, err := tables(ctx, nil)
	if err != nil || value == nil {
		return err
	}
	s.Data[Prepared], err = ast.JSON(value)
	return err
}

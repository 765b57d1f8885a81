// Package policies makes what follows from the policies of a repository: it formats them as
// opa fmt does, and writes the plan of them and the schema of the configuration. It reads the files
// themselves, and nothing that it wrote before. The command in main.go does so, which go generate
// runs.
package policies

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"

	"github.com/composelint/composelint/internal/plan/planner"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/compiled"
	"github.com/composelint/composelint/rules/config"
	"github.com/composelint/composelint/rules/policy"
)

// Generate writes each file anew, in an order in which each is made of those before it.
func Generate(repository string) error {
	policies := policiesOf(repository)
	files, err := outputs(policies)
	if err != nil {
		return err
	}
	for _, f := range files {
		text, err := f.make(policies)
		if err != nil {
			return fmt.Errorf("could not make %q: %w", f.path, err)
		}
		if err := os.WriteFile(filepath.Join(repository, f.path), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func policiesOf(repository string) fs.FS { return os.DirFS(filepath.Join(repository, "policies")) }

// output is a file that is made of the policies.
type output struct {
	// path is from the repository.
	path string
	make func(policies fs.FS) ([]byte, error)
}

func outputs(policies fs.FS) ([]output, error) {
	var all []output
	err := policy.Walk(policies, true, func(name string) error {
		if path.Ext(name) == ".rego" {
			all = append(all, output{path.Join("policies", name), func(policies fs.FS) ([]byte, error) { return formatted(policies, name) }})
		}
		return nil
	})
	return append(all,
		output{"policies/compiled.bin", planned},
		output{"docs/composelint.schema.json", configSchema},
	), err
}

// formatted is a policy as opa fmt writes it.
func formatted(policies fs.FS, name string) ([]byte, error) {
	text, err := fs.ReadFile(policies, name)
	if err != nil {
		return nil, err
	}
	return format.SourceWithOpts(name, text, format.Opts{RegoVersion: ast.RegoV1})
}

// planned is the plan of the policies for what rules.Engine asks.
func planned(policies fs.FS) ([]byte, error) {
	return compiled.Write(policies, func(set *policy.Set) ([]byte, error) {
		return planner.Plan(context.Background(), planner.Policies{
			Modules: set.Modules, Data: set.Data, Root: "composelint", Queries: rules.Queries(), Builtins: policy.Sandbox(),
		})
	})
}

// configSchema is the schema of the configuration, with the names that the policies know.
func configSchema(policies fs.FS) ([]byte, error) {
	set, err := policy.Read(policies)
	if err != nil {
		return nil, err
	}
	program, err := set.Program()
	if err != nil {
		return nil, err
	}
	engine, err := rules.New(context.Background(), program)
	if err != nil {
		return nil, err
	}
	return config.Schema(config.KnownTo(engine))
}

package lint

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"

	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/compiled"
	"github.com/composelint/composelint/rules/own"
	"github.com/composelint/composelint/rules/policy"
)

// embedded is the engine of the policies that come with the program, and embeddedProgram what it
// asks; each is made once.
var (
	embedded = sync.OnceValues(func() (*rules.Engine, error) {
		program, err := embeddedProgram()
		if err != nil {
			return nil, err
		}
		return rules.New(context.Background(), program)
	})
	embeddedProgram = sync.OnceValues(func() (*policy.Program, error) { return compiled.Open(policies.Compiled, policies.FS) })
)

// Engine is the one with the policies of the options beside composelint's own.
func (l *Linter) Engine() (*rules.Engine, error) {
	return l.engineOf(l.Policies)
}

// engineOf is the engine that has the policies in some directories beside composelint's own. It
// is made once for all projects that have the same ones.
func (l *Linter) engineOf(dirs []string) (*rules.Engine, error) {
	if len(dirs) == 0 {
		return embedded()
	}
	made, _ := l.engines.LoadOrStore(strings.Join(dirs, "\x00"), sync.OnceValues(func() (*rules.Engine, error) {
		directories, err := openPolicies(dirs)
		if err != nil {
			return nil, err
		}
		base, err := base()
		if err != nil {
			return nil, err
		}
		program, err := own.Read(context.Background(), base, directories)
		if err != nil {
			return nil, err
		}
		return rules.New(context.Background(), program)
	}))
	return made.(func() (*rules.Engine, error))()
}

// openPolicies opens directories of policies. No link in them leads out of them.
func openPolicies(dirs []string) ([]own.Directory, error) {
	var directories []own.Directory
	for _, dir := range dirs {
		inside, err := files.Directory(dir)
		if err != nil {
			return nil, fmt.Errorf("could not open the directory of policies %q: %w", dir, err)
		}
		directories = append(directories, own.Directory{Path: filepath.ToSlash(dir), Files: inside})
	}
	return directories, nil
}

// TestPolicies runs the tests of policies of the user, and returns what became of each.
func TestPolicies(ctx context.Context, dirs []string) ([]own.TestResult, error) {
	directories, err := openPolicies(dirs)
	if err != nil {
		return nil, err
	}
	base, err := base()
	if err != nil {
		return nil, err
	}
	return own.Test(ctx, base, directories)
}

// base is what policies of the user stand beside.
func base() (own.Base, error) {
	program, err := embeddedProgram()
	if err != nil {
		return own.Base{}, err
	}
	return own.Base{Files: policies.FS, Prepared: program.Datum(policy.Prepared)}, nil
}

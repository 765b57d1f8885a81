package lint

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/composelint/composelint/internal/guard"
	"github.com/composelint/composelint/loader"
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

// engines are those that judge a project. The first has composelint's policies, which see every
// value, and the catalogue of all rules.
type engines struct {
	*rules.Engine
	// own has the user's policies as well, and is asked for what they find; nil where there are none.
	// They see what may be shown.
	own *rules.Engine
	// guard bounds what comes of the user's policies and data, nil where there are none.
	guard *guard.Guard
}

// Engine is the one with the policies of the options beside composelint's own.
func (l *Linter) Engine() (*rules.Engine, error) {
	e, err := l.enginesOf(l.Policies)
	return e.Engine, err
}

// enginesOf are those with the policies in some directories beside composelint's own. They are
// made once for all projects that have the same ones.
func (l *Linter) enginesOf(dirs []string) (engines, error) {
	if len(dirs) == 0 {
		engine, err := embedded()
		return engines{Engine: engine}, err
	}
	made, _ := l.engines.LoadOrStore(strings.Join(dirs, "\x00"), sync.OnceValues(func() (engines, error) {
		e := engines{guard: l.guard}
		err := e.bounded(context.Background(), fmt.Sprintf("could not read the policies %q", dirs[0]), func(ctx context.Context) error {
			return e.read(ctx, l, dirs)
		})
		return e, err
	}))
	return made.(func() (engines, error))()
}

// read reads and compiles the policies in some directories.
func (e *engines) read(ctx context.Context, l *Linter, dirs []string) error {
	programs, err := withPolicies(l, dirs, func(base own.Base, directories []own.Directory) (*own.Programs, error) {
		return own.Read(ctx, base, directories)
	})
	if err != nil {
		return err
	}
	composelint, err := embedded()
	if err == nil && programs.Extended != nil {
		composelint, err = rules.New(ctx, programs.Extended)
	}
	if err != nil {
		return err
	}
	withAll := *composelint
	withAll.Catalogue = programs.Catalogue
	e.Engine = &withAll
	if programs.Own != nil {
		e.own, err = rules.New(ctx, programs.Own)
	}
	return err
}

// bounded does work in the time that a project has, and where the user has policies within the
// limit of memory, too.
func (e engines) bounded(ctx context.Context, failed string, work func(context.Context) error) error {
	if e.guard != nil {
		return e.guard.Do(ctx, failed, loader.Deadline, work)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, loader.Deadline, guard.TooLong(failed, loader.Deadline))
	defer cancel()
	err := work(ctx)
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// judge asks the policies about a project, for a review as well where one is wanted. That is made by
// composelint's policies: what the user's find, they say themselves.
func (e engines) judge(ctx context.Context, c *Configured, reviewed bool) ([]rules.Finding, *rules.Review, error) {
	own, err := e.judgeByOwn(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	var findings []rules.Finding
	var review *rules.Review
	if input := c.Input(c.config); reviewed {
		review = &rules.Review{}
		findings, *review, err = e.Review(ctx, input, c.Sources, own...)
	} else {
		findings, err = e.Judge(ctx, input, c.Sources)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("could not judge %q: %w", c.Files[0], err)
	}
	if len(own) > 0 {
		findings = append(findings, own...)
		rules.Sort(findings)
	}
	return findings, review, nil
}

// judgeByOwn asks the user's policies about a project.
func (e engines) judgeByOwn(ctx context.Context, c *Configured) ([]rules.Finding, error) {
	if e.own == nil {
		return nil, nil
	}
	config := c.config
	config.Enabled = slices.DeleteFunc(slices.Clone(config.Enabled), func(id string) bool {
		rule, _ := e.Catalogue.Find(id)
		return !rule.Own
	})
	findings, err := e.own.Judge(ctx, c.Masked().Input(config), c.Sources)
	if err == nil && sizeOf(findings) > maxFindings {
		err = fmt.Errorf("could not judge %q: the policies find more than the limit of %d bytes", c.Files[0], maxFindings)
	}
	return findings, err
}

// maxFindings bounds what policies of the user find in a project, in bytes: what comes after judging
// has no limits of its own.
const maxFindings = 5_000_000

// sizeOf is what findings take, about.
func sizeOf(findings []rules.Finding) (size int) {
	const fields = 100
	for _, f := range findings {
		size += fields + len(f.Message)
		for _, r := range slices.Concat(f.Related, f.Path) {
			size += fields + len(r.Label)
		}
	}
	return size
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

// testTime is what all tests of policies together may take; each has own.TestTimeout.
const testTime = 10 * time.Minute

// TestPolicies runs the tests of the policies of the options, and returns what became of each.
func (l *Linter) TestPolicies(ctx context.Context) (results []own.TestResult, err error) {
	err = l.guard.Do(ctx, "could not test the policies", testTime, func(ctx context.Context) error {
		results, err = withPolicies(l, l.Policies, func(base own.Base, directories []own.Directory) ([]own.TestResult, error) {
			return own.Test(ctx, base, directories)
		})
		return err
	})
	return results, err
}

// withPolicies does something with directories of policies and what they stand beside.
func withPolicies[T any](l *Linter, dirs []string, do func(own.Base, []own.Directory) (T, error)) (none T, err error) {
	directories, err := openPolicies(dirs)
	if err != nil {
		return none, err
	}
	program, err := embeddedProgram()
	if err != nil {
		return none, err
	}
	return do(own.Base{Files: policies.FS, Prepared: program.Datum(policy.Prepared), Print: l.Print}, directories)
}

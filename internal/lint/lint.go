// Package lint takes projects from their files to a report.
//
// A project is [Loaded], [Configured] and [Judged], several at once; the projects of a run
// together are [Triaged], of which the report is made.
package lint

import (
	"context"
	"sync"
	"time"

	"github.com/composelint/composelint/internal/guard"
	"github.com/composelint/composelint/loader"
)

// Options is what is asked of a run. It has the last word where the configuration of a project
// says otherwise.
type Options struct {
	// Load is what every project is loaded with, but for its files.
	Load loader.Options
	// Config is the path of the configuration of every project; where it is empty, each has the
	// nearest one. With NoConfig none is read.
	Config   string
	NoConfig bool
	// Policies are directories of policies of the user.
	Policies []string
	// AllowPolicies lets configurations that are found beside projects bring policies, too.
	AllowPolicies bool
	// Memory is the most that the process may take while policies of the user run, in bytes, and half
	// of what it may take at all; 0 is no limit.
	Memory int64
	// Print gets what policies of the user print, with the place where they do, from several goroutines.
	Print func(place, line string)
	// Abort ends the process, where work cannot be stopped otherwise.
	Abort func(error)
	// Select are the ids of rules, or patterns of them, that alone run; Ignore those that do not.
	Select, Ignore []string
	// Strict and FailOn are nil where the configuration has the say. FailOn is a severity or
	// none.
	Strict *bool
	FailOn *string
	// FailOnControls are names of controls and standards (rules.Engine.Gates) whose rules run whatever
	// else is chosen, and whose findings fail the run, whatever their severity.
	FailOnControls []string
	// Standard is the name of the one whose controls alone a review tells; empty for those of today.
	Standard string
	// Target is what the files are run by: compose or swarm.
	Target string
	// EngineVersion is that of the engine, which goes before that of the configuration; empty for none.
	EngineVersion string
	// Day is the day that the policies take for today, empty for that of their knowledge.
	Day string
	// Whole keeps of each project all that it is, for a proposal or for fixes.
	Whole bool
	// Review has each project reviewed as well; Taxonomies has the report say by what rules are classified.
	Review, Taxonomies bool
	// Fixes has the report say of findings how they can be fixed in the files.
	Fixes bool
	// NoIgnores lets nothing excuse a finding or make less of it, NoComments no comment of the
	// files that are judged.
	NoIgnores, NoComments bool
	// Changed are files of which only what they do to the projects that they are part of is told; nil
	// where all is.
	Changed []string
	// NewFromPatch is the path of a unified diff of which only what stands on the lines that it adds is
	// told; empty where all is.
	NewFromPatch string
	// Today is the day by which exceptions expire, as 2027-01-31.
	Today string
}

// DefaultFailOn is the lowest severity that fails a run where nothing says otherwise.
const DefaultFailOn = "warning"

// Linter does what is asked of a run. It compiles the policies of the same directories once.
type Linter struct {
	Options
	// engines are those with policies of the user, by their directories.
	engines *sync.Map
	// guard bounds them, and whole all that is done.
	guard, whole *guard.Guard
}

// Deadline is what a run may take, however many projects it has.
const Deadline = 10 * time.Minute

// New returns the linter of a run.
func New(o Options) *Linter {
	return &Linter{
		Options: o,
		engines: &sync.Map{},
		guard:   &guard.Guard{Memory: o.Memory, Abort: o.Abort, Advice: "correct the policies, or raise --memory-limit"},
		whole:   &guard.Guard{Memory: 2 * o.Memory, Abort: o.Abort, Advice: "judge fewer or smaller files at once, or raise --memory-limit"},
	}
}

// Over is the linter with the texts of files that are in hand, and the policies that this one has read. Its limits
// are those of a new run.
func (l *Linter) Over(texts map[string][]byte) *Linter {
	o := l.Options
	o.Load.Texts = texts
	over := New(o)
	over.engines = l.engines
	return over
}

// Result is what became of the projects of a run.
type Result[T any] struct {
	// Projects are those that came to the stage, in the order in which they were named, without
	// those that are part of another.
	Projects []T
	// Errors are what went wrong, each once: above all why a project is not among Projects.
	Errors []error
	// Incomplete is true where a project could not be read or judged, or not all of it.
	Incomplete bool
	// Profiles are those of the services of all projects.
	Profiles []string
	// Read are the paths of the files that were read.
	Read []string
}

// Configure loads the projects and configures them. What goes wrong with one does not cost the
// others anything. After each project it calls step. An error is about the policies.
func (l *Linter) Configure(ctx context.Context, found []loader.Found, step func()) (Result[*Configured], error) {
	return run(ctx, l, found, step, l.toConfigured)
}

// Judge does what Configure does, and asks the policies about each project.
func (l *Linter) Judge(ctx context.Context, found []loader.Found, step func()) (Result[*Judged], error) {
	return run(ctx, l, found, step, l.toJudged)
}

// run takes each project to a stage, within the limits of a run: those that it has no more time or
// memory for are not judged.
func run[T stage](ctx context.Context, l *Linter, found []loader.Found, step func(), to func(context.Context, loader.Found) outcome[T]) (Result[T], error) {
	go func() { _, _ = embedded() }() // the policies are prepared while the files are read
	if len(l.Policies) > 0 {
		if _, err := l.Engine(); err != nil {
			return Result[T]{}, err
		}
	}
	var outcomes []outcome[T]
	_ = l.whole.Do(ctx, "could not judge all projects", Deadline, func(ctx context.Context) error {
		outcomes = examine(found, func(f loader.Found) outcome[T] {
			defer step()
			return to(ctx, f)
		})
		return nil
	}) // each project that is not judged has the error
	_, err := embedded()
	outcomes = wholes(outcomes)
	if l.Changed != nil {
		outcomes = changedOnly(asPaths(l.Changed), outcomes)
	}
	return resultOf(outcomes), err
}

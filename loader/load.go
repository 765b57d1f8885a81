// Package loader turns Compose files into the model, exactly as docker compose would read them,
// and remembers where every value stands. It is the door to the rooms below: compose makes one
// tree of the files, check says what docker compose would refuse of it, normalize writes the
// model, topology connects it.
package loader

import (
	"context"
	"fmt"
	"time"

	"github.com/composelint/composelint/loader/check"
	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/loader/normalize"
	"github.com/composelint/composelint/loader/secret"
	"github.com/composelint/composelint/loader/template"
	"github.com/composelint/composelint/loader/topology"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// Options say which project to load.
type Options = compose.Options

// Assumption is what Options can assume of variables.
type Assumption = template.Assumption

// The assumptions besides none: that they are set, and that they are not.
const (
	Set   = template.Set
	Unset = template.Unset
)

// Result is a loaded project.
type Result struct {
	Project  model.Project
	Problems []model.Problem
	Unknown  []model.Unknown
	Missing  []model.MissingFile
	// Daemon is what the engine's configuration file says, nil where there is none.
	Daemon *model.Daemon
	// Choices are the variables of which it is not known which of two ways a value goes. What else
	// it may be is there with Options.Assume.
	Choices []string
	Sources *model.Sources
	// Secrets are those of the project, which a Mask hides wherever they turn up.
	Secrets *Secrets
	// Incomplete is true when a part of the project could not be read at all, so that the
	// findings are not all there are.
	Incomplete bool
	// PartialDaemon is true when the engine's configuration file could not be read.
	PartialDaemon bool
	// Profiles are those of the services and jobs, and * where one is not known.
	Profiles []string
	// Fragment is true when no service has an image or a build, as in an override file that
	// is judged alone: what services lack may stand elsewhere.
	Fragment bool
}

// Deadline is the last resort against input that takes forever: the other limits bound
// the work. Judging has as long.
const Deadline = 30 * time.Second

// Load reads a project. What docker compose would refuse is among the problems and the
// rest is loaded; the error is about a file of the options that cannot be read.
func Load(ctx context.Context, o Options) (*Result, error) {
	if len(o.Files) == 0 {
		return nil, fmt.Errorf("no compose file to load")
	}
	if o.Secrets == nil {
		o.Secrets = secret.NewKnown()
	}
	ctx, cancel := context.WithTimeoutCause(ctx, Deadline, fmt.Errorf("could not load %q: it takes longer than the limit of %v", files.Shown(o.Files[0]), Deadline))
	defer cancel()
	type outcome struct {
		*Result
		error
	}
	done := make(chan outcome, 1)
	go func() {
		r, err := load(ctx, o)
		if err != nil {
			err = NewMask(o.Secrets).Error(err)
		}
		done <- outcome{r, err}
	}()
	select {
	case loaded := <-done:
		if ctx.Err() == nil {
			return loaded.Result, loaded.error
		}
	case <-ctx.Done(): // what does not look at the context, such as the file system, is left alone
	}
	return nil, context.Cause(ctx)
}

// load reads the files of a project and makes its model. A panic is an error: no input may take
// down the judgement of other projects.
func load(ctx context.Context, o Options) (r *Result, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("could not load %q: internal error: %v", files.Shown(o.Files[0]), v)
		}
	}()
	sources, problems := model.NewSources(), &compose.Problems{}
	d, err := openDaemon(o, sources)
	if err != nil {
		return nil, err
	}
	if isDaemon(o) {
		return &Result{
			Project: noProject(), Problems: []model.Problem{}, Unknown: []model.Unknown{}, Missing: []model.MissingFile{},
			Daemon: d.Daemon, Sources: sources, Secrets: o.Secrets, PartialDaemon: d.partial,
		}, nil
	}
	m, err := compose.Open(ctx, o, sources, problems)
	if err != nil {
		return nil, err
	}
	stated, fragment := check.Project(m.Merge(), problems, check.Options{
		Profiles: o.Profiles, Enabled: m.Profiles(o.Profiles), Swarm: o.Swarm, Partial: m.Partial(), Lacks: m.Lacks, Daemon: d.Daemon,
	})
	whole := m.Complete(stated, m.Normalize(stated))
	n := normalize.Project(whole, problems, normalize.Options{Profiles: o.Profiles, Swarm: o.Swarm, Daemon: d.Daemon}, sources)
	return &Result{
		Project: topology.Connect(n.Project, o.Swarm), Problems: n.Problems, Unknown: n.Unknown,
		Missing: n.Missing, Daemon: d.Daemon, Choices: whole.Choices, Sources: sources, Secrets: o.Secrets,
		Incomplete: problems.Incomplete, PartialDaemon: d.partial, Profiles: compose.ProfilesOf(stated), Fragment: fragment,
	}, nil
}

// Input is what the policies see of the project, given what the caller asks for.
func (r *Result) Input(config model.Config) model.Input {
	project := r.Project
	if len(config.Roles.Edge) > 0 {
		project.Services = topology.WithEdge(project.Services, config.Roles.Edge)
	}
	return model.Input{Project: project, Problems: r.Problems, Unknown: r.Unknown, Missing: r.Missing, Daemon: r.Daemon, Config: config}
}

// Masked is the result with stars for every secret.
func (r *Result) Masked() *Result {
	masked, mask := *r, NewMask(r.Secrets)
	masked.Project, masked.Problems, masked.Daemon = Masked(mask, r.Project), Masked(mask, r.Problems), Masked(mask, r.Daemon)
	return &masked
}

// Secrets are those of a project.
type Secrets = secret.Known

// HideInText hides the secrets in a file that is no part of the project, such as its configuration,
// and adds them to those of the project.
func HideInText(secrets *Secrets, file *model.File) { secrets.HideInText(yamltree.NewSource(file)) }

// Mask replaces the secrets of projects in texts.
type Mask = secret.Mask

// NewMask masks the secrets of some projects.
func NewMask(secrets ...*Secrets) *Mask { return secret.NewMask(secrets...) }

// NewModelMask masks also what environments and env files give them.
func NewModelMask(secrets ...*Secrets) *Mask { return secret.NewModelMask(secrets...) }

// Masked is a copy of a value in which no text shows a secret.
func Masked[T any](m *Mask, value T) T { return secret.Masked(m, value) }

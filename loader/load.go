// Package loader turns Compose files into the model, exactly as docker compose would read them,
// and remembers where every value stands. It is the door to the rooms below: compose makes one
// tree of the files, check says what docker compose would refuse of it, normalize writes the
// model, topology connects it.
package loader

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/composelint/composelint/loader/check"
	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/loader/normalize"
	"github.com/composelint/composelint/loader/secret"
	"github.com/composelint/composelint/loader/topology"
	"github.com/composelint/composelint/model"
)

// Options say which project to load.
type Options = compose.Options

// Result is a loaded project.
type Result struct {
	Project  model.Project
	Problems []model.Problem
	Unknown  []model.Unknown
	Sources  *model.Sources
	// Incomplete is true when a part of the project could not be read at all, so that the
	// findings are not all there are.
	Incomplete bool
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
	ctx, cancel := context.WithTimeout(ctx, Deadline)
	defer cancel()
	sources, problems := model.NewSources(), &compose.Problems{}
	m, err := compose.Open(ctx, o, sources, problems)
	if err != nil {
		return nil, err
	}
	r, err := load(m, o, sources, problems)
	if ctx.Err() != nil {
		return nil, fmt.Errorf("could not load %q: it takes longer than the limit of %v", files.Shown(o.Files[0]), Deadline)
	}
	return r, err
}

// load makes the model of a project whose files are open. A panic is an error: no input
// may take down the judgement of other projects.
func load(m *compose.Merger, o Options, sources *model.Sources, problems *compose.Problems) (r *Result, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("could not load %q: internal error: %v", files.Shown(o.Files[0]), v)
		}
	}()
	stated, fragment := check.Project(m.Merge(), problems, o.Profiles)
	whole := m.Complete(stated, m.Normalize(stated))
	n := normalize.Project(whole, problems.All, o.Profiles, sources)
	return &Result{
		Project: topology.Connect(n.Project, o.Swarm), Problems: n.Problems, Unknown: n.Unknown,
		Sources: sources, Incomplete: problems.Incomplete, Fragment: fragment,
	}, nil
}

// Input is what the policies see of the project, given what the caller asks for.
func (r *Result) Input(config model.Config) model.Input {
	project := r.Project
	if len(config.Roles.Edge) > 0 {
		project.Services = topology.WithEdge(project.Services, config.Roles.Edge)
	}
	return model.Input{Project: project, Problems: r.Problems, Unknown: r.Unknown, Config: config}
}

// Masked is the result with a mask for every value that looks like a credential.
func (r *Result) Masked() *Result {
	masked := *r
	masked.Project = secret.Mask(r.Project)
	masked.Problems = slices.Clone(r.Problems)
	for i := range masked.Problems {
		masked.Problems[i].Message = secret.MaskText(masked.Problems[i].Message)
	}
	return &masked
}

// MaskText masks what looks like a credential by its own shape.
func MaskText(text string) string { return secret.MaskText(text) }

package lint

import (
	"context"
	"fmt"

	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/internal/verify/inspect"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
)

// Inspected is a project that was compared with what runs.
type Inspected struct {
	*Configured
	// Report shows no secret.
	Report check.Report
}

// namedDeployment is what the Compose file of what runs is called.
const namedDeployment = "<deployment>"

// Inspect loads the projects, and compares each with what the engine says of its containers.
func (l *Linter) Inspect(ctx context.Context, found []loader.Found, step func(), seen inspect.Deployment) (Result[*Inspected], error) {
	text, err := seen.Compose()
	if err != nil {
		return Result[*Inspected]{}, err
	}
	return run(ctx, l, found, step, func(ctx context.Context, found loader.Found) outcome[*Inspected] {
		before := l.toConfigured(ctx, found)
		o := outcome[*Inspected]{history: before.history}
		if len(o.errors) > 0 {
			return o
		}
		c := before.project
		report, err := l.inspected(ctx, c, seen, text)
		if err != nil {
			o.errors = masked(c.Loaded, err)
		}
		o.project = &Inspected{Configured: c, Report: report}
		return o
	})
}

// inspected loads what runs as a project of its own, and compares the two.
func (l *Linter) inspected(ctx context.Context, c *Configured, seen inspect.Deployment, text []byte) (check.Report, error) {
	files := inspect.Project{Input: c.Input(c.config), Sources: c.Sources, Partial: c.Incomplete || c.Fragment || len(c.options.Profiles) > 0}
	running := inspect.Running{Deployment: seen}
	// Nothing but the text is read, and its secrets are those of the project, too.
	loaded, err := loader.Load(ctx, loader.Options{Files: []string{namedDeployment}, Texts: map[string][]byte{namedDeployment: text}, EnvFiles: []string{}, Secrets: c.Secrets})
	if err != nil {
		return check.Report{}, fmt.Errorf("could not compare %q with what runs: %w", c.Files[0], err)
	}
	running.Project = loaded.Project
	var report check.Report
	err = c.engine.bounded(ctx, fmt.Sprintf("could not compare %q with what runs", c.Files[0]), func(ctx context.Context) (err error) {
		if files.API, err = c.engine.DockerAPISettings(ctx, files.Input, c.Sources); err != nil {
			return err
		}
		if running.API, err = c.engine.DockerAPISettings(ctx, loaded.Input(model.Config{Target: c.config.Target}), loaded.Sources); err != nil {
			return err
		}
		report, err = inspect.Compare(files, running, c.shown())
		return err
	})
	return loader.Masked(loader.NewMask(c.Secrets), report), err
}

// shown is the value of a variable without what looks like a credential.
func (c *Configured) shown() func(name, value string) string {
	mask := loader.NewMask(c.Secrets)
	return func(name, value string) string {
		return *loader.Masked(mask, model.Setting{Name: name, Value: &value, Literal: value}).Value
	}
}

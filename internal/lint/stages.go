package lint

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/composelint/composelint/internal/fix"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/triage"
)

// Loaded is a project whose Compose files were read.
type Loaded struct {
	loader.Found
	*loader.Result
	// options are those that it was loaded with.
	options loader.Options
}

// Configured is a project with what its configuration and the command line say.
type Configured struct {
	Loaded
	settings
}

// Judged is a project with what the policies find in it.
type Judged struct {
	*Configured
	// judged are the findings, with what excuses some of them.
	judged *triage.Judged
	// review is nil where none was asked for.
	review *rules.Review
	// limit says what was not judged any more, nil where all was.
	limit error
	// ofDaemon is true where the engine's configuration was judged.
	ofDaemon bool
}

// unexplained is an error where the findings do not say why some of the project was not judged.
func (p *Judged) unexplained() error {
	if p.limit != nil {
		return p.limit
	}
	return p.Configured.unexplained()
}

// stage is one that a project can be taken to.
type stage interface {
	// unexplained is an error where the findings do not say why some of the project was not
	// judged.
	unexplained() error
}

// outcome is how far a project came: to the stage T where there are no errors.
type outcome[T any] struct {
	history
	project T
}

// history is what is known of a project however far it came.
type history struct {
	loader.Found
	// read are the paths of the files that were read, but for the configuration, whose path is
	// empty where there is none.
	read          []string
	configuration string
	// included are those of them that are part of it by include or extends.
	included []included
	// profiles are those of the services.
	profiles []string
	// incomplete is true where not all of it could be read.
	incomplete bool
	errors     []error
}

func (l *Linter) toConfigured(ctx context.Context, found loader.Found) outcome[*Configured] {
	o := outcome[*Configured]{history: history{Found: found}}
	options := l.Load
	options.Files = found.Files
	file, instead, unreadable := l.configurationFile(options)
	options, err := l.withScope(options, file)
	if err != nil {
		o.errors = []error{err, notJudged(found, "its configuration")}
		return o
	}
	loaded, err := l.load(ctx, found, options)
	if err != nil {
		o.errors = []error{err}
		return o
	}
	o.read, o.included, o.incomplete = slices.Collect(maps.Keys(loaded.Sources.Files)), includedBy(loaded), loaded.Incomplete || loaded.PartialDaemon
	o.profiles = loaded.Profiles
	if unreadable != nil {
		o.errors = masked(loaded, unreadable, notJudged(found, "its configuration"))
		return o
	}
	if file != nil {
		loader.HideInText(loaded.Secrets, file)
		o.configuration = file.Path
	}
	o.project, o.errors = l.configure(loaded, file, instead)
	o.errors = masked(loaded, o.errors...)
	return o
}

func (l *Linter) toJudged(ctx context.Context, found loader.Found) outcome[*Judged] {
	before := l.toConfigured(ctx, found)
	o := outcome[*Judged]{history: before.history}
	if len(o.errors) > 0 {
		return o
	}
	var err error
	if o.project, err = l.judge(ctx, before.project); err != nil {
		o.errors = masked(before.project.Loaded, err)
	}
	return o
}

// masked are errors that show no secret of the project.
func masked(of Loaded, errs ...error) []error {
	if len(errs) == 0 {
		return nil
	}
	mask := loader.NewMask(of.Secrets)
	for i, err := range errs {
		errs[i] = mask.Error(err)
	}
	return errs
}

// load reads the files of a project.
func (l *Linter) load(ctx context.Context, found loader.Found, options loader.Options) (Loaded, error) {
	result, err := loader.Load(ctx, options)
	if err == nil && l.NoComments {
		result.Sources.Directives = nil
	}
	return Loaded{Found: found, Result: result, options: options}, err
}

// judge asks the policies about a project, in the time that loading it has as well.
func (l *Linter) judge(ctx context.Context, c *Configured) (*Judged, error) {
	p := &Judged{Configured: c, limit: c.tooManyChoices(), ofDaemon: c.Daemon != nil}
	var findings []rules.Finding
	err := c.engine.bounded(ctx, fmt.Sprintf("could not judge %q", c.Files[0]), func(ctx context.Context) (err error) {
		if findings, p.review, err = c.engine.judge(ctx, c, l.Review); err == nil {
			findings, err = l.withPossible(ctx, c, findings)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	c.attribute(findings)
	if l.Fixes {
		fix.Resolve(findings, c.Project, c.Sources)
	}
	mask := sync.OnceValue(func() *loader.Mask { return loader.NewMask(c.Secrets) }) // few runs ask for it
	p.judged = &triage.Judged{
		Catalogue: c.engine.Catalogue, Project: c.Project, Sources: c.Sources, Choice: c.choice, Exceptions: c.exceptions,
		Mask:    func(text string) string { return mask().Text(text) },
		Partial: c.Incomplete || c.PartialDaemon || c.Fragment || len(c.options.Profiles) > 0, Findings: triage.Level(findings, c.choice, c.Project, c.Sources.Files),
	}
	if !p.judged.Excusable() && !l.Whole {
		p.forget()
	}
	return p, nil
}

// attribute says of findings which project they are of, and which service of it they are about.
func (c *Configured) attribute(findings []rules.Finding) {
	services := map[string]rules.Service{}
	for _, s := range c.Project.Services {
		if s.Name == s.Owner { // a hook's node is within that of its service
			place, _ := c.Sources.Locate(s.At, "")
			services[s.At] = rules.Service{Name: s.Name, Kind: s.Kind, Location: place.Location}
		}
	}
	for i := range findings {
		findings[i].Project = loader.Shown(c.Files[0])
		at := findings[i].At
		for end := range len(at) + 1 {
			if end == len(at) || at[end] == '.' || at[end] == '[' {
				findings[i].Service = cmp.Or(services[at[:end]], findings[i].Service)
			}
		}
	}
}

// forget lets go of what is most of a project in memory and of no more use: in an
// organisation there are many.
func (p *Judged) forget() {
	p.Sources = p.Sources.OnlyFiles()
	p.Project, p.Problems, p.Unknown, p.Missing = model.Project{}, nil, nil, nil
	p.judged.Project, p.judged.Sources = p.Project, p.Sources
}

func (c *Configured) unexplained() error {
	explained := func(partial bool, by string) error {
		if !partial || slices.Contains(c.choice.Rules, by) {
			return nil
		}
		return fmt.Errorf("%q was judged only in part: the rule %s, which does not run, says why", c.Files[0], by)
	}
	return cmp.Or(explained(c.Incomplete, rules.InvalidCompose), explained(c.PartialDaemon, rules.DaemonRefused))
}

// Printed is what the policies see of the project, and unless sources is false where it stands,
// with stars for what looks like a credential and for what environments and env files give.
func (c *Configured) Printed(sources bool) report.PrintedModel {
	printed := report.PrintedModel{Input: c.Input(c.config)}
	if sources {
		printed.Sources = report.ModelPlaces(c.Sources)
	}
	return loader.Masked(loader.NewModelMask(c.Secrets), printed)
}

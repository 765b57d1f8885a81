package main

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/triage"
)

// project is one project on its way through the program.
type project struct {
	loader.Found
	// Result is nil where a file could not be read.
	*loader.Result
	options loader.Options
	// configuration is the file of it, nil where there is none.
	configuration *model.File
	engine        *rules.Engine
	config        model.Config
	choice        catalogue.Choice
	// toCorrect is what is wrong where a project cannot be judged as it is asked for.
	toCorrect string
	// failOn is the lowest severity for the status of findings.
	failOn string
	// judged is nil before the project has its configuration, or where that is wrong.
	judged *triage.Judged
	review *rules.Review
	errs   []error
}

// examine takes each project through a step, several at once, and returns them in their
// order. What goes wrong with one does not cost the others anything.
func (c *command) examine(found []loader.Found, step func(loader.Found) *project) []*project {
	projects := make([]*project, len(found))
	progress := c.startProgress(len(found))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(len(found), runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := range next {
				projects[i] = step(found[i])
				progress.step()
			}
		})
	}
	for i := range found {
		next <- i
	}
	close(next)
	workers.Wait()
	progress.stop()
	return projects
}

// load reads a project and its configuration.
func (c *command) load(ctx context.Context, o *options, found loader.Found) *project {
	p := &project{Found: found, options: o.load(found.Files)}
	var err error
	if p.Result, err = loader.Load(ctx, p.options); err != nil {
		p.errs = append(p.errs, err)
		return p
	}
	if errs := c.configure(o, p); len(errs) > 0 {
		p.judged = nil
		p.errs = append(errs, fmt.Errorf("%q was not judged: correct %s", p.Files[0], p.toCorrect))
	}
	return p
}

// judge asks the policies about a project, in the time that loading it has as well.
func (p *project) judge(ctx context.Context, o *options) {
	ctx, cancel := context.WithTimeout(ctx, loader.Deadline)
	defer cancel()
	findings, err := p.engine.Judge(ctx, p.Input(p.config), p.Sources)
	if err == nil && o.reviews() {
		var review rules.Review
		review, err = p.engine.Review(ctx, p.Input(p.config), p.Sources)
		p.review = &review
	}
	switch {
	case err != nil && ctx.Err() != nil:
		err = fmt.Errorf("could not judge %q: it takes longer than the limit of %v", p.Files[0], loader.Deadline)
		fallthrough
	case err != nil:
		p.errs, p.judged = append(p.errs, err), nil
		return
	}
	p.judged.Findings = triage.Level(findings, p.choice, p.Project)
	if !p.judged.Excusable() {
		p.forget()
	}
}

// forget lets go of what is most of a project in memory and of no more use: in an
// organisation there are many.
func (p *project) forget() {
	p.Sources = p.Sources.OnlyFiles()
	p.Project, p.Problems, p.Unknown = model.Project{}, nil, nil
	p.judged.Project, p.judged.Sources = p.Project, p.Sources
}

// addTo adds what is no finding to the report.
func (p *project) addTo(r *report.Report) {
	if p.review != nil {
		for _, item := range p.review.Checklist {
			for i := range item.Results {
				item.Results[i].Says = loader.MaskText(item.Results[i].Says)
			}
		}
		r.Reviews = append(r.Reviews, report.Review{Project: p.Files[0], Review: *p.review})
	}
	r.Rules = r.Rules.With(p.engine.Catalogue.Of(p.choice.Rules))
	maps.Copy(r.Files, p.Sources.Files)
	if p.configuration != nil {
		r.Files[p.configuration.Path] = p.configuration
	}
	r.Projects++
	if p.Fragment {
		r.Fragments++
	}
}

// wholes are the projects that are no part of another one.
func wholes(projects []*project) []*project {
	readers := map[string][]*project{}
	for _, p := range projects {
		if p.Result != nil {
			for file := range p.Sources.Files {
				readers[file] = append(readers[file], p)
			}
		}
	}
	parts := map[*project]bool{}
	for _, p := range projects {
		file := filepath.ToSlash(filepath.Clean(p.Files[0]))
		parts[p] = p.Part && slices.ContainsFunc(readers[file], func(reader *project) bool { return reader != p && !parts[reader] })
	}
	return slices.DeleteFunc(slices.Clone(projects), func(p *project) bool { return parts[p] })
}

// invalidCompose is the rule whose findings say what could not be read.
const invalidCompose = "invalid-compose"

// said is the status of what went wrong with the projects, which is said once where they
// share it.
func (c *command) said(projects []*project) (status int) {
	said := map[string]bool{}
	for _, p := range projects {
		if p.judged != nil && p.Incomplete && !slices.Contains(p.choice.Rules, invalidCompose) {
			p.errs = append(p.errs, fmt.Errorf("%q was judged only in part: the rule %s, which does not run, says why", p.Files[0], invalidCompose))
		}
		for _, err := range p.errs {
			if !said[err.Error()] {
				said[err.Error()] = true
				c.trouble(err)
			}
			status = statusTrouble
		}
		if p.Result != nil && p.Incomplete {
			status = statusTrouble
		}
	}
	return status
}

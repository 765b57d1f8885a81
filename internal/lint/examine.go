package lint

import (
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/composelint/composelint/loader"
)

// examine does the same to each project, to several at once, and returns what comes of it in
// their order. Beyond the limits of what they include, none is examined any more.
func examine[T any](found []loader.Found, do func(loader.Found) outcome[T]) []outcome[T] {
	outcomes := make([]outcome[T], len(found))
	limits := newInclusions(len(found))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(len(found), runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := range next {
				outcomes[i] = do(found[i])
				limits.count(i, outcomes[i].included)
			}
		})
	}
	for i := 0; i < limits.end(); i++ {
		next <- i
	}
	close(next)
	workers.Wait()
	for i := limits.end(); i < len(found); i++ {
		outcomes[i] = outcome[T]{history: history{
			Found: found[i], errors: []error{fmt.Errorf("could not judge %q: %w", found[i].Files[0], limits.passed)},
		}}
	}
	return outcomes
}

// wholes are the projects that are no part of another one.
func wholes[T any](all []outcome[T]) []outcome[T] {
	readers := map[string][]int{}
	for i, o := range all {
		for _, file := range o.read {
			readers[file] = append(readers[file], i)
		}
	}
	var left []outcome[T]
	parts := make([]bool, len(all))
	for i, o := range all {
		parts[i] = o.Part && slices.ContainsFunc(readers[loader.Shown(o.Files[0])], func(reader int) bool { return reader != i && !parts[reader] })
		if !parts[i] {
			left = append(left, o)
		}
	}
	return left
}

// resultOf gathers what became of the projects.
func resultOf[T stage](outcomes []outcome[T]) Result[T] {
	var r Result[T]
	reported := map[string]bool{}
	for _, o := range outcomes {
		r.Profiles = append(r.Profiles, o.profiles...)
		r.Read = append(append(r.Read, o.Files...), o.read...)
		if o.configuration != "" {
			r.Read = append(r.Read, o.configuration)
		}
		if len(o.errors) == 0 {
			r.Projects = append(r.Projects, o.project)
			if err := o.project.unexplained(); err != nil {
				o.errors = []error{err}
			}
		}
		for _, err := range o.errors {
			if !reported[err.Error()] {
				reported[err.Error()] = true
				r.Errors = append(r.Errors, err)
			}
		}
		r.Incomplete = r.Incomplete || o.incomplete || len(o.errors) > 0
	}
	return r
}

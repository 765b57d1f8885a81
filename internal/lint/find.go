package lint

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules/config"
)

// Find returns the projects that files and directories stand for, each once: a file is one, a
// directory holds all in it and below but for what exclude names, as lines of a .gitignore file
// would, or what the configuration there excludes. Where that says which projects there are, these are
// all. passed are the directories and links that were passed over unasked. An error is about what
// could not be looked at.
func (l *Linter) Find(paths, exclude []string) (projects []loader.Found, passed []string, errs []error) {
	for _, path := range paths {
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			projects = append(projects, loader.Found{Files: []string{path}})
			continue
		}
		scope, beside := l.scopeOf(path)
		stated, err := l.stated(path, scope)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if stated != nil {
			projects = append(projects, stated...)
			continue
		}
		excluded := []loader.Excluded{{Directory: path, Lines: exclude}, {Directory: beside, Lines: scope.Exclude}}
		found, over, failed := loader.Tree(path, excluded, l.Load.AllowOutside)
		if len(found) == 0 && len(failed) == 0 {
			failed = append(failed, fmt.Errorf("%q has no compose file in it or below: name the file itself", path))
		}
		projects, passed, errs = append(projects, found...), append(passed, over...), append(errs, failed...)
	}
	return unique(projects), passed, errs
}

// Stated are the projects that the configuration of a directory states, nil where it states none. None
// of their files lie outside of the root.
func (l *Linter) Stated(dir string) ([]loader.Found, error) {
	scope, _ := l.scopeOf(dir)
	return l.stated(dir, scope)
}

// ProjectsOf are the projects that a file may belong to: those that the configuration states, or the one that a
// bare run would take in its directory, or the file alone.
func (l *Linter) ProjectsOf(file string) []loader.Found {
	if stated, err := l.Stated(filepath.Dir(file)); err == nil && stated != nil {
		return stated
	}
	return []loader.Found{loader.ProjectOf(l.Load, file)}
}

func (l *Linter) stated(dir string, scope config.Scope) ([]loader.Found, error) {
	options := l.Load
	options.ProjectDirectory = dir
	var projects []loader.Found
	for _, files := range scope.Projects {
		for _, file := range files {
			if err := loader.Confined(options, file); err != nil {
				return nil, err
			}
		}
		projects = append(projects, loader.Found{Files: files})
	}
	return projects, nil
}

// scopeOf is what the configuration of a directory says of its projects, and the directory that it lies
// in; nothing where nothing may hide a finding. One that cannot be read is told of with each project.
func (l *Linter) scopeOf(dir string) (scope config.Scope, beside string) {
	options := l.Load
	options.ProjectDirectory = dir
	file, _, err := l.configurationFile(options)
	if err != nil || file == nil || l.NoIgnores {
		return config.Scope{}, ""
	}
	return config.ScopeOf(file), filepath.Dir(file.Path)
}

// unique are the projects without those that are named twice.
func unique(projects []loader.Found) []loader.Found {
	seen := map[string]bool{}
	return slices.DeleteFunc(projects, func(p loader.Found) bool {
		key := ""
		for _, file := range p.Files {
			key += filepath.Clean(file) + "\x00"
		}
		twice := seen[key]
		seen[key] = true
		return twice
	})
}

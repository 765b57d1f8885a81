package lint

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
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
		if stated, err := l.Stated(path); stated != nil || err != nil {
			projects, errs = append(projects, stated...), appendError(errs, err)
			continue
		}
		excluded := append(l.excluded(path), loader.Excluded{Directory: path, Lines: exclude})
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

func appendError(errs []error, err error) []error {
	if err == nil {
		return errs
	}
	return append(errs, err)
}

func (l *Linter) excluded(dir string) []loader.Excluded {
	scope, file := l.scopeOf(dir)
	if file == nil {
		return nil
	}
	return []loader.Excluded{{Directory: filepath.Dir(file.Path), Lines: scope.Exclude}}
}

// scopeOf is what the configuration of a directory says of its projects, unless nothing may hide a
// finding. One that cannot be read is told of with each project.
func (l *Linter) scopeOf(dir string) (config.Scope, *model.File) {
	options := l.Load
	options.ProjectDirectory = dir
	file, _, err := l.configurationFile(options)
	if err != nil || l.NoIgnores {
		return config.Scope{}, nil
	}
	return config.ScopeOf(file), file
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

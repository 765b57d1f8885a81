package lint

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/composelint/composelint/loader"
)

// Find returns the projects that files and directories stand for, each once: a file is one, a
// directory holds all in it and below but for what exclude names, as lines of a .gitignore file
// would. passed are the directories and links that were passed over unasked. An error is about what
// could not be looked at.
func (l *Linter) Find(paths, exclude []string) (projects []loader.Found, passed []string, errs []error) {
	for _, path := range paths {
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			projects = append(projects, loader.Found{Files: []string{path}})
			continue
		}
		found, over, failed := loader.Tree(path, exclude, l.Load.AllowOutside)
		if len(found) == 0 && len(failed) == 0 {
			failed = append(failed, fmt.Errorf("%q has no compose file in it or below: name the file itself", path))
		}
		projects, passed, errs = append(projects, found...), append(passed, over...), append(errs, failed...)
	}
	return unique(projects), passed, errs
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

package loader

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/loader/template"
)

// Lookup returns the value of a variable of the process and whether it is set.
type Lookup func(name string) (string, bool)

// The names that docker compose looks for, in its order (cli/options.go of compose-go).
var (
	defaultNames  = []string{"compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"}
	overrideNames = []string{"compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"}
)

// Discover finds the files of the project that a bare docker compose would run in the
// working directory: those of COMPOSE_FILE, which the process or the .env file there states,
// else the default file there or in the nearest directory above, and the override file
// beside it.
func Discover(o Options, process Lookup) ([]string, error) {
	dir := o.Start()
	if files, err := stated(o, files.NewRoot(dir, o.AllowOutside), process); len(files) > 0 || err != nil {
		return files, err
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	for up := dir; ; up = filepath.Join(up, "..") {
		if files := defaultFiles(up); len(files) > 0 {
			return files, nil
		}
		if abs == filepath.Dir(abs) {
			return nil, fmt.Errorf("found no compose file here or in a directory above: name one, or run composelint where %s is", defaultNames[0])
		}
		abs = filepath.Dir(abs)
	}
}

// stated are the files of COMPOSE_FILE, if any. The process's environment wins. Those of an env
// file do not lie outside of the root: the error is about the last of those returned, or about the
// env file.
func stated(o Options, root files.Root, process Lookup) ([]string, error) {
	env := map[string]template.Value{}
	for _, name := range []string{"COMPOSE_FILE", "COMPOSE_PATH_SEPARATOR"} {
		if value, ok := process(name); ok && value != "" {
			env[name] = template.Known(value)
		}
	}
	_, byUser := env["COMPOSE_FILE"]
	if err := o.AddVariables(env); err != nil {
		return nil, err
	}
	list, separator := env["COMPOSE_FILE"], env["COMPOSE_PATH_SEPARATOR"]
	switch {
	case list.Text == "":
		return nil, nil
	case !list.IsKnown() || !separator.IsKnown():
		return nil, fmt.Errorf("the COMPOSE_FILE in %q depends on a variable that is not set: name the files with -f", o.EnvFile())
	}
	var named []string
	for _, file := range strings.Split(list.Text, cmp.Or(separator.Text, string(os.PathListSeparator))) {
		named = append(named, files.Join(o.WorkingDirectory, file))
		if err := root.Confined(named[len(named)-1]); err != nil && !byUser {
			return named, fmt.Errorf("the COMPOSE_FILE in %q cannot be followed: %w", o.EnvFile(), err)
		}
	}
	return named, nil
}

// defaultFiles returns the default file of a directory and its override file, if any.
func defaultFiles(dir string) []string {
	base := first(dir, defaultNames)
	if base == "" {
		return nil
	}
	if override := first(dir, overrideNames); override != "" {
		return []string{base, override}
	}
	return []string{base}
}

// WithSiblings are the files of the project that a file belongs to by its name, as the override file
// does with the file that it overrides; else it is alone.
func WithSiblings(file string) []string {
	siblings := defaultFiles(filepath.Dir(file))
	named := func(sibling string) bool { return filepath.Base(sibling) == filepath.Base(file) }
	switch {
	case slices.ContainsFunc(siblings, named):
		return siblings
	case len(siblings) == 1 && slices.Contains(overrideNames, filepath.Base(file)): // not yet saved
		return append(siblings, file)
	}
	return []string{file}
}

// ProjectOf is the project that a file belongs to by what Compose looks for in its directory: the files of
// COMPOSE_FILE in the .env file there, or the default file and its override; else it is alone.
func ProjectOf(o Options, file string) Found {
	dir := filepath.Dir(file)
	root := files.NewRoot(dir, o.AllowOutside)
	if root.Confined(filepath.Join(dir, ".env")) == nil {
		o := Options{WorkingDirectory: dir, Texts: o.Texts}
		named, err := stated(o, root, noProcess)
		if err == nil && slices.ContainsFunc(named, func(path string) bool { return files.Absolute(path) == files.Absolute(file) }) {
			return Found{Files: named}
		}
	}
	return Found{Files: WithSiblings(file), Part: !composeName().MatchString(filepath.Base(file))}
}

func first(dir string, names []string) string {
	for _, name := range names {
		file := filepath.Join(dir, name)
		if info, err := os.Stat(file); err == nil && !info.IsDir() {
			return file
		}
	}
	return ""
}

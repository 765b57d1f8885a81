package loader

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	composeloader "github.com/compose-spec/compose-go/v2/loader"

	"github.com/composelint/composelint/loader/yamltree"
)

// readEnvironment reads the variables that the project's files are interpolated with:
// those of the process when asked for, over those of the env files, which are the .env file
// of the working directory, in a bare run, over that beside the project, unless the caller
// names others (toProject of docker compose's cmd/compose/compose.go).
func (l *loading) readEnvironment(c *config, o Options) error {
	c.env = map[string]string{}
	if o.ProcessEnvironment {
		for _, entry := range os.Environ() {
			if name, value, ok := strings.Cut(entry, "="); ok {
				c.env[name] = value
			}
		}
	}
	first, beside := o.envFiles(o.start()), o.envFiles(c.directory)
	if err := l.addVariables(c.env, first); err != nil {
		return err
	}
	if !slices.EqualFunc(first, beside, func(a, b string) bool { return absolute(a) == absolute(b) }) {
		if err := l.addVariables(c.env, beside); err != nil {
			return err
		}
	}
	c.nameProject()
	return nil
}

// start is the directory in which a bare run looks first.
func (o Options) start() string {
	if o.ProjectDirectory != "" {
		return o.ProjectDirectory
	}
	return o.WorkingDirectory
}

// envFiles are those that the caller names, else the .env file in dir.
func (o Options) envFiles(dir string) []string {
	if len(o.EnvFiles) > 0 {
		return o.EnvFiles
	}
	if file := filepath.Join(dir, ".env"); dir != "" && isRegular(file) {
		return []string{file}
	}
	return nil
}

// addVariables adds what env files say, later ones over earlier ones, to the variables
// that are known already and stay.
func (l *loading) addVariables(env map[string]string, files []string) error {
	anywhere := func(string) error { return nil }
	lookup := func(name string) (string, bool) { value, ok := env[name]; return value, ok }
	vars := map[string]*yamltree.Node{}
	for _, file := range files {
		if err := l.envFile(file, vars, lookup, anywhere); err != nil {
			return err
		}
	}
	for name, value := range knownValues(vars) {
		if _, known := env[name]; !known {
			env[name] = value
		}
	}
	return nil
}

// nameProject sets COMPOSE_PROJECT_NAME, as docker compose does, to the name that the files
// state, unless the variables do. Without either it stays unset: the name of a directory
// differs between machines.
func (c *config) nameProject() {
	if c.env["COMPOSE_PROJECT_NAME"] != "" {
		return
	}
	for _, file := range c.files {
		for _, document := range file.documents {
			stated, ok := document.Field("name").Scalar().(string)
			if !ok {
				continue
			}
			e, err := expand(stated, c.lookup, func(string) string { return "" })
			if err != nil {
				continue
			}
			if name := composeloader.NormalizeProjectName(e.value.String()); name != "" {
				c.env["COMPOSE_PROJECT_NAME"] = name
			}
		}
	}
}

// envFile adds the variables of a file to vars. They may refer to what lookup knows, and
// to vars.
func (l *loading) envFile(file string, vars map[string]*yamltree.Node, lookup Lookup, allowed func(path string) error) error {
	source, err := l.envSource(file, allowed)
	if err != nil {
		return err
	}
	assignments, malformed := parseEnvFile(source, vars, lookup, l.unset)
	if malformed != nil {
		return fmt.Errorf("could not read %q: line %d: %s", shown(file), malformed.Span.Location().Start.Line, malformed.Message)
	}
	for _, a := range assignments {
		vars[a.name] = a.value
	}
	return nil
}

// knownValues are the variables as strings. One whose value depends on a variable that
// nobody set is not set either.
func knownValues(vars map[string]*yamltree.Node) map[string]string {
	known := map[string]string{}
	for name, value := range vars {
		if !value.Unknown() {
			known[name] = value.String()
		}
	}
	return known
}

// envSource reads the text of an env file.
func (l *loading) envSource(file string, allowed func(path string) error) (*yamltree.Source, error) {
	if err := allowed(file); err != nil {
		return nil, err
	}
	text, err := readFile(file)
	if err != nil {
		return nil, err
	}
	return l.source(file, text), nil
}

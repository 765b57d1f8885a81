package loader

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"

	composeloader "github.com/compose-spec/compose-go/v2/loader"

	"github.com/composelint/composelint/loader/yamltree"
)

// readEnvironment reads the variables that the project's files are interpolated with:
// those of the process when asked for, over those of the env files, which are .env beside
// the project unless the caller names others. Later files win.
func (l *loading) readEnvironment(c *config, o Options) error {
	process := map[string]string{}
	if o.ProcessEnvironment {
		for _, entry := range os.Environ() {
			if name, value, ok := strings.Cut(entry, "="); ok {
				process[name] = value
			}
		}
	}
	files := o.EnvFiles
	if beside := filepath.Join(c.directory, ".env"); len(files) == 0 && isRegular(beside) {
		files = []string{beside}
	}
	c.env = map[string]string{}
	anywhere := func(string) error { return nil }
	for _, file := range files {
		vars, err := l.envFile(file, func(name string) (string, bool) {
			if value, ok := process[name]; ok {
				return value, true
			}
			return c.lookup(name)
		}, anywhere)
		if err != nil {
			return err
		}
		maps.Copy(c.env, vars)
	}
	maps.Copy(c.env, process)
	c.nameProject()
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
			stated, ok := valueOf(document.Field("name")).(string)
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

// envFile reads the variables of a file, which may refer to others that lookup knows. One
// whose value depends on a variable that nobody set is not set either.
func (l *loading) envFile(file string, lookup Lookup, allowed func(path string) error) (map[string]string, error) {
	source, err := l.envSource(file, allowed)
	if err != nil {
		return nil, err
	}
	assignments, malformed := parseEnvFile(source, nil, lookup, l.unset)
	if malformed != nil {
		return nil, fmt.Errorf("could not read %q: line %d: %s", shown(file), malformed.Span.Location().Start.Line, malformed.Message)
	}
	vars := map[string]string{}
	for _, a := range assignments {
		vars[a.name] = text(a.value.Value)
		if a.value.Unknown() {
			delete(vars, a.name)
		}
	}
	return vars, nil
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

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
	anywhere := func(string) error { return nil }
	inProcess := func(name string) (string, bool) { value, ok := process[name]; return value, ok }
	vars := map[string]*yamltree.Node{}
	for _, file := range files {
		if err := l.envFile(file, vars, inProcess, anywhere); err != nil {
			return err
		}
	}
	c.env = knownValues(vars)
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
			known[name] = text(value.Value)
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

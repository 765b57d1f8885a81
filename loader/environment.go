package loader

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/compose-spec/compose-go/v2/dotenv"
	composeloader "github.com/compose-spec/compose-go/v2/loader"
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

// envFile reads the variables of a file, which may refer to others that lookup knows.
func (l *loading) envFile(file string, lookup Lookup, allowed func(path string) error) (map[string]string, error) {
	if err := allowed(file); err != nil {
		return nil, err
	}
	text, err := readFile(file)
	if err != nil {
		return nil, err
	}
	vars, err := dotenv.UnmarshalBytesWithLookup(text, dotenv.LookupFn(lookup))
	if err != nil {
		return nil, fmt.Errorf("could not read %q: it is not a list of NAME=VALUE lines", shown(file))
	}
	return vars, nil
}

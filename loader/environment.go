package loader

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/compose-spec/compose-go/v2/dotenv"
	composeloader "github.com/compose-spec/compose-go/v2/loader"

	"github.com/composelint/composelint/loader/yamltree"
)

// readEnvironment reads the variables that the files are interpolated with: those of the
// process when asked for, over those of the env files, which are .env beside the project
// unless the caller names others. Later files win.
func (l *loading) readEnvironment(o Options, documents []*yamltree.Node) error {
	process := map[string]string{}
	if o.ProcessEnvironment {
		for _, entry := range os.Environ() {
			if name, value, ok := strings.Cut(entry, "="); ok {
				process[name] = value
			}
		}
	}
	files := o.EnvFiles
	if len(files) == 0 {
		beside := filepath.Join(o.directory(), ".env")
		if info, err := os.Stat(beside); err == nil && info.Mode().IsRegular() {
			files = []string{beside}
		}
	}
	l.env = map[string]string{}
	for _, file := range files {
		if err := readEnvFile(file, l.env, process); err != nil {
			return err
		}
	}
	maps.Copy(l.env, process)
	l.nameProject(documents)
	return nil
}

// nameProject sets COMPOSE_PROJECT_NAME, as compose-go does, to the name that the files
// state. Without one it stays unset: the name of a directory differs between machines.
func (l *loading) nameProject(documents []*yamltree.Node) {
	for _, document := range documents {
		stated, ok := valueOf(document.Field("name")).(string)
		if !ok {
			continue
		}
		e, err := expand(stated, l.lookup, func(string) string { return "" })
		if err != nil {
			continue
		}
		if name := composeloader.NormalizeProjectName(e.value.String()); name != "" {
			l.env["COMPOSE_PROJECT_NAME"] = name
		}
	}
}

// readEnvFile adds the variables of a file to env. They may refer to process and to env.
func readEnvFile(file string, env, process map[string]string) error {
	text, err := readFile(file)
	if err != nil {
		return err
	}
	vars, err := dotenv.UnmarshalBytesWithLookup(text, func(name string) (string, bool) {
		if value, ok := process[name]; ok {
			return value, true
		}
		value, ok := env[name]
		return value, ok
	})
	if err != nil {
		return fmt.Errorf("could not read %q: it is not a list of NAME=VALUE lines", shown(file))
	}
	for name, value := range vars {
		env[name] = value
	}
	return nil
}

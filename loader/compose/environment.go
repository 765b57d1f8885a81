package compose

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	composeloader "github.com/compose-spec/compose-go/v2/loader"

	"github.com/composelint/composelint/loader/envfile"
	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/loader/template"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// readEnvironment reads the variables that the project's files are interpolated with:
// those of the process when asked for, over those of the env files, which are the .env file
// of the working directory, in a bare run, over that beside the project, unless the caller
// names others (toProject of docker compose's cmd/compose/compose.go).
func (m *Merger) readEnvironment(set *fileSet, o Options) error {
	set.env = map[string]template.Value{}
	if o.ProcessEnvironment {
		for _, entry := range os.Environ() {
			if name, value, ok := strings.Cut(entry, "="); ok {
				set.env[name] = template.Known(value)
			}
		}
	}
	for name, value := range o.Variables {
		if value != nil {
			set.env[name] = template.Known(*value)
		} else {
			set.env[name] = template.Elsewhere(name, m.standIn(name), model.SetByTarget)
		}
	}
	if !o.ProcessEnvironment && !o.Closed {
		set.addProcess()
	}
	disabled, err := o.envFileDisabled(set.env)
	if err == nil && !disabled {
		err = m.readEnvFiles(set, o)
	}
	set.nameProject(o.Closed)
	set.learnSecrets()
	return err
}

// IsWhole is true where a variable that is not among those that are read is set nowhere: the
// caller says what the environment is. A .env file that lies beside the project says only what is
// committed.
func (o Options) IsWhole() bool { return o.Closed || o.ProcessEnvironment || len(o.EnvFiles) > 0 }

// setByProcess are variables that every process has, over those of the env files.
var setByProcess = []string{"HOME", "HOSTNAME", "PATH", "PWD", "USER"}

// addProcess adds the variables that every process has. Two of them are known as paths: HOME is
// what ~ is, PWD the directory of the project.
func (set *fileSet) addProcess() {
	for _, name := range setByProcess {
		if _, stated := set.env[name]; stated {
			continue
		}
		set.reader.assumed[name] = true
		switch name {
		case "HOME":
			set.env[name] = processPath("~")
		case "PWD":
			set.env[name] = processPath(".")
		default:
			set.env[name] = template.Elsewhere(name, set.reader.standIn(name), model.SetByProcess)
		}
	}
}

// processPath is what is known of a path that every process has.
func processPath(text string) template.Value {
	return template.Value{Text: text, Path: model.SetByProcess}
}

// learnSecrets remembers the secrets among the variables.
func (set *fileSet) learnSecrets() {
	texts := map[string]string{}
	for name, value := range set.env {
		texts[name] = value.Text
	}
	set.reader.known.Variables(texts)
}

// readEnvFiles reads the variables of the env files: those that the caller names, or those that are
// looked at by themselves, unless the first of these says that they do not count. Then only the
// variables of Compose itself stay of it (setEnvWithDotEnv of docker compose's
// cmd/compose/compose.go, WithEnvFiles of cli/options.go of compose-go v2.16.2).
func (m *Merger) readEnvFiles(set *fileSet, o Options) error {
	first, beside := o.envFiles(cmp.Or(o.Start(), set.directory)), o.envFiles(set.directory)
	given := maps.Clone(set.env)
	if err := m.addVariables(set.env, first); err != nil {
		return err
	}
	disabled, err := o.envFileDisabled(set.env)
	switch {
	case err != nil:
		return fmt.Errorf("could not read %q: %w", files.Shown(first[0]), err)
	case disabled:
		maps.DeleteFunc(set.env, func(name string, _ template.Value) bool {
			_, stays := given[name]
			return !stays && !strings.HasPrefix(name, "COMPOSE_")
		})
		return nil
	case slices.EqualFunc(first, beside, func(a, b string) bool { return files.Absolute(a) == files.Absolute(b) }):
		return nil
	}
	return m.addVariables(set.env, beside)
}

// disableEnvFile is the variable by which .env files say, or the process, that they do not count.
const disableEnvFile = "COMPOSE_DISABLE_ENV_FILE"

// envFileDisabled is true where no .env file counts. Files that the caller names always do.
func (o Options) envFileDisabled(env map[string]template.Value) (bool, error) {
	value, stated := env[disableEnvFile]
	if !stated || len(o.EnvFiles) > 0 {
		return false, nil
	}
	if !value.IsKnown() {
		return false, fmt.Errorf("%s depends on a variable that is not set: write \"true\" or \"false\", or leave it out", disableEnvFile)
	}
	disabled, err := strconv.ParseBool(value.Text)
	if err != nil {
		return false, fmt.Errorf("%s has a value that docker compose refuses: write \"true\" or \"false\", or leave it out", disableEnvFile)
	}
	return disabled, nil
}

// envFiles are those that the caller names, else the .env file in dir.
func (o Options) envFiles(dir string) []string {
	if len(o.EnvFiles) > 0 {
		return o.EnvFiles
	}
	if file := filepath.Join(dir, ".env"); dir != "" && files.IsFile(file) {
		return []string{file}
	}
	return nil
}

// EnvFile is the last of the env files that a bare run looks at first, as messages write it: where
// somebody would set a variable of the project. Where there is none it is .env.
func (o Options) EnvFile() string {
	if envFiles := o.envFiles(o.Start()); len(envFiles) > 0 {
		return files.Shown(envFiles[len(envFiles)-1])
	}
	return ".env"
}

// AddVariables adds to the variables those of the env files that a bare run looks at first, where
// they are not there already.
func (o Options) AddVariables(env map[string]template.Value) error {
	root := files.NewRoot(o.Start(), o.AllowOutside)
	return newReader(root, Options{Texts: o.Texts}, model.NewSources(), &Problems{}).addVariables(env, o.envFiles(o.Start()))
}

// addVariables adds what env files say, later ones over earlier ones, to the variables
// that are known already and stay.
func (r *reader) addVariables(env map[string]template.Value, envFiles []string) error {
	lookup := func(name string) (template.Value, bool) { value, ok := env[name]; return value, ok }
	vars := map[string]*yamltree.Node{}
	for _, file := range envFiles {
		if err := r.envFile(file, vars, lookup, r.root.Named); err != nil {
			return err
		}
	}
	if _, stated := env[presetProfiles]; !stated {
		r.preset = vars[presetProfiles]
	}
	r.addMissing(env, vars)
	return nil
}

// presetProfiles is the variable with the profiles that docker compose enables unless it is told others.
const presetProfiles = "COMPOSE_PROFILES"

// ProjectName is the variable with the name of the project.
const ProjectName = "COMPOSE_PROJECT_NAME"

// nameProject sets that variable, as docker compose does, to the name that the files
// state, unless the variables do. Without either it has the name of a directory, which differs
// between machines; a closed environment lacks it. Where the name depends on a variable, that is
// what is not known.
func (set *fileSet) nameProject(closed bool) {
	if name := set.env[ProjectName]; name.Text == "" {
		for _, file := range set.files {
			for _, document := range file.documents {
				set.takeName(document)
			}
		}
	}
	if name := set.env[ProjectName]; !closed && (name.Text == "" || name.SetElsewhere() == "" && !name.IsKnown()) {
		cause := ProjectName
		if !name.IsKnown() {
			cause = name.Unknown[0].Name
		}
		set.env[ProjectName] = template.Elsewhere(cause, set.reader.standIn(cause), model.SetByCompose)
	}
}

// takeName sets the variable to the name that a document states, if it does.
func (set *fileSet) takeName(document *yamltree.Node) {
	stated, ok := document.Field("name").Scalar().(string)
	if !ok {
		return
	}
	e, err := template.Expand(stated, set.environment(set.directory))
	if err != nil {
		return
	}
	named := yamltree.Node{Value: composeloader.NormalizeProjectName(e.Value()), Variables: e.Variables}
	if value := template.ValueOf(&named); value.Text != "" {
		set.env[ProjectName] = value
	}
}

// envFile adds the variables of a file to vars. They may refer to what lookup knows, and
// to vars.
func (r *reader) envFile(file string, vars map[string]*yamltree.Node, lookup template.Lookup, allowed func(path string) error) error {
	source, err := r.envSource(file, allowed)
	if err != nil {
		return err
	}
	assignments, malformed := envfile.Parse(source, vars, r.environment(lookup))
	r.direct(source, func() []yamltree.Comment { return envfile.Comments(source, assignments) })
	if malformed != nil {
		return fmt.Errorf("could not read %q: line %d: %s", files.Shown(file), malformed.Span.Location().Start.Line, malformed.Message)
	}
	for _, a := range assignments {
		r.known.HideUnder(a.Name, a.Value)
		vars[a.Name] = a.Value
		for _, v := range a.Value.Variables {
			if v.Required != nil {
				r.requires(UnknownValue{At: fileKey(source).At(), Node: &yamltree.Node{Span: a.Value.Span}, Variable: v})
			}
		}
	}
	return nil
}

// addMissing adds variables to env, where they are not there already.
func (r *reader) addMissing(env map[string]template.Value, vars map[string]*yamltree.Node) {
	for name, value := range vars {
		if _, stated := env[name]; !stated {
			env[name] = template.ValueOf(value)
			if r.sources.Variables[name] == nil { // the files of an include may have others
				r.sources.Variables[name] = value
			}
		}
	}
}

// envSource reads the text of an env file.
func (r *reader) envSource(file string, allowed func(path string) error) (*yamltree.Source, error) {
	if err := allowed(file); err != nil {
		return nil, err
	}
	text, err := r.read(file)
	if err != nil {
		return nil, err
	}
	return r.source(file, text), nil
}

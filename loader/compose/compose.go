// Package compose makes one merged tree of the Compose files of a project, as docker compose does:
// it drives the functions of compose-go step by step, and after each one the values get their
// places back. What docker compose would refuse is reported and left out, and the rest goes on.
package compose

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/loader/secret"
	"github.com/composelint/composelint/loader/template"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

func init() {
	// compose-go warns through the global logger, about variables above all; what matters
	// of it becomes a finding.
	logrus.SetOutput(io.Discard)
}

// Options say which project to load.
type Options struct {
	// Files are merged in order, later ones over earlier ones.
	Files []string
	// Texts are those of files that the caller has in hand, by their paths: of Files, and of what they refer to.
	Texts map[string][]byte
	// EnvFiles replace the .env file beside the project.
	EnvFiles []string
	// WorkingDirectory is that of a bare run, whose files are looked for: its .env file takes
	// part, over the one beside the project. It is empty for files that the user names.
	WorkingDirectory string
	// ProjectDirectory is where relative paths start: by default, the first file's.
	ProjectDirectory string
	// Profiles narrow the project to the services that they enable. Without any, all services
	// are judged.
	Profiles []string
	// AllowOutside lets the files refer to others outside of the project's root (files.Root), and
	// be links that lead there.
	AllowOutside bool
	// ProcessEnvironment lets the process's own environment variables take part.
	ProcessEnvironment bool
	// Closed takes the variables of the env files and of Variables for all that there are.
	Closed bool
	// Assume is what is taken for true of variables of which it is not known whether they are set.
	Assume template.Assumption
	// Swarm takes the project for one of docker stack deploy.
	Swarm bool
	// Daemon is the path of the configuration file of the engine that runs the project, empty where none is
	// known, and Engine its version, empty for the newest.
	Daemon, Engine string
	// Variables are set besides those of the env files, and win over them; one without a value is
	// set where the project runs.
	Variables map[string]*string
	// StandIn is what stands in the tree for a variable that is not known. By default that is a
	// text by which the value around it can still be taken apart; compose-go takes an empty one.
	StandIn func(name string) string
	// Secrets gets those that are found. It may be nil.
	Secrets *secret.Known
}

// InHand is the text of a file that the caller has in hand.
func (o Options) InHand(path string) (text []byte, ok bool) {
	for file, text := range o.Texts {
		if files.Absolute(file) == files.Absolute(path) {
			return text, true
		}
	}
	return nil, false
}

// secrets are where those that are found go.
func (o Options) secrets() *secret.Known {
	if o.Secrets == nil {
		return secret.NewKnown()
	}
	return o.Secrets
}

// Directory is the project's.
func (o Options) Directory() string {
	if o.ProjectDirectory != "" {
		return o.ProjectDirectory
	}
	return filepath.Dir(o.Files[0])
}

// Start is the directory in which a bare run looks first.
func (o Options) Start() string {
	if o.ProjectDirectory != "" {
		return o.ProjectDirectory
	}
	return o.WorkingDirectory
}

// Root is the directory that no file of the project may lie outside of.
func (o Options) Root() files.Root { return files.NewRoot(o.Directory(), o.AllowOutside) }

// Merger merges the files of one project.
type Merger struct {
	*reader
	ctx context.Context
	// project is the set of files that the options name.
	project *fileSet
	// inclusions counts the entries of include that were followed, extended the values that
	// services inherited by extends, merged those of documents in the long form, containers the
	// services, jobs and hooks of these, fromFiles the values of env files and label files.
	inclusions, extended, merged, containers, fromFiles int
	// partial are those of Project.
	partial map[string]bool
	// overrides are the definitions that lie over those of included files.
	overrides []Override
}

// Override is a definition that lies over that of an included file.
type Override struct {
	// Section is the top-level key that it stands under, such as services.
	Section, Name string
	// Definition is what lies over the other.
	Definition *yamltree.Node
}

// Open reads the files that the options name, and the variables. The sources get every file that
// is read, the problems what is wrong. The error is about a file of the options that cannot be
// read.
func Open(ctx context.Context, o Options, sources *model.Sources, problems *Problems) (*Merger, error) {
	m := &Merger{reader: newReader(o.Root(), o, sources, problems), ctx: ctx, partial: map[string]bool{}}
	m.start = o.Directory()
	m.project = &fileSet{reader: m.reader, directory: o.Directory(), relative: "."}
	for _, file := range o.Files {
		err := m.named(file)
		if err != nil {
			return nil, err
		}
		read, err := m.parse(file)
		if err != nil {
			return nil, err
		}
		m.project.files = append(m.project.files, read)
	}
	err := m.readEnvironment(m.project, o)
	if len(o.Profiles) > 0 {
		m.preset = nil // those count instead
	}
	return m, err
}

// Variables are those that the files are interpolated with. Others may be set before they are
// merged.
func (m *Merger) Variables() map[string]template.Value { return m.project.env }

// Profiles are those that docker compose enables: the ones asked for, or those of COMPOSE_PROFILES,
// and all where nobody knows what that is.
func (m *Merger) Profiles(asked []string) []string {
	preset := m.project.env[presetProfiles]
	switch {
	case len(asked) > 0:
		return asked
	case !preset.IsKnown():
		return []string{"*"}
	}
	var profiles []string
	for profile := range strings.SplitSeq(preset.Text, ",") {
		if profile = strings.TrimSpace(profile); profile != "" {
			profiles = append(profiles, profile)
		}
	}
	return profiles
}

// Partial are the services and jobs, by their public names, that extend something that could not be
// read.
func (m *Merger) Partial() map[string]bool { return m.partial }

// Lacks is true for a path from the project's directory at which nothing is. What lies elsewhere
// is that of another machine.
func (m *Merger) Lacks(path string) bool {
	return errors.Is(m.root.Inside(files.Join(m.project.directory, path)), fs.ErrNotExist)
}

// Merge merges the files, with all that they include and extend.
func (m *Merger) Merge() *yamltree.Node { return m.merge(m.project) }

// Project is a merged project.
type Project struct {
	// Root is the tree with all that compose-go adds, and with what env files and label files
	// say of services.
	Root *yamltree.Node
	// Stated is the tree before hooks were given what they inherit.
	Stated *yamltree.Node
	// Hooks are those of Stated that have env files or label files, with what these say.
	Hooks map[*yamltree.Node]*yamltree.Node
	// Unread are the services and hooks, by their public names, an env file of which could not
	// be read.
	Unread map[string]bool
	// Partial are the services and jobs, by their public names, that extend something that could
	// not be read.
	Partial map[string]bool
	// Overrides are the definitions that lie over those of included files.
	Overrides []Override
	// Slips are what the files seem to say and do not.
	Slips []Slip
	// Passed are the variables that a container gets by their name alone.
	Passed func(name string) (value string, set bool)
	// AnyUnknown is true where something stands in the tree for a variable that is not known.
	AnyUnknown bool
	// Choices are the variables of which it is not known which of two ways a value goes, in order.
	Choices []string
	// Follow is where a path of the tree leads on the host: links in the project's files are
	// followed, and nothing is above the host's root.
	Follow func(path string) string
}

// Normalize adds to a merged tree what compose-go adds: the implicit network, dependencies and
// names, and what pre_start hooks inherit. The tree lacks what docker compose would refuse.
func (m *Merger) Normalize(root *yamltree.Node) *yamltree.Node {
	return normalizeStep(m.project).run(root, nil, m.Report)
}

// Complete adds what the env files and label files of containers say to a normalized tree, which
// was made of the stated one.
func (m *Merger) Complete(stated, normalized *yamltree.Node) Project {
	f := &containerFiles{m: m, stated: stated, hooks: map[*yamltree.Node]*yamltree.Node{}, unread: map[string]bool{}}
	root := f.addTo(normalized)
	m.missingFiles(root)
	m.dates(stated, yamltree.NewPath())
	if m.preset != nil && !m.Incomplete {
		m.misspeltProfiles(stated)
	}
	m.known.Learn(root)
	return Project{
		Root: root, Stated: stated, Hooks: f.hooks, Unread: f.unread, Partial: m.partial, Overrides: m.overrides, Slips: m.slips,
		Passed: m.project.passed, AnyUnknown: m.anyUnknown, Choices: slices.Sorted(maps.Keys(m.choices)),
		Follow: func(path string) string { return m.root.Follow(m.project.directory, path) },
	}
}

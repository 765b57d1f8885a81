// Package loader turns Compose files into the model, exactly as docker compose would
// read them, and remembers where every value stands.
//
// It drives the functions of compose-go step by step, and after each one gives the values
// their places back (provenance.go). The way of a file: read.go and yamltree make the tree;
// interpolate.go replaces the variables; steps.go merges, and brings it into the long
// form; schema.go and check.go report what docker compose would refuse; project.go and its
// neighbours write the model.
package loader

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// Options say which project to load.
type Options struct {
	// Files are merged in order, later ones over earlier ones.
	Files []string
	// Texts are those of files that the caller has in hand, by their names in Files.
	Texts map[string][]byte
	// EnvFiles replace the .env file beside the project.
	EnvFiles []string
	// WorkingDirectory is that of a bare run, whose files Discover finds: its .env file takes
	// part, over the one beside the project. It is empty for files that the user names.
	WorkingDirectory string
	// ProjectDirectory is where relative paths start: by default, the first file's.
	ProjectDirectory string
	// Profiles narrow the project to the services that they enable. Without any, all services
	// are judged.
	Profiles []string
	// AllowOutside lets the files refer to others outside of the project's root: the nearest
	// directory above that holds .git, else the project directory.
	AllowOutside bool
	// ProcessEnvironment lets the process's own environment variables take part.
	ProcessEnvironment bool
	// Swarm takes the project for one of docker stack deploy.
	Swarm bool
}

// directory is the project's.
func (o Options) directory() string {
	if o.ProjectDirectory != "" {
		return o.ProjectDirectory
	}
	return filepath.Dir(o.Files[0])
}

// Result is a loaded project.
type Result struct {
	Project  model.Project
	Problems []model.Problem
	Unknown  []model.Unknown
	Sources  *model.Sources
	// Incomplete is true when a part of the project could not be read at all, so that the
	// findings are not all there are.
	Incomplete bool
	// Fragment is true when no service has an image or a build, as in an override file that
	// is judged alone: what services lack may stand elsewhere.
	Fragment bool
}

// Input is what the policies see of the project, given what the caller asks for.
func (r *Result) Input(config model.Config) model.Input {
	project := r.Project
	if len(config.Roles.Edge) > 0 {
		project.Services = opened(project.Services, config.Roles.Edge)
	}
	return model.Input{Project: project, Problems: r.Problems, Unknown: r.Unknown, Config: config}
}

// opened gives the services that are at the edge an entry of their own.
func opened(services []model.Service, edge []string) []model.Service {
	services = slices.Clone(services)
	for i, s := range services {
		if slices.Contains(edge, s.Name) {
			entry := model.Entry{At: s.At, Kind: "edge", Called: "its role in the configuration", Loopback: new(false), Open: new(true)}
			services[i].Entries = append(slices.Clone(s.Entries), entry)
		}
	}
	return services
}

func init() {
	// compose-go warns through the global logger, about variables above all; what matters
	// of it becomes a finding.
	logrus.SetOutput(io.Discard)
}

// loading is the state of one Load.
type loading struct {
	ctx     context.Context
	sources *model.Sources
	// repository is the nearest directory upwards that holds .git, else the project's.
	repository string
	// root is the same, with its links resolved. No file may lie outside of it unless
	// allowOutside is true.
	root         string
	allowOutside bool
	// texts are those of files that need not be read, parsed the documents of the files read so
	// far, both by absolute path.
	texts  map[string][]byte
	parsed map[string]parsed
	// inclusions counts the entries of include that were followed.
	inclusions int
	// extended counts the values that services inherited by extends.
	extended int
	// unset stands in the tree for a variable that nobody set; anyUnset is true where it does.
	unset    func(name string) string
	anyUnset bool
	// overrides are the definitions that lie over those of included files.
	overrides []redefinition
	// stated is the project before hooks were given what they inherit.
	stated *yamltree.Node
	// unread are the services, by their at, an env file of which could not be read.
	unread map[string]bool
	// hooks are those of stated that have files, with what the files say.
	hooks      map[*yamltree.Node]*yamltree.Node
	problems   []problem
	incomplete bool
	fragment   bool
}

// problem is what docker compose would refuse at a place.
type problem struct {
	at, message string
	node        *yamltree.Node
}

func newLoading(ctx context.Context) *loading {
	l := &loading{
		ctx: ctx, sources: model.NewSources(), parsed: map[string]parsed{},
		unread: map[string]bool{}, hooks: map[*yamltree.Node]*yamltree.Node{},
	}
	l.unset = func(name string) string {
		l.anyUnset = true
		return placeholder(name)
	}
	return l
}

// Deadline is the last resort against input that takes forever: the other limits bound
// the work. Judging has as long.
const Deadline = 30 * time.Second

// Load reads a project. What docker compose would refuse is among the problems and the
// rest is loaded; the error is about a file of the options that cannot be read.
func Load(ctx context.Context, o Options) (*Result, error) {
	if len(o.Files) == 0 {
		return nil, fmt.Errorf("no compose file to load")
	}
	ctx, cancel := context.WithTimeout(ctx, Deadline)
	defer cancel()
	l := newLoading(ctx)
	l.confine(o)
	l.texts = map[string][]byte{}
	for file, text := range o.Texts {
		l.texts[absolute(file)] = text
	}
	c, err := l.project(o)
	if err != nil {
		return nil, err
	}
	r, err := l.load(c, o)
	if ctx.Err() != nil {
		return nil, fmt.Errorf("could not load %q: it takes longer than the limit of %v", shown(o.Files[0]), Deadline)
	}
	return r, err
}

// confine sets the directory that no file may lie outside of.
func (l *loading) confine(o Options) {
	l.allowOutside = o.AllowOutside
	l.repository = repositoryRoot(o.directory())
	if root, err := filepath.EvalSymlinks(l.repository); err == nil {
		l.root = root
	}
}

// load makes the model of a project whose files are read. A panic is an error: no input
// may take down the judgement of other projects.
func (l *loading) load(c *config, o Options) (r *Result, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("could not load %q: internal error: %v", shown(o.Files[0]), v)
		}
	}()
	root := l.check(l.model(c), o.Profiles)
	root = l.serviceFiles(l.complete(root, c), c)
	r = l.result(root, c.lookup, o)
	if l.anyUnset {
		r.unresolved(root)
	}
	return r, nil
}

// project is the configuration that the options name.
func (l *loading) project(o Options) (*config, error) {
	c := &config{directory: o.directory(), relative: "."}
	for _, file := range o.Files {
		documents, err := l.parse(file)
		if err != nil {
			return nil, err
		}
		c.files = append(c.files, composeFile{path: file, documents: documents})
	}
	return c, l.readEnvironment(c, o)
}

// placeholder stands for a variable that is not set, so that the value around it can
// still be taken apart.
func placeholder(name string) string { return "__UNSET_" + name + "__" }

// report records what docker compose would refuse at a place.
func (l *loading) report(n *yamltree.Node, p yamltree.Path, message string) {
	message = MaskText(withoutSecrets(n, p, inVariables(n, message)))
	l.problems = append(l.problems, problem{at: p.At(), message: message, node: n})
}

// withoutSecrets masks in a message about a scalar what looks like a credential there.
func withoutSecrets(n *yamltree.Node, p yamltree.Path, message string) string {
	value, ok := n.Value.(string)
	if !ok {
		return message
	}
	for _, secret := range (secretNames{}).in(p.Key(), value) {
		message = strings.ReplaceAll(message, value[secret.Start:secret.End], mask)
	}
	return message
}

// inVariables words a message as the file does, with the names of the variables instead of
// their values, which may be secrets of an env file.
func inVariables(n *yamltree.Node, message string) string {
	value, ok := n.Value.(string)
	if !ok || value == "" || !slices.ContainsFunc(n.Variables, func(v yamltree.Variable) bool { return v.Set }) {
		return message
	}
	if !n.Span.IsZero() {
		token := string(n.Span.Source.Text[n.Span.Start:n.Span.End])
		message = strings.ReplaceAll(message, value, strings.Trim(token, `"'`))
	}
	for _, v := range n.Variables {
		if v.Set && v.Start < v.End && v.End <= len(value) {
			message = strings.ReplaceAll(message, value[v.Start:v.End], "${"+v.Name+"}")
		}
	}
	return message
}

package compose

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/composelint/composelint/loader/envfile"
	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/loader/template"
	"github.com/composelint/composelint/loader/yamltree"
)

// containerFiles adds what containers' own files say.
type containerFiles struct {
	m *Merger
	// stated is the project before hooks were given what they inherit.
	stated *yamltree.Node
	// hooks and unread are those of Project.
	hooks  map[*yamltree.Node]*yamltree.Node
	unread map[string]bool
}

// addTo adds what the env files and label files of every service state to its
// environment and labels, where those do not say otherwise
// (WithServicesEnvironmentResolved and WithServicesLabelsResolved, types/project.go of
// compose-go v2.16.2). It does the same for the hooks that run in a container of their own.
func (f *containerFiles) addTo(root *yamltree.Node) *yamltree.Node {
	changed := map[*yamltree.Node]*yamltree.Node{}
	for _, section := range ContainerSections {
		for _, name := range root.Field(section).Keys() {
			entry := root.Field(section).Field(name)
			at := yamltree.Path{section, name}
			contents := f.of(entry, entry, at, fileContents{})
			if entry.Field("env_file") != nil || entry.Field("label_file") != nil {
				changed[entry] = contents.addTo(entry)
			}
			f.ofHooks(entry, f.stated.Field(section).Field(name), at, contents)
		}
	}
	return mapServices(root, func(entry *yamltree.Node) *yamltree.Node { return cmp.Or(changed[entry], entry) })
}

// ofHooks notes what the files of a service's pre_start hooks add to the hooks. whole is
// the service with what its hooks inherit, and inherited is what its own files say, which
// those of a hook go over.
func (f *containerFiles) ofHooks(whole, stated *yamltree.Node, at yamltree.Path, inherited fileContents) {
	hooks := stated.Field("pre_start")
	if hooks == nil {
		return
	}
	for i, hook := range hooks.Items {
		if hook.Field("env_file") == nil && hook.Field("label_file") == nil {
			continue
		}
		all := &yamltree.Node{}
		if list := whole.Field("pre_start"); list != nil && i < len(list.Items) {
			all = list.Items[i]
		}
		contents := f.of(hook, all, slices.Concat(at, yamltree.Path{"pre_start"}).Item(i), inherited)
		f.hooks[hook] = fileContents{
			environment: notIn(contents.environment, inherited.environment, all.Field("environment").ValuesByName()),
			labels:      notIn(contents.labels, inherited.labels, all.Field("labels").ValuesByName()),
		}.addTo(hook)
	}
}

// notIn are the values that a hook's own files say: not those that it inherits, nor those
// of names that the hook or its service states.
func notIn(all, inherited, stated map[string]*yamltree.Node) map[string]*yamltree.Node {
	own := map[string]*yamltree.Node{}
	for name, value := range all {
		if value != inherited[name] && stated[name] == nil {
			own[name] = value
		}
	}
	return own
}

// fileContents are what the env files and label files of a container say.
type fileContents struct{ environment, labels map[string]*yamltree.Node }

// of reads the files that n names, over those of the container that it inherits from.
// whole is n with what it inherits.
func (f *containerFiles) of(n, whole *yamltree.Node, at yamltree.Path, inherited fileContents) fileContents {
	contents := inherited
	if list := n.Field("env_file"); list != nil {
		r := &fileReader{containerFiles: f, own: whole.Field("environment").ValuesByName(), vars: cloned(inherited.environment)}
		r.envFiles(list, at.Field("env_file"))
		contents.environment = r.vars
	}
	if list := n.Field("label_file"); list != nil {
		r := &fileReader{containerFiles: f, vars: cloned(inherited.labels), labels: true}
		r.labelFiles(list, at.Field("label_file"))
		contents.labels = r.vars
	}
	return contents
}

func (f fileContents) addTo(n *yamltree.Node) *yamltree.Node {
	return withAssignments(withAssignments(n, "environment", f.environment), "labels", f.labels)
}

// fileReader reads the env files or the label files of one service.
type fileReader struct {
	*containerFiles
	// own are the values that the service itself states.
	own map[string]*yamltree.Node
	// vars are those read so far, later files over earlier ones.
	vars   map[string]*yamltree.Node
	labels bool
}

func (r *fileReader) envFiles(list *yamltree.Node, at yamltree.Path) {
	for i, entry := range list.Items {
		r.read(entry.Field("path"), at.Item(i), entry.Field("format").String(), r.needOf(entry, at.Item(i)))
	}
}

// need says whether a file must be there.
type need int

const (
	required need = iota
	optional
	undecided
)

// needOf is what an entry of env_file says of the file.
func (r *fileReader) needOf(entry *yamltree.Node, at yamltree.Path) need {
	stated := entry.Field("required")
	is, known := stated.Boolean()
	switch {
	case stated != nil && !known, r.m.Within(at):
		return undecided
	case known && !is:
		return optional
	}
	return required
}

func (r *fileReader) labelFiles(list *yamltree.Node, at yamltree.Path) {
	for i, entry := range list.Scalars() {
		r.read(entry, at.Item(i), "", required)
	}
}

// maxFromFiles bounds the values that containers have of env files and label files: thousands of them
// may name a large one.
const maxFromFiles = 50_000

// read adds the assignments of a file to vars. path is the token that names it.
func (r *fileReader) read(path *yamltree.Node, at yamltree.Path, format string, needed need) {
	name := path.String()
	if name == "" || path.Unknown() { // the schema, or the variable, is reported
		if path.Scalar() == "" && !path.Unknown() && needed == required {
			r.m.Report(path, at, fmt.Sprintf("%q needs the path of a file", at.Key()))
		}
		r.missed(at)
		return
	}
	if r.m.fromFiles > maxFromFiles {
		r.missed(at)
		r.m.refuseAt(path, at, fmt.Sprintf("the services have more values of files than the limit of %d", maxFromFiles))
		return
	}
	file := files.Join(r.m.project.directory, name)
	source, err := r.m.envSource(file, r.m.root.Inside)
	switch notThere := errors.Is(err, fs.ErrNotExist); {
	case needed != required && r.m.root.Elsewhere(file), needed == undecided && notThere:
		r.missed(at) // it may be there where the project runs
		return
	case needed == optional && notThere:
		return
	case notThere && r.labels:
		r.m.Report(path, at, err.Error())
		return
	case err != nil && !r.labels && r.m.missing(path, at, "env_file", file, err):
		r.missed(at)
		return
	}
	var assignments []envfile.Assignment
	if err == nil {
		assignments, err = r.parse(source, format)
	}
	if err != nil {
		r.missed(at)
	}
	var malformed *yamltree.Error
	switch {
	case errors.As(err, &malformed):
		whole := malformed.Span
		whole.Start, whole.End = 0, len(whole.Source.Text)
		whole.Hide() // which of its lines are secrets is not known
		r.m.known.HideInText(source)
		r.m.refuseAt(&yamltree.Node{Span: malformed.Span}, at, malformed.Message)
	case err != nil:
		r.m.refuseAt(path, at, err.Error())
	}
	r.m.fromFiles += len(assignments)
	for _, a := range assignments {
		r.m.known.HideUnder(a.Name, a.Value)
		r.m.known.Variable(a.Name, a.Value.String())
		r.vars[a.Name] = a.Value.Under(fmt.Sprintf("read from %q", name), path.Place())
	}
}

// missed notes that variables of the service are unknown, since a file of them was not read.
func (r *fileReader) missed(at yamltree.Path) {
	if !r.labels {
		r.unread[at[:len(at)-2].At()] = true
	}
}

func (r *fileReader) parse(source *yamltree.Source, format string) ([]envfile.Assignment, error) {
	var assignments []envfile.Assignment
	var err *yamltree.Error
	switch format {
	case "":
		assignments, err = envfile.Parse(source, r.earlier(), r.m.environment(r.lookup))
	case "raw":
		assignments, err = envfile.ParseRaw(source, r.lookup)
	default:
		return nil, fmt.Errorf("the format of an env file cannot be %q: leave it out, or use \"raw\"", format)
	}
	r.m.direct(source, func() []yamltree.Comment { return envfile.Comments(source, assignments) })
	if err != nil {
		return nil, err
	}
	return assignments, nil
}

// earlier are the variables that an env file finds after those of lookup.
func (r *fileReader) earlier() map[string]*yamltree.Node {
	if r.labels {
		return nil
	}
	return cloned(r.vars)
}

// lookup finds what a value may refer to: the project's variables, then the service's own.
// A label knows nothing but the labels of earlier files.
func (r *fileReader) lookup(name string) (template.Value, bool) {
	own := r.own[name]
	if r.labels {
		own = r.vars[name]
	} else if value, ok := r.m.project.lookup(name); ok {
		return value, true
	}
	if own == nil || own.Value == nil {
		return template.Value{}, false
	}
	return template.ValueOf(own), true
}

// withAssignments returns a service whose mapping or list under key has the assignments
// too, where it has none of their names.
func withAssignments(service *yamltree.Node, key string, vars map[string]*yamltree.Node) *yamltree.Node {
	own := service.Field(key).ValuesByName()
	into := yamltree.Node{Kind: yamltree.Mapping}
	if stated := service.Field(key); stated != nil && stated.Kind != yamltree.Scalar {
		into = *stated
	}
	into.Fields, into.Items = cloned(into.Fields), append([]*yamltree.Node(nil), into.Items...)
	for _, name := range slices.Sorted(maps.Keys(vars)) {
		switch {
		case own[name] != nil:
		case into.Kind == yamltree.Mapping:
			into.Fields[name] = vars[name]
		default:
			into.Items = append(into.Items, yamltree.AssignmentItem(name, vars[name]))
		}
	}
	c := *service
	c.Fields = cloned(service.Fields)
	c.Fields[key] = &into
	return &c
}

func cloned(fields map[string]*yamltree.Node) map[string]*yamltree.Node {
	c := make(map[string]*yamltree.Node, len(fields)+1)
	for key, field := range fields {
		c[key] = field
	}
	return c
}

package loader

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/composelint/composelint/loader/yamltree"
)

// serviceFiles adds what the env files and label files of every service state to its
// environment and labels, where those do not say otherwise
// (WithServicesEnvironmentResolved and WithServicesLabelsResolved, types/project.go of
// compose-go v2.16.2).
func (l *loading) serviceFiles(root *yamltree.Node, c *config) *yamltree.Node {
	if root.Field("services") == nil && root.Field("jobs") == nil {
		return root
	}
	add := func(n *yamltree.Node, p keyPath) *yamltree.Node {
		r := &fileReader{l: l, c: c, own: valuesByName(n.Field("environment")), vars: map[string]*yamltree.Node{}}
		r.envFiles(n.Field("env_file"), p.field("env_file"))
		n = withAssignments(n, "environment", r.vars)
		r = &fileReader{l: l, c: c, vars: map[string]*yamltree.Node{}, labels: true}
		r.labelFiles(n.Field("label_file"), p.field("label_file"))
		return withAssignments(n, "labels", r.vars)
	}
	for _, section := range containerSections {
		for _, name := range root.Field(section).Keys() {
			entry := root.Field(section).Field(name)
			if entry.Field("env_file") == nil && entry.Field("label_file") == nil {
				continue
			}
			root.Fields[section].Fields[name] = add(entry, keyPath{section, name})
		}
	}
	return root
}

// fileReader reads the env files or the label files of one service.
type fileReader struct {
	l *loading
	c *config
	// own are the values that the service itself states.
	own map[string]*yamltree.Node
	// vars are those read so far, later files over earlier ones.
	vars   map[string]*yamltree.Node
	labels bool
}

func (r *fileReader) envFiles(list *yamltree.Node, at keyPath) {
	if list == nil {
		return
	}
	for i, entry := range list.Items {
		optional := valueOf(entry.Field("required")) == false
		r.read(entry.Field("path"), at.item(i), text(valueOf(entry.Field("format"))), optional)
	}
}

func (r *fileReader) labelFiles(list *yamltree.Node, at keyPath) {
	for i, entry := range items(list) {
		r.read(entry, at.item(i), "", false)
	}
}

// read adds the assignments of a file to vars. path is the token that names it.
func (r *fileReader) read(path *yamltree.Node, at keyPath, format string, optional bool) {
	name := text(valueOf(path))
	if name == "" || path.Unknown() {
		r.missed(at)
		return // the schema, or the variable, is reported
	}
	source, err := r.l.envSource(join(r.c.directory, name), r.l.confined)
	if errors.Is(err, fs.ErrNotExist) {
		if !optional {
			r.missed(at)
			r.l.report(path, at, err.Error())
		}
		return
	}
	var assignments []assignment
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
		r.l.refuseAt(&yamltree.Node{Span: malformed.Span}, at, malformed.Message)
	case err != nil:
		r.l.refuseAt(path, at, err.Error())
	}
	for _, a := range assignments {
		hider{}.hide(a.name, a.value)
		r.vars[a.name] = a.value.Under(fmt.Sprintf("read from %q", name), path.Place())
	}
}

// missed notes that variables of the service are unknown, since a file of them was not read.
func (r *fileReader) missed(at keyPath) {
	if !r.labels {
		r.l.unread[at[:2].at()] = true
	}
}

func (r *fileReader) parse(source *yamltree.Source, format string) ([]assignment, error) {
	var assignments []assignment
	var err *yamltree.Error
	switch format {
	case "":
		assignments, err = parseEnvFile(source, r.earlier(), r.lookup, r.l.unset)
	case "raw":
		assignments, err = parseRawEnvFile(source, r.lookup)
	default:
		return nil, fmt.Errorf("the format of an env file cannot be %q: leave it out, or use \"raw\"", format)
	}
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
func (r *fileReader) lookup(name string) (string, bool) {
	own := r.own[name]
	if r.labels {
		own = r.vars[name]
	} else if value, ok := r.c.lookup(name); ok {
		return value, true
	}
	if own == nil || own.Unknown() || own.Value == nil {
		return "", false
	}
	return text(own.Value), true
}

// valuesByName are the values of a mapping or a list of NAME=VALUE, by name.
func valuesByName(n *yamltree.Node) map[string]*yamltree.Node {
	values := map[string]*yamltree.Node{}
	for name, field := range fieldsOf(n) {
		values[name] = field
	}
	for _, item := range items(n) {
		if name, value, ok := entry(item); ok {
			values[name] = value
		}
	}
	return values
}

// withAssignments returns a service whose mapping or list under key has the assignments
// too, where it has none of their names.
func withAssignments(service *yamltree.Node, key string, vars map[string]*yamltree.Node) *yamltree.Node {
	own := valuesByName(service.Field(key))
	into := yamltree.Node{Kind: yamltree.Mapping}
	if stated := service.Field(key); stated != nil && stated.Kind != yamltree.Scalar {
		into = *stated
	}
	into.Fields, into.Items = cloned(into.Fields), append([]*yamltree.Node(nil), into.Items...)
	for _, name := range (&yamltree.Node{Fields: vars}).Keys() {
		switch {
		case own[name] != nil:
		case into.Kind == yamltree.Mapping:
			into.Fields[name] = vars[name]
		default:
			into.Items = append(into.Items, assignmentItem(name, vars[name]))
		}
	}
	c := *service
	c.Fields = cloned(service.Fields)
	c.Fields[key] = &into
	return &c
}

// assignmentItem is a value as an item NAME=VALUE of a list, or NAME where it is null.
func assignmentItem(name string, value *yamltree.Node) *yamltree.Node {
	n := *value
	n.Value, n.Text, n.Variables = name, nil, nil
	if value.Value != nil {
		n.Value = name + "=" + text(value.Value)
	}
	for _, v := range value.Variables {
		v.Start, v.End = v.Start+len(name)+1, v.End+len(name)+1
		n.Variables = append(n.Variables, v)
	}
	return &n
}

func cloned(fields map[string]*yamltree.Node) map[string]*yamltree.Node {
	c := make(map[string]*yamltree.Node, len(fields)+1)
	for key, field := range fields {
		c[key] = field
	}
	return c
}

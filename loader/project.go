package loader

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// builder writes the model of a loaded tree.
type builder struct {
	root *yamltree.Node
	// stated is the tree before hooks were given what they inherit.
	stated *yamltree.Node
	// unread are the services, by their at, an env file of which could not be read.
	unread map[string]bool
	// hookFiles are the hooks with what their env files and label files say.
	hookFiles map[*yamltree.Node]*yamltree.Node
	// overrides are the definitions that lie over those of included files.
	overrides []redefinition
	lookup    Lookup
	// profiles are those asked for.
	profiles []string
	swarm    bool
	sources  *model.Sources
	marked   map[string]bool
	// nodes are those of the containers, by their names in the model.
	nodes map[string]*yamltree.Node
	// byName are the indexes of the services and jobs.
	byName map[string]int
	// containerOf are the services and jobs that state the name of their container, by that
	// name.
	containerOf map[string]string
	// waysToHost remembers what wayToHost found.
	waysToHost map[[2]string][]string
	reach      reach
	// inheriting is the hook being written: what it does not state is unknown.
	inheriting *yamltree.Node
	project    model.Project
	unknown    []model.Unknown
	// noted are those among the unknown.
	noted map[model.Unknown]bool
}

// result writes the model. Problems are placed last: a node of the model keeps its place.
func (l *loading) result(root *yamltree.Node, lookup Lookup, o Options) *Result {
	b := l.builder(root, lookup, o)
	b.build()
	r := &Result{
		Project: b.project, Problems: []model.Problem{}, Unknown: append([]model.Unknown{}, b.unknown...),
		Sources: l.sources, Incomplete: l.incomplete, Fragment: l.fragment,
	}
	slices.SortStableFunc(l.problems, func(a, b problem) int {
		return cmp.Or(strings.Compare(a.at, b.at), strings.Compare(a.message, b.message))
	})
	for _, p := range l.problems {
		r.Problems = append(r.Problems, model.Problem{At: b.mark(p.at, p.node.Alone()), Message: p.message})
	}
	return r
}

func (l *loading) builder(root *yamltree.Node, lookup Lookup, o Options) *builder {
	return &builder{
		root: root, stated: l.stated, unread: l.unread, hookFiles: l.hooks, overrides: l.overrides, lookup: lookup, profiles: o.Profiles, swarm: o.Swarm, sources: l.sources,
		marked: map[string]bool{}, nodes: map[string]*yamltree.Node{}, byName: map[string]int{},
		containerOf: map[string]string{}, waysToHost: map[[2]string][]string{},
		noted: map[model.Unknown]bool{},
	}
}

func (b *builder) build() {
	b.project = model.Project{
		Name:     b.root.Field("name").String(),
		Services: []model.Service{}, Networks: []model.Network{}, Volumes: b.volumes(),
		Secrets: b.secrets(), Configs: b.configs(), Models: b.models(),
		Overrides: []model.Override{},
	}
	for _, o := range b.overrides {
		at := b.mark("include.overrides["+yamltree.Path{o.section, o.name}.At()+"]", o.own)
		b.project.Overrides = append(b.project.Overrides, model.Override{At: at, Section: o.section, Name: o.name})
	}
	for _, section := range containerSections {
		entries := b.root.Field(section)
		for _, name := range entries.KeysInFileOrder() {
			if n := entries.Field(name); n.Kind == yamltree.Mapping && b.enabled(n) {
				b.service(section, name, n)
			}
		}
	}
	b.project.Networks = b.networks()
	b.volumesFrom()
	b.indexNetworks()
	b.namespaceChains()
	b.networkOwners()
	b.resolveEndpoints()
	b.entries()
	b.hooks()
}

// enabled is true for a service without profiles, and for one of the profiles asked for.
func (b *builder) enabled(service *yamltree.Node) bool {
	profiles := service.Field("profiles").Scalars()
	return len(b.profiles) == 0 || len(profiles) == 0 || slices.ContainsFunc(profiles, func(p *yamltree.Node) bool {
		return p.Unknown() || slices.Contains(b.profiles, p.String()) || slices.Contains(b.profiles, "*")
	})
}

// mark ties a node of the model to its place and returns its public name, which gets a
// number where the file says the same thing twice.
func (b *builder) mark(at string, n *yamltree.Node) string {
	at = b.unique(at)
	if n == nil {
		n = &yamltree.Node{}
	}
	b.sources.Mark(at, n)
	return at
}

// markPiece marks a text in the scalar of another node as a node of its own.
func (b *builder) markPiece(at, of, text string) string {
	at = b.unique(at)
	b.sources.MarkPart(at, of, text)
	return at
}

// unique is a name that no node has yet.
func (b *builder) unique(at string) string {
	unique := at
	for i := 2; b.marked[unique]; i++ {
		unique = fmt.Sprintf("%s#%d", at, i)
	}
	b.marked[unique] = true
	return unique
}

// section marks a part of a container that is a node of its own and returns its public
// name. One that is not there stands for what the container does not say.
func (b *builder) section(at string, n *yamltree.Node, keys ...string) (string, *yamltree.Node) {
	path := at
	for _, key := range keys {
		n, path = n.Field(key), path+"."+key
	}
	if n == nil {
		return at, nil
	}
	return b.mark(path, n), n
}

// inherits is true for a hook that does not state the key.
func (b *builder) inherits(n *yamltree.Node, key string) bool {
	return n != nil && n == b.inheriting && n.Field(key) == nil
}

// item is the public name of an entry of a list.
func item(at, list, id string) string { return at + "." + list + "[" + id + "]" }

// known returns the value under key and whether there is one to judge: a value that
// depends on a variable that is not set is noted as unknown instead, and one that a hook
// does not state stands elsewhere.
func (b *builder) known(at string, n *yamltree.Node, key string) (value any, known bool) {
	field := n.Field(key)
	if field == nil {
		return nil, !b.inherits(n, key)
	}
	if b.isUnknown(at, key, field) {
		return nil, false
	}
	return field.Scalar(), true
}

func (b *builder) isUnknown(at, key string, n *yamltree.Node) bool {
	if n == nil || !n.Unknown() {
		return false
	}
	for _, v := range n.Variables {
		if u := (model.Unknown{At: at, Key: key, Variable: v.Name}); v.Unset() && v.Name != "" && !b.noted[u] {
			b.noted[u] = true
			b.unknown = append(b.unknown, u)
		}
	}
	return true
}

// text is the value under key as a string, nil when it is unknown.
func (b *builder) text(at string, n *yamltree.Node, key, fallback string) *string {
	value, known := b.known(at, n, key)
	switch {
	case !known:
		return nil
	case value == nil:
		return &fallback
	}
	return new(yamltree.Written(value))
}

// boolean is the value under key as a boolean, nil when it is unknown.
func (b *builder) boolean(at string, n *yamltree.Node, key string, fallback bool) *bool {
	value, known := b.known(at, n, key)
	switch v := value.(type) {
	case bool:
		return &v
	case string:
		return new(v == "true")
	}
	if !known {
		return nil
	}
	return &fallback
}

// path is the path of the host under key, nil when it is unknown.
func (b *builder) path(at string, n *yamltree.Node, key string) *string {
	path := b.text(at, n, key, "")
	if path == nil {
		return nil
	}
	return new(hostPath(*path))
}

// part is value, nil when the bytes [start, end) of the scalar under key are unknown, which
// it is made of.
func (b *builder) part(at, key string, scalar *yamltree.Node, value string, start, end int) *string {
	if b.isUnknown(at, key, scalar.Part(start, end, nil)) {
		return nil
	}
	return &value
}

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
	root   *yamltree.Node
	lookup Lookup
	// profiles are those asked for.
	profiles []string
	sources  *model.Sources
	marked   map[string]bool
	project  model.Project
	unknown  []model.Unknown
}

// result writes the model. Problems are placed last: a node of the model keeps its place.
func (l *loading) result(root *yamltree.Node, lookup Lookup, profiles []string) *Result {
	b := &builder{root: root, lookup: lookup, profiles: profiles, sources: l.sources, marked: map[string]bool{}}
	b.build()
	r := &Result{Project: b.project, Unknown: b.unknown, Sources: l.sources, Incomplete: l.incomplete}
	slices.SortStableFunc(l.problems, func(a, b problem) int {
		return cmp.Or(strings.Compare(a.at, b.at), strings.Compare(a.message, b.message))
	})
	for _, p := range l.problems {
		r.Problems = append(r.Problems, model.Problem{At: b.mark(p.at, placeOf(p.node)), Message: p.message})
	}
	return r
}

func (b *builder) build() {
	b.project.Name = text(valueOf(b.root.Field("name")))
	b.project.Services, b.project.Networks, b.project.Volumes = []model.Service{}, []model.Network{}, []model.Volume{}
	for _, name := range b.root.Field("volumes").Keys() {
		b.volume(name, b.root.Field("volumes").Field(name))
	}
	services := b.root.Field("services")
	for _, name := range services.Keys() {
		if service := services.Field(name); service.Kind == yamltree.Mapping && b.enabled(service) {
			b.service(name, service)
		}
	}
	for _, name := range b.root.Field("networks").Keys() {
		b.network(name, b.root.Field("networks").Field(name))
	}
	b.volumesFrom()
	b.namespaceChains()
	b.resolveEndpoints()
}

// enabled is true for a service without profiles, and for one of the profiles asked for.
func (b *builder) enabled(service *yamltree.Node) bool {
	profiles := items(service.Field("profiles"))
	return len(b.profiles) == 0 || len(profiles) == 0 || slices.ContainsFunc(profiles, func(p *yamltree.Node) bool {
		return p.Unknown() || slices.Contains(b.profiles, text(p.Value)) || slices.Contains(b.profiles, "*")
	})
}

// network writes a network. The default network that no file declares is placed at the
// first service on it.
func (b *builder) network(name string, n *yamltree.Node) {
	place := n
	if n.Generated {
		for _, s := range b.project.Services {
			if slices.ContainsFunc(s.Networks, func(a model.Attachment) bool { return a.Name == name }) {
				place = placeOf(b.root.Field("services").Field(s.Name))
				break
			}
		}
	}
	at := b.mark(keyPath{"networks", name}.at(), place)
	b.project.Networks = append(b.project.Networks, model.Network{
		At: at, Name: name, Implicit: n.Generated,
		EngineName: b.engineName(at, n),
		Driver:     b.text(at, n, "driver", ""),
		External:   b.external(at, n),
		Internal:   b.boolean(at, n, "internal", false),
	})
}

// engineName is the name that Normalize of compose-go gave the network. One that starts
// with the project's name is unknown where no file states that.
func (b *builder) engineName(at string, n *yamltree.Node) *string {
	name := n.Field("name")
	external := b.external(at, n)
	if name.Generated && (external == nil || !*external && b.project.Name == "") {
		return nil
	}
	return b.text(at, n, "name", "")
}

// external reads both spellings: a boolean, and the old mapping with a name.
func (b *builder) external(at string, n *yamltree.Node) *bool {
	if e := n.Field("external"); e != nil && e.Kind == yamltree.Mapping {
		return new(true)
	}
	return b.boolean(at, n, "external", false)
}

func (b *builder) volume(name string, n *yamltree.Node) {
	at := b.mark(keyPath{"volumes", name}.at(), n)
	v := model.Volume{
		At: at, Name: name,
		Driver:   b.text(at, n, "driver", ""),
		External: b.external(at, n),
		Device:   new(""),
	}
	if v.Driver == nil {
		v.Device = nil
	} else if *v.Driver == "" || *v.Driver == "local" {
		v.Device = b.boundDevice(at, n.Field("driver_opts"))
	}
	b.project.Volumes = append(b.project.Volumes, v)
}

// boundDevice is the host path that the local driver binds with the option o=bind.
func (b *builder) boundDevice(at string, opts *yamltree.Node) *string {
	o, device := b.text(at, opts, "o", ""), b.text(at, opts, "device", "")
	if o == nil || device == nil {
		return nil
	}
	for _, option := range strings.Split(*o, ",") {
		if option == "bind" || option == "rbind" {
			return new(hostPath(*device))
		}
	}
	return new("")
}

// mark ties a node of the model to its place and returns its public name, which gets a
// number where the file says the same thing twice.
func (b *builder) mark(at string, n *yamltree.Node) string {
	unique := at
	for i := 2; b.marked[unique]; i++ {
		unique = fmt.Sprintf("%s#%d", at, i)
	}
	b.marked[unique] = true
	if n == nil {
		n = &yamltree.Node{}
	}
	b.sources.Mark(unique, n)
	return unique
}

// placeOf is a node with the place of n and nothing below it.
func placeOf(n *yamltree.Node) *yamltree.Node {
	c := *n
	c.Fields, c.Items = nil, nil
	return &c
}

// item is the public name of an entry of a list.
func item(at, list, id string) string { return at + "." + list + "[" + id + "]" }

func valueOf(n *yamltree.Node) any {
	if n == nil || n.Kind != yamltree.Scalar {
		return nil
	}
	return n.Value
}

// known returns the value under key and whether there is one to judge: a value that
// depends on a variable that is not set is noted as unknown instead.
func (b *builder) known(at string, n *yamltree.Node, key string) (value any, known bool) {
	field := n.Field(key)
	if field == nil {
		return nil, true
	}
	if b.isUnknown(at, key, field) {
		return nil, false
	}
	return valueOf(field), true
}

func (b *builder) isUnknown(at, key string, n *yamltree.Node) bool {
	if n == nil || !n.Unknown() {
		return false
	}
	for _, v := range n.Variables {
		if !v.Set && !v.Default && v.Name != "" {
			b.unknown = append(b.unknown, model.Unknown{At: at, Key: key, Variable: v.Name})
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
	return new(text(value))
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

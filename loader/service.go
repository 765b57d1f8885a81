package loader

import (
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// service writes the model of one service.
func (b *builder) service(name string, n *yamltree.Node) {
	at := b.mark(keyPath{"services", name}.at(), n)
	s := model.Service{
		At: at, Name: name,
		Complete:        n.Field("image") != nil || n.Field("build") != nil,
		Built:           n.Field("build") != nil,
		Image:           b.image(at, n),
		ContainerName:   b.text(at, n, "container_name", ""),
		Privileged:      b.boolean(at, n, "privileged", false),
		UseAPISocket:    b.boolean(at, n, "use_api_socket", false),
		SecurityOptions: b.securityOptions(at, n),
		CapAdd:          b.capabilities(at, n, "cap_add"),
		CapDrop:         b.capabilities(at, n, "cap_drop"),
		Namespaces:      b.namespaces(at, n),
		Limits:          b.limits(at, n),
		Mounts:          b.mounts(at, n),
		Environment:     b.variables(at, n),
		Options:         b.options(at, n),
		Ports:           b.ports(at, n),
		Networks:        b.attachments(at, n),
	}
	s.NoNewPrivileges = noNewPrivileges(s.SecurityOptions, n.Field("security_opt"))
	s.Endpoints = b.endpoints(s)
	b.project.Services = append(b.project.Services, s)
}

// securityOptions parses the entries as the engine does: NAME, NAME:VALUE, NAME=VALUE.
func (b *builder) securityOptions(at string, n *yamltree.Node) []model.SecurityOption {
	options := []model.SecurityOption{}
	for _, entry := range items(n.Field("security_opt")) {
		if b.isUnknown(at, "security_opt", entry) {
			continue
		}
		spec := text(entry.Value)
		name, value, found := strings.Cut(spec, "=")
		if !found {
			name, value, found = strings.Cut(spec, ":")
		}
		if !found {
			value = "true"
		}
		if on, err := strconv.ParseBool(value); err == nil {
			value = strconv.FormatBool(on)
		}
		options = append(options, model.SecurityOption{
			At: b.mark(item(at, "security_opt", name), entry), Name: name, Value: value,
		})
	}
	return options
}

// noNewPrivileges is what the engine makes of the entries: the last one counts. An
// unknown entry may be it.
func noNewPrivileges(options []model.SecurityOption, list *yamltree.Node) *bool {
	for _, o := range slices.Backward(options) {
		if o.Name == "no-new-privileges" {
			return new(o.Value == "true")
		}
	}
	for _, entry := range items(list) {
		if entry.Unknown() {
			return nil
		}
	}
	return new(false)
}

func (b *builder) capabilities(at string, n *yamltree.Node, key string) []model.Capability {
	capabilities := []model.Capability{}
	for _, entry := range items(n.Field(key)) {
		if b.isUnknown(at, key, entry) {
			continue
		}
		name := strings.TrimPrefix(strings.ToUpper(text(entry.Value)), "CAP_")
		capabilities = append(capabilities, model.Capability{At: b.mark(item(at, key, name), entry), Name: name})
	}
	return capabilities
}

// items are the scalars of a list.
func items(n *yamltree.Node) []*yamltree.Node {
	if n == nil {
		return nil
	}
	var scalars []*yamltree.Node
	for _, i := range n.Items {
		if i.Kind == yamltree.Scalar {
			scalars = append(scalars, i)
		}
	}
	return scalars
}

// variables reads both forms of environment, a mapping and a list of NAME=VALUE. A
// variable without a value is passed through: from an env file, or else from the shell,
// which makes it unknown.
func (b *builder) variables(at string, n *yamltree.Node) []model.Variable {
	variables := []model.Variable{}
	add := func(name string, place, value *yamltree.Node) {
		v := model.Variable{At: b.mark(item(at, "environment", name), place), Name: name}
		if passed, ok := b.lookup(name); ok && value.Value == nil {
			v.Value = &passed
		} else if value.Value != nil && !b.isUnknown(v.At, "", value) {
			v.Value = new(text(value.Value))
		}
		variables = append(variables, v)
	}
	list := n.Field("environment")
	for _, name := range list.Keys() {
		if value := list.Field(name); value.Kind == yamltree.Scalar {
			add(name, value, value)
		}
	}
	for _, assignment := range items(list) {
		if name, value, ok := entry(assignment); ok {
			add(name, assignment, value)
		}
	}
	return variables
}

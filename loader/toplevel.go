package loader

import (
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// networks are the top-level networks. The default network that no file declares is placed
// at the first service on it.
func (b *builder) networks() []model.Network {
	networks := []model.Network{}
	for _, name := range b.root.Field("networks").Keys() {
		networks = append(networks, b.topNetwork(name, b.root.Field("networks").Field(name)))
	}
	return networks
}

func (b *builder) topNetwork(name string, n *yamltree.Node) model.Network {
	place := n
	if n.Generated {
		for _, s := range b.project.Services {
			if slices.ContainsFunc(s.Networks, func(a model.Attachment) bool { return a.Name == name }) {
				place = b.nodes[s.Name].Alone()
				break
			}
		}
	}
	at := b.mark(yamltree.Path{"networks", name}.At(), place)
	return model.Network{
		At: at, Name: name, Implicit: n.Generated,
		EngineName: b.engineName(at, n),
		Driver:     b.text(at, n, "driver", ""),
		DriverOpts: b.settings(at, n, "driver_opts"),
		External:   b.external(at, n),
		Internal:   b.boolean(at, n, "internal", false),
		Attachable: b.boolean(at, n, "attachable", false),
		IPv6:       b.boolean(at, n, "enable_ipv6", false),
	}
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

func (b *builder) volumes() []model.Volume {
	volumes := []model.Volume{}
	for _, name := range b.root.Field("volumes").Keys() {
		volumes = append(volumes, b.volume(name, b.root.Field("volumes").Field(name)))
	}
	return volumes
}

func (b *builder) volume(name string, n *yamltree.Node) model.Volume {
	at := b.mark(yamltree.Path{"volumes", name}.At(), n)
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
	return v
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

func (b *builder) secrets() []model.Secret {
	secrets := []model.Secret{}
	for _, name := range b.root.Field("secrets").Keys() {
		n := b.root.Field("secrets").Field(name)
		at := b.mark(yamltree.Path{"secrets", name}.At(), n)
		secrets = append(secrets, model.Secret{
			At: at, Name: name,
			File:        b.path(at, n, "file"),
			Environment: b.text(at, n, "environment", ""),
			External:    b.external(at, n),
		})
	}
	return secrets
}

func (b *builder) configs() []model.ConfigFile {
	configs := []model.ConfigFile{}
	for _, name := range b.root.Field("configs").Keys() {
		n := b.root.Field("configs").Field(name)
		at := b.mark(yamltree.Path{"configs", name}.At(), n)
		configs = append(configs, model.ConfigFile{
			At: at, Name: name,
			File:        b.path(at, n, "file"),
			Environment: b.text(at, n, "environment", ""),
			Content:     b.text(at, n, "content", ""),
			Literal:     n.Field("content").Literal(),
			Credentials: b.credentialsIn(at, n.Field("content")),
			External:    b.external(at, n),
		})
	}
	return configs
}

func (b *builder) models() []model.Model {
	models := []model.Model{}
	for _, name := range b.root.Field("models").Keys() {
		n := b.root.Field("models").Field(name)
		m := model.Model{At: b.mark(yamltree.Path{"models", name}.At(), n), Name: name}
		if field := n.Field("model"); field != nil {
			reference := field.String()
			name, tag, digest := cutReference(reference)
			tagged := len(reference)
			if digest != "" {
				tagged -= len("@") + len(digest)
			}
			m.Reference = b.part(m.At, "model", field, name, 0, len(name))
			m.Tag = b.part(m.At, "model", field, tag, len(name), tagged)
			m.Digest = b.part(m.At, "model", field, digest, tagged, len(reference))
		}
		models = append(models, m)
	}
	return models
}

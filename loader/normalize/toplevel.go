package normalize

import (
	"slices"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// eachOf calls add for the entries of a top-level section, in the order of their names, each
// marked.
func eachOf(w *writer, section string, add func(name string, c cursor)) {
	entries := w.root.Field(section)
	for _, name := range entries.Keys() {
		add(name, w.at(yamltree.Path{section, name}.At(), entries.Field(name)))
	}
}

// networks are the top-level networks. The default network that no file declares is placed
// at the first service on it.
func networks(w *writer, p *project) []model.Network {
	networks := []model.Network{}
	entries := w.root.Field("networks")
	for _, name := range entries.Keys() {
		n := entries.Field(name)
		c := w.at(yamltree.Path{"networks", name}.At(), p.placeOf(name, n))
		c.Node = n
		networks = append(networks, network(c, name, p.Name))
	}
	return networks
}

// placeOf is the node that a network is placed at.
func (p *project) placeOf(network string, n *yamltree.Node) *yamltree.Node {
	if n.Generated {
		for _, s := range p.Services {
			if slices.ContainsFunc(s.Networks, func(a model.Attachment) bool { return a.Name == network }) {
				return p.nodes[s.Name].Alone()
			}
		}
	}
	return n
}

func network(c cursor, name, project string) model.Network {
	return model.Network{
		At: c.at, Name: name, Implicit: c.Generated,
		EngineName: engineName(c, project),
		Driver:     c.text("driver", ""),
		DriverOpts: settings(c, "driver_opts"),
		External:   external(c),
		Internal:   c.boolean("internal", false),
		Attachable: c.boolean("attachable", false),
		IPv6:       c.boolean("enable_ipv6", false),
	}
}

// engineName is the name that Normalize of compose-go gave the network. One that starts
// with the project's name is unknown where no file states that.
func engineName(c cursor, project string) *string {
	name := c.Field("name")
	external := external(c)
	if name.Generated && (external == nil || !*external && project == "") {
		return nil
	}
	return c.text("name", "")
}

// external reads both spellings: a boolean, and the old mapping with a name.
func external(c cursor) *bool {
	if e := c.Field("external"); e != nil && e.Kind == yamltree.Mapping {
		return new(true)
	}
	return c.boolean("external", false)
}

func volumes(w *writer) []model.Volume {
	volumes := []model.Volume{}
	eachOf(w, "volumes", func(name string, c cursor) {
		volumes = append(volumes, volume(c, name))
	})
	return volumes
}

func secrets(w *writer) []model.Secret {
	secrets := []model.Secret{}
	eachOf(w, "secrets", func(name string, c cursor) {
		secrets = append(secrets, model.Secret{
			At: c.at, Name: name,
			File:        c.path("file"),
			Environment: c.text("environment", ""),
			External:    external(c),
		})
	})
	return secrets
}

func configs(w *writer) []model.ConfigFile {
	configs := []model.ConfigFile{}
	eachOf(w, "configs", func(name string, c cursor) {
		content := c.Field("content")
		configs = append(configs, model.ConfigFile{
			At: c.at, Name: name,
			File:        c.path("file"),
			Environment: c.text("environment", ""),
			Content:     c.text("content", ""),
			Literal:     content.Literal(),
			Credentials: credentialsIn(c, content),
			External:    external(c),
		})
	})
	return configs
}

func models(w *writer) []model.Model {
	models := []model.Model{}
	eachOf(w, "models", func(name string, c cursor) {
		m := model.Model{At: c.at, Name: name}
		if field := c.Field("model"); field != nil {
			reference := field.String()
			name, tag, digest := cutReference(reference)
			tagged := len(reference)
			if digest != "" {
				tagged -= len("@") + len(digest)
			}
			m.Reference = c.piece("model", field, name, 0, len(name))
			m.Tag = c.piece("model", field, tag, len(name), tagged)
			m.Digest = c.piece("model", field, digest, tagged, len(reference))
		}
		models = append(models, m)
	})
	return models
}

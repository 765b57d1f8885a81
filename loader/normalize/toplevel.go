package normalize

import (
	"net/netip"
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
	n := model.Network{
		At: c.at, Name: name, Implicit: c.Generated,
		EngineName: engineName(c, project),
		Driver:     c.text("driver", ""),
		DriverOpts: settings(c, "driver_opts"),
		External:   external(c),
		Internal:   c.boolean("internal", false),
		Attachable: c.boolean("attachable", false),
		IPv4:       c.boolean("enable_ipv4", true),
		IPv6:       c.boolean("enable_ipv6", false),
	}
	n.DriverOpts = c.engine.driverOpts(n)
	n.Isolated = isolated(n)
	n.Subnets, n.Gateways = subnets(c)
	return n
}

// isolated is true for a network on which the bridge has no address, so that containers do not
// reach the host by it: every family of addresses that it has is told so. The engine takes the mode for
// internal networks alone, from 28.0 on.
// https://docs.docker.com/engine/network/drivers/bridge/#gateway-modes
func isolated(n model.Network) *bool {
	if n.Internal != nil && !*n.Internal {
		return new(false)
	}
	if n.Internal == nil || n.IPv4 == nil || n.IPv6 == nil {
		return nil
	}
	found := true
	for _, family := range []struct {
		name string
		used bool
	}{{"ipv4", *n.IPv4}, {"ipv6", *n.IPv6}} {
		mode := slices.IndexFunc(n.DriverOpts, func(o model.Setting) bool {
			return o.Name == "com.docker.network.bridge.gateway_mode_"+family.name
		})
		switch {
		case !family.used || !found:
		case mode < 0:
			found = false
		case n.DriverOpts[mode].Value == nil:
			return nil
		default:
			found = *n.DriverOpts[mode].Value == "isolated"
		}
	}
	return &found
}

// subnets are those that a network states, and the addresses of the host on them; none where one of
// them is unknown.
func subnets(c cursor) (subnets, gateways []string) {
	subnets, gateways = []string{}, []string{}
	configs := c.Field("ipam").Field("config")
	if configs == nil || configs.AnyUnknown() {
		return subnets, gateways
	}
	for _, config := range configs.Items {
		if subnet, err := netip.ParsePrefix(config.Field("subnet").String()); err == nil {
			subnets, gateways = append(subnets, subnet.Masked().String()), append(gateways, gateway(config))
		}
	}
	return subnets, gateways
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

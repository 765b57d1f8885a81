package normalize

import (
	"net/url"
	"strings"

	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// imageBuild is how the image of a container is built, nil where it is not.
func imageBuild(c cursor) *model.Build {
	c = c.below("build")
	if c.Node == nil {
		return nil
	}
	return &model.Build{
		At:           c.at,
		Tags:         tags(c),
		Contexts:     contexts(c),
		Args:         settings(c, "args"),
		Labels:       settings(c, "labels"),
		Network:      c.text("network", ""),
		Privileged:   c.boolean("privileged", false),
		Entitlements: entitlements(c),
		SSH:          sshKeys(c),
		ExtraHosts:   extraHosts(c),
	}
}

func entitlements(c cursor) []model.Entitlement {
	entitlements := []model.Entitlement{}
	for _, entry := range c.Field("entitlements").Scalars() {
		if !c.isUnknownEntry("entitlements", entry) {
			name := entry.String()
			entitlements = append(entitlements, model.Entitlement{At: c.entry("entitlements", name, entry).at, Name: name})
		}
	}
	return entitlements
}

// sshKeys reads the mapping that the list of ssh has become.
func sshKeys(c cursor) []model.SSHKey {
	keys := []model.SSHKey{}
	list := c.Field("ssh")
	for _, name := range list.Keys() {
		k := model.SSHKey{At: c.entry("ssh", name, list.Field(name)).at, Name: name}
		k.Path = c.inside("ssh").path(name)
		keys = append(keys, k)
	}
	return keys
}

func contexts(c cursor) []model.BuildContext {
	contexts := []model.BuildContext{buildContext(c.writer.at(c.at+".context", c.Field("context")), "")}
	eachSetting(c, "additional_contexts", func(name string, place, value *yamltree.Node) {
		in := c.entry("additional_contexts", name, place)
		in.Node = value
		contexts = append(contexts, buildContext(in, name))
	})
	return contexts
}

// buildContext reads a context: a path, an address, or the name of another image.
func buildContext(c cursor, name string) model.BuildContext {
	b := model.BuildContext{At: c.at, Name: name}
	spec := c.String()
	remote := compose.IsRemoteContext(spec)
	if c.Node == nil || !c.Part(0, 1, nil).Unknown() {
		b.Remote = &remote
	}
	if !remote {
		if !c.isUnknown("", c.Node) {
			b.Source, b.Ref = new(c.localContext(spec)), new("")
		}
		return b
	}
	source, ref, _ := strings.Cut(spec, "#")
	b.Source = c.piece("", c.Node, source, 0, len(source))
	b.Ref = c.piece("", c.Node, refOf(source, ref), len(source), len(spec))
	if b.Source == nil {
		b.Ref = nil
	}
	return b
}

// localContext cleans a path, but no name such as service:base or docker-image://alpine.
func (w *writer) localContext(source string) string {
	if strings.Contains(source, ":") {
		return source
	}
	path, _ := w.hostPath(source)
	return *path
}

// refOf is the commit, tag or branch that an address asks for: in its fragment, before a
// directory, or in its query.
func refOf(source, fragment string) string {
	ref, _, _ := strings.Cut(fragment, ":")
	address, err := url.Parse(source)
	if ref != "" || err != nil {
		return ref
	}
	query := address.Query()
	for _, key := range []string{"commit", "checksum", "tag", "branch", "ref"} {
		if ref := query.Get(key); ref != "" {
			return ref
		}
	}
	return ""
}

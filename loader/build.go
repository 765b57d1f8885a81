package loader

import (
	"net/url"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// imageBuild is how the image of a container is built, nil where it is not.
func (b *builder) imageBuild(at string, n *yamltree.Node) *model.Build {
	at, n = b.section(at, n, "build")
	if n == nil {
		return nil
	}
	return &model.Build{
		At:           at,
		Contexts:     b.contexts(at, n),
		Args:         b.settings(at, n, "args"),
		Labels:       b.settings(at, n, "labels"),
		Network:      b.text(at, n, "network", ""),
		Privileged:   b.boolean(at, n, "privileged", false),
		Entitlements: b.entitlements(at, n),
		SSH:          b.sshKeys(at, n),
		ExtraHosts:   b.extraHosts(at, n),
	}
}

func (b *builder) entitlements(at string, n *yamltree.Node) []model.Entitlement {
	entitlements := []model.Entitlement{}
	for _, entry := range n.Field("entitlements").Scalars() {
		if !b.isUnknown(at, "entitlements", entry) {
			name := entry.String()
			entitlements = append(entitlements, model.Entitlement{At: b.mark(item(at, "entitlements", name), entry), Name: name})
		}
	}
	return entitlements
}

// sshKeys reads the mapping that the list of ssh has become.
func (b *builder) sshKeys(at string, n *yamltree.Node) []model.SSHKey {
	keys := []model.SSHKey{}
	list := n.Field("ssh")
	for _, name := range list.Keys() {
		k := model.SSHKey{At: b.mark(item(at, "ssh", name), list.Field(name)), Name: name}
		k.Path = b.path(at, list, name)
		keys = append(keys, k)
	}
	return keys
}

func (b *builder) contexts(at string, n *yamltree.Node) []model.BuildContext {
	contexts := []model.BuildContext{b.context(b.mark(at+".context", n.Field("context")), "", n.Field("context"))}
	b.eachSetting(at, n, "additional_contexts", func(name string, place, value *yamltree.Node) {
		contexts = append(contexts, b.context(b.mark(item(at, "additional_contexts", name), place), name, value))
	})
	return contexts
}

func (b *builder) context(at, name string, n *yamltree.Node) model.BuildContext {
	c := model.BuildContext{At: at, Name: name}
	spec := n.String()
	remote := isRemoteContext(spec)
	if n == nil || !n.Part(0, 1, nil).Unknown() {
		c.Remote = &remote
	}
	if !remote {
		if !b.isUnknown(at, "", n) {
			c.Source, c.Ref = new(localContext(spec)), new("")
		}
		return c
	}
	source, ref, _ := strings.Cut(spec, "#")
	c.Source = b.part(at, "", n, source, 0, len(source))
	c.Ref = b.part(at, "", n, refOf(source, ref), len(source), len(spec))
	if c.Source == nil {
		c.Ref = nil
	}
	return c
}

// isRemoteContext is true for the addresses that compose-go does not take for a path
// (paths/context.go).
func isRemoteContext(context string) bool {
	for _, prefix := range []string{"https://", "http://", "git://", "ssh://", "github.com/", "git@"} {
		if strings.HasPrefix(context, prefix) {
			return true
		}
	}
	return false
}

// localContext cleans a path, but no name such as service:base or docker-image://alpine.
func localContext(source string) string {
	if strings.Contains(source, ":") {
		return source
	}
	return cleanPath(source)
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

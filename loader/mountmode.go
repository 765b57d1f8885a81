package loader

import (
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/format"
	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// mode writes how a volume is mounted: the attributes of the long form, and the words
// after the second colon of the short one.
func (b *builder) mode(m *model.Mount, v *yamltree.Node) {
	m.Ignored = []string{}
	if words := modeWords(v); words != nil {
		if b.isUnknown(m.At, "read_only", words) {
			return
		}
		m.Ignored = ignoredWords(words)
	}
	m.ReadOnly = b.boolean(m.At, v, "read_only", false)
	m.Propagation, m.SELinux = new(""), new("")
	if m.Type != types.VolumeTypeBind {
		return
	}
	bind := v.Field("bind")
	m.SELinux = b.text(m.At, bind, "selinux", "")
	m.Propagation = b.text(m.At, bind, "propagation", types.PropagationRPrivate)
	if m.Propagation != nil && *m.Propagation == "" {
		m.Propagation = new(types.PropagationRPrivate)
	}
}

// modeWords is the stretch of a short form from which compose-go made a mount's mode, nil
// where there is none. Its place is all that is left of it.
func modeWords(v *yamltree.Node) *yamltree.Node {
	target := v.Field("target")
	if target == nil || !target.Key.IsZero() {
		return nil // the long form
	}
	for _, key := range []string{"bind", "volume", "read_only"} {
		words := v.Field(key)
		if words != nil && words.Span.Source == target.Span.Source && words.Span.Start > target.Span.End {
			return words
		}
	}
	return nil
}

// ignoredWords are the words of a mode that compose-go does not know and passes over
// (format/volume.go). Where a variable states them they are not to be seen any more.
func ignoredWords(mode *yamltree.Node) []string {
	ignored := []string{}
	if len(mode.Variables) > 0 {
		return ignored
	}
	words := string(mode.Span.Source.Text[mode.Span.Start:mode.Span.End])
	known := append([]string{"ro", "rw", "nocopy", types.SELinuxShared, types.SELinuxPrivate}, format.Propagations...)
	for word := range strings.SplitSeq(words, ",") {
		if !slices.Contains(known, word) {
			ignored = append(ignored, word)
		}
	}
	return ignored
}

// tmpfs reads TARGET or TARGET:OPTIONS.
func (b *builder) tmpfs(at string, n *yamltree.Node) model.Mount {
	spec := n.String()
	target, options, _ := strings.Cut(spec, ":")
	id := cleanPath(target)
	if n.Part(0, len(target), nil).Unknown() {
		id = "?"
	}
	m := model.Mount{
		At: b.mark(item(at, "tmpfs", id), n), Type: types.VolumeTypeTmpfs, HostPath: new(""),
		Propagation: new(""), SELinux: new(""), Allows: []string{}, Ignored: []string{},
	}
	m.Target = b.part(m.At, "", n, id, 0, len(target))
	known := b.part(m.At, "", n, options, len(spec)-len(options), len(spec))
	if known == nil {
		return m
	}
	words := strings.Split(*known, ",")
	for _, word := range []string{"exec", "suid", "dev"} {
		if inForce(words, word, "no"+word) {
			m.Allows = append(m.Allows, word)
		}
	}
	m.ReadOnly = new(inForce(words, "ro", "rw"))
	return m
}

// inForce is true when the word comes after its opposite, or stands alone.
func inForce(words []string, word, opposite string) bool {
	for _, w := range slices.Backward(words) {
		if w == word || w == opposite {
			return w == word
		}
	}
	return false
}

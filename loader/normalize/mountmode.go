package normalize

import (
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/format"
	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// mode writes how a volume is mounted: the attributes of the long form, and the words
// after the second colon of the short one.
func mode(c cursor, m *model.Mount) {
	m.Ignored = []string{}
	if words := modeWords(c.Node); words != nil {
		if c.isUnknown("read_only", words) {
			return
		}
		m.Ignored = ignoredWords(words)
	}
	m.ReadOnly = c.boolean("read_only", false)
	m.Propagation, m.SELinux = new(""), new("")
	if m.Type != types.VolumeTypeBind {
		return
	}
	bind := c.inside("bind")
	m.SELinux = bind.text("selinux", "")
	m.Propagation = bind.text("propagation", types.PropagationRPrivate)
	if m.Propagation != nil && *m.Propagation == "" {
		m.Propagation = new(types.PropagationRPrivate)
	}
}

// modeWords is the stretch of a short form from which compose-go made a mount's mode, nil
// where there is none. Its place is all that is left of it.
func modeWords(v *yamltree.Node) *yamltree.Node {
	if !isShortForm(v) {
		return nil
	}
	target := v.Field("target")
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
	heeded := append([]string{"ro", "rw", "nocopy", types.SELinuxShared, types.SELinuxPrivate}, format.Propagations...)
	for word := range strings.SplitSeq(words, ",") {
		if !slices.Contains(heeded, word) {
			ignored = append(ignored, word)
		}
	}
	return ignored
}

// tmpfs reads TARGET or TARGET:OPTIONS.
func tmpfs(c cursor, n *yamltree.Node) model.Mount {
	spec := n.String()
	target, options, _ := strings.Cut(spec, ":")
	id := address.CleanPath(target)
	if n.Part(0, len(target), nil).Unknown() {
		id = "?"
	}
	in := c.entry("tmpfs", id, n)
	m := model.Mount{
		At: in.at, Type: types.VolumeTypeTmpfs, HostPath: new(""),
		Propagation: new(""), SELinux: new(""), Allows: []string{}, Ignored: []string{},
	}
	m.Target = in.piece("", n, id, 0, len(target))
	stated := in.piece("", n, options, len(spec)-len(options), len(spec))
	if stated == nil {
		return m
	}
	words := strings.Split(*stated, ",")
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

// isShortForm is true for a mount that is written as one text, so that no part of it has a key.
func isShortForm(v *yamltree.Node) bool {
	target := v.Field("target")
	return target != nil && target.Key.IsZero()
}

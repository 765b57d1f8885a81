package loader

import (
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// options are the command line options in entrypoint and command.
func (b *builder) options(at string, n *yamltree.Node) []model.Option {
	options := []model.Option{}
	for _, key := range []string{"entrypoint", "command"} {
		words := wordsOf(n.Field(key))
		for i, w := range words {
			spec := text(w.Value)
			name, value, assigned := strings.Cut(strings.TrimLeft(spec, "-"), "=")
			if !strings.HasPrefix(spec, "-") || name == "" {
				continue
			}
			o := model.Option{At: b.mark(item(at, key, name), w), Name: name}
			valued := w
			if !assigned && i+1 < len(words) && !strings.HasPrefix(text(words[i+1].Value), "-") {
				valued = words[i+1]
				value = text(valued.Value)
			}
			if !b.isUnknown(o.At, "", valued) {
				o.Value = &value
			}
			options = append(options, o)
		}
	}
	return options
}

// wordsOf splits a command into its words, each with its own place: the items of a list,
// or those of a line as a shell would split it.
func wordsOf(n *yamltree.Node) []*yamltree.Node {
	if n == nil || n.Kind != yamltree.Scalar {
		return items(n)
	}
	line, ok := n.Value.(string)
	if !ok {
		return nil
	}
	var command types.ShellCommand
	if command.DecodeMapstructure(line) != nil {
		return nil
	}
	words := make([]*yamltree.Node, len(command))
	offset := 0
	for i, w := range command {
		words[i] = part(n, 0, len(line), w)
		if at := strings.Index(line[offset:], w); at >= 0 {
			words[i] = part(n, offset+at, offset+at+len(w), w)
			offset += at + len(w)
		}
	}
	return words
}

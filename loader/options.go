package loader

import (
	"strconv"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// words are those of a command line, or of the test of a health check, which a shell runs
// where it is not a list.
func (b *builder) words(at string, n *yamltree.Node, key string) []model.Word {
	words := []model.Word{}
	for i, node := range wordNodes(n, key) {
		w := model.Word{At: b.mark(item(at, key, strconv.Itoa(i)), node), Literal: node.Literal()}
		if !b.isUnknown(w.At, "", node) {
			w.Value = new(node.String())
		}
		words = append(words, w)
	}
	return words
}

// wordNodes are the nodes of words.
func wordNodes(n *yamltree.Node, key string) []*yamltree.Node {
	if line := n.Field(key); key == "test" && line != nil && line.Kind == yamltree.Scalar && line.Value != nil {
		return []*yamltree.Node{line.Part(0, 0, "CMD-SHELL"), line}
	}
	return wordsOf(n.Field(key))
}

// options are the command line options in entrypoint and command, but for the passwords
// behind short ones, whose name does not say that they are. What is unknown of them has
// been noted for the words.
func (b *builder) options(at string, n *yamltree.Node) []model.Setting {
	options := []model.Setting{}
	for _, key := range []string{"entrypoint", "command"} {
		words := wordsOf(n.Field(key))
		secrets := secretNames{}.inWords(yamltree.Texts(words))
		for i, w := range words {
			if _, secret := secrets[i]; secret {
				continue
			}
			spec := w.String()
			name, value, assigned := strings.Cut(strings.TrimLeft(spec, "-"), "=")
			named := len(spec) - len(value)
			if !strings.HasPrefix(spec, "-") || name == "" || w.Part(0, named, nil).Unknown() {
				continue
			}
			o := model.Setting{At: b.mark(item(at, key, name), w), Name: name}
			valued := w.Part(named, len(spec), value)
			if !assigned && i+1 < len(words) && !strings.HasPrefix(words[i+1].String(), "-") {
				valued = words[i+1]
				if _, secret := secrets[i+1]; secret && !isSecretKey(name) {
					continue
				}
			}
			o.Literal = valued.Literal()
			if !valued.Unknown() {
				o.Value = new(valued.String())
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
		return n.Scalars()
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
		words[i] = n.Part(0, len(line), w)
		if at := strings.Index(line[offset:], w); at >= 0 {
			words[i] = n.Part(offset+at, offset+at+len(w), w)
			offset += at + len(w)
		}
	}
	return words
}

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
	nodes := wordsOf(n.Field(key))
	if line := n.Field(key); key == "test" && line != nil && line.Kind == yamltree.Scalar && line.Value != nil {
		nodes = []*yamltree.Node{part(line, 0, 0, "CMD-SHELL"), line}
	}
	for i, node := range nodes {
		w := model.Word{At: b.mark(item(at, key, strconv.Itoa(i)), node), Literal: literal(node)}
		if !b.isUnknown(w.At, "", node) {
			w.Value = new(text(node.Value))
		}
		words = append(words, w)
	}
	return words
}

// options are the command line options in entrypoint and command, but for the passwords
// behind short ones, whose name does not say that they are. What is unknown of them has
// been noted for the words.
func (b *builder) options(at string, n *yamltree.Node) []model.Setting {
	options := []model.Setting{}
	for _, key := range []string{"entrypoint", "command"} {
		words := wordsOf(n.Field(key))
		secrets := secretNames{}.inWords(textsOf(words))
		for i, w := range words {
			if _, secret := secrets[i]; secret {
				continue
			}
			spec := text(w.Value)
			name, value, assigned := strings.Cut(strings.TrimLeft(spec, "-"), "=")
			named := len(spec) - len(value)
			if !strings.HasPrefix(spec, "-") || name == "" || part(w, 0, named, nil).Unknown() {
				continue
			}
			o := model.Setting{At: b.mark(item(at, key, name), w), Name: name}
			valued := part(w, named, len(spec), value)
			if !assigned && i+1 < len(words) && !strings.HasPrefix(text(words[i+1].Value), "-") {
				valued = words[i+1]
				if _, secret := secrets[i+1]; secret && !isSecretKey(name) {
					continue
				}
			}
			o.Literal = literal(valued)
			if !valued.Unknown() {
				o.Value = new(text(valued.Value))
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

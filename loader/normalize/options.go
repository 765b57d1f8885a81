package normalize

import (
	"strconv"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/secret"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// words are those of a command line, or of the test of a health check, which a shell runs
// where it is not a list.
func words(c cursor, key string) []model.Word {
	words := []model.Word{}
	for i, node := range wordNodes(c, key) {
		in := c.entry(key, strconv.Itoa(i), node)
		w := model.Word{At: in.at, Literal: node.Literal()}
		if !in.isUnknown("", node) {
			w.Value = new(node.String())
		}
		words = append(words, w)
	}
	return words
}

// wordNodes are the nodes of words.
func wordNodes(c cursor, key string) []*yamltree.Node {
	if line := c.Field(key); key == "test" && line != nil && line.Kind == yamltree.Scalar && line.Value != nil {
		return []*yamltree.Node{line.Part(0, 0, "CMD-SHELL"), line}
	}
	return wordsOf(c.Field(key))
}

// options are the command line options in entrypoint and command, but for the passwords
// behind short ones, whose name does not say that they are. What is unknown of them has
// been noted for the words.
func options(c cursor) []model.Setting {
	options := []model.Setting{}
	for _, key := range []string{"entrypoint", "command"} {
		words := wordsOf(c.Field(key))
		secrets := secret.AmongWords(yamltree.Texts(words))
		for i, w := range words {
			if secrets[i] {
				continue
			}
			spec := w.String()
			name, value, assigned := strings.Cut(strings.TrimLeft(spec, "-"), "=")
			named := len(spec) - len(value)
			if !strings.HasPrefix(spec, "-") || name == "" || w.Part(0, named, nil).Unknown() {
				continue
			}
			o := model.Setting{At: c.entry(key, name, w).at, Name: name}
			valued := w.Part(named, len(spec), value)
			if !assigned && i+1 < len(words) && !strings.HasPrefix(words[i+1].String(), "-") {
				valued = words[i+1]
				if secrets[i+1] && !secret.IsKey(name) {
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
// or those of a line as a shell would split it. A word with quotes or escapes within has the
// place of the line.
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
	whole := n.Part(0, len(line), nil)
	words := make([]*yamltree.Node, len(command))
	var found []*yamltree.Node
	var places []yamltree.Range
	offset := 0
	for i, w := range command {
		word := *whole
		word.Value, words[i] = w, &word
		if at := strings.Index(line[offset:], w); at >= 0 {
			found = append(found, &word)
			places = append(places, yamltree.Range{Start: offset + at, End: offset + at + len(w)})
			offset += at + len(w)
		}
	}
	for i, part := range n.Split(places) {
		part.Value = found[i].Value
		*found[i] = *part
	}
	return words
}

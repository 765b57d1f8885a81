package yamltree

import "go.yaml.in/yaml/v4"

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// endsToken is true at a blank, a line break and the end of the text.
func endsToken(text []byte, i int) bool {
	return i >= len(text) || isBlank(text[i]) || breakWidth(text, i) > 0
}

// skipSpace returns the offset of the next token: after blanks, line breaks and comments.
func skipSpace(text []byte, i int) int {
	for i < len(text) {
		if width := breakWidth(text, i); width > 0 {
			i += width
		} else if isBlank(text[i]) {
			i++
		} else if text[i] == '#' {
			i = lineEnd(text, i)
		} else {
			break
		}
	}
	return i
}

// skipName returns the end of the anchor (&a) or alias (*a) at i.
func skipName(text []byte, i int) int {
	for i++; i < len(text); i++ {
		switch c := text[i]; {
		case c <= ' ', c > '~':
			return i
		case c == '[', c == ']', c == '{', c == '}', c == ',', c == ':':
			return i
		}
	}
	return i
}

// skipProperties returns the end of the anchor and the tag of n, which starts at i, and the
// offset of the token after them. The properties of an absent value must not be taken from
// the node that follows it.
func skipProperties(text []byte, i int, n *yaml.Node) (end, content int) {
	anchor := n.Anchor != ""
	tag := !isAbsent(n) || n.Style&yaml.TaggedStyle != 0
	end, content = i, i
	for content < len(text) {
		if text[content] == '&' && anchor {
			anchor = false
			end = skipName(text, content)
		} else if text[content] == '!' && tag {
			tag = false
			for end = content; !endsToken(text, end); end++ {
			}
		} else {
			break
		}
		content = skipSpace(text, end)
	}
	return end, content
}

// isAbsent is true for a value that has no token: only a plain scalar can be empty so.
func isAbsent(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&^yaml.TaggedStyle == 0
}

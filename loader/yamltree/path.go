package yamltree

import (
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
)

// Path is the way from the root of a tree to a value: keys, and [i] for items. Its parts are
// never joined to be taken apart again, since keys may contain anything. The paths of one walk
// share their memory: whoever keeps one clones it.
type Path []string

// NewPath is the start of a walk: an empty path with room for the keys on the way.
func NewPath() Path { return make(Path, 0, 16) }

// Field is the path of the value under a key.
func (p Path) Field(key string) Path { return append(p, key) }

// Item is the path of an item of a list.
func (p Path) Item(i int) Path { return append(p, "["+strconv.Itoa(i)+"]") }

// Keys are the keys and indexes of the path.
func (p Path) Keys() []string {
	keys := make([]string, len(p))
	for i, part := range p {
		keys[i] = strings.Trim(part, "[]")
	}
	return keys
}

// Last is the key that the value belongs to, as messages write it.
func (p Path) Last() string {
	if key := p.Key(); key != "" {
		return strconv.Quote(key)
	}
	return "the file"
}

// Key is the key that the value belongs to, empty for the root.
func (p Path) Key() string {
	for _, part := range slices.Backward(p) {
		if !strings.HasPrefix(part, "[") {
			return part
		}
	}
	return ""
}

// At is the public name of the place: services.web.ports[0].
func (p Path) At() string {
	var b strings.Builder
	for i, part := range p {
		switch {
		case strings.HasPrefix(part, "["):
			b.WriteString(part)
		case i == 0:
			b.WriteString(atKey(part))
		case atKey(part) != part:
			b.WriteString("[" + atKey(part) + "]")
		default:
			b.WriteString("." + part)
		}
	}
	return b.String()
}

var plainKey = lazyregexp.New(`^[A-Za-z0-9_-]+$`)

// atKey quotes a key that would be mistaken for a path.
func atKey(key string) string {
	if plainKey().MatchString(key) {
		return key
	}
	return strconv.Quote(key)
}

// Reporter is told what is wrong with a value, and its path.
type Reporter func(n *Node, at Path, message string)

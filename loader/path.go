package loader

import (
	"slices"
	"strconv"
	"strings"
)

// keyPath is the way from the root of a project to a value: keys, and [i] for items. Its
// parts are never joined to be taken apart again, since keys may contain anything. The
// paths of one walk share their memory: whoever keeps one clones it.
type keyPath []string

// newPath is the start of a walk: an empty path with room for the keys on the way.
func newPath() keyPath { return make(keyPath, 0, 16) }

func (p keyPath) field(key string) keyPath { return append(p, key) }

func (p keyPath) item(i int) keyPath { return append(p, "["+strconv.Itoa(i)+"]") }

// last is the key that the value belongs to, as messages write it.
func (p keyPath) last() string {
	if key := p.key(); key != "" {
		return strconv.Quote(key)
	}
	return "the file"
}

// key is the key that the value belongs to.
func (p keyPath) key() string {
	for _, part := range slices.Backward(p) {
		if !strings.HasPrefix(part, "[") {
			return part
		}
	}
	return ""
}

// at is the public name of the place: services.web.ports[0].
func (p keyPath) at() string {
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

var plainKey = pattern(`^[A-Za-z0-9_-]+$`)

// atKey quotes a key that would be mistaken for a path.
func atKey(key string) string {
	if plainKey().MatchString(key) {
		return key
	}
	return strconv.Quote(key)
}

package loader

import (
	"strings"
	"unicode"

	"github.com/composelint/composelint/loader/yamltree"
)

// section is a stretch of a short form, in bytes.
type section struct{ start, end int }

// partOf is the part of a short form that became the value under k. list is the
// attribute that the short form stands under. A value that no part of it states, such as
// the mode of a port, has the place of the whole.
func partOf(n *yamltree.Node, list, k string) *yamltree.Node {
	spec, ok := n.Value.(string)
	if !ok {
		return n
	}
	var s section
	switch list {
	case "volumes", "devices":
		s, ok = mountSection(spec, k)
	case "ports":
		s, ok = portSection(spec, k)
	default:
		return n
	}
	if !ok {
		return part(n, 0, len(spec), nil)
	}
	return part(n, s.start, s.end, nil)
}

// mountSection finds a field of source:target:mode, source:target or target.
func mountSection(spec, k string) (section, bool) {
	s := colons(spec)
	switch k {
	case "source":
		return s[0], true
	case "target":
		return s[min(1, len(s)-1)], true
	case "read_only", "bind", "volume", "permissions":
		if len(s) > 2 {
			return s[2], true
		}
	}
	return section{}, false
}

// portSection finds a field of [[host_ip:]published:]target[/protocol].
func portSection(spec, k string) (section, bool) {
	end := len(spec)
	if slash := strings.LastIndexByte(spec, '/'); slash >= 0 {
		if k == "protocol" {
			return section{slash + 1, end}, true
		}
		end = slash
	}
	target := strings.LastIndexByte(spec[:end], ':') + 1
	if k == "target" {
		return section{target, end}, true
	}
	if target == 0 {
		return section{}, false
	}
	published := strings.LastIndexByte(spec[:target-1], ':') + 1
	switch {
	case k == "published":
		return section{published, target - 1}, true
	case k == "host_ip" && published > 0:
		return section{0, published - 1}, true
	}
	return section{}, false
}

// colons splits a mount at its colons, but for that of a Windows drive, as
// format/volume.go of compose-go does.
func colons(spec string) []section {
	var sections []section
	start := 0
	for i := range len(spec) {
		if spec[i] != ':' || i-start == 1 && unicode.IsLetter(rune(spec[start])) {
			continue
		}
		sections = append(sections, section{start, i})
		start = i + 1
	}
	return append(sections, section{start, len(spec)})
}

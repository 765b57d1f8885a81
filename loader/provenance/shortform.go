package provenance

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/compose-spec/compose-go/v2/format"
	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/yamltree"
)

// partOf is the part of a short form that became the value under k. list is the
// attribute that the short form stands under. A value that no part of it states, such as
// the mode of a port, has the place of the whole; where there is no value at all, but for
// an entry of a list of names, it was generated.
func partOf(n *yamltree.Node, list, k string) *yamltree.Node {
	if n.Value == nil && n.Span != n.Key {
		return nil
	}
	spec, ok := n.Value.(string)
	if !ok {
		return n
	}
	s := yamltree.Range{Start: 0, End: len(spec)}
	switch list {
	case "volumes", "devices":
		s = mountField(spec, k)
	case "bind", "volume":
		s = optionField(spec, s, mountOptions[k])
	case "ports":
		s = portField(spec, k)
	default:
		return n
	}
	c := n.Part(s.Start, s.End, spec[s.Start:s.End])
	var merged yamltree.Merged
	if prev := n.Merged().Prev; prev != nil {
		merged.Prev = Field(prev, list, k)
	}
	for _, other := range n.Merged().Also {
		if field := Field(other, list, k); field != nil {
			merged.Also = append(merged.Also, field)
		}
	}
	c.SetMerged(merged)
	return c
}

// mountField finds a field of source:target:mode, source:target or target.
func mountField(spec, k string) yamltree.Range {
	s := colons(spec)
	switch {
	case k == "source":
		return s[0]
	case k == "target":
		return s[min(1, len(s)-1)]
	case k == "read_only" && len(s) > 2:
		return optionField(spec, s[2], []string{"ro"})
	case (k == "bind" || k == "volume" || k == "permissions") && len(s) > 2:
		return s[2]
	}
	return yamltree.Range{Start: 0, End: len(spec)}
}

// mountOptions are the words in the mode of a mount that set a field of it.
var mountOptions = map[string][]string{
	"propagation": format.Propagations,
	"selinux":     {types.SELinuxShared, types.SELinuxPrivate},
	"nocopy":      {"nocopy"},
}

// optionField finds the last of the words in a mode, which are separated by commas.
func optionField(spec string, mode yamltree.Range, words []string) yamltree.Range {
	found, start := mode, mode.Start
	for option := range strings.SplitSeq(spec[mode.Start:mode.End], ",") {
		if slices.Contains(words, option) {
			found = yamltree.Range{Start: start, End: start + len(option)}
		}
		start += len(option) + 1
	}
	return found
}

// portField finds a field of [[host_ip:]published:]target[/protocol].
func portField(spec, k string) yamltree.Range {
	whole := yamltree.Range{Start: 0, End: len(spec)}
	end := len(spec)
	if slash := strings.LastIndexByte(spec, '/'); slash >= 0 {
		if k == "protocol" {
			return yamltree.Range{Start: slash + 1, End: end}
		}
		end = slash
	}
	target := strings.LastIndexByte(spec[:end], ':') + 1
	if k == "target" {
		return yamltree.Range{Start: target, End: end}
	}
	if target == 0 {
		return whole
	}
	published := strings.LastIndexByte(spec[:target-1], ':') + 1
	switch {
	case k == "published":
		return yamltree.Range{Start: published, End: target - 1}
	case k == "host_ip" && published > 0:
		return yamltree.Range{Start: 0, End: published - 1}
	}
	return whole
}

// MaxPorts bounds what a range of ports is expanded to.
const MaxPorts = 1_000

// PortsIn is the number of ports that a short form stands for, without expanding it.
func PortsIn(spec string) int {
	spec, _, _ = strings.Cut(spec, "/")
	most := 1
	for part := range strings.SplitSeq(spec, ":") {
		from, to, _ := strings.Cut(part, "-")
		start, err := strconv.Atoi(from)
		end, err2 := strconv.Atoi(to)
		if err == nil && err2 == nil {
			most = max(most, end-start+1)
		}
	}
	return most
}

// colons splits a mount at its colons, but for that of a Windows drive, as
// format/volume.go of compose-go does.
func colons(spec string) []yamltree.Range {
	var ranges []yamltree.Range
	start := 0
	for i := range len(spec) {
		if spec[i] != ':' || i-start == 1 && unicode.IsLetter(rune(spec[start])) {
			continue
		}
		ranges = append(ranges, yamltree.Range{Start: start, End: i})
		start = i + 1
	}
	return append(ranges, yamltree.Range{Start: start, End: len(spec)})
}

package lsp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// The most that is told of values: parts of the project, lines of each, and places of a value.
const (
	mostParts  = 3
	mostLines  = 12
	mostPlaces = 6
)

// values tells what the values at the place are in the merged project, and where they come from.
func (h *hovering) values(token textRange, mentions []mention) {
	mentions = slices.DeleteFunc(slices.Clone(mentions), func(s mention) bool { return len(s.path) == 0 && strings.HasPrefix(s.at, "services.") })
	var others []string
	for number := 0; len(mentions) > 0; number++ {
		part := mentions
		if end := slices.IndexFunc(mentions, func(m mention) bool { return m.at != mentions[0].at }); end >= 0 {
			part = mentions[:end]
		}
		mentions = mentions[len(part):]
		if number < mostParts {
			h.say(token, h.part(part))
		} else {
			_, name, _ := strings.Cut(part[0].at, ".")
			others = append(others, name)
		}
	}
	if len(others) > 0 {
		h.say(token, h.text("It counts in "+names(others)+", too."))
	}
}

// part are the values of one part of the project.
func (h *hovering) part(mentions []mention) string {
	o := outline{h.mask(), map[*yamltree.Node]bool{}}
	for _, s := range mentions {
		o.shown[s.node] = true
	}
	section, name, _ := strings.Cut(mentions[0].at, ".")
	title := h.strong(fmt.Sprintf("%s %q after merge", capital(strings.TrimSuffix(section, "s")), name))
	root := mentions[0].root
	lines := o.below("", root, o.shown[root])
	if more := len(lines) - mostLines; more > 0 {
		lines = append(lines[:mostLines], fmt.Sprintf("# and %d more lines", more))
	}
	if len(lines) == 0 {
		lines = []string{"{}"}
	}
	if len(mentions) == 1 {
		return paragraphs(title+", "+h.from(mentions[0].node)+":", h.block(lines))
	}
	var origins []string
	for _, m := range mentions {
		if origin := h.code(strings.Join(m.path, ".")) + " " + h.from(m.node); !slices.Contains(origins, origin) {
			origins = append(origins, origin)
		}
	}
	return paragraphs(title+":", h.block(lines), h.list(some(origins, mostPlaces), false))
}

// from says where a value comes from.
func (h *hovering) from(n *yamltree.Node) string {
	said := "from " + h.place(n.Place().Location())
	var over, also, hops []string
	for prev := n.Merged().Prev; prev != nil; prev = prev.Merged().Prev {
		over = append(over, h.place(prev.Place().Location()))
	}
	for _, same := range n.Merged().Also {
		also = append(also, h.place(same.Place().Location()))
	}
	for via := n.Via; via != nil; via = via.Next {
		if !via.At.IsZero() {
			hops = append(hops, fmt.Sprintf("%s (%s)", h.text(via.Label), h.place(via.At.Location())))
		}
	}
	if n.Kind != yamltree.Scalar && len(n.Declared()) > 1 {
		said = "from"
		var files []string
		for _, l := range n.Declared() {
			files = append(files, h.place(l))
		}
		said += " " + words.And(some(files, mostPlaces))
	}
	if len(over) > 0 {
		said += ", over " + words.And(some(over, mostPlaces))
	}
	if len(also) > 0 {
		said += ", as in " + words.And(some(also, mostPlaces))
	}
	if len(hops) > 0 {
		said += ", " + strings.Join(some(hops, mostPlaces), ", ")
	}
	return said
}

// mask hides the secrets of the project, and what its environments give.
func (j *judgement) mask() *loader.Mask {
	j.late.Lock()
	defer j.late.Unlock()
	if j.modelMask == nil {
		j.modelMask = loader.NewModelMask(j.project.Secrets)
	}
	return j.modelMask
}

// ofVariable is a reference to one.
var ofVariable = lazyregexp.New(`\$(?:\$|\{?([A-Za-z_][A-Za-z0-9_]*))`)

// variable tells what is known of the variable at the place.
func (h *hovering) variable(mentions []mention) {
	for _, s := range mentions {
		if s.written.Kind != yamltree.Scalar || s.token.End > len(h.document.content) {
			continue
		}
		name, start, end := variableAt(h.document.content[s.token.Start:s.token.End], h.offset-s.token.Start)
		if name == "" {
			continue
		}
		// Of several with the name, the first says most: that which is set, and then what in it is not known.
		i := slices.IndexFunc(s.written.Variables, func(v yamltree.Variable) bool { return v.Name == name })
		if i < 0 {
			continue
		}
		at := textRange{h.document.position(s.token.Start + start), h.document.position(s.token.Start + end)}
		h.say(at, h.state(s.written.Variables[i]))
		return
	}
}

// variableAt is the innermost reference to a variable at an offset of a text.
func variableAt(text string, offset int) (name string, start, end int) {
	for _, at := range ofVariable().FindAllStringSubmatchIndex(text, -1) {
		if at[2] < 0 || at[0] > offset {
			continue
		}
		stop := at[1]
		if text[at[0]+1] == '{' {
			stop = closing(text, at[1])
		}
		if offset < stop {
			name, start, end = text[at[2]:at[3]], at[0], stop
		}
	}
	return name, start, end
}

// closing is the end of what stands in braces that were opened before an offset.
func closing(text string, offset int) int {
	depth := 1
	for i := offset; i < len(text); i++ {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// state says what is known of a variable, and never what it is.
func (h *hovering) state(v yamltree.Variable) string {
	name := h.code(v.Name)
	switch {
	case v.Elsewhere == model.SetByProcess:
		return name + " has the value that it has where docker compose runs, which is not known here."
	case v.Elsewhere == model.SetByCompose:
		return name + " is set by docker compose itself, to what is not known here."
	case v.Elsewhere != "":
		return name + " is set where the project runs, as the configuration says; to what is not known here."
	case v.Set:
		if set := h.project.Sources.Variables[v.Name]; set != nil {
			return fmt.Sprintf("%s is set at %s.", name, h.place(set.Origin("").Location))
		}
		return name + " is set by the configuration or the environment."
	case v.Default:
		return name + " is not set here, so that its default counts."
	case v.Required != nil:
		return name + " is not set here, and docker compose refuses the project without it."
	}
	return name + " is not set here, so that its value is not known."
}

package compose

import (
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/secret"
	"github.com/composelint/composelint/loader/yamltree"
)

// Problems are what docker compose would refuse, as far as it is known.
type Problems struct {
	All []Problem
	// Repeated are the places of what was reported at another one.
	Repeated []string
	// Unknown are the values that could not be read since a variable is not known, and variables that
	// the files require without using them.
	Unknown []UnknownValue
	// Missing are the files that are not here and that a repository may rightly leave out.
	Missing []MissingFile
	// Incomplete is true when a part of the project could not be read at all.
	Incomplete bool
	// above are the places that have one of a problem below them, badKeys the keys that are no
	// strings.
	above   map[string]bool
	badKeys map[yamltree.Span]bool
}

// Problem is what docker compose would refuse at a place.
type Problem struct {
	// At is the public name of the place, Node the value there.
	At, Message string
	Node        *yamltree.Node
	// Creation is true for what docker compose loads, and what is refused when the container is
	// created or started.
	Creation bool
}

// UnknownValue is a value that depends on a variable which is not known.
type UnknownValue struct {
	// At is the public name of the place, Node the value there.
	At       string
	Node     *yamltree.Node
	Variable yamltree.Variable
}

// standsIn matches what stands for a variable that is not known: a message about that is none about
// what the file says.
var standsIn = lazyregexp.New(standInStart + `(\w+?)__`)

const standInStart = "__UNSET_"

// variableIn is the variable of that name which is not known, in a value or a part of it.
func variableIn(n *yamltree.Node, name string) (yamltree.Variable, bool) {
	for _, v := range n.Variables {
		if v.Name == name && v.Unknown() {
			return v, true
		}
	}
	parts := slices.Clone(n.Items)
	for _, key := range n.Keys() {
		parts = append(parts, n.Fields[key])
	}
	for _, part := range parts {
		if v, ok := variableIn(part, name); ok {
			return v, true
		}
	}
	return yamltree.Variable{}, false
}

// MissingFile is a file that is not here.
type MissingFile struct {
	// At is the public name of the place that names the file, Node the value there.
	At   string
	Node *yamltree.Node
	// Kind is env_file, secret or config, File the path as messages write it, and URI the same on every
	// machine.
	Kind, File, URI string
	// Elsewhere is true for a path that leads out of the root.
	Elsewhere bool
}

// Report records what docker compose would refuse at a place. It shows no credential.
func (p *Problems) Report(n *yamltree.Node, at yamltree.Path, message string) {
	p.report(n, at, message, false)
}

// ReportCreation records what is refused when containers are created.
func (p *Problems) ReportCreation(n *yamltree.Node, at yamltree.Path, message string) {
	p.report(n, at, message, true)
}

func (p *Problems) report(n *yamltree.Node, at yamltree.Path, message string, creation bool) {
	if name := standsIn().FindStringSubmatch(message); name != nil {
		if v, ok := variableIn(n, name[1]); ok {
			p.Unknown = append(p.Unknown, UnknownValue{At: at.At(), Node: n, Variable: v})
			return
		}
	}
	p.forgetKeys(n)
	p.All = append(p.All, Problem{At: at.At(), Message: shown(n, at, message), Node: n, Creation: creation})
	for i := range at {
		p.above = noted(p.above, at[:i].At())
	}
}

func noted[K comparable](set map[K]bool, key K) map[K]bool {
	if set == nil {
		set = map[K]bool{}
	}
	set[key] = true
	return set
}

// Within is true for a place at which a part of the value was refused, so that what the value lacks
// may be what was meant by that part.
func (p *Problems) Within(at yamltree.Path) bool { return p.above[at.At()] }

// reportFollowing reports what a later step misses.
func (p *Problems) reportFollowing(n *yamltree.Node, at yamltree.Path, message string) {
	if !p.Within(at) {
		p.Report(n, at, message)
	}
}

// reportText records what is wrong with the text of a file.
func (p *Problems) reportText(source *yamltree.Source, e *yamltree.Error) {
	p.Report(&yamltree.Node{Span: e.Span}, fileKey(source), e.Message)
	if e.Key != "" && e.Lost == nil {
		p.badKeys = noted(p.badKeys, e.Span)
	}
}

// forgetKeys takes back that the keys of a mapping, or the key that is the value, are no strings, where
// there is more to say of it.
func (p *Problems) forgetKeys(n *yamltree.Node) {
	if len(p.badKeys) == 0 {
		return
	}
	p.forgetKey(n.Span)
	for _, field := range n.Fields {
		p.forgetKey(field.Key)
	}
}

func (p *Problems) forgetKey(key yamltree.Span) {
	if p.badKeys[key] {
		delete(p.badKeys, key)
		i := slices.IndexFunc(p.All, func(of Problem) bool { return of.Node.Span == key })
		p.All = slices.Delete(p.All, i, i+1)
	}
}

// shown is a message about the value at a place without what credentials it shows.
func shown(n *yamltree.Node, at yamltree.Path, message string) string {
	message = inVariables(n, message)
	if value, ok := n.Value.(string); ok {
		message = secret.MaskQuoted(message, at.Key(), value)
	}
	return secret.MaskText(message)
}

// Refuse records that a file, or a document of it, could not be read at all.
func (p *Problems) Refuse(at yamltree.Span, message string) {
	p.refuseAt(&yamltree.Node{Span: at}, fileKey(at.Source), message)
}

// refuseAt records that something could not be read at all, at the place that names it.
func (p *Problems) refuseAt(n *yamltree.Node, at yamltree.Path, message string) {
	p.Incomplete = true
	p.Report(n, at, message)
}

// fileKey is the place of what is wrong with a file rather than with the project: the same
// from whichever directory composelint runs.
func fileKey(source *yamltree.Source) yamltree.Path { return yamltree.Path{"file", source.URI} }

// inVariables words a message as the file does, with the names of the variables instead of
// their values, which may be secrets of an env file.
func inVariables(n *yamltree.Node, message string) string {
	value, ok := n.Value.(string)
	if !ok || value == "" || !slices.ContainsFunc(n.Variables, func(v yamltree.Variable) bool { return v.Set }) {
		return message
	}
	if !n.Span.IsZero() {
		token := string(n.Span.Source.Text[n.Span.Start:n.Span.End])
		message = strings.ReplaceAll(message, value, strings.Trim(token, `"'`))
	}
	for _, v := range n.Variables {
		if v.Set && v.Start+1 < v.End && v.End <= len(value) { // a single character is no secret, and everywhere
			message = strings.ReplaceAll(message, value[v.Start:v.End], "${"+v.Name+"}")
		}
	}
	return message
}

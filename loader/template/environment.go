package template

import (
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// Environment is what the variables of a template are replaced by. Of a variable it is known that
// it is set, and to what, perhaps in part; or that it is not set; or neither, since somebody else
// may set it where the project runs.
type Environment struct {
	// Lookup returns what is known of a variable, and whether it is set here.
	Lookup Lookup
	// StandIn is what stands for a variable that is not known.
	StandIn func(name string) string
	// Whole is true where a variable that is not set here is set nowhere.
	Whole bool
	// Assume is what is taken for true of variables of which it is not known whether they are set.
	Assume Assumption
	// Chose is told each variable on which such a choice depends. It may be nil.
	Chose func(name string)
}

// Assumption is what is taken for true of variables of which it is not known whether they are set, or
// set to nothing.
type Assumption int

// The assumptions: none, that they are set, that they are not.
const (
	Nothing Assumption = iota
	Set
	Unset
)

// With is the environment in which something else stands for variables that are not known.
func (env Environment) With(standIn func(name string) string) Environment {
	lookup := env.Lookup
	env.StandIn = standIn
	env.Lookup = func(name string) (Value, bool) {
		value, set := lookup(name)
		return value.with(standIn), set
	}
	return env
}

// Lookup returns what is known of a variable, and whether it is set.
type Lookup func(name string) (Value, bool)

// Value is what is known of a variable that is set.
type Value struct {
	// Text is the value.
	Text string
	// Unknown are the stretches of Text that stand for what is not known, in order.
	Unknown []yamltree.Variable
	// Path is who sets a variable whose Text stands for a path that only the place knows where the
	// project runs: what is written right before it or after it makes another path, which is not known.
	Path string
}

// Known is a value of which all is known.
func Known(text string) Value { return Value{Text: text} }

// Elsewhere is the value of a variable that is known only where the project runs, where by sets it.
// It is not empty.
func Elsewhere(name, standIn, by string) Value {
	return Value{Text: standIn, Unknown: []yamltree.Variable{{Name: name, Set: true, Elsewhere: by, End: len(standIn)}}}
}

// ValueOf is the value that a node has.
func ValueOf(n *yamltree.Node) Value {
	v := Known(n.String())
	for _, variable := range n.Variables {
		if variable.Unknown() {
			v.Unknown = append(v.Unknown, variable)
		}
	}
	return v
}

// IsKnown is true where all of the value is known.
func (v Value) IsKnown() bool { return len(v.Unknown) == 0 }

// SetElsewhere is who sets a variable whose value is known only where the project runs, else empty.
func (v Value) SetElsewhere() string {
	if len(v.Unknown) == 1 {
		return v.Unknown[0].Elsewhere
	}
	return ""
}

// answer is whether a variable counts as set.
type answer int

const (
	no answer = iota
	perhaps
	yes
)

// counts is whether a variable counts as set, for an operator that takes an empty one for one that
// is not set, or does not.
func (v Value) counts(set, emptyIsUnset bool) answer {
	switch {
	case !set:
		return no
	case !emptyIsUnset || !v.mayBeEmpty():
		return yes
	case v.IsKnown():
		return no
	}
	return perhaps
}

// assumed is whether a variable counts as set that perhaps does.
func (env Environment) assumed(v yamltree.Variable) answer {
	if env.Chose != nil {
		env.Chose(v.Name)
	}
	return map[Assumption]answer{Nothing: perhaps, Set: yes, Unset: no}[env.Assume]
}

func (v Value) mayBeEmpty() bool {
	literal := len(v.Text)
	for _, u := range v.Unknown {
		if u.Elsewhere != "" {
			return false
		}
		literal -= u.End - u.Start
	}
	return literal == 0
}

// cause is the variable for which the value is not known: the one of that name, where it is not set.
func (v Value) cause(name string) yamltree.Variable {
	if v.IsKnown() {
		return yamltree.Variable{Name: name}
	}
	return v.Unknown[0]
}

// Variables are those that a value of that name stands for where it begins at an offset.
func (v Value) Variables(name string, at int) []yamltree.Variable {
	var all []yamltree.Variable
	if len(v.Unknown) != 1 || v.Unknown[0].Name != name {
		all = append(all, yamltree.Variable{Name: name, Set: true, Start: at, End: at + len(v.Text)})
	}
	for _, u := range v.Unknown {
		u.Start, u.End = at+u.Start, at+u.End
		all = append(all, u)
	}
	return all
}

// with is the value in which something else stands for what is not known.
func (v Value) with(standIn func(name string) string) Value {
	var text strings.Builder
	unknown, done := []yamltree.Variable(nil), 0
	for _, u := range v.Unknown {
		text.WriteString(v.Text[done:u.Start])
		done = u.End
		u.Start = text.Len()
		text.WriteString(standIn(u.Name))
		u.End = text.Len()
		unknown = append(unknown, u)
	}
	text.WriteString(v.Text[done:])
	return Value{Text: text.String(), Unknown: unknown, Path: v.Path}
}

package check

import (
	"slices"

	"github.com/composelint/composelint/loader/yamltree"
)

// spot is a value of the project and the path that leads to it; the zero spot is none.
type spot struct {
	*yamltree.Node
	path yamltree.Path
}

// under follows keys.
func (s spot) under(keys ...string) spot {
	n := s.Node
	for _, key := range keys {
		if n = n.Field(key); n == nil {
			return spot{}
		}
	}
	return spot{n, slices.Concat(s.path, yamltree.Path(keys))}
}

// entries are the values of a mapping, in the order of their keys, or of a list.
func (s spot) entries() []spot {
	if s.Node == nil {
		return nil
	}
	var all []spot
	for _, key := range s.Keys() {
		all = append(all, s.under(key))
	}
	for i, item := range s.Items {
		all = append(all, spot{item, slices.Clone(s.path).Item(i)})
	}
	return all
}

// oneOrMore are the entries of a list, or the scalar that Compose takes for a list of one.
func (s spot) oneOrMore() []spot {
	if s.is(yamltree.Scalar) {
		return []spot{s}
	}
	return s.entries()
}

// key is the last part of the path.
func (s spot) key() string { return s.path[len(s.path)-1] }

// known is true for a value that is there and does not hang on a variable nobody set.
func (s spot) known() bool { return s.Node != nil && !s.Unknown() }

// isNull is true for a key without a value.
func (s spot) isNull() bool {
	return s.Node != nil && s.Kind == yamltree.Scalar && s.Value == nil
}

// is says whether the value is of the kind.
func (s spot) is(kind yamltree.Kind) bool { return s.Node != nil && s.Kind == kind }

// text is a scalar as Compose writes it.
func (s spot) text() string { return s.Node.String() }

// part is the bytes [start, end) of a string.
func (s spot) part(start, end int) spot {
	return spot{s.Node.Part(start, end, s.text()[start:end]), s.path}
}

// given is the text of a scalar, false where there is none, nobody knows it, or it is a date, which is
// refused for that.
func (s spot) given() (text string, known bool) {
	text, stated := s.stated()
	return text, stated && s.known()
}

// stated is the text of a scalar with something in place of each variable that is not known: where two
// are equal, they are so whatever the variables are. It is false where there is none to read.
func (s spot) stated() (text string, readable bool) {
	unread := func(v yamltree.Variable) bool { return v.Unknown() && v.Name == "" }
	return s.text(), s.is(yamltree.Scalar) && s.text() != "" && !s.Date && !slices.ContainsFunc(s.Variables, unread)
}

package daemon

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/loader/yamltree"
)

// kind is what a value of JSON is, as messages call it.
type kind string

const (
	aString kind = "a string"
	aBool   kind = "true or false"
	number  kind = "a whole number"
	list    kind = "a list"
	mapping kind = "an object"
)

// shape is what dockerd takes for a key. Null is none, whatever the shape.
type shape struct {
	kind kind
	// each are the items of a list, and the values of an object of any keys.
	each *shape
	// fields are those of an object, of which others are passed over unless it is closed.
	fields map[string]*shape
	closed bool
	// wrong says what is wrong with a string, empty where nothing is.
	wrong func(text string, engine Engine) string
	// natural is true for a number that is not negative; most is the highest where there is one.
	natural bool
	most    int
}

var (
	text    = &shape{kind: aString}
	texts   = listOf(text)
	boolean = &shape{kind: aBool}
	integer = &shape{kind: number}
	natural = &shape{kind: number, natural: true}
	address = stringOf(ipAddress)
)

func stringOf(wrong func(string, Engine) string) *shape { return &shape{kind: aString, wrong: wrong} }
func listOf(each *shape) *shape                         { return &shape{kind: list, each: each} }
func tableOf(each *shape) *shape                        { return &shape{kind: mapping, each: each} }
func object(fields map[string]*shape) *shape            { return &shape{kind: mapping, fields: fields} }

// check reports what does not fit, and is true where all does.
func (s *shape) check(r *reader, n *yamltree.Node, at yamltree.Path) bool {
	if n.Kind == yamltree.Scalar && n.Value == nil {
		return false // as if the key were not there
	}
	if kindOf(n) != s.kind {
		r.report(n, at, fmt.Sprintf("%q must be %s, not %s%s", at.Key(), s.kind, described(n), s.advice(n)))
		return false
	}
	before := len(r.problems)
	switch s.kind {
	case aString:
		if s.wrong != nil {
			if wrong := s.wrong(n.String(), r.engine); wrong != "" {
				r.report(n, at, fmt.Sprintf("%q: %s", at.Key(), wrong))
			}
		}
	case number:
		s.checkNumber(r, n, at)
	case list:
		for i, item := range n.Items {
			s.each.check(r, item, at.Item(i))
		}
	case mapping:
		s.checkFields(r, n, at)
	}
	return len(r.problems) == before
}

func (s *shape) checkNumber(r *reader, n *yamltree.Node, at yamltree.Path) {
	value, err := strconv.ParseInt(n.String(), 10, 64)
	switch {
	case err != nil:
		r.report(n, at, fmt.Sprintf("%q cannot be %s: write a smaller number", at.Key(), n.String()))
	case s.natural && value < 0, s.most > 0 && (value < 0 || value > int64(s.most)):
		right := "0 or more"
		if s.most > 0 {
			right = fmt.Sprintf("from 0 to %d", s.most)
		}
		r.report(n, at, fmt.Sprintf("%q cannot be %d: it is a number %s", at.Key(), value, right))
	}
}

// checkFields checks the values of an object. Their names are the same in any case.
func (s *shape) checkFields(r *reader, n *yamltree.Node, at yamltree.Path) {
	for _, name := range n.KeysInFileOrder() {
		value, of := n.Field(name), s.each
		var fields []string
		for field, shape := range s.fields {
			fields = append(fields, field)
			if strings.EqualFold(field, name) {
				of = shape
			}
		}
		switch {
		case of != nil:
			of.check(r, value, at.Field(name))
		case s.closed:
			r.report(keyOf(value), at.Field(name), fmt.Sprintf("%q does not have the key %q%s", at.Key(), name, suggest.Question(name, fields)))
		}
	}
}

func kindOf(n *yamltree.Node) kind {
	switch {
	case n.Kind == yamltree.Mapping:
		return mapping
	case n.Kind == yamltree.Sequence:
		return list
	}
	switch n.Value.(type) {
	case string:
		return aString
	case bool:
		return aBool
	case float64:
		return "a number with a fraction"
	}
	return number
}

// described is what a value is, as messages call it.
func described(n *yamltree.Node) string {
	switch k := kindOf(n); k {
	case aString:
		return "a string"
	case aBool:
		return fmt.Sprint(n.Value)
	case number:
		return "the number " + n.String()
	default:
		return string(k)
	}
}

// advice says how a value that was meant would be written.
func (s *shape) advice(n *yamltree.Node) string {
	value := n.String()
	switch got := kindOf(n); {
	case got == aString && s.kind == aBool && (value == "true" || value == "false"):
		return ": remove the quotes"
	case got == aString && s.kind == number:
		if _, err := strconv.Atoi(value); err == nil {
			return ": remove the quotes"
		}
	case s.kind == aString && (got == number || got == aBool):
		return fmt.Sprintf(`: write "%v"`, n.Value)
	case got == aString && s.kind == list && s.each.kind == aString:
		return ": put it between [ and ]"
	}
	return ""
}

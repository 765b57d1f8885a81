package config

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/loader/yamltree"
)

// shape is what a value of the configuration file can be. One tree of shapes checks files and
// is published as their JSON Schema. Any key may be left empty, as if it were not there.
type shape struct {
	// about describes the value.
	about string
	// kind is a string, a boolean, a list, a mapping, or a value: a string, number or boolean, or
	// nothing.
	kind string
	// fields are those of a mapping with known keys. All of the required ones must be there, lists with
	// an item, and one of some.
	fields         map[string]*shape
	required, some []string
	// each is what the items of a list are, and the values of a mapping whose keys are keys, or look
	// like names.
	each  *shape
	keys  *vocabulary
	names *form
	// words are those that a string can be, and form is what it looks like.
	words *vocabulary
	form  *form
	// short is what can stand instead.
	short *shape
	// refers is what of a project the keys of a mapping name, or a string: services or networks.
	refers string
}

// vocabulary is what a name is chosen from.
type vocabulary struct {
	// what stands before the name in messages: unknown rule "x".
	what  string
	known []string
	// right describes the known names, where they are not to be listed.
	right string
	// open is true where policies of the user add names.
	open bool
	// patterns is true where a name may be a pattern of them, with * for any letters.
	patterns bool
}

// form is the form of a text, with what to say of another one.
type form struct {
	pattern *regexp.Regexp
	valid   func(string) bool
	wrong   string
	// slip says of a text that has the form what is wrong with it all the same, empty where nothing is.
	slip func(string) string
}

// theFile is what messages call the outermost value.
const theFile = "the file"

// check refuses what a value cannot be. It is called by its nearest key.
func (r *reader) check(n *yamltree.Node, s *shape, called string) {
	right := s.kinds()
	if s.short != nil && (n.Kind == yamltree.Scalar || kindOf(n) == s.short.kind) {
		s = s.short
	}
	if s.kind == "a value" && n.Kind == yamltree.Scalar {
		if text := written(n); s.form != nil && text != nil && !s.form.fits(*text) {
			r.refuse(n.Place(), "%q %s", *text, s.form.wrong)
		}
		return
	}
	if what := kindOf(n); what != s.kind {
		r.refuse(n.Place(), "%s must be %s, not %s%s", called, right, what, s.words.few())
		return
	}
	switch s.kind {
	case "a string":
		r.text(n, s, called)
	case "a list":
		for _, item := range n.Items {
			r.check(item, s.each, "an item of "+called)
		}
	case "a mapping":
		r.fields(n, s, called)
	}
}

// few lists the names to choose from, of which there are no others.
func (v *vocabulary) few() string {
	if v == nil || v.open {
		return ""
	}
	return ": use " + oneOf(v.known)
}

// kinds words what a value can be.
func (s *shape) kinds() string {
	if s.short == nil {
		return s.kind
	}
	return s.kind + " or " + s.short.kind
}

// fields checks those of a mapping.
func (r *reader) fields(n *yamltree.Node, s *shape, called string) {
	in := " in " + called
	if called == theFile {
		in = ""
	}
	keys := s.keys
	if s.fields != nil {
		keys = &vocabulary{what: "key", known: slices.Sorted(maps.Keys(s.fields))}
	}
	for _, key := range n.Keys() {
		field, each := n.Fields[key], s.each
		if s.fields != nil {
			each = s.fields[key]
		}
		if keys != nil {
			r.choose(field.Key, key, keys, in)
		}
		if s.names != nil && !s.names.fits(key) {
			r.refuse(field.Key, "%q %s", key, s.names.wrong)
		}
		if each != nil && (s.fields == nil || given(field)) {
			r.check(field, each, strconv.Quote(key))
		}
	}
	for _, key := range s.required {
		if value := n.Field(key); !given(value) || value.Kind == yamltree.Sequence && len(value.Items) == 0 {
			r.refuse(n.Place(), "%s lacks %q, %s", called, key, s.fields[key].about)
		}
	}
	if len(s.some) > 0 && !slices.ContainsFunc(s.some, func(key string) bool { return given(n.Field(key)) }) {
		r.refuse(n.Place(), "%s needs %s, so that it holds for nothing else", called, oneOf(s.some))
	}
}

// given is false for a value that is not there or says nothing yet.
func given(n *yamltree.Node) bool {
	return n != nil && (n.Kind != yamltree.Scalar || n.Value != nil)
}

// text checks a string.
func (r *reader) text(n *yamltree.Node, s *shape, called string) {
	value := n.Value.(string)
	if s.words != nil {
		r.choose(n.Place(), value, s.words, " of "+strings.TrimPrefix(called, "an item of "))
	}
	if s.form != nil && !s.form.fits(value) {
		r.refuse(n.Place(), "%q %s", value, s.form.wrong)
	} else if s.form != nil && s.form.slip != nil && s.form.slip(value) != "" {
		r.refuse(n.Place(), "%q %s", value, s.form.slip(value))
	}
}

func (f *form) fits(value string) bool {
	return f.pattern.MatchString(value) && (f.valid == nil || f.valid(value))
}

// choose refuses a name that is not among the known ones.
func (r *reader) choose(at yamltree.Span, name string, from *vocabulary, in string) {
	if slices.Contains(from.known, name) || from.patterns && len(matching(name, from.known)) > 0 || r.full() {
		return
	}
	right := suggest.Question(name, from.known)
	switch {
	case right == "" && from.right != "":
		right = ": use " + from.right
	case right == "":
		right = ": use " + oneOf(from.known)
	}
	r.refuse(at, "unknown %s %q%s%s", from.what, name, in, right)
}

// matching are the names that a pattern fits, none where it is no pattern.
func matching(pattern string, names []string) []string {
	if !strings.Contains(pattern, "*") {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		fits, err := path.Match(pattern, name)
		return err != nil || !fits
	})
}

// oneOf lists names to choose from.
func oneOf(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = strconv.Quote(name)
	}
	return words.Or(quoted)
}

// kindOf words what a value is.
func kindOf(n *yamltree.Node) string {
	switch n.Kind {
	case yamltree.Mapping:
		return "a mapping"
	case yamltree.Sequence:
		return "a list"
	}
	switch n.Value.(type) {
	case nil:
		return "empty"
	case string:
		return "a string"
	case bool:
		return "a boolean"
	}
	return "a number"
}

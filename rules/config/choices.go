package config

import (
	"maps"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// Choice is what can be written at a place of a configuration file.
type Choice struct {
	// Text is the key, or the value.
	Text string
	// About describes a key, empty where nothing is to be said.
	About string
	// Kind is that of the value of a key: a string, a boolean, a list, a mapping, or a value. It is empty
	// for a value.
	Kind string
}

// Choices are what can be written at a path: as a key, where the path ends with one, else as a value or an item.
// Refers says which names of a project can be, services or networks, empty for none. There is no choice
// where any text will do.
func Choices(known Known, path yamltree.Path, isKey bool) (choices []Choice, refers string) {
	s := fileShape(known)
	around, isItem := path, len(path) > 0 && strings.HasPrefix(path[len(path)-1], "[")
	if isKey {
		around = path[:len(path)-1]
	}
	for _, part := range around {
		if s = s.within(part); s == nil {
			return nil, ""
		}
	}
	if isKey || isItem && s.kind == "a mapping" {
		return s.keyChoices()
	}
	return s.valueChoices()
}

// within is the shape of what stands under a key or index, nil for none.
func (s *shape) within(part string) *shape {
	isItem := strings.HasPrefix(part, "[")
	switch {
	case isItem && s.kind != "a list":
		if s.short != nil && s.short.kind == "a list" {
			return s.short.each
		}
		return nil
	case s.fields != nil:
		return s.fields[part]
	}
	return s.each
}

// keyChoices are the keys of a mapping, first those that it needs.
func (s *shape) keyChoices() (choices []Choice, refers string) {
	others := slices.DeleteFunc(slices.Sorted(maps.Keys(s.fields)), func(key string) bool { return slices.Contains(s.required, key) })
	for _, key := range slices.Concat(s.required, others) {
		field := s.fields[key]
		choices = append(choices, Choice{key, field.about, field.kind})
	}
	if s.keys != nil {
		kind := s.each.kind
		if s.each.short != nil {
			kind = s.each.short.kind
		}
		for _, key := range s.keys.known {
			choices = append(choices, Choice{key, "", kind})
		}
	}
	return choices, s.refers
}

// valueChoices are what a scalar can be.
func (s *shape) valueChoices() (choices []Choice, refers string) {
	if s.short != nil && s.short.words != nil {
		s = s.short
	}
	switch {
	case s.kind == "a boolean":
		choices = []Choice{{Text: "true"}, {Text: "false"}}
	case s.words != nil:
		for _, word := range s.words.known {
			choices = append(choices, Choice{Text: word})
		}
	}
	if s.kind == "a mapping" || s.kind == "a list" {
		return choices, ""
	}
	return choices, s.refers
}

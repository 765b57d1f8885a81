package normalize

import (
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// settings reads both forms of names with values, a mapping and a list of NAME=VALUE. A
// name may have several values in a mapping.
func settings(c cursor, key string) []model.Setting {
	settings := []model.Setting{}
	eachSetting(c, key, func(name string, place, value *yamltree.Node) {
		in := c.entry(key, name, place)
		s := model.Setting{At: in.at, Name: name, Literal: literalOf(name, value)}
		if !in.isUnknown("", value) {
			s.Value = new(value.String())
		}
		settings = append(settings, s)
	})
	return settings
}

// eachSetting calls add for the settings under key, each with the node that its place is
// that of. One whose name is unknown is left out.
func eachSetting(c cursor, key string, add func(name string, place, value *yamltree.Node)) {
	list := c.Field(key)
	for _, name := range list.Keys() {
		value := list.Field(name)
		if value.Kind == yamltree.Scalar {
			add(name, value, value)
		}
		for _, one := range value.Scalars() {
			add(name, one, one)
		}
	}
	for _, assignment := range list.Scalars() {
		name, value, ok := assignment.Assignment()
		switch {
		case !ok:
		case !c.isUnknown(key, assignment.Part(0, len(name), nil)):
			add(name, assignment, value)
		}
	}
}

// anyNameUnknown is true where the name of a setting under key depends on a variable that is not known.
func anyNameUnknown(c cursor, key string) bool {
	return slices.ContainsFunc(c.Field(key).Scalars(), func(assignment *yamltree.Node) bool {
		name, _, ok := assignment.Assignment()
		return ok && assignment.Part(0, len(name), nil).Unknown()
	})
}

// environment are the environment variables. One without a value is passed through: from
// an env file, or else from the shell, which makes it unknown.
func environment(c cursor) []model.Setting {
	variables := []model.Setting{}
	eachSetting(c, "environment", func(name string, place, value *yamltree.Node) {
		in := c.entry("environment", name, place)
		v := model.Setting{At: in.at, Name: name, Literal: literalOf(name, value)}
		if passed, ok := c.passed(name); ok && value.Value == nil {
			v.Value = &passed
		} else if value.Value != nil && !in.isUnknown("", value) {
			v.Value = new(value.String())
		}
		variables = append(variables, v)
	})
	return variables
}

// literalOf is what the files themselves say of the value under a name. It is nothing where
// they leave the value to the environment, by saying the name alone.
func literalOf(name string, value *yamltree.Node) string {
	span := value.Span
	if span.Start == span.End {
		return ""
	}
	literal := value.Literal()
	if strings.Trim(string(span.Source.Text[span.Start:span.End]), `"'`) == name && literal != name {
		return ""
	}
	return literal
}

// markFromFiles marks the settings that a container's env files or label files say, since the
// container itself does not state their names.
func markFromFiles(s *model.Service, stated *yamltree.Node) {
	mark := func(settings []model.Setting, stated *yamltree.Node) {
		own := stated.ValuesByName()
		for i, s := range settings {
			settings[i].FromFile = own[s.Name] == nil
		}
	}
	mark(s.Environment, stated.Field("environment"))
	mark(s.Labels, stated.Field("labels"))
}

// envFiles are the files of env_file, which are in their long form.
func envFiles(c cursor) []model.FileRef {
	files := []model.FileRef{}
	if list := c.Field("env_file"); list != nil {
		for _, entry := range list.Items {
			if entry.Kind == yamltree.Mapping {
				files = append(files, fileRef(c, "env_file", entry, entry.Field("path")))
			}
		}
	}
	return files
}

func labelFiles(c cursor) []model.FileRef {
	files := []model.FileRef{}
	for _, entry := range c.Field("label_file").ListOrOne() {
		files = append(files, fileRef(c, "label_file", entry, entry))
	}
	return files
}

func fileRef(c cursor, key string, place, path *yamltree.Node) model.FileRef {
	spec := path.String()
	if path == nil || path.Unknown() {
		spec = "?"
	}
	in := c.entry(key, spec, place)
	f := model.FileRef{At: in.at}
	if !in.isUnknown("", path) {
		f.Path, _ = c.hostPath(spec)
	}
	return f
}

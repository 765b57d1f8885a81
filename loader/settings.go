package loader

import (
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// settings reads both forms of names with values, a mapping and a list of NAME=VALUE. A
// name may have several values in a mapping.
func (b *builder) settings(at string, n *yamltree.Node, key string) []model.Setting {
	settings := []model.Setting{}
	b.eachSetting(at, n, key, func(name string, place, value *yamltree.Node) {
		s := model.Setting{At: b.mark(item(at, key, name), place), Name: name, Literal: saidOf(name, value)}
		if !b.isUnknown(s.At, "", value) {
			s.Value = new(value.String())
		}
		settings = append(settings, s)
	})
	return settings
}

// eachSetting calls add for the settings under key, each with the node that its place is
// that of. One whose name is unknown is left out.
func (b *builder) eachSetting(at string, n *yamltree.Node, key string, add func(name string, place, value *yamltree.Node)) {
	list := n.Field(key)
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
		case !b.isUnknown(at, key, assignment.Part(0, len(name), nil)):
			add(name, assignment, value)
		}
	}
}

// environment are the environment variables. One without a value is passed through: from
// an env file, or else from the shell, which makes it unknown.
func (b *builder) environment(at string, n *yamltree.Node) []model.Setting {
	variables := []model.Setting{}
	b.eachSetting(at, n, "environment", func(name string, place, value *yamltree.Node) {
		v := model.Setting{At: b.mark(item(at, "environment", name), place), Name: name, Literal: saidOf(name, value)}
		if passed, ok := b.lookup(name); ok && value.Value == nil {
			v.Value = &passed
		} else if value.Value != nil && !b.isUnknown(v.At, "", value) {
			v.Value = new(value.String())
		}
		variables = append(variables, v)
	})
	return variables
}

// saidOf is what the files themselves say of the value under a name. It is nothing where
// they leave the value to the environment, by saying the name alone.
func saidOf(name string, value *yamltree.Node) string {
	span := value.Span
	if span.Start == span.End {
		return ""
	}
	said := value.Literal()
	if strings.Trim(string(span.Source.Text[span.Start:span.End]), `"'`) == name && said != name {
		return ""
	}
	return said
}

// notInCompose marks the settings that a service's env files or label files say, since the
// service itself does not state their names.
func notInCompose(settings []model.Setting, stated *yamltree.Node) {
	own := stated.ValuesByName()
	for i, s := range settings {
		settings[i].FromFile = own[s.Name] == nil
	}
}

// envFiles are the files of env_file, which are in their long form.
func (b *builder) envFiles(at string, n *yamltree.Node) []model.FileRef {
	files := []model.FileRef{}
	if list := n.Field("env_file"); list != nil {
		for _, entry := range list.Items {
			if entry.Kind == yamltree.Mapping {
				files = append(files, b.fileRef(at, "env_file", entry, entry.Field("path")))
			}
		}
	}
	return files
}

func (b *builder) labelFiles(at string, n *yamltree.Node) []model.FileRef {
	files := []model.FileRef{}
	for _, entry := range n.Field("label_file").ListOrOne() {
		files = append(files, b.fileRef(at, "label_file", entry, entry))
	}
	return files
}

func (b *builder) fileRef(at, key string, place, path *yamltree.Node) model.FileRef {
	spec := path.String()
	if path == nil || path.Unknown() {
		spec = "?"
	}
	f := model.FileRef{At: b.mark(item(at, key, spec), place)}
	if !b.isUnknown(f.At, "", path) {
		f.Path = new(cleanPath(spec))
	}
	return f
}

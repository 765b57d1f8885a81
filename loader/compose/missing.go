package compose

import (
	"errors"
	"io/fs"

	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/loader/yamltree"
)

// missing notes a file that is not here, and tells whether the error of reading it says so: what
// differs between machines, and what is secret, a repository leaves out. Where the user says what the
// environment is, it should be here.
func (r *reader) missing(path *yamltree.Node, at yamltree.Path, kind, file string, err error) bool {
	elsewhere := r.root.Elsewhere(file) && !files.IsOfSystem(file)
	switch {
	case standsIn().MatchString(file): // a directory above it depends on a variable, which is named there
	case !elsewhere && !errors.Is(err, fs.ErrNotExist):
		return false
	case !r.whole:
		uri := r.root.File(file, nil).URI
		if elsewhere {
			uri = path.String()
		}
		r.Missing = append(r.Missing, MissingFile{
			At: at.At(), Node: path, Kind: kind, File: shown(path, at, files.Shown(file)), URI: shown(path, at, uri), Elsewhere: elsewhere,
		})
	case elsewhere:
		return false
	default:
		r.Report(path, at, err.Error())
	}
	return true
}

// fileKinds are those of files that containers are given, by the section that declares them.
var fileKinds = map[string]string{"secrets": "secret", "configs": "config"}

// missingFiles notes the files of secrets and configs that containers use and that are not here.
func (m *Merger) missingFiles(root *yamltree.Node) {
	for _, section := range []string{"secrets", "configs"} {
		used := usedBy(root, section)
		for _, name := range root.Field(section).Keys() {
			path := root.Field(section).Field(name).Field("file")
			if path.String() == "" || path.Unknown() || !used[name] {
				continue
			}
			file := files.Join(m.project.directory, path.String())
			if err := m.root.Inside(file); errors.Is(err, fs.ErrNotExist) {
				m.missing(path, yamltree.Path{section, name, "file"}, fileKinds[section], file, err)
			}
		}
	}
}

// usedBy are the names that containers use of a section.
func usedBy(root *yamltree.Node, section string) map[string]bool {
	names := map[string]bool{}
	for _, containers := range ContainerSections {
		for _, container := range root.Field(containers).Values() {
			if list := container.Field(section); list != nil {
				for _, entry := range list.Items {
					names[entry.Field("source").String()] = true
				}
			}
		}
	}
	return names
}

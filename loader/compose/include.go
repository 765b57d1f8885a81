package compose

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/loader/schema"
	"github.com/composelint/composelint/loader/yamltree"
)

// The limits on how deep files may include each other, and on how often at all: a file that
// is included twice by each of those above it would be loaded thousands of times.
const (
	maxIncludes   = 20
	maxInclusions = 1_000
)

// includedSections are what an included project brings along.
var includedSections = []string{"services", "jobs", "volumes", "networks", "secrets", "configs", "models"}

// include merges the projects that a document includes under it, as ApplyInclude of
// compose-go (loader/include.go v2.16.2) does. What cannot be included is reported, and
// the rest goes on.
func (m *Merger) include(document *yamltree.Node, file composeFile, set *fileSet, resets *resets) *yamltree.Node {
	list := document.Field("include")
	if list == nil {
		return document
	}
	document = document.Without([]string{"include"})
	if list.Kind != yamltree.Sequence {
		if list.Scalar() != nil || list.Kind == yamltree.Mapping {
			m.Report(list, yamltree.Path{"include"}, `"include" must be a list of files`)
			set.partial = true
		}
		return document
	}
	for i, entry := range list.Items {
		at := yamltree.Path{"include"}.Item(i)
		included := m.included(entry, at, file, set)
		if included == nil {
			set.partial = true
			continue
		}
		imported := m.merge(included).Under("included here", entry.Place())
		document = m.importResources(document, imported, resets)
		set.partial = set.partial || included.isPartial()
	}
	return document
}

// included is the set of files of one entry of include, nil where it cannot be read.
func (m *Merger) included(entry *yamltree.Node, at yamltree.Path, file composeFile, set *fileSet) *fileSet {
	paths := entry.ListOrOne()
	if entry.Kind == yamltree.Mapping {
		paths = entry.Field("path").ListOrOne()
	}
	if len(paths) == 0 && schema.ReportMisspelt(entry, at, m.Report) {
		return nil
	}
	if len(paths) == 0 {
		m.Report(entry, at, `an entry of "include" needs the path of a file`)
		return nil
	}
	if len(set.included) >= maxIncludes {
		m.refuseAt(entry, at, fmt.Sprintf("includes are nested deeper than the limit of %d", maxIncludes))
		return nil
	}
	if m.inclusions++; m.inclusions > maxInclusions {
		m.refuseAt(entry, at, fmt.Sprintf("the project has more includes than the limit of %d", maxInclusions))
		return nil
	}
	sub := &fileSet{reader: set.reader, included: append(slices.Clone(set.included), files.Absolute(file.path))}
	if !m.directories(entry, at, paths[0], sub, set) || !m.namesFiles(entry.Field("env_file"), at.Field("env_file")) {
		return nil
	}
	for _, path := range paths {
		read := m.referred(path, at, "include", set.directory)
		if read == nil {
			return nil
		}
		if slices.Contains(sub.included, files.Absolute(read.path)) {
			m.Report(path, at, fmt.Sprintf("%q includes itself, by way of %s", path.String(), chain(sub.included, files.Absolute(read.path))))
			return nil
		}
		sub.files = append(sub.files, *read)
	}
	return sub.withEnvironment(m, entry, at, set)
}

// directories sets where the paths of an included file start: at the first file, or at
// the project_directory that the entry states.
func (m *Merger) directories(entry *yamltree.Node, at yamltree.Path, first *yamltree.Node, sub, set *fileSet) bool {
	sub.relative = filepath.Dir(first.String())
	if stated := entry.Field("project_directory"); stated != nil {
		if stated.Kind != yamltree.Scalar {
			m.Report(stated, at.Field("project_directory"), `"project_directory" must be the path of a directory`)
			return false
		}
		sub.relative = stated.String()
		m.nameUnknown(stated, at.Field("project_directory"))
	}
	sub.directory = files.Join(set.directory, sub.relative)
	return true
}

// namesFiles is true for the env_file of an entry: a path, a list of them, or nothing.
func (m *Merger) namesFiles(list *yamltree.Node, at yamltree.Path) bool {
	if list == nil || list.Kind == yamltree.Scalar && list.Value == nil {
		return true
	}
	paths := list.Items
	if list.Kind != yamltree.Sequence {
		paths = []*yamltree.Node{list}
	}
	for _, path := range paths {
		if _, ok := path.Scalar().(string); !ok {
			m.Report(path, at, `"env_file" needs the path of a file`)
			return false
		}
	}
	return true
}

// withEnvironment reads the variables of an included project: those around it, then those
// of its env files, by default the .env beside it.
func (sub *fileSet) withEnvironment(m *Merger, entry *yamltree.Node, at yamltree.Path, set *fileSet) *fileSet {
	sub.env = maps.Clone(set.env)
	var envFiles []string
	for _, f := range entry.Field("env_file").ListOrOne() {
		if path := f.String(); !m.nameUnknown(f, at.Field("env_file")) && path != "/dev/null" {
			envFiles = append(envFiles, files.Join(set.directory, path))
		}
	}
	stated := entry.Field("env_file") != nil
	if !stated {
		beside := filepath.Join(sub.directory, ".env")
		if files.IsFile(beside) {
			envFiles = []string{beside}
		}
	}
	vars := map[string]*yamltree.Node{}
	for _, f := range envFiles {
		switch err := m.envFile(f, vars, set.lookup, m.root.Inside); {
		case err == nil || stated && m.missing(entry.Field("env_file"), at.Field("env_file"), "env_file", f, err):
		case stated:
			m.refuseAt(entry.Field("env_file"), at.Field("env_file"), err.Error())
		default:
			m.refuseAt(entry, at, err.Error())
		}
	}
	m.addMissing(sub.env, vars)
	sub.learnSecrets()
	return sub
}

// chain words a cycle by the names of its files.
func chain(included []string, path string) string {
	var names []string
	for _, p := range included[slices.Index(included, path):] {
		names = append(names, filepath.Base(p))
	}
	return strings.Join(append(names, filepath.Base(path)), " → ")
}

// importResources merges what a project brings along under a document. Where both define
// the same thing, the document's definition lies over the included one.
func (m *Merger) importResources(document, imported *yamltree.Node, resets *resets) *yamltree.Node {
	c := *document
	c.Fields = maps.Clone(document.Fields)
	for _, section := range includedSections {
		from := imported.Field(section)
		if from == nil || from.Kind != yamltree.Mapping {
			continue
		}
		into := yamltree.Node{Kind: yamltree.Mapping, Key: from.Key, Span: from.Span, Via: from.Via}
		switch own := c.Fields[section]; {
		case own == nil:
		case own.Kind == yamltree.Mapping:
			into = *own
		default:
			m.Report(own, yamltree.Path{section}, fmt.Sprintf("%q must be a mapping", section))
		}
		into.Fields = cloned(into.Fields)
		for _, name := range from.Keys() {
			into.Fields[name] = m.importOne(section, name, from.Fields[name], into.Fields[name], resets)
		}
		c.Fields[section] = &into
	}
	return &c
}

func (m *Merger) importOne(section, name string, imported, own *yamltree.Node, resets *resets) *yamltree.Node {
	if own == nil || own.Equals(imported.Plain()) {
		return imported
	}
	m.overrides = append(m.overrides, Override{section, name, own})
	base := yamltree.Wrap(section, yamltree.Wrap(name, resets.within(section, name, imported)))
	merged := mergeStep.run(base, yamltree.Wrap(section, yamltree.Wrap(name, own)), m.Report)
	return merged.Field(section).Field(name)
}

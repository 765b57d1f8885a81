package compose

import (
	"fmt"
	"slices"

	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/loader/schema"
	"github.com/composelint/composelint/loader/template"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// fileSet is a set of files that make one model: the project's own, or those of one entry of
// include.
type fileSet struct {
	files []composeFile
	// directory is where the paths in the files start, as the process sees it.
	directory string
	// relative is the same as the including set sees it.
	relative string
	env      map[string]template.Value
	// included are the absolute paths of the files on the way here, against cycles.
	included []string
	// partial is true for a set that includes what could not be read.
	partial bool
	// bases are the files that services extend, by absolute path.
	bases map[string]*extendsBase
	// reader is that of the project, whose secrets get the values that are looked up.
	reader *reader
}

// composeFile is a file and what was read of it.
type composeFile struct {
	path      string
	documents []*yamltree.Node
	// partial is true for a file that has more, or includes more, than could be read.
	partial bool
}

// isPartial is true for a set that defines more than could be read.
func (set *fileSet) isPartial() bool {
	return set.partial || slices.ContainsFunc(set.files, func(file composeFile) bool { return file.partial })
}

// lookup finds a variable of the set.
func (set *fileSet) lookup(name string) (template.Value, bool) {
	value, ok := set.env[name]
	if ok {
		set.reader.known.Variable(name, value.Text)
		set.reader.anyUnknown = set.reader.anyUnknown || !value.IsKnown()
	}
	return value, ok
}

// passed finds a variable that a container gets by its name alone: as a whole, or not at all.
func (set *fileSet) passed(name string) (string, bool) {
	value, given := set.env[name]
	if !given || !value.IsKnown() || set.reader.assumed[name] {
		return "", false
	}
	return value.Text, true
}

// passedOn are all of these.
func (set *fileSet) passedOn() map[string]string {
	known := map[string]string{}
	for name := range set.env {
		if value, given := set.passed(name); given {
			known[name] = value
		}
	}
	return known
}

// environment is what a file of the set is interpolated with whose paths start at a directory: that
// of the project, which PWD is, is another one as seen from there.
func (set *fileSet) environment(directory string) template.Environment {
	return set.reader.environment(func(name string) (template.Value, bool) {
		if name == "PWD" && set.reader.assumed[name] {
			return processPath(files.Relative(directory, set.reader.start)), true
		}
		return set.lookup(name)
	})
}

// merge merges a set of files, as loadYamlModel of compose-go
// (loader/loader.go v2.16.2) does.
func (m *Merger) merge(set *fileSet) *yamltree.Node {
	root := &yamltree.Node{Kind: yamltree.Mapping}
	for _, file := range set.files {
		for _, document := range file.documents {
			if m.ctx.Err() != nil || m.merged > m.mostValues() || m.containers > maxContainers {
				return root
			}
			root = m.mergeDocument(root, document, file, set)
		}
	}
	root = defaultsStep.run(root, nil, m.Report)
	root = validateStep.run(root, nil, m.reportFollowing)
	root = pathsStep(set.relative).run(root, nil, m.Report)
	passThrough(root, set)
	return root
}

// The limits on the values of a project, in the long form, and on its containers. What is included
// counts in each file on the way to it as well, which all merge it. A project that is written out has a
// value for some twelve bytes of its files, one that makes much of little has many.
const (
	maxMerged     = 200_000
	bytesPerValue = 4
	maxContainers = 20_000
)

// mostValues is the limit on the values of the project, as far as its files were read.
func (m *Merger) mostValues() int { return max(maxMerged, m.bytesRead/bytesPerValue) }

// tooLarge counts what a document brings, and says which limit is passed.
func (m *Merger) tooLarge(part *yamltree.Node) string {
	for key, field := range part.Fields {
		if !IsExtension(key) { // no step looks at those
			m.merged += field.Size()
		}
	}
	for _, section := range ContainerSections {
		for _, service := range part.Field(section).Values() {
			m.containers++
			for _, kind := range model.HookKinds {
				if hooks := service.Field(kind); hooks != nil {
					m.containers += len(hooks.Items)
				}
			}
		}
	}
	switch {
	case m.merged > m.mostValues():
		return fmt.Sprintf("the project has more values than the limit of %d, with what it includes and extends", m.mostValues())
	case m.containers > maxContainers:
		return fmt.Sprintf("the project has more services, jobs and hooks than the limit of %d", maxContainers)
	}
	return ""
}

// mergeDocument puts one document over root, in the order of compose-go's loadYamlFile.
func (m *Merger) mergeDocument(root, document *yamltree.Node, file composeFile, set *fileSet) *yamltree.Node {
	document, resets := m.prepare(document, set, set.directory)
	m.hiddenMounts(document)
	document = m.include(document, file, set, resets)
	file.partial = file.partial || set.partial
	root = resets.apply(root)
	document = m.extend(m.withoutMappedFiles(document), file, set, resets)
	rest, part := apart(root, document)
	if len(part.Fields) == 0 && document.Kind == yamltree.Mapping {
		part = document // as merged with nothing
	} else {
		part = mergeStep.run(part, document, m.Report)
	}
	part = uniqueStep.run(part, nil, m.Report)
	part = schema.Fit(part, m.Report)
	if version := part.Field("version"); version != nil { // obsolete, and ignored by Compose
		m.slips = append(m.slips, Slip{"version", version.String(), "", version})
		part = part.Without([]string{"version"})
	}
	part = canonicalStep.run(part, nil, m.Report)
	if message := m.tooLarge(part); message != "" {
		m.refuseAt(document, yamltree.NewPath(), message)
		return root
	}
	return together(rest, uniqueAgainStep.run(part, nil, m.Report))
}

// prepare does what a document needs by itself, whose paths start at a directory.
func (m *Merger) prepare(document *yamltree.Node, set *fileSet, directory string) (*yamltree.Node, *resets) {
	resets := resetsOf(document)
	in := &interpolator{env: set.environment(directory), required: m.requires, report: m.Report, refuse: m.refuseAt, secrets: m.known}
	document = in.document(document)
	promote(document, m.Report)
	return document, resets
}

// passThrough gives the entries of an environment list that have no value the one that
// the variables of the files hold for them, where it is known as a whole.
func passThrough(root *yamltree.Node, set *fileSet) {
	for _, section := range ContainerSections {
		for _, service := range root.Field(section).Values() {
			list := service.Field("environment")
			if list == nil || list.Kind != yamltree.Sequence {
				continue
			}
			passed := *list
			passed.Items = slices.Clone(list.Items)
			for i, entry := range list.Items {
				name, ok := entry.Value.(string)
				if value, known := set.passed(name); ok && known {
					set.reader.known.Variable(name, value)
					n := *entry
					n.Value, n.Text = name+"="+value, nil
					n.Variables = template.Known(value).Variables(name, len(name)+1)
					passed.Items[i] = &n
				}
			}
			service.Fields["environment"] = &passed
		}
	}
}

// withoutMappedFiles refuses the mappings that stand for lists of files. Where an earlier file has a
// list, compose-go makes KEY=VALUE of them, which is the name of no file.
func (m *Merger) withoutMappedFiles(document *yamltree.Node) *yamltree.Node {
	mapped := yamltree.Removal{}
	for _, section := range ContainerSections {
		containers := document.Field(section)
		for _, name := range containers.Keys() {
			for _, key := range []string{"env_file", "label_file"} {
				files, at := containers.Field(name).Field(key), yamltree.Path{section, name, key}
				if files != nil && files.Kind == yamltree.Mapping {
					m.Report(files, at, schema.WrongForm(files, at))
					mapped.Add(at)
				}
			}
		}
	}
	return mapped.From(document)
}

package compose

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/loader/schema"
	"github.com/composelint/composelint/loader/yamltree"
)

// extendsBase is a file that services extend, merged and brought into the long form by
// itself.
type extendsBase struct {
	file composeFile
	root *yamltree.Node
	*resets
}

// extended is a service on the way along a chain of extends.
type extended struct{ file, service string }

// extend merges every service of a document over the one that it extends, as ApplyExtends
// of compose-go (loader/extends.go v2.16.2) does. A service whose base cannot be had stays
// as it is, and the reason is reported.
func (m *Merger) extend(document *yamltree.Node, file composeFile, set *fileSet, resets *resets) *yamltree.Node {
	d := *document
	d.Fields = maps.Clone(document.Fields)
	for _, section := range ContainerSections {
		entries := d.Fields[section]
		if entries == nil || entries.Kind != yamltree.Mapping {
			continue
		}
		e := *entries
		e.Fields = maps.Clone(entries.Fields)
		x := &extender{m: m, set: set, section: section, partial: map[*yamltree.Node]bool{}}
		for _, name := range entries.Keys() {
			e.Fields[name] = x.service(name, e.Fields, file, resets, nil)
			if x.partial[e.Fields[name]] {
				m.partial[yamltree.Path{section, name}.At()] = true
			}
		}
		d.Fields[section] = &e
	}
	return &d
}

// maxExtended bounds the values that the services of a project inherit by extends: a small
// file can have thousands of services that extend a large one.
const maxExtended = 50_000

// extender follows the chains of extends in one section.
type extender struct {
	m       *Merger
	set     *fileSet
	section string
	// partial are the services, as they are returned, whose base cannot be had as a whole.
	partial map[*yamltree.Node]bool
}

// service returns the entry called name, merged over what it extends. way is the one
// that led here.
func (x *extender) service(name string, entries map[string]*yamltree.Node, file composeFile, resets *resets, way []extended) *yamltree.Node {
	own := entries[name]
	extends := own.Field("extends")
	if extends == nil {
		return own
	}
	at := yamltree.Path{x.section, name, "extends"}
	stripped := own.Without([]string{"extends"})
	base, place := x.base(name, extends, at, entries, file, resets, way)
	if base == nil || base.Kind != yamltree.Mapping {
		x.partial[stripped] = base == nil
		return stripped
	}
	if x.m.extended += base.Size(); x.m.extended > maxExtended {
		x.m.refuseAt(extends, at, fmt.Sprintf("the services inherit more values by \"extends\" than the limit of %d", maxExtended))
		return stripped
	}
	source := base.Under(fmt.Sprintf("extended by service %q", name), place)
	source = resets.within("services", name, source)
	merged := mergeStep.run(yamltree.Wrap("services", yamltree.Wrap("x", source)), yamltree.Wrap("services", yamltree.Wrap("x", own)), func(n *yamltree.Node, p yamltree.Path, message string) {
		x.m.Report(n, append(yamltree.Path{x.section, name}, p[min(2, len(p)):]...), message)
	})
	result := merged.Field("services").Field("x").Without([]string{"extends"})
	entries[name], x.partial[result] = result, x.partial[base]
	return result
}

// base is the service that an extends names, itself merged over what it extends, with the
// token that names it; nil where there is none to have.
func (x *extender) base(name string, extends *yamltree.Node, at yamltree.Path, entries map[string]*yamltree.Node, file composeFile, resets *resets, way []extended) (*yamltree.Node, yamltree.Span) {
	ref, path := extends, (*yamltree.Node)(nil)
	if extends.Kind == yamltree.Mapping {
		ref, path = extends.Field("service"), extends.Field("file")
	}
	service, ok := ref.Scalar().(string)
	if !ok && ref == nil && schema.ReportMisspelt(extends, at, x.m.Report) {
		return nil, yamltree.Span{}
	}
	if !ok {
		x.m.Report(extends, at, `"extends" needs the name of a service`)
		return nil, yamltree.Span{}
	}
	elsewhere := path != nil && path.Scalar() != nil
	if elsewhere {
		b := x.m.baseFile(path, at, x.set)
		if b == nil {
			return nil, yamltree.Span{}
		}
		file, resets = b.file, b.resets
		entries = maps.Clone(b.root.Field(x.section).Values())
	}
	step := extended{files.Absolute(file.path), service}
	if slices.Contains(way, step) || step == (extended{files.Absolute(file.path), name}) && path == nil {
		x.m.Report(ref, at, fmt.Sprintf("service %q extends itself%s", name, byWayOf(way, name)))
		return nil, yamltree.Span{}
	}
	switch base := entries[service]; {
	case base == nil && file.partial: // it may stand in what could not be read
		return nil, yamltree.Span{}
	case base == nil:
		if !elsewhere {
			entries = maps.Clone(entries)
			delete(entries, name) // which nobody means by what it extends
		}
		x.m.Report(ref, at, missingBase(service, file, entries))
		return nil, yamltree.Span{}
	case base.Kind != yamltree.Mapping && base.Scalar() != nil:
		x.m.Report(base, yamltree.Path{x.section, service}, fmt.Sprintf("service %q must be a mapping", service))
		return nil, yamltree.Span{}
	}
	return x.service(service, entries, file, resets, append(slices.Clone(way), step)), ref.Place()
}

func byWayOf(way []extended, name string) string {
	var names []string
	for _, e := range way {
		if e.service != name {
			names = append(names, fmt.Sprintf("%q", e.service))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return ", by way of " + strings.Join(names, ", ")
}

func missingBase(service string, file composeFile, entries map[string]*yamltree.Node) string {
	return fmt.Sprintf("there is no service %q in %q to extend", service, files.Shown(file.path)) +
		suggest.Question(service, slices.Sorted(maps.Keys(entries)))
}

// baseFile reads a file that a service extends: merged and in the long form, but neither
// validated nor with its own includes and extends resolved, which happens with the
// extending service (loadExtendsBase of compose-go). It is nil where it cannot be read.
func (m *Merger) baseFile(path *yamltree.Node, at yamltree.Path, set *fileSet) *extendsBase {
	read := m.referred(path, at, "extends", set.directory)
	if read == nil {
		return nil
	}
	key := files.Absolute(read.path)
	if b, ok := set.bases[key]; ok {
		return b
	}
	b := &extendsBase{file: *read, root: &yamltree.Node{Kind: yamltree.Mapping}}
	for _, document := range read.documents {
		prepared, resets := m.prepare(document, set, filepath.Dir(read.path))
		b.resets = resets
		b.root = resets.apply(b.root)
		b.root = mergeStep.run(b.root, prepared, m.Report)
		b.root = uniqueStep.run(b.root, nil, m.Report)
		b.root = canonicalStep.run(b.root, nil, m.Report)
		b.root = uniqueAgainStep.run(b.root, nil, m.Report)
	}
	b.root = pathsStep(filepath.Dir(path.String())).run(b.root, nil, m.Report)
	if set.bases == nil {
		set.bases = map[string]*extendsBase{}
	}
	set.bases[key] = b
	return b
}

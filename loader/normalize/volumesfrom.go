package normalize

import (
	"fmt"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// maxInherited bounds the mounts that the services of a project take from others: in a chain each
// has those of all before it.
const maxInherited = 10_000

// volumesFrom gives every service the mounts of the services that its volumes_from names,
// in the order in which they depend on each other.
func (p *project) volumesFrom(w *writer) {
	done, inherited := map[string]bool{}, 0
	var inherit func(s *model.Service)
	inherit = func(s *model.Service) {
		if s == nil || done[s.Name] {
			return
		}
		done[s.Name] = true
		taken := targetsOf(s.Mounts)
		for _, entry := range p.nodes[s.Name].Field("volumes_from").Scalars() {
			source, _ := p.volumesSource(entry)
			from := p.find(source.Service)
			inherit(from)
			if from != nil && inherited+len(from.Mounts) > maxInherited {
				p.problems.Refuse(entry.Place(), fmt.Sprintf("the services take more mounts by \"volumes_from\" than the limit of %d", maxInherited))
				return
			}
			own := len(s.Mounts)
			p.takeFrom(cursor{writer: w, at: s.At}, s, entry, taken)
			inherited += len(s.Mounts) - own
		}
	}
	for i := range p.Services {
		inherit(&p.Services[i])
	}
}

// volumesSource is what an entry of volumes_from names, SERVICE[:MODE] or container:NAME[:MODE], and
// the mode.
func (p *project) volumesSource(entry *yamltree.Node) (source model.VolumesFrom, mode string) {
	spec, container := strings.CutPrefix(entry.String(), types.ContainerPrefix)
	name, mode, _ := strings.Cut(spec, ":")
	if container {
		return model.VolumesFrom{Of: name, Service: p.ofContainer(name)}, mode
	}
	return model.VolumesFrom{Of: name, Service: name}, mode
}

// takeFrom gives s what an entry of its volumes_from brings; the mounts of a container of another
// project are unknown.
func (p *project) takeFrom(c cursor, s *model.Service, entry *yamltree.Node, taken map[string]bool) {
	if c.isUnknownEntry("volumes_from", entry) {
		return
	}
	source, mode := p.volumesSource(entry)
	source.At = c.entry("volumes_from", source.Of, entry).at
	s.VolumesFrom = append(s.VolumesFrom, source)
	from := p.find(source.Service)
	if from == nil {
		return
	}
	for _, m := range from.Mounts {
		if !copied(m) && !taken[targetOf(m)] { // as in the engine: the first mount on a target stays
			taken[targetOf(m)] = true
			s.Mounts = append(s.Mounts, inherited(c, m, from.Name, mode, entry))
		}
	}
}

// copied is true for a secret or config without a file, which Compose copies into the
// container that states it.
func copied(m model.Mount) bool {
	return (m.Type == "secret" || m.Type == "config") && m.HostPath != nil && *m.HostPath == ""
}

// targetOf is the target of a mount, or what stands for an unknown one.
func targetOf(m model.Mount) string {
	switch {
	case m.Target != nil:
		return *m.Target
	case m.HostPath != nil:
		return "?" + *m.HostPath
	}
	return "?"
}

func targetsOf(mounts []model.Mount) map[string]bool {
	targets := map[string]bool{}
	for _, m := range mounts {
		targets[targetOf(m)] = true
	}
	return targets
}

func inherited(c cursor, m model.Mount, from, mode string, entry *yamltree.Node) model.Mount {
	m.At = c.entry("volumes_from", from+":"+targetOf(m), entry).at
	m.From = from
	if mode == "ro" {
		m.ReadOnly = new(true)
	}
	return m
}

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
			from, _ := p.volumesSource(entry)
			inherit(from)
			if from != nil && inherited+len(from.Mounts) > maxInherited {
				p.problems.Refuse(entry.Place(), fmt.Sprintf("the services take more mounts by \"volumes_from\" than the limit of %d", maxInherited))
				return
			}
			mounts := p.mountsFrom(cursor{writer: w, at: s.At}, entry, taken)
			s.Mounts = append(s.Mounts, mounts...)
			inherited += len(mounts)
		}
	}
	for i := range p.Services {
		inherit(&p.Services[i])
	}
}

// volumesSource is what an entry of volumes_from names, SERVICE[:MODE] or
// container:NAME[:MODE]: the service, nil for a container of another project, and the mode.
func (p *project) volumesSource(entry *yamltree.Node) (from *model.Service, mode string) {
	spec, container := strings.CutPrefix(entry.String(), types.ContainerPrefix)
	name, mode, _ := strings.Cut(spec, ":")
	if container {
		return p.ofContainer(name), mode
	}
	return p.find(name), mode
}

// mountsFrom are the mounts that an entry of volumes_from brings; those of a container of
// another project are unknown.
func (p *project) mountsFrom(c cursor, entry *yamltree.Node, taken map[string]bool) []model.Mount {
	from, mode := p.volumesSource(entry)
	if c.isUnknown("volumes_from", entry) || from == nil {
		return nil
	}
	var mounts []model.Mount
	for _, m := range from.Mounts {
		if !copied(m) && !taken[targetOf(m)] { // as in the engine: the first mount on a target stays
			taken[targetOf(m)] = true
			mounts = append(mounts, inherited(c, m, from.Name, mode, entry))
		}
	}
	return mounts
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

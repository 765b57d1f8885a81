package normalize

import (
	"fmt"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// addHooks writes the lifecycle hooks of the services. They come last: they refer to services,
// and nothing refers to them.
func (p *project) addHooks(w *writer) {
	var hooks []model.Service
	for _, s := range p.Services {
		if s.Kind != "service" {
			continue
		}
		for _, kind := range model.HookKinds {
			list := p.of.Stated.Field("services").Field(s.Name).Field(kind)
			if list == nil {
				continue
			}
			for j, n := range list.Items {
				if n.Kind == yamltree.Mapping {
					hooks = append(hooks, p.hook(w, s, kind, j, n))
				}
			}
		}
	}
	p.Services = append(p.Services, hooks...)
}

// hook writes a hook of the service s: only what it states itself, since all else stands
// with the service.
func (p *project) hook(w *writer, s model.Service, kind string, index int, stated *yamltree.Node) model.Service {
	n := stated
	if whole := p.of.Hooks[n]; whole != nil {
		n = whole
	}
	id := fmt.Sprintf("%s[%d]", kind, index)
	c := w.at(s.At+"."+id, n)
	c.inherits = true
	h := container(c, p.Volumes)
	h.Name, h.Kind, h.Owner = s.Name+"."+id, kind, s.Name
	h.EnvironmentIncomplete = p.of.Unread[s.At+"."+id]
	h.Called = fmt.Sprintf("%s hook %d of %s", kind, index+1, s.Called)
	markFromFiles(&h, stated)
	taken := targetsOf(h.Mounts)
	for _, entry := range n.Field("volumes_from").Scalars() {
		p.takeFrom(c, &h, entry, taken)
	}
	return h
}

package loader

import (
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// mounts collects what brings files into a container: volumes, tmpfs, secrets and configs.
func (b *builder) mounts(at string, n *yamltree.Node) []model.Mount {
	mounts := []model.Mount{}
	if volumes := n.Field("volumes"); volumes != nil {
		for _, v := range volumes.Items {
			if v.Kind == yamltree.Mapping {
				mounts = append(mounts, b.volumeMount(at, v))
			}
		}
	}
	for _, t := range n.Field("tmpfs").ListOrOne() {
		mounts = append(mounts, b.tmpfs(at, t))
	}
	mounts = append(mounts, b.fileMounts(at, n, "secrets", "secret")...)
	return append(mounts, b.fileMounts(at, n, "configs", "config")...)
}

func (b *builder) volumeMount(at string, v *yamltree.Node) model.Mount {
	target := b.text(at, v, "target", "")
	id := "?"
	if target != nil {
		target = new(cleanPath(*target))
		id = *target
	}
	m := model.Mount{At: b.mark(item(at, "volumes", id), v), Target: target, Allows: []string{}}
	m.Type = v.Field("type").String()
	b.mode(&m, v)
	source := b.text(m.At, v, "source", "")
	switch {
	case source == nil:
	case m.Type == "bind" || m.Type == "npipe":
		m.HostPath, m.Source = new(hostPath(*source)), *source
	case m.Type == "volume":
		m.Volume = *source
		m.HostPath = b.deviceOf(*source)
		m.Source = b.root.Field("volumes").Field(*source).Field("driver_opts").Field("device").String()
	default:
		m.HostPath = new("")
	}
	return m
}

// deviceOf is the host path that a named volume binds.
func (b *builder) deviceOf(volume string) *string {
	for _, v := range b.project.Volumes {
		if v.Name == volume {
			return v.Device
		}
	}
	return new("")
}

// fileMounts are the secrets or configs of a service, from a file of the host or from
// elsewhere.
func (b *builder) fileMounts(at string, n *yamltree.Node, key, kind string) []model.Mount {
	var mounts []model.Mount
	list := n.Field(key)
	if list == nil {
		return nil
	}
	for _, entry := range list.Items {
		source := entry.Field("source").String()
		definition := b.root.Field(key).Field(source)
		if definition == nil {
			continue
		}
		m := model.Mount{
			At: b.mark(item(at, key, source), entry), Type: kind, ReadOnly: new(true),
			Propagation: new(""), SELinux: new(""), Allows: []string{}, Ignored: []string{},
		}
		if file := definition.Field("file"); file == nil {
			m.HostPath = new("")
		} else if !file.Unknown() { // else noted for the definition
			m.HostPath, m.Source = new(hostPath(file.String())), file.String()
		}
		fallback := "/run/secrets/" + source
		if kind == "config" {
			fallback = "/" + source
		}
		m.Target = b.text(m.At, entry, "target", fallback)
		mounts = append(mounts, m)
	}
	return mounts
}

// volumesFrom gives every service the mounts of the services that its volumes_from names,
// in the order in which they depend on each other.
func (b *builder) volumesFrom() {
	done := map[string]bool{}
	var inherit func(s *model.Service)
	inherit = func(s *model.Service) {
		if s == nil || done[s.Name] {
			return
		}
		done[s.Name] = true
		taken := targetsOf(s.Mounts)
		for _, entry := range b.nodes[s.Name].Field("volumes_from").Scalars() {
			from, _ := b.volumesSource(entry)
			inherit(from)
			s.Mounts = append(s.Mounts, b.mountsFrom(s.At, entry, taken)...)
		}
	}
	for i := range b.project.Services {
		inherit(&b.project.Services[i])
	}
}

// volumesSource is what an entry of volumes_from names, SERVICE[:MODE] or
// container:NAME[:MODE]: the service, nil for a container of another project, and the mode.
func (b *builder) volumesSource(entry *yamltree.Node) (from *model.Service, mode string) {
	spec, container := strings.CutPrefix(entry.String(), types.ContainerPrefix)
	name, mode, _ := strings.Cut(spec, ":")
	if container {
		return b.ofContainer(name), mode
	}
	return b.find(name), mode
}

// mountsFrom are the mounts that an entry of volumes_from brings; those of a container of
// another project are unknown.
func (b *builder) mountsFrom(at string, entry *yamltree.Node, taken map[string]bool) []model.Mount {
	from, mode := b.volumesSource(entry)
	if b.isUnknown(at, "volumes_from", entry) || from == nil {
		return nil
	}
	var mounts []model.Mount
	for _, m := range from.Mounts {
		if !copied(m) && !taken[targetOf(m)] { // as in the engine: the first mount on a target stays
			taken[targetOf(m)] = true
			mounts = append(mounts, b.inherited(at, m, from.Name, mode, entry))
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

func (b *builder) inherited(at string, m model.Mount, from, mode string, entry *yamltree.Node) model.Mount {
	m.At = b.mark(item(at, "volumes_from", from+":"+targetOf(m)), entry)
	m.From = from
	if mode == "ro" {
		m.ReadOnly = new(true)
	}
	return m
}

// find returns the service or job of that name, or nil.
func (b *builder) find(name string) *model.Service {
	i, ok := b.byName[name]
	if !ok {
		return nil
	}
	return &b.project.Services[i]
}

// ofContainer returns the service or job whose container has that name, or nil.
func (b *builder) ofContainer(name string) *model.Service { return b.find(b.containerOf[name]) }

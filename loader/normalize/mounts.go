package normalize

import (
	"path"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// mounts collects what brings files into a container: volumes, tmpfs, secrets and configs.
func mounts(c cursor, volumes []model.Volume) []model.Mount {
	mounts := []model.Mount{}
	if list := c.Field("volumes"); list != nil {
		for _, v := range list.Items {
			if v.Kind == yamltree.Mapping {
				mounts = append(mounts, volumeMounts(c, v, volumes)...)
			}
		}
	}
	for _, t := range c.Field("tmpfs").ListOrOne() {
		mounts = append(mounts, tmpfs(c, t))
	}
	mounts = append(mounts, fileMounts(c, "secrets", "secret")...)
	return append(mounts, fileMounts(c, "configs", "config")...)
}

// volumeMounts are what an entry of volumes mounts: a mount for each path of the host that is in
// it, of which a named volume can have several.
func volumeMounts(c cursor, v *yamltree.Node, volumes []model.Volume) []model.Mount {
	mounted := []model.Mount{volumeMount(c, v)}
	first := &mounted[0]
	for _, volume := range volumes {
		if first.Volume == "" || volume.Name != first.Volume {
			continue
		}
		first.HostPath, first.Partial = volume.Device, volume.Partial
		for i, shown := range volume.Shown {
			if i > 0 {
				mounted = append(mounted, volumeMount(c, v))
			}
			mounted[i].HostPath, mounted[i].Source = new(shown.Path), shown.Source
		}
	}
	return mounted
}

func volumeMount(c cursor, v *yamltree.Node) model.Mount {
	var target *string
	id := "?"
	if at := v.Field("target"); at == nil || !at.Unknown() {
		target = new(address.CleanPath(at.String()))
		id = *target
	}
	in := c.entry("volumes", id, v)
	in.isUnknown("target", v.Field("target"))
	m := model.Mount{At: in.at, Target: target, Allows: []string{}, Type: v.Field("type").String()}
	mode(in, &m)
	source := in.text("source", "")
	switch {
	case source == nil && mayBePath(v):
		m.Partial = partialSource(v.Field("source"))
	case source == nil:
	case m.Type == "bind" || m.Type == "npipe":
		m.HostPath, m.Source = c.hostPath(*source)
	case m.Type == "volume":
		m.Volume, m.HostPath = *source, new("")
	default:
		m.HostPath = new("")
	}
	return m
}

// partialSource is what is known of a source that is not known as a whole.
func partialSource(source *yamltree.Node) *model.PartialSource {
	value := source.String()
	p := model.PartialSource{Written: source.WrittenText()}
	cut := source.Text.Length() - len(value) // what Compose cut off at the start
	var least strings.Builder
	done, mayBeEmpty := 0, true
	for _, v := range source.Variables {
		start, end := v.Start-cut, v.End-cut
		if !v.Unknown() || start < done || end > len(value) {
			continue
		}
		least.WriteString(value[done:start])
		done, p.Ends = end, value[end:]
		mayBeEmpty = mayBeEmpty && v.Elsewhere == ""
	}
	least.WriteString(value[done:])
	if written := least.String(); done > 0 && mayBeEmpty && strings.HasPrefix(written, "/") {
		p.Least = address.HostPath(written)
	}
	return &p
}

// mayBePath is true for a source that is not known and may be a path of the host: that of a named
// volume begins as a name does, and the long form says which it is.
func mayBePath(v *yamltree.Node) bool {
	atStart := func(v yamltree.Variable) bool { return v.Unknown() && v.Start == 0 }
	return v.Field("type").String() != types.VolumeTypeVolume || isShortForm(v) && slices.ContainsFunc(v.Field("source").Variables, atStart)
}

// fileDirectories are where secrets and configs are mounted unless their target says otherwise.
var fileDirectories = map[string]string{"secret": "/run/secrets", "config": "/"}

// fileMounts are the secrets or configs of a service, from a file of the host or from
// elsewhere.
func fileMounts(c cursor, key, kind string) []model.Mount {
	var mounts []model.Mount
	list := c.Field(key)
	if list == nil {
		return nil
	}
	for _, entry := range list.Items {
		source := entry.Field("source").String()
		definition := c.root.Field(key).Field(source)
		if definition == nil {
			continue
		}
		in := c.entry(key, source, entry)
		m := model.Mount{
			At: in.at, Type: kind, ReadOnly: new(true),
			Propagation: new(""), SELinux: new(""), Allows: []string{}, Ignored: []string{},
		}
		if file := definition.Field("file"); file == nil {
			m.HostPath = new("")
		} else if file.Unknown() { // which is noted for the definition
			m.Partial = partialSource(file)
		} else {
			m.HostPath, m.Source = c.hostPath(file.String())
		}
		if target := in.text("target", source); target != nil {
			// As docker compose joins them (buildContainerSecretMounts, pkg/compose/create.go 5.7.1).
			if !path.IsAbs(*target) {
				target = new(path.Join(fileDirectories[kind], *target))
			}
			m.Target = new(path.Clean(*target))
		}
		mounts = append(mounts, m)
	}
	return mounts
}

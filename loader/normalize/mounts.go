package normalize

import (
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
				mounts = append(mounts, volumeMount(c, v, volumes))
			}
		}
	}
	for _, t := range c.Field("tmpfs").ListOrOne() {
		mounts = append(mounts, tmpfs(c, t))
	}
	mounts = append(mounts, fileMounts(c, "secrets", "secret")...)
	return append(mounts, fileMounts(c, "configs", "config")...)
}

func volumeMount(c cursor, v *yamltree.Node, volumes []model.Volume) model.Mount {
	target := cursor{writer: c.writer, Node: v, at: c.at}.text("target", "")
	id := "?"
	if target != nil {
		target = new(address.CleanPath(*target))
		id = *target
	}
	in := c.entry("volumes", id, v)
	m := model.Mount{At: in.at, Target: target, Allows: []string{}, Type: v.Field("type").String()}
	mode(in, &m)
	source := in.text("source", "")
	switch {
	case source == nil:
	case m.Type == "bind" || m.Type == "npipe":
		m.HostPath, m.Source = new(address.HostPath(*source)), *source
	case m.Type == "volume":
		m.Volume = *source
		m.HostPath = deviceOf(*source, volumes)
		m.Source = c.root.Field("volumes").Field(*source).Field("driver_opts").Field("device").String()
	default:
		m.HostPath = new("")
	}
	return m
}

// deviceOf is the host path that a named volume binds.
func deviceOf(volume string, volumes []model.Volume) *string {
	for _, v := range volumes {
		if v.Name == volume {
			return v.Device
		}
	}
	return new("")
}

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
		} else if !file.Unknown() { // else noted for the definition
			m.HostPath, m.Source = new(address.HostPath(file.String())), file.String()
		}
		fallback := "/run/secrets/" + source
		if kind == "config" {
			fallback = "/" + source
		}
		m.Target = in.text("target", fallback)
		mounts = append(mounts, m)
	}
	return mounts
}

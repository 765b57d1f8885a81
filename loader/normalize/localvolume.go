package normalize

import (
	"path"
	"slices"
	"strings"

	"github.com/composelint/composelint/model"
)

// volume reads a named volume. The local driver mounts what driver_opts say, by the system call
// mount and as root of the host (volume/local/local_unix.go of moby v28.5.1).
func volume(c cursor, name string) model.Volume {
	v := model.Volume{At: c.at, Name: name, Driver: c.text("driver", ""), External: external(c)}
	if v.Driver == nil {
		return v
	}
	v.Type = new("")
	options := c.below("driver_opts")
	if *v.Driver != "" && *v.Driver != "local" {
		v.Shown, v.Device, v.Source = pluginFiles(options, *v.Driver)
		return v
	}
	v.Source = options.Field("device").String()
	if kind := options.Field("type"); kind == nil || !kind.Unknown() {
		v.Type = new(strings.ToLower(kind.String()))
	} else {
		v.Type = nil
	}
	v.Shown, v.Device = hostFiles(options, v.Type)
	if device := options.Field("device"); v.Device == nil && device != nil && device.Unknown() {
		v.Partial = partialSource(device)
	}
	return v
}

// ownPlaces are where the host has the file systems of which there is one, whoever mounts it
// (Documentation/filesystems of Linux 6.12).
var ownPlaces = map[string]string{
	"proc": "/proc", "sysfs": "/sys", "devtmpfs": "/dev", "securityfs": "/sys/kernel/security",
	"debugfs": "/sys/kernel/debug", "tracefs": "/sys/kernel/tracing", "configfs": "/sys/kernel/config",
	"cgroup": "/sys/fs/cgroup", "cgroup2": "/sys/fs/cgroup", "bpf": "/sys/fs/bpf",
	"efivarfs": "/sys/firmware/efi/efivars", "pstore": "/sys/fs/pstore", "selinuxfs": "/sys/fs/selinux",
}

// hostFiles are the host's files that a volume of the local driver shows, and the path of the
// first: nil where they depend on a variable that nobody set, empty where there are none.
func hostFiles(c cursor, kind *string) ([]model.HostFile, *string) {
	o, device := c.text("o", ""), c.text("device", "")
	if o == nil || device == nil {
		return nil, nil
	}
	options := strings.Split(*o, ",")
	var shown []model.HostFile
	switch {
	case slices.Contains(options, "bind"), slices.Contains(options, "rbind"):
		shown = []model.HostFile{c.hostFile(*device)}
	case kind == nil:
		return nil, nil
	case *kind == "bind", *kind == "rbind":
		shown = []model.HostFile{c.hostFile(*device)}
	case *kind == "overlay", *kind == "aufs":
		for _, layer := range layers(options) {
			shown = append(shown, c.hostFile(layer))
		}
	case strings.HasPrefix(*kind, "nfs"), serverMessageBlock[*kind]:
		if exported := c.exported(*device, options); exported != "" {
			shown = []model.HostFile{{Path: exported, Source: *device}}
		}
	case ownPlaces[*kind] != "":
		shown = []model.HostFile{c.hostFile(ownPlaces[*kind])}
	}
	if len(shown) == 0 {
		return nil, new("")
	}
	return shown, &shown[0].Path
}

func (w *writer) hostFile(written string) model.HostFile {
	path, shown := w.hostPath(written)
	return model.HostFile{Path: *path, Source: shown}
}

// layers are the directories of an overlay (Documentation/filesystems/overlayfs.rst of Linux 6.12),
// or of its predecessor aufs, whose layers may end in =rw.
func layers(options []string) []string {
	var layers []string
	for _, option := range options {
		name, value, _ := strings.Cut(option, "=")
		if name == "br" || strings.HasPrefix(option, "br:") {
			name, value = "br", option[len("br:"):]
		}
		if !slices.Contains([]string{"lowerdir", "lowerdir+", "datadir+", "upperdir", "br"}, name) {
			continue
		}
		for _, layer := range strings.Split(value, ":") {
			if layer, _, _ = strings.Cut(layer, "="); path.IsAbs(layer) {
				layers = append(layers, layer)
			}
		}
	}
	return layers
}

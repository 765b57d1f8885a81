package normalize

import (
	"path"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/model"
)

// volume reads a named volume. The local driver mounts what driver_opts say, by the system call
// mount and as root of the host (volume/local/local_unix.go of moby v28.5.1).
func volume(c cursor, name string) model.Volume {
	v := model.Volume{At: c.at, Name: name, Driver: c.text("driver", ""), External: external(c)}
	if v.Driver == nil {
		return v
	}
	v.Type, v.Device = new(""), new("")
	if *v.Driver != "" && *v.Driver != "local" {
		return v
	}
	options := c.inside("driver_opts")
	v.Source = options.Field("device").String()
	if kind := options.Field("type"); kind == nil || !kind.Unknown() {
		v.Type = new(strings.ToLower(kind.String()))
	} else {
		v.Type = nil
	}
	v.Shown, v.Device = hostFiles(options, v.Type)
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
	case strings.HasPrefix(*kind, "nfs"):
		if exported := exportedHere(*device, options); exported != "" {
			shown = []model.HostFile{{Path: address.HostPath(exported), Source: *device}}
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

// exportedHere is the path of an export of NFS where the server is the host itself: named in front
// of it, or by the option addr.
func exportedHere(device string, options []string) string {
	server, exported := "", device
	if i := strings.Index(device, ":/"); i >= 0 {
		server, exported = device[:i], device[i+1:]
	}
	for _, option := range options {
		if addr, ok := strings.CutPrefix(option, "addr="); ok {
			server = addr
		}
	}
	server = strings.Trim(server, "[]")
	if address.IsLoopback(server) || server == "host.docker.internal" || server == "0.0.0.0" || server == bridge {
		return exported
	}
	return ""
}

// bridge is the host's own address on Docker's default network
// (https://docs.docker.com/engine/network/drivers/bridge/).
const bridge = "172.17.0.1"

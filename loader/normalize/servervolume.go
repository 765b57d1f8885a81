package normalize

import (
	"net/netip"
	"path"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// serverMessageBlock are the file systems of Windows' shares (Documentation/filesystems/smb of
// Linux 6.12).
var serverMessageBlock = map[string]bool{"cifs": true, "smb": true, "smb2": true, "smb3": true, "smbfs": true}

// pluginOptions are the options by which volume plug-ins are told what to show, by the last part of
// their names: a path of the host, or one of a server, which may be the host.
//   - https://github.com/MatchbookLab/local-persist
//   - https://github.com/clecherbauer/docker-volume-bindfs
//   - https://github.com/vieux/docker-volume-sshfs
//   - https://github.com/ContainX/docker-volume-netshare
//   - https://github.com/trajano/docker-volume-plugins
var pluginOptions = map[string]string{
	"local-persist": "mountpoint", "bindfs": "sourcePath",
	"sshfs": "sshcmd", "nfs": "share", "cifs": "share", "nfs-volume-plugin": "device",
}

// pluginFiles are the host's files that a volume of a plug-in shows, the path of the first, as
// hostFiles says it, and what the file says of it.
func pluginFiles(c cursor, driver string) (files []model.HostFile, first *string, source string) {
	plugin, _, _ := strings.Cut(path.Base(driver), ":")
	option := pluginOptions[plugin]
	if option == "" {
		return nil, new(""), ""
	}
	written := c.text(option, "")
	if written == nil {
		return nil, nil, ""
	}
	file := model.HostFile{Source: *written}
	switch plugin {
	case "local-persist", "bindfs":
		if *written != "" {
			file = c.hostFile(*written)
		}
	case "sshfs":
		file.Path = c.login(*written)
	default:
		file.Path = c.exported(*written, nil)
	}
	if file.Path == "" {
		return nil, new(""), *written
	}
	return []model.HostFile{file}, &file.Path, *written
}

// drive is the share that Windows has of each drive.
var drive = lazyregexp.New(`^/([A-Za-z])\$(/.*)?$`)

// exported is the path of the host that a server exports where that is the host itself: named in
// front of the path, or by an option. It is empty for any other server, and for a share whose
// name does not say what is in it.
func (w *writer) exported(device string, options []string) string {
	server, exported := "", device
	unc := strings.HasPrefix(device, "//")
	if unc {
		server, exported, _ = strings.Cut(device[len("//"):], "/")
		exported = "/" + exported
	} else if i := strings.Index(device, ":/"); i >= 0 {
		server, exported = device[:i], device[i+1:]
	}
	for _, option := range options {
		if name, value, _ := strings.Cut(option, "="); name == "addr" || name == "ip" {
			server = value
		}
	}
	if !w.isHost(server) {
		return ""
	}
	if m := drive().FindStringSubmatch(exported); m != nil {
		return m[1] + ":" + "/" + strings.TrimPrefix(m[2], "/")
	} else if unc {
		return ""
	}
	return address.HostPath(exported)
}

// login is the path of the host that a login to it leads to, USER@SERVER:PATH: in the user's home
// unless it says otherwise.
func (w *writer) login(command string) string {
	login, at, _ := strings.Cut(command, ":")
	if strings.HasPrefix(command, "[") || strings.Contains(login, "@[") {
		login, at, _ = strings.Cut(command, "]:")
	}
	_, server, found := strings.Cut(login, "@")
	if !found {
		server = login
	}
	switch {
	case !w.isHost(server):
		return ""
	case path.IsAbs(at):
		return address.HostPath(at)
	}
	return address.HostPath("~/" + at)
}

// isHost is true for the names and addresses of the host, those on the project's own bridges among
// them.
func (w *writer) isHost(server string) bool {
	server = strings.Trim(server, "[]")
	if w.gateways == nil {
		w.gateways = gateways(w.root.Field("networks"))
	}
	return address.IsHost(server) || w.gateways[server]
}

// gateways are the host's addresses on the bridges that the project makes: the one that is stated,
// else the first of the subnet (https://docs.docker.com/engine/network/drivers/bridge/).
func gateways(networks *yamltree.Node) map[string]bool {
	gateways := map[string]bool{}
	for _, name := range networks.Keys() {
		network := networks.Field(name)
		if driver := network.Field("driver").String(); driver != "" && driver != "bridge" {
			continue
		}
		configs := network.Field("ipam").Field("config")
		if configs == nil {
			continue
		}
		for _, config := range configs.Items {
			gateways[gateway(config)] = true
		}
	}
	delete(gateways, "")
	return gateways
}

func gateway(config *yamltree.Node) string {
	if stated := config.Field("gateway"); stated != nil {
		return stated.String()
	}
	subnet, err := netip.ParsePrefix(config.Field("subnet").String())
	if err != nil {
		return ""
	}
	return subnet.Masked().Addr().Next().String()
}

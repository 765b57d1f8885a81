package daemon

import (
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/loader/yamltree"
)

// conflicts reports what contradicts itself, among the keys that count.
func (r *reader) conflicts(flat *yamltree.Node) {
	stated := func(name string) bool { return flat.Field(name).String() != "" }
	if flat.Field("host-gateway-ip") != nil && flat.Field("host-gateway-ips") != nil {
		r.refuse(flat, "host-gateway-ip", `"host-gateway-ip" stands beside "host-gateway-ips": remove it`)
	}
	for _, name := range []string{"tlsverify", "tls"} {
		if value, ok := flat.Field(name).Scalar().(bool); ok && (value || name == "tlsverify") && !(stated("tlscert") && stated("tlskey")) {
			r.refuse(flat, name, fmt.Sprintf("%q asks for TLS, which needs \"tlscert\" and \"tlskey\"", name))
			break
		}
	}
	r.labels(flat.Field("labels"))
	r.gateways(flat.Field("host-gateway-ips"))
}

func (r *reader) refuse(flat *yamltree.Node, name, message string) {
	r.report(flat.Field(name), yamltree.Path{path, name}, message)
}

// labels reports those with two values.
func (r *reader) labels(all *yamltree.Node) {
	values := map[string]string{}
	for _, n := range all.Scalars() {
		name, value, ok := strings.Cut(n.String(), "=")
		if before, twice := values[name]; ok && twice && before != value {
			r.report(n, yamltree.Path{path, "labels"}, fmt.Sprintf("the label %q has two values: remove one of them", name))
		}
		values[name] = value
	}
}

// gateways reports more than one address of a kind.
func (r *reader) gateways(all *yamltree.Node) {
	kinds := map[bool]bool{}
	for _, n := range all.Scalars() {
		six := strings.Contains(n.String(), ":")
		if kinds[six] {
			r.report(n, yamltree.Path{path, "host-gateway-ips"}, `"host-gateway-ips" takes one address of IPv4 and one of IPv6: remove the others`)
		}
		kinds[six] = true
	}
}

// gone are values of older releases, with the release that refuses them.
var gone = map[string]map[string]Engine{
	"storage-driver": {"aufs": 2400, "overlay": 2400, "devicemapper": 2500},
	"log-driver":     {"logentries": 2500},
}

// instead are what to write for them.
var instead = map[string]string{"storage-driver": `use "overlay2", or remove it`, "log-driver": `use another one, such as "local"`}

// starts reports what stops the start although dockerd --validate takes it (daemon/daemon_unix.go).
func (r *reader) starts(flat *yamltree.Node) {
	is := func(name string, value bool) bool { return flat.Field(name).Scalar() == value }
	stated := func(name string) bool { return flat.Field(name).String() != "" }
	switch {
	case is("icc", false) && is("iptables", false):
		r.refuse(flat, "icc", `"icc": false needs the rules that "iptables": false leaves out: remove one of them`)
	case is("icc", false) && is("ipv6", true) && is("ip6tables", false):
		r.refuse(flat, "icc", `"icc": false needs the rules that "ip6tables": false leaves out: remove one of them`)
	}
	for _, name := range []string{"bip", "bip6"} {
		if stated("bridge") && stated(name) {
			r.refuse(flat, name, fmt.Sprintf("%q is for the bridge that dockerd makes itself, which \"bridge\" replaces: remove one of them", name))
		}
	}
	driver := r.cgroups(flat)
	if parent := flat.Field("cgroup-parent").String(); parent != "" && driver == "systemd" && (len(parent) <= len(".slice") || !strings.HasSuffix(parent, ".slice")) {
		r.refuse(flat, "cgroup-parent", fmt.Sprintf(`"cgroup-parent": with native.cgroupdriver=systemd %q has to be a slice, such as "docker.slice"`, parent))
	}
	if flat.Field("containerd-namespace").String() == "plugins.moby" {
		r.refuse(flat, "containerd-namespace", `"containerd-namespace" cannot be "plugins.moby", which is that of the plugins`)
	}
	if wrong := apiVersion(flat.Field("min-api-version").String()); wrong != "" {
		r.refuse(flat, "min-api-version", `"min-api-version": `+wrong)
	}
	for _, name := range []string{"storage-driver", "log-driver"} {
		value := flat.Field(name).String()
		if since, ok := gone[name][value]; ok && r.engine >= since {
			r.refuse(flat, name, fmt.Sprintf("the %s %q was removed in engine %v: %s", strings.ReplaceAll(name, "-", " "), value, since, instead[name]))
		}
	}
	r.logOptions(flat)
	r.runtimes(flat.Field("runtimes"))
}

// runtimes reports those that are no program, or two (daemon/runtime_unix.go).
func (r *reader) runtimes(all *yamltree.Node) {
	for _, name := range all.Keys() {
		of, at := all.Field(name), yamltree.Path{path, "runtimes", name}
		program, shim := of.Field("path").String(), of.Field("runtimeType").String()
		switch {
		case name == "runc":
			r.report(of, at, `the runtime "runc" is dockerd's own: choose another name`)
		case of.Kind == yamltree.Mapping && program == "" && shim == "":
			r.report(of, at, fmt.Sprintf("the runtime %q needs a \"path\" or a \"runtimeType\"", name))
		case program != "" && shim != "":
			r.report(of, at, fmt.Sprintf("the runtime %q has a \"path\" and a \"runtimeType\": remove one of them", name))
		}
	}
}

// cgroups is who has the cgroups as far as the file says, systemd or cgroupfs. It reports who is neither.
func (r *reader) cgroups(flat *yamltree.Node) (driver string) {
	all := flat.Field("exec-opts")
	for _, n := range all.Scalars() {
		name, value := option(n.String())
		if name != cgroupDriver {
			continue
		}
		if driver = value; value != "systemd" && value != "cgroupfs" {
			r.report(n, yamltree.Path{path, "exec-opts"}, fmt.Sprintf(`"exec-opts": %q names no driver: use "systemd" or "cgroupfs"`, value))
		}
	}
	return driver
}

// fileOptions are the options of the drivers json-file and local (daemon/logger).
var fileOptions = []string{"compress", "env", "env-regex", "labels", "labels-regex", "max-buffer-size", "max-file", "max-size", "mode", "tag"}

// logOptions reports those that the driver does not have, where it is one that writes files.
func (r *reader) logOptions(flat *yamltree.Node) {
	driver := flat.Field("log-driver").String()
	options := flat.Field("log-opts")
	for _, name := range options.Keys() {
		at := yamltree.Path{path, "log-opts", name}
		switch {
		case driver == "fluentd" && name == "fluentd-async-connect" && r.engine >= 2800:
			r.report(options.Field(name), at, `the option "fluentd-async-connect" was removed in engine 28.0: write "fluentd-async"`)
		case driver != "" && driver != "json-file" && driver != "local" || strings.HasPrefix(name, "cache-"):
		case !slices.Contains(fileOptions, name):
			r.report(keyOf(options.Field(name)), at, fmt.Sprintf("the log driver does not have the option %q%s", name, suggest.Question(name, fileOptions)))
		}
	}
}

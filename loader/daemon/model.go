package daemon

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// writer writes the model from the values that dockerd takes.
type writer struct {
	// root is the file, flat what counts of it.
	root, flat *yamltree.Node
	sources    *model.Sources
	refused    map[*yamltree.Node]bool
	// partial is true where the file could not be read, so that nothing is known of what it states.
	partial bool
}

func (w *writer) write() *model.Daemon {
	d := &model.Daemon{
		At: path, Complete: !w.partial, Stated: []string{},
		Hosts: []model.DaemonHost{}, AuthorizationPlugins: w.entries("authorization-plugins"),
		TLSVerify: w.boolean("tlsverify", false), OwnCA: w.flat.Field("tlscacert").String() != "",
		ICC: w.boolean("icc", true), IP: w.text("ip", "0.0.0.0"), NetworkOpts: w.networkOpts(),
		IPTables: w.boolean("iptables", true), IP6Tables: w.boolean("ip6tables", true),
		AllowDirectRouting: w.boolean("allow-direct-routing", false), AcceptFWMark: w.text("bridge-accept-fwmark", ""),
		ForwardNoDrop: w.boolean("ip-forward-no-drop", false), UserlandProxy: w.boolean("userland-proxy", true),
		AddressPools: w.addressPools(),
		UsernsRemap:  w.text("userns-remap", ""), Rootless: w.boolean("rootless", false), NoNewPrivileges: w.boolean("no-new-privileges", false),
		SeccompProfile: w.text("seccomp-profile", "builtin"), Ulimits: w.ulimits(),
		IPCMode: w.text("default-ipc-mode", "private"), CgroupnsMode: w.text("default-cgroupns-mode", ""), CgroupParent: w.text("cgroup-parent", ""),
		Runtime: w.text("default-runtime", "runc"), Runtimes: w.runtimes(),
		LogDriver: w.text("log-driver", "json-file"), LogOpts: w.settings("log-opts"), LogLevel: w.text("log-level", "info"), Debug: w.boolean("debug", false),
		InsecureRegistries: w.entries("insecure-registries"), Mirrors: w.entries("registry-mirrors"), Proxies: w.settings("proxies"),
		LiveRestore: w.boolean("live-restore", false), Experimental: w.boolean("experimental", false),
		MinAPIVersion: w.text("min-api-version", ""), MetricsAddr: w.text("metrics-addr", ""),
		CRIContainerd: w.boolean("cri-containerd", false), NRI: w.nri(),
	}
	for _, name := range w.flat.Keys() {
		if w.flat.Field(name).Kind != yamltree.Scalar || w.flat.Field(name).Value != nil {
			d.Stated = append(d.Stated, name)
		}
	}
	d.TLS = w.boolean("tls", false)
	if d.TLS != nil && w.flat.Field("tlsverify") != nil {
		d.TLS = new(true)
	}
	for _, e := range w.entries("hosts") {
		d.Hosts = append(d.Hosts, hostOf(e))
	}
	if d.LogLevel != nil {
		d.LogLevel = new(strings.ToLower(*d.LogLevel))
	}
	return d
}

// mark ties a node of the model to its place.
func (w *writer) mark(at string, n *yamltree.Node) string {
	w.sources.Mark(at, n)
	return at
}

// value is what a key has, nil where it does not count, and whether that is known.
func (w *writer) value(name string) (n *yamltree.Node, isKnown bool) {
	n = w.flat.Field(name)
	if n == nil {
		n = w.root.Field(name)
		return nil, !w.partial && (n == nil || !w.refused[n])
	}
	return n, !w.refused[n]
}

func (w *writer) boolean(name string, preset bool) *bool {
	n, isKnown := w.value(name)
	if value, ok := n.Scalar().(bool); ok {
		preset = value
	}
	if !isKnown {
		return nil
	}
	return &preset
}

func (w *writer) text(name, preset string) *string {
	n, isKnown := w.value(name)
	if value := n.String(); value != "" {
		preset = value
	}
	if !isKnown {
		return nil
	}
	return &preset
}

func (w *writer) entries(name string) []model.DaemonEntry {
	all := []model.DaemonEntry{}
	for _, item := range w.root.Field(name).Scalars() {
		if value, ok := item.Value.(string); ok && !w.refused[item] {
			all = append(all, model.DaemonEntry{At: w.mark(path+"."+name+"["+value+"]", item), Value: value})
		}
	}
	return all
}

// strings are the values of an object that are strings, in order of their names.
func (w *writer) strings(all *yamltree.Node) (names []string) {
	for _, name := range all.Keys() {
		if _, ok := all.Field(name).Scalar().(string); ok && !w.refused[all.Field(name)] {
			names = append(names, name)
		}
	}
	return names
}

func (w *writer) settings(name string) []model.Setting {
	settings, all := []model.Setting{}, w.root.Field(name)
	for _, option := range w.strings(all) {
		value := all.Field(option).String()
		settings = append(settings, model.Setting{
			At: w.mark(yamltree.Path{path, name, option}.At(), all.Field(option)), Name: option, Value: &value, Literal: value,
		})
	}
	return settings
}

func (w *writer) networkOpts() []model.DaemonNetworkOpt {
	const name = "default-network-opts"
	options, all := []model.DaemonNetworkOpt{}, w.root.Field(name)
	for _, driver := range all.Keys() {
		of := all.Field(driver)
		for _, option := range w.strings(of) {
			at := w.mark(yamltree.Path{path, name, driver, option}.At(), of.Field(option))
			options = append(options, model.DaemonNetworkOpt{At: at, Driver: driver, Name: option, Value: of.Field(option).String()})
		}
	}
	return options
}

func (w *writer) ulimits() []model.Ulimit {
	const name = "default-ulimits"
	ulimits, all := []model.Ulimit{}, w.root.Field(name)
	for _, limit := range all.Keys() {
		if all.Field(limit).Kind != yamltree.Mapping {
			continue
		}
		u := model.Ulimit{At: w.mark(yamltree.Path{path, name, limit}.At(), all.Field(limit)), Name: limit}
		for field, value := range all.Field(limit).Values() {
			number, ok := value.Scalar().(int)
			switch {
			case ok && strings.EqualFold(field, "soft"):
				u.Soft = new(int64(number))
			case ok && strings.EqualFold(field, "hard"):
				u.Hard = new(int64(number))
			}
		}
		ulimits = append(ulimits, u)
	}
	return ulimits
}

func (w *writer) runtimes() []model.DaemonRuntime {
	const name = "runtimes"
	runtimes, all := []model.DaemonRuntime{}, w.root.Field(name)
	for _, of := range all.Keys() {
		n := all.Field(of)
		if n.Kind != yamltree.Mapping {
			continue
		}
		runtimes = append(runtimes, model.DaemonRuntime{
			At: w.mark(yamltree.Path{path, name, of}.At(), n), Name: of, Path: n.Field("path").String(), Type: n.Field("runtimeType").String(),
		})
	}
	return runtimes
}

// private are the subnets that are of nobody on the internet.
var private = []netip.Prefix{
	netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("169.254.0.0/16"),
	netip.MustParsePrefix("fc00::/7"), netip.MustParsePrefix("fe80::/10"), netip.MustParsePrefix("2001:db8::/32"),
}

func (w *writer) addressPools() []model.DaemonAddressPool {
	const name = "default-address-pools"
	pools := []model.DaemonAddressPool{}
	all := w.root.Field(name)
	if all == nil {
		return pools
	}
	for i, item := range all.Items {
		base := item.Field("base")
		prefix, err := netip.ParsePrefix(base.String())
		if err != nil {
			continue
		}
		within := slices.ContainsFunc(private, func(p netip.Prefix) bool { return p.Bits() <= prefix.Bits() && p.Contains(prefix.Addr()) })
		at := w.mark(yamltree.Path{path, name}.Item(i).At(), base)
		pools = append(pools, model.DaemonAddressPool{At: at, Base: base.String(), Private: within})
	}
	return pools
}

func (w *writer) nri() *bool {
	n, isKnown := w.value("nri-opts")
	if !isKnown {
		return nil
	}
	return new(n.Field("enable").Scalar() == true)
}

// hostOf takes an address of the API apart.
func hostOf(e model.DaemonEntry) model.DaemonHost {
	h := model.DaemonHost{At: e.At, Value: e.Value}
	value := strings.TrimSpace(e.Value)
	scheme, rest, ok := strings.Cut(value, "://")
	if !ok {
		scheme, rest = "tcp", value
	}
	h.Scheme = scheme
	if scheme != "tcp" {
		h.Loopback = true
		return h
	}
	h.Host = "localhost"
	if u, err := url.Parse("tcp://" + rest); err == nil && u.Hostname() != "" {
		h.Host = u.Hostname()
	}
	addr, err := netip.ParseAddr(h.Host)
	h.Loopback = h.Host == "localhost" || err == nil && addr.IsLoopback()
	return h
}

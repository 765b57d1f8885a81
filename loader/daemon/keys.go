package daemon

import (
	"fmt"
	"slices"
	"sync"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/loader/yamltree"
)

// key is a key at the top of the file.
type key struct {
	shape *shape
	// since is the first release that knows it, where that is one after 24.0; until the first one that
	// does not.
	since, until Engine
}

// known are the keys that take effect.
var known = map[string]key{
	"allow-direct-routing":         {shape: boolean, since: 2802},
	"authorization-plugins":        {shape: texts},
	"bip":                          {shape: text},
	"bip6":                         {shape: text, since: 2800},
	"bridge":                       {shape: text},
	"bridge-accept-fwmark":         {shape: stringOf(fwmark), since: 2900},
	"builder":                      {shape: object(nil)},
	"cdi-spec-dirs":                {shape: texts, since: 2500},
	"cgroup-parent":                {shape: text},
	"containerd":                   {shape: text},
	"containerd-namespace":         {shape: text},
	"cpu-rt-period":                {shape: integer},
	"cpu-rt-runtime":               {shape: integer},
	"cri-containerd":               {shape: boolean},
	"data-root":                    {shape: text},
	"debug":                        {shape: boolean},
	"default-address-pools":        {shape: listOf(object(map[string]*shape{"base": stringOf(subnet), "size": integer}))},
	"default-cgroupns-mode":        {shape: stringOf(among("host", "private"))},
	"default-gateway":              {shape: address},
	"default-gateway-v6":           {shape: address},
	"default-ipc-mode":             {shape: stringOf(among("private", "shareable"))},
	"default-network-opts":         {shape: tableOf(tableOf(text))},
	"default-runtime":              {shape: text},
	"default-shm-size":             {shape: stringOf(size)},
	"default-stop-timeout":         {shape: natural, since: 2907},
	"default-ulimits":              {shape: tableOf(object(map[string]*shape{"Name": text, "Hard": integer, "Soft": integer}))},
	"dns":                          {shape: listOf(address)},
	"dns-opts":                     {shape: texts},
	"dns-search":                   {shape: listOf(stringOf(domain))},
	"exec-opts":                    {shape: listOf(stringOf(execOption))},
	"exec-root":                    {shape: text},
	"experimental":                 {shape: boolean},
	"features":                     {shape: tableOf(boolean)},
	"firewall-backend":             {shape: stringOf(among("iptables", "nftables")), since: 2900},
	"fixed-cidr":                   {shape: text},
	"fixed-cidr-v6":                {shape: stringOf(subnet6)},
	"group":                        {shape: text},
	"host-gateway-ip":              {shape: address},
	"host-gateway-ips":             {shape: listOf(address), since: 2800},
	"hosts":                        {shape: listOf(stringOf(host))},
	"icc":                          {shape: boolean},
	"init":                         {shape: boolean},
	"init-path":                    {shape: text},
	"insecure-registries":          {shape: texts},
	"ip":                           {shape: address},
	"ip-forward":                   {shape: boolean},
	"ip-forward-no-drop":           {shape: boolean, since: 2800},
	"ip-masq":                      {shape: boolean},
	"ip6tables":                    {shape: boolean},
	"iptables":                     {shape: boolean},
	"ipv6":                         {shape: boolean},
	"labels":                       {shape: listOf(stringOf(label))},
	"live-restore":                 {shape: boolean},
	"log-driver":                   {shape: text},
	"log-format":                   {shape: stringOf(among("text", "json"))},
	"log-level":                    {shape: stringOf(logLevel)},
	"log-opts":                     {shape: tableOf(text)},
	"max-concurrent-downloads":     {shape: natural},
	"max-concurrent-uploads":       {shape: natural},
	"max-download-attempts":        {shape: natural},
	"metrics-addr":                 {shape: text},
	"min-api-version":              {shape: text, since: 2900},
	"mtu":                          {shape: natural},
	"network-control-plane-mtu":    {shape: integer},
	"network-diagnostic-port":      {shape: &shape{kind: number, most: 65535}},
	"no-new-privileges":            {shape: boolean},
	"node-generic-resources":       {shape: listOf(stringOf(pair))},
	"nri-opts":                     {shape: &shape{kind: mapping, closed: true, fields: map[string]*shape{"enable": boolean, "plugin-path": text, "plugin-config-path": text, "socket-path": text}}, since: 2902},
	"pidfile":                      {shape: text},
	"proxies":                      {shape: &shape{kind: mapping, closed: true, fields: map[string]*shape{"http-proxy": text, "https-proxy": text, "no-proxy": text}}},
	"raw-logs":                     {shape: boolean},
	"registry-mirrors":             {shape: listOf(stringOf(mirror))},
	"rootless":                     {shape: boolean},
	"runtimes":                     {shape: tableOf(object(map[string]*shape{"path": text, "runtimeArgs": texts, "runtimeType": text, "options": object(nil)}))},
	"seccomp-profile":              {shape: text},
	"selinux-enabled":              {shape: boolean},
	"shutdown-timeout":             {shape: integer},
	"storage-driver":               {shape: text},
	"storage-opts":                 {shape: texts},
	"swarm-default-advertise-addr": {shape: text},
	"tls":                          {shape: boolean},
	"tlscacert":                    {shape: text},
	"tlscert":                      {shape: text},
	"tlskey":                       {shape: text},
	"tlsverify":                    {shape: boolean},
	"userland-proxy":               {shape: boolean},
	"userland-proxy-path":          {shape: text},
	"userns-remap":                 {shape: text},
	"api-cors-header":              {shape: text, until: 2800},
	"oom-score-adjust":             {shape: integer, until: 2600},
}

// flags are the names of flags of dockerd that no key has: it takes one for known, and passes over what it
// says. Each has the key that is meant, or none.
var flags = map[string]string{
	"add-runtime": "runtimes", "authorization-plugin": "authorization-plugins", "cdi-spec-dir": "cdi-spec-dirs",
	"default-address-pool": "default-address-pools", "default-network-opt": "default-network-opts", "default-ulimit": "default-ulimits",
	"dns-opt": "dns-opts", "exec-opt": "exec-opts", "feature": "features", "host": "hosts", "insecure-registry": "insecure-registries",
	"label": "labels", "log-opt": "log-opts", "node-generic-resource": "node-generic-resources", "registry-mirror": "registry-mirrors",
	"storage-opt": "storage-opts", "http-proxy": "proxies", "https-proxy": "proxies", "no-proxy": "proxies",
	"config-file": "", "containerd-plugins-namespace": "", "help": "", "restart": "", "validate": "", "version": "",
}

// tolerated are keys of older releases that dockerd passes over, with the release from which on it does.
var tolerated = map[string]Engine{"allow-nondistributable-artifacts": 2900, "deprecated-key-path": 0}

// removed are keys of older releases that stop the start, with the release from which on they do, and what
// to write instead.
var removed = map[string]struct {
	since   Engine
	instead string
}{
	"api-cors-header":         {2800, "remove it"},
	"cluster-advertise":       {2300, "remove it"},
	"cluster-store":           {2300, "remove it"},
	"cluster-store-opts":      {2300, "remove it"},
	"disable-legacy-registry": {1903, "remove it"},
	"graph":                   {2300, `use "data-root"`},
	"oom-score-adjust":        {2600, "set OOMScoreAdjust in the systemd unit"},
}

// whole are the keys whose objects are values; those of any other key are taken for a group, whose keys
// count as if they stood at the top.
var whole = map[string]bool{
	"builder": true, "cluster-store-opts": true, "default-network-opts": true, "default-ulimits": true,
	"features": true, "log-opts": true, "nri-opts": true, "runtimes": true,
}

var names = sync.OnceValue(func() []string {
	var all []string
	for name := range known {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
})

// isKnown is true for a key that a release of dockerd has, or takes for one.
func isKnown(name string) bool {
	_, isKey := known[name]
	_, isFlag := flags[name]
	_, isTolerated := tolerated[name]
	_, isRemoved := removed[name]
	return isKey || isFlag || isTolerated || isRemoved
}

// keys checks all keys of the file, and returns a mapping of those that count.
func (r *reader) keys(root *yamltree.Node) *yamltree.Node {
	flat := root.Alone()
	flat.Fields = map[string]*yamltree.Node{}
	for _, name := range root.KeysInFileOrder() {
		value, at := root.Field(name), yamltree.Path{path, name}
		if value.Kind == yamltree.Mapping && !whole[name] && name != "proxies" {
			r.object(name, value, flat)
			continue
		}
		if r.key(name, value, at) {
			flat.Fields[name] = value
		}
	}
	return flat
}

// object checks one that is no value: of a key of another type, or a group.
func (r *reader) object(name string, value, flat *yamltree.Node) {
	_, isKey := known[name]
	_, isFlag := flags[name]
	if isKey || isFlag {
		r.key(name, value, yamltree.Path{path, name})
		return
	}
	r.group(name, value, flat)
}

// group checks the keys in an object of any name. Those of a boolean count, since dockerd sets their flags;
// it knows the others, and passes them over.
func (r *reader) group(group string, all *yamltree.Node, flat *yamltree.Node) {
	for _, name := range all.KeysInFileOrder() {
		value := all.Field(name)
		k, ok := known[name]
		switch {
		case ok && k.shape == boolean && value.Kind == yamltree.Scalar && r.has(k):
			if _, stated := flat.Fields[name]; !stated {
				flat.Fields[name] = value
			}
		case ok && r.has(k):
			r.idle = append(r.idle, idle{name, "group", group, value})
		default:
			r.key(name, value, yamltree.Path{path, group, name})
		}
	}
}

// has is true for a key that the release knows.
func (r *reader) has(k key) bool { return r.engine >= k.since && (k.until == 0 || r.engine < k.until) }

// key checks a key, and is true for one that counts.
func (r *reader) key(name string, value *yamltree.Node, at yamltree.Path) bool {
	k, ok := known[name]
	means, isFlag := flags[name]
	gone, isTolerated := tolerated[name]
	switch {
	case name == "proxies" && value.Kind == yamltree.Scalar && value.Value == nil:
		r.report(value, at, `"proxies" must be an object: remove the key`)
	case ok && r.has(k):
		if name == "api-cors-header" && r.engine >= 2700 {
			r.idle = append(r.idle, idle{name, "removed", "", value})
			return false
		}
		return k.shape.check(r, value, at)
	case isFlag && len(value.Fields) > 0: // a group, whose keys it does not know
		r.report(keyOf(value), at, fmt.Sprintf("dockerd does not know the key %q: write %q", name, means))
	case isFlag && r.has(known[means]):
		r.idle = append(r.idle, idle{name, "flag", means, value})
	case isTolerated:
		if r.engine >= gone {
			r.idle = append(r.idle, idle{name, "removed", "", value})
		}
	default:
		r.report(keyOf(value), at, r.unknown(name))
	}
	return false
}

// unknown says of a key that stops the start what is wrong with it.
func (r *reader) unknown(name string) string {
	if gone, ok := removed[name]; ok && r.engine >= gone.since {
		return fmt.Sprintf("the key %q was removed in engine %v: %s", name, gone.since, gone.instead)
	}
	if k, ok := known[name]; ok && r.engine < k.since {
		return fmt.Sprintf("the key %q is one of engine %v and later, and stops an older one", name, k.since)
	}
	if near := suggest.Nearest(name, names()); near != "" {
		return fmt.Sprintf("dockerd does not know the key %q: did you mean %q?", name, near)
	}
	return fmt.Sprintf("dockerd does not know the key %q, and does not start: remove it", name)
}

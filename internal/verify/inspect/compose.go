package inspect

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
)

// ServiceOf is what a container is called in the Compose file of what runs.
func ServiceOf(container int) string { return fmt.Sprintf("c%d", container) }

// Compose is the Compose file of what runs, as JSON: of each container what a file could have said of it.
// What its image says is there as well, since the engine puts the two together.
func (d Deployment) Compose() ([]byte, error) {
	services, volumes, networks := object{}, object{}, object{}
	for i := range d.Containers {
		services[ServiceOf(i)] = d.Containers[i].compose(volumes, networks)
	}
	for id, name := range volumes {
		volumes[id] = object{"external": true, "name": name}
	}
	for id, name := range networks {
		networks[id] = object{"external": true, "name": name}
	}
	return json.Marshal(literal(object{"name": "deployment", "services": services, "volumes": volumes, "networks": networks}))
}

// object is a mapping of the file.
type object map[string]any

// with adds an attribute unless it says nothing.
func (o object) with(key string, value any) {
	v := reflect.ValueOf(value)
	if v.IsZero() || (v.Kind() == reflect.Slice || v.Kind() == reflect.Map) && v.Len() == 0 {
		return
	}
	o[key] = value
}

// literal has each $ of a value twice, so that nothing is taken for a variable.
func literal(value any) any {
	switch v := value.(type) {
	case string:
		return strings.ReplaceAll(v, "$", "$$")
	case object:
		for key, item := range v {
			v[key] = literal(item)
		}
	case []any:
		for i, item := range v {
			v[i] = literal(item)
		}
	case []string:
		texts := make([]any, len(v))
		for i, item := range v {
			texts[i] = literal(item)
		}
		return texts
	}
	return value
}

// compose is the container as a service.
func (c *Container) compose(volumes, networks object) object {
	h, s := c.HostConfig, object{}
	s.with("image", c.Config.Image)
	s.with("user", c.Config.User)
	s.with("entrypoint", []string(c.Config.Entrypoint))
	s.with("command", []string(c.Config.Cmd))
	s.with("environment", c.Config.Env)
	s.with("privileged", h.Privileged)
	s.with("read_only", h.ReadonlyRootfs)
	s.with("stdin_open", c.Config.OpenStdin)
	s.with("oom_kill_disable", h.OomKillDisable)
	s.with("cap_add", h.CapAdd)
	s.with("cap_drop", h.CapDrop)
	s.with("group_add", h.GroupAdd)
	s.with("device_cgroup_rules", h.DeviceCgroupRules)
	s.with("extra_hosts", h.ExtraHosts)
	s.with("security_opt", c.securityOptions())
	s.with("sysctls", texts(h.Sysctls))
	s.with("mem_limit", h.Memory)
	if cpus := h.cpus(); cpus > 0 {
		s["cpus"] = cpus
	}
	s.with("pids_limit", c.pids())
	s.with("runtime", h.Runtime)
	s.with("cgroup_parent", h.CgroupParent)
	s.with("restart", restart(h))
	s.with("ulimits", ulimits(h))
	s.with("devices", devices(h))
	s.with("volumes", c.volumes(volumes))
	s.with("ports", c.ports())
	if h.LogConfig.Type != "" {
		s["logging"] = object{"driver": h.LogConfig.Type, "options": texts(h.LogConfig.Config)}
	}
	if test := c.Config.Healthcheck.Test; len(test) > 0 {
		s["healthcheck"] = object{"test": test}
	}
	s.with("tmpfs", tmpfs(h))
	for key, mode := range map[string]string{"pid": h.PidMode, "ipc": h.IpcMode, "uts": h.UTSMode, "userns_mode": h.UsernsMode} {
		if mode == "host" {
			s[key] = mode
		}
	}
	if h.NetworkMode == "host" || h.NetworkMode == "none" || len(c.NetworkSettings.Networks) == 0 {
		s["network_mode"] = "none"
		if h.NetworkMode == "host" {
			s["network_mode"] = "host"
		}
		return s
	}
	on := object{}
	for _, name := range sortedKeys(c.NetworkSettings.Networks) {
		id := "n" + strconv.Itoa(len(networks))
		networks[id] = name
		on[id] = object{}
	}
	s["networks"] = on
	return s
}

func texts(of map[string]string) object {
	all := object{}
	for name, value := range of {
		all[name] = value
	}
	return all
}

// seccompProfile stands for a profile of one's own, which docker compose hands the engine as a whole.
const seccompProfile = "profile.json"

// securityOptions are those that were asked for. The engine has none for what systempaths=unconfined does.
func (c *Container) securityOptions() []string {
	h := c.HostConfig
	var options []string
	for _, option := range h.SecurityOpt {
		name, value, _ := strings.Cut(strings.Replace(option, ":", "=", 1), "=")
		if name == "seccomp" && strings.HasPrefix(strings.TrimSpace(value), "{") {
			option = "seccomp=" + seccompProfile
		}
		options = append(options, option)
	}
	if !h.Privileged && h.MaskedPaths != nil && len(h.MaskedPaths) == 0 && h.ReadonlyPaths != nil && len(h.ReadonlyPaths) == 0 {
		options = append(options, "systempaths=unconfined")
	}
	return options
}

// cpus is a number of cores, by whichever of the two ways, 0 for no limit.
func (h HostConfig) cpus() float64 {
	switch {
	case h.NanoCpus > 0:
		return float64(h.NanoCpus) / 1e9
	case h.CPUQuota > 0 && h.CPUPeriod > 0:
		return float64(h.CPUQuota) / float64(h.CPUPeriod)
	case h.CPUQuota > 0:
		return float64(h.CPUQuota) / 100_000 // the kernel's period
	}
	return 0
}

// podmanPids is what Podman gives a container that states no limit
// (https://docs.podman.io/en/latest/markdown/podman-run.1.html#pids-limit-limit).
const podmanPids = 2048

// pids is the limit of processes that was asked for, 0 for none.
func (c *Container) pids() int64 {
	limit := c.HostConfig.PidsLimit
	if limit == nil || *limit <= 0 || c.byPodman() && *limit == podmanPids {
		return 0
	}
	return *limit
}

func restart(h HostConfig) string {
	policy := h.RestartPolicy
	if policy.Name == "on-failure" && policy.MaximumRetryCount > 0 {
		return fmt.Sprintf("on-failure:%d", policy.MaximumRetryCount)
	}
	return policy.Name
}

// ulimits are by the names that files have for them; Podman has those of the kernel.
func ulimits(h HostConfig) object {
	all := object{}
	for _, u := range h.Ulimits {
		all[strings.TrimPrefix(strings.ToLower(u.Name), "rlimit_")] = object{"soft": u.Soft, "hard": u.Hard}
	}
	return all
}

func devices(h HostConfig) []any {
	var all []any
	for _, d := range h.Devices {
		all = append(all, object{"source": d.PathOnHost, "target": d.PathInContainer, "permissions": d.CgroupPermissions})
	}
	return all
}

// anonymous is the name of a volume that nobody named, such as one that the image declares.
var anonymous = lazyregexp.New(`^[0-9a-f]{64}$`)

// volumes are the mounts of the container that a file could have asked for. It notes the names of the
// volumes.
func (c *Container) volumes(names object) []any {
	var all []any
	for _, m := range c.Mounts {
		v := object{"type": m.Type, "target": m.Destination, "read_only": !m.RW}
		switch {
		case m.Type == "bind":
			v["source"] = strings.TrimPrefix(m.Source, "/host_mnt") // which Docker Desktop puts before it
			if m.Propagation != "" {
				v["bind"] = object{"propagation": m.Propagation}
			}
		case m.Type == "volume" && m.Name != "" && !anonymous().MatchString(m.Name):
			id := "v" + strconv.Itoa(len(names))
			names[id], v["source"] = m.Name, id
		case m.Type != "volume" && m.Type != "tmpfs":
			continue
		}
		all = append(all, v)
	}
	return all
}

// tmpfs are those that were asked for, with what is allowed in them that is not by default. Engines have
// other words besides.
func tmpfs(h HostConfig) []string {
	var all []string
	for target, options := range each(h.Tmpfs) {
		separator := ":"
		for word := range strings.SplitSeq(options, ",") {
			if word == "exec" || word == "suid" || word == "dev" {
				target += separator + word
				separator = ","
			}
		}
		all = append(all, target)
	}
	return all
}

// published are the ports of the host that lead to the container, by its own: those that are open while it
// runs, and those that were asked for where the engine opens none, as on internal networks.
func (c *Container) published() map[string][]binding {
	all := map[string][]binding{}
	for _, published := range []map[string][]binding{c.NetworkSettings.Ports, c.HostConfig.PortBindings} {
		for port, bindings := range published {
			if len(all[port]) == 0 && len(bindings) > 0 {
				all[port] = bindings
			}
		}
	}
	return all
}

// ports are those that are published, one entry for all addresses where the engine has one a family.
func (c *Container) ports() []any {
	var all []any
	for port, bindings := range each(c.published()) {
		target, protocol, _ := strings.Cut(port, "/")
		number, err := strconv.Atoi(target)
		if err != nil {
			continue
		}
		seen := map[binding]bool{}
		for _, b := range bindings {
			b.HostIP = hostAddress(b.HostIP)
			if seen[b] {
				continue
			}
			seen[b] = true
			entry := object{"target": number}
			entry.with("protocol", protocol)
			entry.with("published", b.HostPort)
			entry.with("host_ip", b.HostIP)
			all = append(all, entry)
		}
	}
	return all
}

// hostAddress is the address of a published port in the spelling of the model, for which all addresses are
// those of version 4.
func hostAddress(address string) string {
	if address == "" || address == "::" {
		return "0.0.0.0"
	}
	return address
}

// sortedKeys are the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// each ranges over a map in the order of its keys.
func each[V any](m map[string]V) func(func(string, V) bool) {
	return func(yield func(string, V) bool) {
		for _, key := range sortedKeys(m) {
			if !yield(key, m[key]) {
				return
			}
		}
	}
}

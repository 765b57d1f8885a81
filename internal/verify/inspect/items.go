package inspect

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/model"
)

// pair is a service of the files with one of its containers.
type pair struct {
	*comparison
	file, seen *model.Service
	container  *Container
	subject    string
	show       func(name, value string) string
}

// item is an attribute of a service that both of a pair have in the same words.
type item struct {
	// key is what Compose calls it; where else it can be written, under other.
	key   string
	other string
	// of is empty where it is not known.
	of func(s *model.Service) string
	// stated is nil for what the engine has the same way on every host where no file states it. Else the item
	// is compared where a file does: the image, or the engine's configuration, says it otherwise.
	stated func(s *model.Service) bool
	// same is nil where of says the same of both if they are the same.
	same func(p pair) bool
	// notByPodman is true for what Podman's inspect does not have.
	notByPodman bool
}

var items = []item{
	{key: "image", of: image, stated: func(s *model.Service) bool { return s.Image != nil }},
	{key: "user", of: user, stated: func(s *model.Service) bool { return s.User == nil || s.Group == nil || *s.User+*s.Group != "" }},
	{key: "group_add", of: func(s *model.Service) string { return listOf(s.Groups, func(g model.Group) string { return g.Name }) }},
	{key: "privileged", of: func(s *model.Service) string { return yes(s.Privileged) }},
	{key: "no-new-privileges", other: "security_opt", of: func(s *model.Service) string { return yes(s.NoNewPrivileges) }, same: sameNoNewPrivileges},
	{key: "security_opt", of: profiles},
	{key: "capabilities", other: "cap_drop", of: capabilities, same: sameCapabilities},
	{key: "read_only", of: func(s *model.Service) string { return yes(s.ReadOnly) }},
	{key: "mem_limit", other: "deploy", of: func(s *model.Service) string { return amount(s.Limits.Memory, " bytes") }},
	{key: "cpus", other: "deploy", of: cpus},
	{key: "pids_limit", other: "deploy", of: func(s *model.Service) string { return amount(s.Limits.Pids, "") }},
	{key: "restart", other: "deploy", of: restartOf},
	{key: "devices", of: devicesOf, same: sameDevices},
	{key: "device_cgroup_rules", of: cgroupRules, notByPodman: true},
	{key: "sysctls", of: func(s *model.Service) string { return settingsOf(s.Sysctls) }, notByPodman: true},
	{key: "oom_kill_disable", of: func(s *model.Service) string { return yes(s.OOMKillDisable) }},
	{key: "extra_hosts", of: hosts},
	{key: "ulimits", of: ulimitsOf, stated: func(s *model.Service) bool { return len(s.Ulimits) > 0 }, same: sameUlimits},
	{key: "runtime", of: func(s *model.Service) string { return text(s.Runtime) }, stated: func(s *model.Service) bool { return isStated(s.Runtime) }, notByPodman: true},
	{key: "cgroup_parent", of: cgroupParent, stated: func(s *model.Service) bool { return isStated(s.CgroupParent) }},
	{key: "logging", of: logging, stated: func(s *model.Service) bool { return !s.Logging.ByEngine && isStated(s.Logging.Driver) }, same: sameLogging},
	{key: "stdin_open", of: func(s *model.Service) string { return yes(s.StdinOpen) }},
	{key: "healthcheck", of: healthcheck, stated: func(s *model.Service) bool { return healthcheck(s) != "none" || yes(s.Healthcheck.Disabled) == "yes" }, same: sameHealthcheck},
}

// another is what is seen of something that is not to be shown.
const another = "another one"

func (p pair) items() {
	for _, i := range items {
		if i.stated != nil && !i.stated(p.file) {
			continue
		}
		one := check.Check{Section: sectionContainers, ID: i.key, Expected: i.of(p.file), Seen: i.of(p.seen)}
		if i.notByPodman && p.container.byPodman() && one.Expected != one.Seen {
			one.Seen = ""
		}
		if i.same != nil && one.Expected != "" && one.Seen != "" {
			if one.Verdict = verdict(i.same(p)); one.Verdict == check.Differs && one.Expected == one.Seen {
				one.Seen = another // in what is not shown
			}
		}
		if one.Seen == "" {
			one.Why = "the engine does not say it"
		}
		p.compared(one, i.key, i.other)
	}
}

// compared adds a check on an attribute of the service, that of the first key which the files have. What
// depends on variables is not known to differ.
func (p pair) compared(one check.Check, keys ...string) {
	one.Subject = p.subject
	for _, key := range keys {
		if variables := p.variables(key); len(variables) > 0 && one.Expected != one.Seen && one.Verdict != check.Agrees {
			one.Verdict, one.Expected, one.Why = check.Unknown, "", fmt.Sprintf("the file leaves it to %s", list(variables))
			if one.Seen == another {
				one.Seen = ""
			}
		}
		if one.Decides == "" && slices.Contains(p.files.Sources.Keys(p.file.At), key) {
			one.Decides, one.Location = key, p.place(p.file.At, key)
		}
	}
	if one.Location == nil {
		one.Location = p.place(p.file.At, "")
	}
	p.add(one)
}

// variables are those that an attribute of the service depends on, or an entry of it.
func (p pair) variables(key string) []string {
	var all []string
	for _, u := range p.unknown[p.file.Name] {
		below, within := strings.CutPrefix(u.At, p.file.At+"."+key)
		if u.At == p.file.At && u.Key == key || within && (below == "" || strings.ContainsAny(below[:1], ".[")) {
			all = append(all, variable(u))
		}
	}
	return all
}

func variable(u model.Unknown) string {
	if u.Variable == model.PartOfHash {
		return "a variable"
	}
	return "${" + u.Variable + "}"
}

func yes(value *bool) string {
	switch {
	case value == nil:
		return ""
	case *value:
		return "yes"
	}
	return "no"
}

func text(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}

// isStated is false where the file leaves something to the engine.
func isStated(value *string) bool { return value == nil || *value != "" }

func amount(value *int64, unit string) string {
	switch {
	case value == nil:
		return ""
	case *value <= 0:
		return "no limit"
	}
	return strconv.FormatInt(*value, 10) + unit
}

func cpus(s *model.Service) string {
	switch {
	case s.Limits.CPUs == nil:
		return ""
	case *s.Limits.CPUs <= 0:
		return "no limit"
	}
	return strconv.FormatFloat(*s.Limits.CPUs, 'f', -1, 64)
}

// listOf writes the items of a list, none of which may be unknown.
func listOf[T any](all []T, write func(T) string) string {
	var texts []string
	for _, one := range all {
		if text := write(one); text != "" {
			texts = append(texts, text)
		}
	}
	return joined(texts)
}

func joined(all []string) string {
	if len(all) == 0 {
		return "none"
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// image is a reference as docker writes it, with the tag that it has where none is written. An image that
// runs by its id alone says nothing of its name.
func image(s *model.Service) string {
	i := s.Image
	if i == nil || i.Registry == nil || i.Repository == nil || i.Tag == nil || i.Digest == nil || *i.Repository == "sha256" {
		return ""
	}
	reference := *i.Repository
	if *i.Registry != "" {
		reference = *i.Registry + "/" + reference
	}
	switch {
	case *i.Tag != "":
		reference += ":" + *i.Tag
	case *i.Digest == "":
		reference += ":latest"
	}
	if *i.Digest != "" {
		reference += "@" + *i.Digest
	}
	return reference
}

func user(s *model.Service) string {
	switch {
	case s.User == nil || s.Group == nil:
		return ""
	case *s.User == "" && *s.Group == "":
		return "that of the image"
	case *s.Group != "":
		return *s.User + ":" + *s.Group
	}
	return *s.User
}

// profiles are the security options but for no-new-privileges. The engine takes labels off by itself where
// the container is privileged or shares namespaces with the host.
func profiles(s *model.Service) string {
	privileged := yes(s.Privileged) == "yes"
	unlabelled := privileged || slices.ContainsFunc(s.Namespaces, func(n model.Namespace) bool { return n.Host && (n.Name == "pid" || n.Name == "ipc") })
	return listOf(s.SecurityOptions, func(o model.SecurityOption) string {
		switch {
		case o.Name == "no-new-privileges" || o.Value == "builtin":
			return ""
		case o.Name == "systempaths" && privileged, o.Name == "label" && o.Value == "disable" && unlabelled:
			return ""
		case o.Name == "seccomp" && o.Value != "unconfined":
			return "seccomp: a profile of its own"
		}
		return o.Name + ": " + o.Value
	})
}

// sameNoNewPrivileges is true also where the engine's configuration says it, which no container shows.
func sameNoNewPrivileges(p pair) bool {
	if yes(p.file.NoNewPrivileges) == yes(p.seen.NoNewPrivileges) {
		return true
	}
	stated := slices.ContainsFunc(p.file.SecurityOptions, func(o model.SecurityOption) bool { return o.Name == "no-new-privileges" })
	return !stated && yes(p.file.NoNewPrivileges) == "yes"
}

func capabilities(s *model.Service) string {
	var all []string
	for _, c := range s.CapDrop {
		all = append(all, "drop "+c.Name)
	}
	for _, c := range s.CapAdd {
		all = append(all, "add "+c.Name)
	}
	return joined(all)
}

// given are the capabilities that dockerd gives where nothing is said, those last that Podman gives by
// other defaults or not. https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities,
// https://docs.podman.io/en/latest/markdown/podman-run.1.html#cap-add-capability
var given = []string{
	"CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
	"AUDIT_WRITE", "MKNOD", "NET_RAW",
}

const givenByPodman = 11

// sameCapabilities compares what comes of the two lists: Podman says how what a container has differs from all
// that are given (measured on 4.3.1), whatever it was asked for.
func sameCapabilities(p pair) bool {
	if yes(p.file.Privileged) == "yes" && yes(p.seen.Privileged) == "yes" {
		return true
	}
	start, seen := given, effective(given, p.seen)
	if p.container.byPodman() {
		start = slices.DeleteFunc(slices.Clone(given), func(name string) bool {
			return slices.Contains(given[givenByPodman:], name) && !seen[name]
		})
	}
	return maps.Equal(effective(start, p.file), seen)
}

// effective are the capabilities that a service has of those that it starts with.
func effective(start []string, s *model.Service) map[string]bool {
	left := map[string]bool{}
	for _, name := range start {
		left[name] = true
	}
	for _, c := range s.CapAdd {
		left[c.Name] = true
	}
	for _, c := range s.CapDrop {
		if c.Name == "ALL" {
			clear(left)
		}
	}
	for _, c := range s.CapDrop {
		delete(left, c.Name)
	}
	for _, c := range s.CapAdd {
		left[c.Name] = true
	}
	return left
}

func restartOf(s *model.Service) string {
	switch {
	case s.Restart.Policy == nil || s.Restart.MaxAttempts == nil:
		return ""
	case *s.Restart.Policy == "on-failure" && *s.Restart.MaxAttempts > 0:
		return fmt.Sprintf("on-failure:%d", *s.Restart.MaxAttempts)
	}
	return *s.Restart.Policy
}

func cgroupParent(s *model.Service) string {
	if s.CgroupParent != nil && *s.CgroupParent == "" {
		return "the engine's own"
	}
	return text(s.CgroupParent)
}

// sameDevices is true also of a privileged container, which has all, or one that is to be: that has been told.
// Podman does not say what may be done with a device.
func sameDevices(p pair) bool {
	if yes(p.file.Privileged) != "no" || yes(p.seen.Privileged) == "yes" {
		return true
	}
	file := p.file
	if p.container.byPodman() {
		file = &model.Service{Devices: slices.Clone(p.file.Devices)}
		for i := range file.Devices {
			file.Devices[i].Permissions = new("")
		}
	}
	return devicesOf(file) == devicesOf(p.seen)
}

// devicesOf leaves out what is named in the form of the Container Device Interface, which the engine has
// under requests.
func devicesOf(s *model.Service) string {
	return listOf(s.Devices, func(d model.Device) string {
		if d.Source == nil || d.Target == nil || d.Permissions == nil || strings.Contains(*d.Source, "=") {
			return ""
		}
		return strings.TrimSuffix(*d.Source+":"+*d.Target+":"+*d.Permissions, ":")
	})
}

func cgroupRules(s *model.Service) string {
	return listOf(s.DeviceCgroupRules, func(r model.CgroupRule) string { return r.Type + " " + r.Major + ":" + r.Minor + " " + r.Access })
}

func settingsOf(all []model.Setting) string {
	return listOf(all, func(s model.Setting) string {
		if s.Value == nil {
			return ""
		}
		return s.Name + "=" + *s.Value
	})
}

func hosts(s *model.Service) string {
	return listOf(s.ExtraHosts, func(h model.Host) string {
		if h.Address == nil {
			return ""
		}
		return h.Name + ":" + *h.Address
	})
}

func ulimitsOf(s *model.Service) string { return listOf(s.Ulimits, ulimit) }

func ulimit(u model.Ulimit) string {
	if u.Soft == nil || u.Hard == nil {
		return ""
	}
	return fmt.Sprintf("%s=%d:%d", u.Name, *u.Soft, *u.Hard)
}

// sameUlimits is true where the container has those of the files: it has those of the engine's
// configuration, too.
func sameUlimits(p pair) bool {
	has := map[string]bool{}
	for _, u := range p.seen.Ulimits {
		has[ulimit(u)] = true
	}
	return !slices.ContainsFunc(p.file.Ulimits, func(u model.Ulimit) bool { return !has[ulimit(u)] })
}

// logging is the driver with the names of its options, which may be credentials.
func logging(s *model.Service) string {
	if s.Logging.Driver == nil || len(s.Logging.Options) == 0 {
		return text(s.Logging.Driver)
	}
	return *s.Logging.Driver + " with " + listOf(s.Logging.Options, func(o model.Setting) string {
		if o.Value != nil && (o.Name == "max-size" || o.Name == "max-file") {
			return o.Name + "=" + *o.Value
		}
		return o.Name
	})
}

// sameLogging compares the drivers alone where the engine is Podman, which does not say the options.
func sameLogging(p pair) bool {
	if p.container.byPodman() {
		return text(p.file.Logging.Driver) == text(p.seen.Logging.Driver)
	}
	seen := byName(p.seen.Logging.Options)
	return logging(p.file) == logging(p.seen) && !slices.ContainsFunc(p.file.Logging.Options, func(o model.Setting) bool {
		return o.Value == nil || text(seen[o.Name].Value) != *o.Value
	})
}

// healthcheck shows nothing of the command, as commandLine.
func healthcheck(s *model.Service) string {
	switch {
	case s.Healthcheck.Disabled == nil:
		return ""
	case *s.Healthcheck.Disabled || len(s.Healthcheck.Test) == 0:
		return "none"
	}
	return "a command"
}

// sameHealthcheck compares whether there is one where the engine is Podman, which writes commands in its own way.
func sameHealthcheck(p pair) bool {
	if yes(p.file.Healthcheck.Disabled) == "yes" || p.container.byPodman() {
		return healthcheck(p.file) == healthcheck(p.seen)
	}
	return sameWords(p.file.Healthcheck.Test, p.seen.Healthcheck.Test)
}

func sameWords(stated, seen []model.Word) bool {
	return slices.EqualFunc(stated, seen, func(a, b model.Word) bool { return a.Value != nil && b.Value != nil && *a.Value == *b.Value })
}

// namespaces compares in whose namespaces the container is.
func (p pair) namespaces() {
	h := p.container.HostConfig
	for _, ns := range []struct{ name, key, mode string }{
		{"network", "network_mode", h.NetworkMode}, {"pid", "pid", h.PidMode}, {"ipc", "ipc", h.IpcMode},
		{"uts", "uts", h.UTSMode}, {"userns", "userns_mode", h.UsernsMode}, {"cgroup", "cgroup", h.CgroupnsMode},
	} {
		i := slices.IndexFunc(p.file.Namespaces, func(of model.Namespace) bool { return of.Name == ns.name })
		one := check.Check{Section: sectionContainers, ID: ns.key, Expected: own, Seen: p.namespaceSeen(ns.mode)}
		switch {
		case i >= 0:
			if one.Expected = namespaceOf(p.file.Namespaces[i]); one.Seen == own && ns.mode == shareable {
				one.Seen = shareable // which is the default of some engines
			}
		case len(p.variables(ns.key)) > 0:
			one.Expected = ""
		case ns.name == "cgroup":
			continue // the engine decides by the kernel
		}
		if one.Seen == "" {
			one.Why = "it is that of a container that was not inspected"
		}
		p.compared(one, ns.key)
	}
}

// own is a namespace that the container does not share, shareable one that others can join.
const (
	own       = "its own"
	shareable = "shareable"
)

func namespaceOf(n model.Namespace) string {
	switch {
	case n.Joined != "":
		return fmt.Sprintf("that of %q", n.Joined)
	case n.Mode == "container":
		return fmt.Sprintf("that of %q", n.Of)
	case n.Host:
		return "the host's"
	case n.Mode == "none" || n.Mode == shareable:
		return n.Mode
	}
	return own
}

func (p pair) namespaceSeen(mode string) string {
	id, joins := strings.CutPrefix(mode, "container:")
	i, known := p.byID[id]
	switch {
	case joins && known && p.byName[p.owner[i]] != nil:
		return fmt.Sprintf("that of %q", p.owner[i])
	case joins && known:
		return fmt.Sprintf("that of %q", p.running.Containers[i].name())
	case joins:
		return "" // a container that was not inspected
	case mode == "host":
		return "the host's"
	case mode == "none":
		return "none"
	}
	return own
}

// commandLine compares what the files state of it, and shows none of it, since it may hold credentials.
func (p pair) commandLine() {
	for _, line := range []struct {
		key          string
		stated, seen []model.Word
	}{
		{"entrypoint", p.file.Entrypoint, p.seen.Entrypoint}, {"command", p.file.Command, p.seen.Command},
	} {
		if len(line.stated) == 0 {
			continue
		}
		one := check.Check{Section: sectionContainers, ID: line.key, Expected: "that of the file", Seen: "that of the file"}
		if !sameWords(line.stated, line.seen) {
			one.Seen = another
		}
		p.compared(one, line.key)
	}
}

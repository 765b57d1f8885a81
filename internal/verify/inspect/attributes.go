package inspect

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/model"
)

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

package inspect

import (
	"fmt"
	"slices"
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

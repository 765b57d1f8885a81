package check

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/internal/words"
)

// restartPolicies are those that docker compose hands on (mapRestartPolicyCondition in
// pkg/compose/create.go of v5.7.1) and the engine knows (ValidateRestartPolicy in
// api/types/container/hostconfig.go of moby v29.7.2).
var restartPolicies = []string{"no", "always", "on-failure", "unless-stopped", "none", "any"}

// namespaceModes are the words that the engine takes for a namespace, in which service: is a
// container's to docker compose (api/types/container/hostconfig.go and daemon/daemon_unix.go of
// moby v29.7.2).
var namespaceModes = map[string][]string{
	"pid": {"host", "service:NAME", "container:NAME"},
	"ipc": {"host", "none", "private", "shareable", "service:NAME", "container:NAME"},
	"uts": {"host"},
}

// networkModes are the words for a network that are no name of one.
var networkModes = []string{"host", "none", "bridge", "default"}

// capabilities are those of the engine (daemon/pkg/oci/caps/utils.go of moby v29.7.2).
var capabilities = []string{
	"ALL",
	"AUDIT_CONTROL", "AUDIT_READ", "AUDIT_WRITE", "BLOCK_SUSPEND", "BPF", "CHECKPOINT_RESTORE", "CHOWN",
	"DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE",
	"LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN", "NET_BIND_SERVICE", "NET_BROADCAST",
	"NET_RAW", "PERFMON", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYSLOG", "SYS_ADMIN", "SYS_BOOT",
	"SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME",
	"SYS_TTY_CONFIG", "WAKE_ALARM",
}

// securityOptions are the options that docker compose and the engine know, each with a value that
// is right (parseSecurityOpt in daemon/daemon_unix.go of moby v29.7.2; credentialspec is for
// Windows).
var securityOptions = map[string]string{
	"apparmor":          "apparmor=docker-default",
	"credentialspec":    "credentialspec=file://spec.json",
	"label":             "label=disable",
	"no-new-privileges": "no-new-privileges:true",
	"seccomp":           "seccomp=builtin",
	"writable-cgroups":  "writable-cgroups=true",
}

// engineWords checks the words that docker compose hands on to the engine as they are, and that
// the engine refuses where it does not know them.
func (c creation) engineWords(s spot) {
	policy := s.under("restart")
	if deployed := s.under("deploy", "restart_policy"); deployed.Node != nil {
		policy = deployed.under("condition")
	}
	if text, known := policy.given(); known {
		name, count, _ := strings.Cut(text, ":")
		switch {
		case !slices.Contains(restartPolicies, name):
			c.refuse(policy.part(0, len(name)), "%q is no restart policy%s", name, meant(name, restartPolicies[:4]))
		case count != "" && name != "on-failure":
			c.refuse(policy, `only "on-failure" takes a number of attempts: write %q, or "on-failure:%s"`, name, count)
		case isNegative(count):
			c.refuse(policy, `the number of attempts in %q cannot be negative: write "on-failure" for as many as it takes`, text)
		}
	}
	for _, key := range []string{"cap_add", "cap_drop"} {
		for _, entry := range s.under(key).entries() {
			c.capability(entry)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(namespaceModes)) {
		c.namespace(s.under(key), namespaceModes[key])
	}
	c.networkMode(s.under("network_mode"))
	c.userNamespace(s.under("userns_mode"))
	c.stopSignal(s.under("stop_signal"))
	for _, sysctl := range s.under("sysctls").entries() {
		if name, _, _ := strings.Cut(cmp.Or(sysctl.text(), sysctl.key()), "="); sysctl.key() == "kernel.hostname" || name == "kernel.hostname" {
			c.refuse(sysctl, `"kernel.hostname" is not set as a kernel parameter: write "hostname" instead`)
		}
	}
	if isolation := s.under("isolation"); isSlip(isolation.text(), "default") {
		c.refuse(isolation, `"isolation" cannot be %q: did you mean "default"?`, isolation.text())
	}
	for _, from := range s.under("volumes_from").entries() {
		if from.text() == types.ContainerPrefix {
			c.refuse(from, `"volumes_from" needs the name of a container after "container:"`)
		}
	}
}

// capability follows NormalizeLegacyCapabilities of the engine, to which CAP_ALL is no name.
func (c creation) capability(s spot) {
	text, known := s.given()
	name := strings.TrimPrefix(strings.ToUpper(text), "CAP_")
	if known && (!slices.Contains(capabilities, name) || strings.EqualFold(text, "CAP_ALL")) {
		c.refuse(s, "%q is no capability%s", text, suggest.Question(name, capabilities))
	}
}

// namespace checks the mode of a namespace.
func (c creation) namespace(s spot, modes []string) {
	text, known := s.given()
	form := text
	if of, name, _ := strings.Cut(text, ":"); name != "" {
		form = of + ":NAME"
	}
	if known && text != types.ServicePrefix && !slices.Contains(modes, form) { // which lacks the name of a dependency
		c.refuse(s, "%q cannot be %q%s", s.key(), text, meant(text, modes))
	}
}

// networkMode looks for a slip of the pen: any other word may be the name of a network, or of a
// container.
func (c creation) networkMode(s spot) {
	text, known := s.given()
	if known && text == types.ContainerPrefix {
		c.refuse(s, `"network_mode" needs the name of a container after "container:"`)
	}
	of, name, found := strings.Cut(text, ":")
	rights := networkModes
	if found {
		rights = []string{"service", "container"}
	}
	for _, right := range rights {
		if known && isSlip(of, right) {
			c.refuse(s, "there is no network mode %q: did you mean %q?", text, strings.TrimSuffix(right+":"+name, ":"))
			return
		}
	}
}

// userNamespace looks for a slip of the pen, too: other engines know more modes.
func (c creation) userNamespace(s spot) {
	if text, known := s.given(); known && isSlip(text, "host") {
		c.refuse(s, `"userns_mode" cannot be %q: did you mean "host"?`, text)
	}
}

// signals are the names that the engine knows besides those of real time (moby/sys/signal
// v0.7.1), with SIG in front or without.
var signals = []string{
	"ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL",
	"PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1",
	"USR2", "VTALRM", "WINCH", "XCPU", "XFSZ",
}

// stopSignal follows ParseSignal of moby/sys/signal.
func (c creation) stopSignal(s spot) {
	text, known := s.given()
	name := strings.TrimPrefix(strings.ToUpper(text), "SIG")
	number, err := strconv.Atoi(text)
	if known && !slices.Contains(signals, name) && !strings.HasPrefix(name, "RTM") && (err != nil || number == 0) {
		c.refuse(s, `"stop_signal" cannot be %q: %s`, text, meantSignal(name))
	}
}

func meantSignal(name string) string {
	if near := suggest.Nearest(name, signals); near != "" {
		return fmt.Sprintf("did you mean %q?", "SIG"+near)
	}
	return `it takes a name such as "SIGTERM", or a number`
}

// paths checks those in the container (validateContainerConfig in daemon/container.go of moby v29.7.2,
// and linux_parser.go in daemon/volume/mounts).
func (c creation) paths(s spot) {
	if directory := s.under("working_dir"); isRelative(directory) {
		c.refuse(directory, `"working_dir" must be an absolute path: did you mean %q?`, "/"+strings.TrimPrefix(directory.text(), "./"))
	}
	for _, tmpfs := range s.under("tmpfs").oneOrMore() {
		target, _, _ := strings.Cut(tmpfs.text(), ":")
		c.mountedAt(tmpfs.part(0, len(target)))
	}
	for _, mount := range s.under("volumes").entries() {
		c.mountedAt(mount.under("target"))
	}
}

func (c creation) mountedAt(target spot) {
	text, known := target.given()
	switch {
	case isRelative(target):
		c.refuse(target, `the target of a mount must be an absolute path: did you mean %q?`, "/"+strings.TrimPrefix(text, "./"))
	case known && path.Clean(text) == "/":
		c.refuse(target, `nothing can be mounted at "/": name a directory below it`)
	}
}

// isRelative is true for a path that is one on every system. What is known of HOME and PWD is no more
// than that they are paths.
func isRelative(s spot) bool {
	text, known := s.given()
	return known && len(s.Variables) == 0 && !strings.ContainsAny(text, `:\`) && !path.IsAbs(text)
}

// isSlip is true for a word that one letter too many, too few or wrong makes of the right one, or
// two that changed places.
func isSlip(word, right string) bool {
	for word != "" && right != "" && word[0] == right[0] {
		word, right = word[1:], right[1:]
	}
	for word != "" && right != "" && word[len(word)-1] == right[len(right)-1] {
		word, right = word[:len(word)-1], right[:len(right)-1]
	}
	swapped := len(word) == 2 && len(right) == 2 && word[0] == right[1] && word[1] == right[0]
	return word+right != "" && (swapped || len(word) <= 1 && len(right) <= 1)
}

// meant asks for the nearest of some words, or lists them, as the end of a message.
func meant(word string, all []string) string {
	if question := suggest.Question(word, all); question != "" {
		return question
	}
	var quoted []string
	for _, each := range all {
		quoted = append(quoted, strconv.Quote(each))
	}
	return ": it takes " + words.Or(quoted)
}

// isNegative is true for a number below zero.
func isNegative(text string) bool {
	number, err := strconv.Atoi(text)
	return err == nil && number < 0
}

func isBool(text string) bool {
	_, err := strconv.ParseBool(text)
	return err == nil
}

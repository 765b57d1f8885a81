package daemon

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/internal/words"
)

// The functions of this file say what dockerd refuses of a text, empty where it takes it.

// among takes one of a few words, and none.
func among(right ...string) func(string, Engine) string {
	return func(text string, _ Engine) string {
		if text == "" || slices.Contains(right, text) {
			return ""
		}
		return fmt.Sprintf("%q is not known: use %s", text, quoted(right))
	}
}

func quoted(all []string) string {
	var each []string
	for _, word := range all {
		each = append(each, strconv.Quote(word))
	}
	return words.Or(each)
}

func ipAddress(text string, _ Engine) string {
	if _, err := netip.ParseAddr(text); err != nil && text != "" {
		return fmt.Sprintf("%q is no address: write one such as 10.0.0.1", text)
	}
	return ""
}

func subnet(text string, _ Engine) string {
	if _, err := netip.ParsePrefix(text); err != nil {
		return fmt.Sprintf("%q is no subnet: write one such as 10.128.0.0/16", text)
	}
	return ""
}

func subnet6(text string, _ Engine) string {
	prefix, err := netip.ParsePrefix(text)
	if text != "" && (err != nil || !prefix.Addr().Is6() || prefix.Addr().Is4In6()) {
		return fmt.Sprintf("%q is no subnet of IPv6: write one such as fd00:1::/64", text)
	}
	return ""
}

var levels = []string{"panic", "fatal", "error", "warn", "info", "debug", "trace"}

func logLevel(text string, engine Engine) string {
	if text == "" || engine < 2800 || slices.Contains(levels, strings.ToLower(text)) {
		return ""
	}
	if near := suggest.Nearest(text, levels); near != "" || text == "warning" {
		return fmt.Sprintf("%q is no level: write %q", text, map[bool]string{true: "warn", false: near}[text == "warning"])
	}
	return fmt.Sprintf("%q is no level: use %s", text, quoted(levels))
}

func execOption(text string, engine Engine) string {
	if engine < 2800 {
		return ""
	}
	if name, value := option(text); name != cgroupDriver || value == "" {
		return fmt.Sprintf("%q is no option: the only one is %s=systemd or =cgroupfs", text, cgroupDriver)
	}
	return ""
}

// cgroupDriver is the one option of exec-opts.
const cgroupDriver = "native.cgroupdriver"

// option is the name and the value of an entry of exec-opts.
func option(text string) (name, value string) {
	name, value, _ = strings.Cut(text, "=")
	return strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)
}

func label(text string, _ Engine) string {
	low := strings.ToLower(text)
	name, _, _ := strings.Cut(text, "=")
	switch {
	case !strings.Contains(text, "="):
		return fmt.Sprintf("%q is no label: write name=value", text)
	case strings.HasPrefix(low, "com.docker."), strings.HasPrefix(low, "io.docker."), strings.HasPrefix(low, "org.dockerproject."):
		return fmt.Sprintf("%q is a name that Docker keeps for itself: choose another one", name)
	}
	return ""
}

func pair(text string, _ Engine) string {
	if !strings.Contains(text, "=") {
		return fmt.Sprintf("%q is no resource: write name=value", text)
	}
	return ""
}

func mirror(text string, engine Engine) string {
	if engine < 2800 {
		return ""
	}
	u, err := url.Parse(text)
	switch scheme, _, ok := strings.Cut(text, "://"); {
	case !ok || scheme == "":
		return fmt.Sprintf("%q has no scheme: write %q", text, "https://"+text)
	case err != nil || u.Scheme != "https" && u.Scheme != "http":
		return "it is no address of a mirror: write one such as https://mirror.example"
	case u.User != nil:
		return "a mirror cannot have a user in its address: remove it"
	case u.RawQuery != "" || u.Fragment != "":
		return fmt.Sprintf("%q has a query or a fragment: remove it", text)
	}
	return ""
}

// apiVersion is checked when dockerd starts.
func apiVersion(text string) string {
	major, minor, _ := strings.Cut(text, ".")
	number, err := strconv.Atoi(minor)
	switch {
	case text == "":
		return ""
	case strings.HasPrefix(strings.ToLower(text), "v"):
		return fmt.Sprintf("%q has a v: write %q", text, text[1:])
	case err != nil || major != "1":
		return fmt.Sprintf("%q is no version of the API: write one such as 1.44", text)
	case number < 24:
		return fmt.Sprintf("%q is older than what dockerd can speak: the oldest is 1.24", text)
	}
	return ""
}

func fwmark(text string, _ Engine) string {
	if text == "" {
		return ""
	}
	for part := range strings.SplitSeq(text, "/") {
		if _, err := strconv.ParseUint(part, 0, 32); err != nil || strings.Count(text, "/") > 1 {
			return fmt.Sprintf("%q is no mark: write a number, or a number and a mask such as 0x1/0x3", text)
		}
	}
	return ""
}

// host is an address that the API listens on (ParseDaemonHost).
func host(text string, _ Engine) string {
	text = strings.TrimSpace(text)
	scheme, rest, ok := strings.Cut(text, "://")
	if text == "" {
		return ""
	}
	if !ok {
		scheme, rest = "tcp", text
	}
	switch scheme {
	case "unix", "npipe":
		if strings.Contains(rest, "://") {
			return fmt.Sprintf("%q is no address: write one such as unix:///var/run/docker.sock", text)
		}
	case "fd":
	case "tcp":
		u, err := url.Parse("tcp://" + rest)
		if err != nil {
			return fmt.Sprintf("%q is no address: write one such as tcp://127.0.0.1:2376", text)
		}
		if u.Path != "" {
			return fmt.Sprintf("%q has a path behind the address: remove it", text)
		}
		if port, err := strconv.Atoi(u.Port()); u.Port() != "" && (err != nil || port == 0) {
			return fmt.Sprintf("%q has no port that can be listened on", text)
		}
	default:
		return fmt.Sprintf("%q has the scheme %q: use unix, tcp or fd", text, scheme)
	}
	return ""
}

var sizeForm = lazyregexp.New(`(?i)^\d+(\.\d+)? ?([kmgtp]i?b?|b)?$`)

func size(text string, _ Engine) string {
	if !sizeForm().MatchString(text) {
		return fmt.Sprintf("%q is no size: write one such as 64m", text)
	}
	return ""
}

var domainForm = lazyregexp.New(`^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*\.?\s*$`)

func domain(text string, _ Engine) string {
	text = strings.Trim(text, " ")
	if text == "." || len(text) < 255 && domainForm().MatchString(text) && strings.ContainsFunc(text, unicode.IsLetter) {
		return ""
	}
	return fmt.Sprintf("%q is no domain", text)
}

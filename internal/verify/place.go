package verify

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/rules"
)

// The tables of the routes of the network that a process is in.
const (
	routes  = "/proc/net/route"
	routes6 = "/proc/net/ipv6_route"
)

// From compares the network that the program is run in with those of a service, in whose place it is: whether a
// way leads out of them. Read reads the kernel's tables, as os.ReadFile does.
func From(service string, networks []rules.Network, read func(string) ([]byte, error)) check.Report {
	var of []rules.Network
	for _, n := range networks {
		if slices.Contains(n.Services, service) {
			of = append(of, n)
		}
	}
	c := check.Check{Section: Network, ID: "a way out", Subject: service}
	if len(of) == 0 {
		c.Why = "the files put it on no network"
	} else {
		n := decisive(of)
		c.Expected, c.Decides, c.Location = map[string]string{"yes": "none", "no": "one"}[n.Internal], "internal", &n.Location
		if c.Expected == "" {
			c.Why = fmt.Sprintf("the files do not say whether the network %q is internal", n.Name)
		}
	}
	var why string
	if c.Seen, why = wayOut(read); c.Why == "" {
		c.Why = why
	}
	c.Verdict = check.Compared(c.Expected, c.Seen)
	return check.Report{Checks: []check.Check{c}}
}

// decisive is the network that decides whether a way leads out: one that is not internal, or may not be.
func decisive(networks []rules.Network) rules.Network {
	for _, internal := range []string{"no", "unknown"} {
		if i := slices.IndexFunc(networks, func(n rules.Network) bool { return n.Internal == internal }); i >= 0 {
			return networks[i]
		}
	}
	return networks[0]
}

// wayOut says whether the network that this process is in has a default route.
func wayOut(read func(string) ([]byte, error)) (seen, why string) {
	table, err := read(routes)
	if err != nil {
		return "", "there is no " + routes + " here"
	}
	table6, err := read(routes6)
	if err != nil && !os.IsNotExist(err) { // a kernel without IPv6 has none
		return "", routes6 + " cannot be read"
	}
	if device := defaultRoute(table, table6); device != "" {
		return "one", "there is a default route here"
	}
	return "none", "there is no default route here"
}

// defaultRoute is the device that a default route of the tables leads to, empty where there is none: a destination
// and a mask of zeros. The loopback device has those of the kernel that lead nowhere.
func defaultRoute(table, table6 []byte) (device string) {
	for line := range bytes.Lines(table) {
		if f := strings.Fields(string(line)); len(f) > 7 && f[1] == "00000000" && f[7] == "00000000" && f[0] != "lo" {
			return f[0]
		}
	}
	for line := range bytes.Lines(table6) {
		if f := strings.Fields(string(line)); len(f) > 9 && strings.Trim(f[0], "0") == "" && f[1] == "00" && f[9] != "lo" {
			return f[9]
		}
	}
	return ""
}

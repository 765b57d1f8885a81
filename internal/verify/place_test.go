package verify_test

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/verify"
	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// The tables of a container on an internal network, and of one that has a way out.
const (
	inside  = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\neth0\t000012AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n"
	outside = inside + "eth0\t00000000\t010012AC\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
	// nowhere is what every kernel has: a default route of the loopback device that refuses.
	nowhere = "00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo\n"
	away    = "00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     eth0\n" + nowhere
)

// TestFrom compares the routes of where it is run with the networks of a service.
func TestFrom(t *testing.T) {
	network := func(name, internal string, services ...string) rules.Network {
		return rules.Network{Name: name, Internal: internal, Services: services, Location: model.Location{File: name}}
	}
	for name, test := range map[string]struct {
		networks []rules.Network
		tables   map[string]string
		want     check.Check
	}{
		"inside, as it says": {
			[]rules.Network{network("api", "yes", "app", "proxy"), network("web", "no", "web")}, map[string]string{"route": inside, "ipv6_route": nowhere},
			check.Check{Expected: "none", Seen: "none", Verdict: check.Agrees, Why: "there is no default route here", Decides: "internal", Location: &model.Location{File: "api"}},
		},
		"a way out by the other network": {
			[]rules.Network{network("api", "yes", "app", "proxy"), network("web", "no", "app")}, map[string]string{"route": outside},
			check.Check{Expected: "one", Seen: "one", Verdict: check.Agrees, Why: "there is a default route here", Decides: "internal", Location: &model.Location{File: "web"}},
		},
		"a way out that it denies": {
			[]rules.Network{network("api", "yes", "app")}, map[string]string{"route": outside, "ipv6_route": nowhere},
			check.Check{Expected: "none", Seen: "one", Verdict: check.Differs, Why: "there is a default route here", Decides: "internal", Location: &model.Location{File: "api"}},
		},
		"a way out by IPv6 alone": {
			[]rules.Network{network("api", "yes", "app")}, map[string]string{"route": inside, "ipv6_route": away},
			check.Check{Expected: "none", Seen: "one", Verdict: check.Differs, Why: "there is a default route here", Decides: "internal", Location: &model.Location{File: "api"}},
		},
		"a network of which it is not known": {
			[]rules.Network{network("api", "yes", "app"), network("net", "unknown", "app")}, map[string]string{"route": inside},
			check.Check{Seen: "none", Verdict: check.Unknown, Why: `the files do not say whether the network "net" is internal`, Decides: "internal", Location: &model.Location{File: "net"}},
		},
		"no network": {
			nil, map[string]string{"route": inside},
			check.Check{Seen: "none", Verdict: check.Unknown, Why: "the files put it on no network"},
		},
		"no tables": {
			[]rules.Network{network("api", "yes", "app")}, nil,
			check.Check{Expected: "none", Verdict: check.Unknown, Why: "there is no /proc/net/route here", Decides: "internal", Location: &model.Location{File: "api"}},
		},
		"a table that cannot be read": {
			[]rules.Network{network("api", "yes", "app")}, map[string]string{"route": inside, "ipv6_route": "-"},
			check.Check{Expected: "none", Verdict: check.Unknown, Why: "/proc/net/ipv6_route cannot be read", Decides: "internal", Location: &model.Location{File: "api"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			test.want.Section, test.want.ID, test.want.Subject = "network", "a way out", "app"
			got := verify.From("app", test.networks, func(path string) ([]byte, error) {
				text, ok := test.tables[path[len("/proc/net/"):]]
				switch {
				case !ok:
					return nil, fs.ErrNotExist
				case text == "-":
					return nil, errors.New("no")
				}
				return []byte(text), nil
			})
			if diff := cmp.Diff(check.Report{Checks: []check.Check{test.want}}, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

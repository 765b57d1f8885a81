package lint

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/composelint/composelint/policies"
)

// TestFlagsAreSaidOnce sets flags of every kind of proxy and of its eras at random, and slips of their names:
// what one finding calls without effect no other names as what does harm, and a slip is named after the flag.
func TestFlagsAreSaidOnce(t *testing.T) {
	engine := newEngine(t)
	r := rand.New(rand.NewPCG(1, 3))
	for _, kind := range flagKinds(t) {
		s := &shop{services: map[string]*part{}}
		slips := map[string]string{}
		for i := range 40 {
			name := fmt.Sprintf("proxy%d", i)
			p := newPart(kind.image)
			p.volumes = []string{engineSocket + ":ro"}
			for _, flag := range kind.flags {
				if r.IntN(3) == 0 {
					p.environment[flag] = "1"
				}
			}
			if flag := kind.flags[r.IntN(len(kind.flags))]; strings.Contains(flag, "O") && p.environment[flag] == "" {
				slip := strings.Replace(flag, "O", "0", 1)
				p.environment[slip], slips[name+" "+slip] = "1", flag
			}
			s.services[name] = p
		}
		idle, harm, named := map[string]bool{}, map[string]string{}, map[string]bool{}
		for _, f := range roadsOf(t, engine, s.text()).findings {
			facts, _, of := strings.Cut(f.Message, ` of the socket proxy "`)
			switch f.Rule {
			case "socket-proxy-idle-flag":
				idle[serviceAt(f.At)+" "+quotedIn(facts)[0]] = true
			case "socket-proxy-host-root", "socket-proxy-dangerous-section", "socket-proxy-excess-permission", "socket-proxy-read-leak":
				for _, flag := range quotedIn(facts) {
					if of {
						harm[serviceAt(f.At)+" "+flag] = f.Message
					}
				}
			case "socket-proxy-unknown-flag":
				slip := serviceAt(f.At) + " " + quotedIn(f.Message)[0]
				named[slip] = named[slip] || strings.Contains(f.Message, fmt.Sprintf("write %q", slips[slip]))
			}
		}
		for flag, message := range harm {
			if idle[flag] {
				t.Errorf("%s: %s has no effect by one finding, and by another: %s", kind.image, flag, message)
			}
		}
		for slip, flag := range slips {
			if !named[slip] {
				t.Errorf("%s: nothing says that %s is %s", kind.image, slip, flag)
			}
		}
	}
}

// serviceAt is the service of a node.
func serviceAt(at string) string {
	name := strings.TrimPrefix(at, "services.")
	if i := strings.IndexAny(name, ".["); i >= 0 {
		name = name[:i]
	}
	return name
}

type flagKind struct {
	image string
	flags []string
}

// flagKinds are the proxies that flags set up, today's and those of each era.
func flagKinds(t *testing.T) []flagKind {
	t.Helper()
	files, err := fs.Glob(policies.FS, "data/proxies/*.json")
	if err != nil {
		t.Fatal(err)
	}
	var kinds []flagKind
	for _, file := range files {
		text, err := policies.FS.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		type rule struct{ If, Unless string }
		var proxy struct {
			Images   []string
			Language string
			Newest   string
			Eras     []struct {
				Example, Kind string
				Without       []string
			}
			Rules []rule
		}
		if err := json.Unmarshal(text, &proxy); err != nil {
			t.Fatal(err)
		}
		flags := map[string]bool{}
		for _, rule := range proxy.Rules {
			flags[rule.If], flags[rule.Unless] = true, true
		}
		delete(flags, "")
		if proxy.Language != "flags" || len(proxy.Images) == 0 || len(flags) == 0 {
			continue
		}
		kinds = append(kinds, flagKind{proxy.Images[0] + ":latest", slices.Sorted(maps.Keys(flags))})
		for _, era := range proxy.Eras {
			if era.Kind != "" {
				continue
			}
			had := maps.Clone(flags)
			for _, flag := range era.Without {
				delete(had, flag)
			}
			kinds = append(kinds, flagKind{proxy.Images[0] + ":" + era.Example, slices.Sorted(maps.Keys(had))})
		}
	}
	if len(kinds) == 0 {
		t.Fatal("no proxies are known")
	}
	return kinds
}

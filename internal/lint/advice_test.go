package lint

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
)

// TestAdvice follows what is advised on random projects of socket proxies and their clients, one finding
// after the other, until nothing is left to follow: it comes to an end, and on the way there are never
// more errors, every client reaches what it reached, and none is denied what it needs.
func TestAdvice(t *testing.T) {
	engine := newEngine(t)
	projects := 150
	if testing.Short() {
		projects = 20
	}
	followed := map[string]int{}
	for seed := range projects {
		followToTheEnd(t, engine, uint64(seed), followed)
	}
	for _, rule := range slices.Sorted(maps.Keys(followers)) {
		t.Logf("%4d %s", followed[rule], rule)
		if followed[rule] == 0 && !testing.Short() {
			t.Errorf("no advice of %s was followed", rule)
		}
	}
}

// mostSteps is how many findings of one project may be followed.
const mostSteps = 60

func followToTheEnd(t *testing.T, engine *rules.Engine, seed uint64, followed map[string]int) {
	r := rand.New(rand.NewPCG(seed, 2))
	s := newShop(r)
	before := judged(t, engine, s)
	began, seen := s.text(), map[string]bool{}
	var steps []string
	for range mostSteps {
		seen[s.text()] = true
		next, step := before.follow(r)
		if next == nil {
			return
		}
		followed[step.Rule]++
		steps = append(steps, fmt.Sprintf("%s: %s [%s]", step.Severity, step.Message, step.Rule))
		after := judged(t, engine, next)
		faults := after.faultsSince(before)
		if seen[next.text()] {
			faults = append(faults, "the advice goes round in a circle")
		}
		if len(faults) > 0 {
			t.Errorf("seed %d: after %s\n%s\nbefore, %s\nafter, %s\nall steps\n%s", seed, steps[len(steps)-1],
				strings.Join(faults, "\n"), s.text(), next.text(), strings.Join(steps, "\n"))
			return
		}
		s, before = next, after
	}
	t.Errorf("seed %d: the advice does not end\n%s\n%s", seed, began, strings.Join(steps, "\n"))
}

// judgedShop is a shop with what is said of it.
type judgedShop struct {
	*shop
	findings []rules.Finding
	errors   int
	// reached is, by client, the proxy that it reaches by what it is told.
	reached map[string]string
	// denied are the operations that clients need and the proxies deny that they reach.
	denied map[string]bool
	needs  map[string][]string
	// closed are all operations that proxies deny, each with the proxy's name before it.
	closed map[string]bool
}

func judged(t *testing.T, engine *rules.Engine, s *shop) judgedShop {
	t.Helper()
	said := roadsOf(t, engine, s.text())
	least, err := engine.Least(t.Context(), said.input, said.sources)
	if err != nil {
		t.Fatal(err)
	}
	j := judgedShop{shop: s, findings: said.findings, reached: map[string]string{}, denied: map[string]bool{}, needs: map[string][]string{}, closed: map[string]bool{}}
	for _, client := range least.Clients {
		j.needs[client.Service] = client.Needs
	}
	for _, f := range said.findings {
		if f.Severity == severity.Error {
			j.errors++
		}
		if who, _, found := strings.Cut(f.Message, " asks for "); found && f.Rule == "socket-proxy-missing-permission" {
			j.denied[who+" asks in another spelling"] = true
		}
	}
	for _, service := range said.project.Services {
		for _, e := range service.Endpoints {
			if proxy := said.proxyReached(e.At); proxy != "" && s.services[service.Name].client {
				j.reached[service.Name] = proxy
			}
		}
	}
	for _, api := range said.review.DockerAPI {
		verdicts := map[string]string{}
		for _, o := range api.Operations {
			verdicts[o.OperationID] = o.Verdict
			j.closed[api.Service+" "+o.OperationID] = o.Verdict == "deny"
		}
		for client, proxy := range j.reached {
			for _, operation := range j.needs[client] {
				ping := strings.HasPrefix(operation, "SystemPing") && verdicts["SystemPing"] != verdicts["SystemPingHead"]
				if proxy == api.Service && verdicts[operation] == "deny" && !ping {
					j.denied[fmt.Sprintf("service %q needs %s", client, operation)] = true
				}
			}
		}
	}
	return j
}

// faultsSince is what must not come of following advice.
func (j judgedShop) faultsSince(before judgedShop) []string {
	var faults []string
	for client := range before.reached {
		if j.reached[client] == "" {
			faults = append(faults, fmt.Sprintf("%q reaches no proxy", client))
		}
	}
	for denied := range j.denied {
		if client := quotedIn(denied)[0]; before.reached[client] != "" && !before.denied[denied] {
			faults = append(faults, denied)
		}
	}
	slices.Sort(faults)
	// What comes within reach for the first time may show what is wrong with it.
	if j.errors > before.errors && len(j.reached) <= len(before.reached) {
		faults = append(faults, fmt.Sprintf("%d errors were %d:", j.errors, before.errors))
		old := before.messages(severity.Error)
		for _, message := range j.messages(severity.Error) {
			if !slices.Contains(old, message) {
				faults = append(faults, message)
			}
		}
	}
	return faults
}

func (j judgedShop) messages(s severity.Severity) []string {
	var messages []string
	for _, f := range j.findings {
		if f.Severity == s {
			messages = append(messages, fmt.Sprintf("  %s [%s]", f.Message, f.Rule))
		}
	}
	return messages
}

// follow follows the advice of one finding, of which there is a way to follow it. There is no shop where
// there is none.
func (j judgedShop) follow(r *rand.Rand) (*shop, rules.Finding) {
	for _, i := range r.Perm(len(j.findings)) {
		f := j.findings[i]
		follow := followers[f.Rule]
		if follow == nil {
			continue
		}
		next := j.shop.clone()
		a := adviceOf(f, r)
		a.needs, a.denied = j.needs, j.closed
		if follow(next, a); next.text() != j.shop.text() {
			return next, f
		}
	}
	return nil, rules.Finding{}
}

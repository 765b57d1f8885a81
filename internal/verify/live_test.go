package verify_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/verify"
	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/internal/verify/probe"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules"
)

// TestEngineDown compares what the proxy denies by itself, and says of the rest that there is no engine.
func TestEngineDown(t *testing.T) {
	needs(t, "haproxy")
	r := tecnativa(t)
	flags := flagSets(r)["guide"]
	report := verify.Live(t.Context(), promised(t, composeOf(r.image, flags)), knowledge(t), at(t, startHAProxy(t, r, flags, "/nowhere/docker.sock")))
	denied, down := 0, 0
	for _, c := range report.Checks {
		switch {
		case c.Verdict == check.Differs:
			t.Errorf("%+v", c)
		case c.Section != verify.Operations:
		case c.Verdict == check.Agrees && c.Seen == "deny":
			denied++
		case c.Why == "the proxy answered 503, as where it has no engine":
			down++
		case c.ID != "SwarmLeave":
			t.Errorf("%+v", c)
		}
	}
	if denied < 50 || down < 30 {
		t.Errorf("%d operations are denied, and of %d it is said that there is no engine", denied, down)
	}
}

// TestStranger says of what is no Docker API that nothing can be told, and asks it no more than that takes.
func TestStranger(t *testing.T) {
	asked := 0
	socket := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked++; asked > 2 { // for the first request, and for the same once more
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(http.StatusBadGateway)
	}))
	report := verify.Live(t.Context(), promised(t, composeOf("tecnativa/docker-socket-proxy:v0.4.1", nil)), knowledge(t), at(t, socket))
	if len(other(report)) != len(report.Checks)-1 || report.Count(check.Differs) > 0 {
		t.Errorf("%q", other(report))
	}
	if asked > 10 {
		t.Errorf("%d requests were sent", asked)
	}
}

// obeyed lets through what a project promises of a proxy.
type obeyed map[string]probe.Outcome

func (o obeyed) Ask(_ context.Context, p probe.Probe, _ *probe.Denial) probe.Seen {
	outcome := o[p.ID]
	if p.Token != "" {
		outcome = probe.Denied
	}
	return probe.Seen{Outcome: outcome, Why: "so it is", Connected: true}
}

// denying denies all but one operation, of which nothing can be told.
type denying string

func (d denying) Ask(_ context.Context, p probe.Probe, _ *probe.Denial) probe.Seen {
	switch {
	case !p.Harmless:
		return probe.Seen{NotSent: true, Why: "not asked: so it is"}
	case p.ID == string(d):
		return probe.Seen{Connected: true, Why: "what answered is not known"}
	}
	return probe.Seen{Connected: true, Outcome: probe.Denied, Why: "the proxy answered 403"}
}

// TestNoteIfAllDenied says so only where each request that was sent was denied.
func TestNoteIfAllDenied(t *testing.T) {
	api, known := promised(t, composeOf("tecnativa/docker-socket-proxy:v0.4.1", nil)), knowledge(t)
	for untold, want := range map[string][]string{
		"":            {`"proxy" denied every request: it may not admit whoever asks from here`},
		"SystemPing":  nil,
		"ImageSearch": nil,
	} {
		if notes := verify.Live(t.Context(), api, known, denying(untold)).Notes; !slices.Equal(notes, want) {
			t.Errorf("all but %q: %q", untold, notes)
		}
	}
}

// TestAttacksAsReviewed wants of each attack what the review says of it, where nothing decides that verify does not
// look at.
func TestAttacksAsReviewed(t *testing.T) {
	known, compared := knowledge(t), 0
	for _, r := range releases(t) {
		for name, flags := range flagSets(r) {
			compose := composeOf(r.image, flags) + "  app: {image: app, environment: {DOCKER_HOST: \"tcp://proxy:2375\"}}\n"
			api, goals := promised(t, compose), goalsOf(t, compose)
			promises := obeyed{}
			for _, o := range api.Operations {
				promises[o.OperationID] = probe.Outcome(o.Verdict)
			}
			for _, c := range verify.Live(t.Context(), api, known, promises).Checks {
				if c.Section != verify.Attacks {
					continue
				}
				compared++
				if want, ok := goals[c.ID]; !ok || c.Expected != want || c.Seen != want {
					t.Errorf("%s, %s: %s is %q by its operations and %q by the answers; the review says %q", r.image, name, c.ID, c.Expected, c.Seen, want)
				}
			}
		}
	}
	t.Logf("%d attacks", compared)
}

// goalsOf are what the review of a project says of the attacks by way of its proxy, without those ways of which
// verify knows nothing.
func goalsOf(t *testing.T, compose string) map[string]string {
	t.Helper()
	l := lint.New(lint.Options{NoConfig: true, Review: true, Load: loader.Options{Texts: map[string][]byte{"compose.yaml": []byte(compose)}}})
	result, err := l.Judge(t.Context(), []loader.Found{{Files: []string{"compose.yaml"}}}, func() {})
	if err != nil || len(result.Errors) > 0 {
		t.Fatal(err, result.Errors)
	}
	goals := map[string]string{}
	for _, target := range l.Triage(result.Projects).Report().Reviews[0].Targets {
		for _, attack := range target.Attacks {
			ways := slices.DeleteFunc(slices.Clone(attack.Ways), func(w rules.Way) bool {
				return strings.Contains(w.Title, "Podman") || strings.Contains(w.Title, "pod file") || w.Title == "build by BuildKit" || strings.HasPrefix(w.Title, "attach to")
			})
			goals[attack.ID] = "blocked"
			for _, w := range ways {
				if w.Verdict == "possible" {
					goals[attack.ID] = "possible"
				}
			}
		}
	}
	return goals
}

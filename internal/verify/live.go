// Package verify compares what runs with what a project's files promise.
package verify

import (
	"context"
	"fmt"
	"slices"

	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/internal/verify/probe"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// The sections of what is compared with a proxy that runs.
const (
	Network    = "network"
	Operations = "docker api"
	Bodies     = "request bodies"
	Attacks    = "attacks"
)

// Asker asks a Docker API what it lets through.
type Asker interface {
	Ask(ctx context.Context, p probe.Probe, denial *probe.Denial) probe.Seen
}

// Live asks a proxy that runs for every operation of the Docker API, and compares what comes back with what
// the files promise of it.
func Live(ctx context.Context, api rules.ProxyAPI, known rules.Knowledge, asker Asker) check.Report {
	l := live{ctx: ctx, api: api, asker: asker, probes: probe.All(), seen: map[string]probe.Outcome{}, refused: map[string]bool{}}
	if answer, ok := known.Denied[api.Kind]; ok {
		l.denial = &probe.Denial{Status: answer.Status, Type: answer.Type, Body: answer.Body}
	}
	if l.reachable() {
		l.operations()
		l.bodies()
		l.attacks(known.Attacks)
	}
	return l.report
}

// reachable is true where anything answers, whatever it is.
func (l *live) reachable() bool {
	ping, _ := l.probes.Of("SystemPing")
	seen := l.ask(ping)
	c := l.check(Network, "reachable", "an answer", "", "")
	if c.Why = seen.Why; seen.Connected {
		c.Seen, c.Verdict = c.Expected, check.Agrees
	}
	l.report.Checks = append(l.report.Checks, c)
	return seen.Connected
}

// live is the comparison with one proxy.
type live struct {
	ctx    context.Context
	api    rules.ProxyAPI
	asker  Asker
	probes probe.Probes
	// denial is nil where nothing is known of how the proxy denies.
	denial *probe.Denial
	// silent is how many requests in a row had no answer.
	silent int
	// asked is how many requests were sent, denied how many of them were denied.
	asked, denied int
	// seen is what became of each operation, refused what the proxy refuses in bodies: what the files
	// promise of it, but for what was seen to pass.
	seen    map[string]probe.Outcome
	refused map[string]bool
	report  check.Report
}

// mostSilent is how many requests in a row may have no answer before no more are sent.
const mostSilent = 3

// ask sends a probe, unless nothing answers any more.
func (l *live) ask(p probe.Probe) probe.Seen {
	if l.silent >= mostSilent {
		return probe.Seen{Why: fmt.Sprintf("not asked, since %s before had no answer", words.Count(mostSilent, "request"))}
	}
	seen := l.asker.Ask(l.ctx, p, l.denial)
	if seen.NotSent {
		return seen
	}
	l.asked++
	if seen.Outcome == probe.Denied {
		l.denied++
	}
	if l.silent++; seen.Connected {
		l.silent = 0
	}
	return seen
}

// operations compares each of them. Those whose request is harmless only where an engine has shown that it
// refuses its version come last.
func (l *live) operations() {
	checks := make([]check.Check, len(l.api.Operations))
	for _, harmless := range []bool{true, false} {
		for i, operation := range l.api.Operations {
			p, ok := l.probes.Of(operation.OperationID)
			switch {
			case !ok && harmless:
				checks[i] = l.operation(operation, probe.Seen{Why: "no harmless request for it is known"})
			case ok && p.Harmless == harmless:
				checks[i] = l.operation(operation, l.ask(p))
			}
		}
	}
	l.report.Checks = append(l.report.Checks, checks...)
	l.noteIfAllDenied(checks)
}

func (l *live) operation(operation rules.Operation, seen probe.Seen) check.Check {
	l.seen[operation.OperationID] = seen.Outcome
	expected := operation.Verdict
	if expected == "unknown" {
		expected = ""
	}
	c := l.check(Operations, operation.OperationID, expected, string(seen.Outcome), operation.Flag)
	c.Why = seen.Why
	switch {
	case expected == "" && seen.Outcome != probe.Untold:
		c.Why = "the files do not say what it is to be"
	case c.Verdict == check.Differs && seen.Outcome == probe.Denied && slices.Contains(l.api.Partly, operation.OperationID):
		c.Verdict, c.Why = check.Unknown, "it is let through for some clients, or by some ids, names or versions alone"
	}
	return c
}

// check is one of this proxy.
func (l *live) check(section, id, expected, seen, flag string) check.Check {
	c := check.Check{
		Section: section, ID: id, Subject: l.api.Service, Expected: expected, Seen: seen,
		Verdict: check.Compared(expected, seen), Decides: flag,
	}
	if place := l.place(flag); place != (model.Location{}) {
		c.Location = &place
	}
	return c
}

// place is where a flag stands, or the proxy where no file states it.
func (l *live) place(flag string) model.Location {
	for _, p := range l.api.Places {
		if p.Flag == flag {
			return p.Location
		}
	}
	return l.api.Location
}

// noteIfAllDenied says what else denies everything, where some of it is promised.
func (l *live) noteIfAllDenied(checks []check.Check) {
	promised := slices.ContainsFunc(checks, func(c check.Check) bool { return c.Expected == string(probe.Reached) })
	if promised && l.denied > 0 && l.denied == l.asked {
		l.report.Notes = append(l.report.Notes, fmt.Sprintf("%q denied every request: it may not admit whoever asks from here", l.api.Service))
	}
}

// bodies tries what the proxy is said to refuse in the bodies of requests, where the request itself passes.
func (l *live) bodies() {
	for _, token := range l.api.Filters {
		l.refused[token] = true // until it is seen to pass
	}
	if l.seen["ContainerCreate"] != probe.Reached {
		return
	}
	for _, token := range l.api.Filters {
		if token == "environment" { // which is taken out of answers, and no container is asked for
			continue
		}
		all := l.ofToken(token)
		if len(all) == 0 {
			c := l.check(Bodies, token, "refused", "", "")
			c.Why = "no harmless request for it is known"
			l.report.Checks = append(l.report.Checks, c)
		}
		for _, c := range all {
			l.refused[token] = l.refused[token] && c.Seen != "passed on"
			l.report.Checks = append(l.report.Checks, c)
		}
	}
}

// ofToken asks for the same in each spelling.
func (l *live) ofToken(token string) (all []check.Check) {
	for _, p := range l.probes.Bodies {
		if p.Token == token {
			seen := l.ask(p)
			c := l.check(Bodies, p.Title, "refused", bodyOutcome[seen.Outcome], "")
			c.Why = seen.Why
			all = append(all, c)
		}
	}
	return all
}

var bodyOutcome = map[probe.Outcome]string{probe.Reached: "passed on", probe.Denied: "refused", probe.Untold: ""}

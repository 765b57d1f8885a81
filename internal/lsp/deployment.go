package lsp

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/rules"
)

// kept is what is worked out when it is asked for first, and kept. Who asks waits no longer than for as long as the
// answer is wanted; what is cancelled is not kept.
type kept[T any] struct {
	busy  chan struct{}
	value *T
}

func newKept[T any]() *kept[T] { return &kept[T]{busy: make(chan struct{}, 1)} }

func (k *kept[T]) get(ctx context.Context, work func(context.Context) (T, error)) (none T, err error) {
	select {
	case k.busy <- struct{}{}:
		defer func() { <-k.busy }()
	case <-ctx.Done():
		return none, ctx.Err()
	}
	if k.value == nil {
		value, err := work(ctx)
		if err != nil {
			return none, err
		}
		k.value = &value
	}
	return *k.value, nil
}

// deployment is what the review of a project says, by service.
type deployment struct {
	apis map[string]rules.ProxyAPI
	// proxies and sockets are what attacks are after.
	proxies, sockets map[string]rules.Target
	// callers are, by proxy, the services that reach it, through the proxies that a service reaches.
	callers, through map[string][]string
	waysIn           map[string][]rules.Entry
	networks         map[string][]rules.Network
}

// deployed is the deployment of a project that could be judged.
func (j *judgement) deployed(ctx context.Context) (*deployment, error) {
	return j.deployment.get(ctx, func(ctx context.Context) (*deployment, error) {
		review, err := j.project.Connections(ctx)
		if err != nil {
			return nil, err
		}
		return deploymentOf(review), nil
	})
}

func deploymentOf(review rules.Review) *deployment {
	d := &deployment{
		apis: map[string]rules.ProxyAPI{}, proxies: map[string]rules.Target{}, sockets: map[string]rules.Target{}, callers: map[string][]string{},
		through: map[string][]string{}, waysIn: map[string][]rules.Entry{}, networks: map[string][]rules.Network{},
	}
	for _, api := range review.DockerAPI {
		d.apis[api.Service] = api
	}
	for _, target := range review.Targets {
		if target.Kind != "proxy" {
			d.sockets[target.Service] = target
			continue
		}
		d.proxies[target.Service] = target
		for _, e := range target.Entries {
			if e.Kind == "service" {
				d.callers[target.Service] = append(d.callers[target.Service], e.Service)
				d.through[e.Service] = append(d.through[e.Service], target.Service)
			}
		}
	}
	for _, e := range review.WaysIn {
		d.waysIn[e.Service] = append(d.waysIn[e.Service], e)
	}
	for _, n := range review.Networks {
		for _, service := range n.Services {
			d.networks[service] = append(d.networks[service], n)
		}
	}
	return d
}

// allowed says how much of the Docker API a proxy lets through; known is false where nobody knows.
func allowed(api rules.ProxyAPI) (said string, known bool) {
	number, all := map[string]int{}, 0
	for _, o := range api.Operations {
		if o.Spec {
			number[o.Verdict]++
			all++
		}
	}
	if api.Replaced || number["unknown"] == all {
		return "", false
	}
	said = fmt.Sprintf("%d of %d operations allowed", number["allow"], all)
	if number["unknown"] > 0 {
		said += fmt.Sprintf(", %d unknown", number["unknown"])
	}
	return said, true
}

// root is whether whoever reaches a target can be root on the host: possible, unknown or blocked, and by which attacks.
func root(target rules.Target) (verdict string, by []string) {
	verdicts := map[string][]string{}
	for _, a := range target.Attacks {
		if a.HostRoot {
			verdicts[a.Certain.Goal] = append(verdicts[a.Certain.Goal], howTo(a))
		}
	}
	for _, verdict := range []string{"possible", "unknown"} {
		if len(verdicts[verdict]) > 0 {
			return verdict, verdicts[verdict]
		}
	}
	return "blocked", nil
}

// howTo is an attack by the way that gives most.
func howTo(a rules.Attack) string {
	for _, w := range a.Ways {
		if w.Verdict == a.Certain.Goal && w.Title != "" {
			return fmt.Sprintf("%s (%s)", a.Title, w.Title)
		} else if w.Verdict == a.Certain.Goal {
			break
		}
	}
	return a.Title
}

// opened says what a proxy lets through, and what comes of it for the host.
func (d *deployment) opened(p prose, api rules.ProxyAPI) string {
	said, known := allowed(api)
	if !known {
		return fmt.Sprintf("It is not known what the socket proxy %s lets through%s.", p.text(fmt.Sprintf("%q", api.Service)), p.text(unknownSince(api)))
	}
	said = fmt.Sprintf("The socket proxy %s (%s): %s", p.text(fmt.Sprintf("%q", api.Service)), p.text(api.Name), said)
	target := d.proxies[api.Service]
	switch verdict, by := root(target); verdict {
	case "possible":
		said += fmt.Sprintf("; root on the host is possible (%s)", p.text(by[0]))
	case "unknown":
		said += "; whether root on the host is possible is not known"
	default:
		said += "; root on the host is blocked"
	}
	if len(target.Entries) == 0 {
		said += "; nobody in this project reaches it"
	}
	return said + "."
}

// unknownSince says why nothing is known of what a proxy lets through.
func unknownSince(api rules.ProxyAPI) string {
	switch {
	case len(api.Doubts) > 0:
		return ", since " + api.Doubts[0]
	case api.Replaced:
		return ", since a configuration or a command of its own replaces its rules"
	}
	return ""
}

// about says of a service who reaches it, and whom it reaches, in up to five lines.
func (d *deployment) about(p prose, service string) string {
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, p.text(fmt.Sprintf(format, args...))) }
	if api, ok := d.apis[service]; ok {
		lines = append(lines, d.opened(p, api))
		if callers := d.callers[service]; len(callers) > 0 {
			add("It is reached by %s.", names(callers))
		}
		if entered := d.entered(service); len(entered) > 0 {
			add("Outsiders come to it through %s.", names(entered))
		}
	}
	if _, ok := d.sockets[service]; ok {
		add("It holds the host's Docker API socket.")
	}
	if proxies := d.through[service]; len(proxies) > 0 {
		add("It reaches the Docker API through %s.", names(proxies))
	}
	if networks := d.networks[service]; len(networks) > 0 {
		add("It is on %s.", words.And(some(networksOf(service, networks), mostNamed)))
	}
	if ways := waysOf(d.waysIn[service]); len(ways) > 0 {
		add("It is reached from outside by %s.", words.And(some(ways, mostNamed)))
	} else if _, isProxy := d.apis[service]; !isProxy {
		add("Nobody comes in to it from outside.")
	}
	return p.list(lines, false)
}

// entered are the services through which outsiders come to a proxy.
func (d *deployment) entered(proxy string) (names []string) {
	for _, e := range d.proxies[proxy].Entries {
		if e.Kind != "service" && e.Certain && e.Service != proxy && !slices.Contains(names, e.Service) {
			names = append(names, e.Service)
		}
	}
	return names
}

// networksOf are the networks of a service, with who else is on them.
func networksOf(service string, networks []rules.Network) []string {
	all := make([]string, len(networks))
	for i, n := range networks {
		all[i] = fmt.Sprintf("the network %q", n.Name)
		if n.Internal == "yes" {
			all[i] = fmt.Sprintf("the internal network %q", n.Name)
		}
		if others := slices.DeleteFunc(slices.Clone(n.Services), func(s string) bool { return s == service }); len(others) > 0 {
			all[i] += " with " + names(others)
		}
	}
	return all
}

// waysOf are ways in from outside, those first of which it is known that somebody comes by them.
func waysOf(entries []rules.Entry) []string {
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, func(a, b rules.Entry) int { return cmp.Compare(rank(a), rank(b)) })
	ways := make([]string, len(entries))
	for i, e := range entries {
		ways[i] = e.Called
		if !e.Certain {
			ways[i] += " (if anybody is there)"
		}
	}
	return slices.Compact(ways)
}

func rank(e rules.Entry) int {
	if e.Certain {
		return 0
	}
	return 1
}

// flag says what a setting of a proxy decides, as the others are.
func (d *deployment) flag(p prose, api rules.ProxyAPI, name string, effect rules.FlagEffect, steers bool) string {
	flag := p.code(name)
	number := func(n int) string { return words.Count(n, "operation") + " of the Docker API" }
	byID := map[string]rules.Operation{}
	var decided []rules.Operation
	for _, o := range api.Operations {
		byID[o.OperationID] = o
		if o.Flag == name && o.Verdict == "allow" && o.Spec {
			decided = append(decided, o)
		}
	}
	of := func(ids []string) (all []rules.Operation) {
		for _, id := range ids {
			all = append(all, byID[id])
		}
		if stated := slices.DeleteFunc(slices.Clone(all), func(o rules.Operation) bool { return !o.Spec }); len(stated) > 0 {
			return stated // as everywhere that operations are counted
		}
		return all
	}
	var said string
	opens, closes := of(effect.Opens), of(effect.Closes)
	_, known := allowed(api)
	switch {
	case !known:
		return d.opened(p, api)
	case !steers && len(decided) > 0:
		said, opens = fmt.Sprintf("%s lets %s through:", flag, number(len(decided))), decided
	case !steers:
		said = flag + " decides on no operation of the Docker API."
	case len(opens)+len(closes) == 0:
		said = flag + " changes nothing here: what it could open stays closed, or is open, by other flags."
	case len(opens) == 0:
		said, opens = fmt.Sprintf("%s closes %s while it is on:", flag, number(len(closes))), closes
	case opens[0].Verdict == "allow":
		said = fmt.Sprintf("%s opens %s, which would be denied without it:", flag, number(len(opens)))
	case opens[0].Verdict == "deny":
		said = fmt.Sprintf("%s would open %s, denied as it is:", flag, number(len(opens)))
	default:
		said = fmt.Sprintf("%s opens %s where it is on, which is not known:", flag, number(len(opens)))
	}
	return paragraphs(said, p.list(grouped(p, opens), false), d.opened(p, api))
}

// mostOperations is how many operations are listed.
const mostOperations = 10

// grouped are the first of some operations, by method, and how many more there are.
func grouped(p prose, operations []rules.Operation) (lines []string) {
	operations = slices.Clone(operations)
	slices.SortFunc(operations, func(a, b rules.Operation) int {
		return cmp.Or(strings.Compare(a.Method, b.Method), strings.Compare(a.Path, b.Path))
	})
	more := len(operations) - mostOperations
	operations = operations[:min(len(operations), mostOperations)]
	for i := 0; i < len(operations); {
		var paths []string
		method := operations[i].Method
		for ; i < len(operations) && operations[i].Method == method; i++ {
			paths = append(paths, p.code(operations[i].Path))
		}
		lines = append(lines, method+" "+strings.Join(paths, ", "))
	}
	if more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", more))
	}
	return lines
}

package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/yamltree"
)

// dependency is a place at which a container depends on another one.
type dependency struct {
	spot
	on string
	// required is false for one that may be disabled.
	required bool
}

// dependenciesOf lists what a container depends on, also through the attributes that
// compose-go's Normalize turns into dependencies (loader/normalize.go v2.16.2).
func dependenciesOf(s spot) []dependency {
	var all []dependency
	stated := s.under("depends_on")
	for _, d := range stated.entries() {
		if d.known() {
			all = append(all, dependency{d, d.key(), !isFalse(d.Field("required"))})
		}
	}
	add := func(at spot, on string) {
		if at.known() && stated.Field(on) == nil {
			all = append(all, dependency{at, on, true})
		}
	}
	for _, link := range s.under("links").entries() {
		name := link.text()
		if parts := strings.Split(name, ":"); len(parts) == 2 {
			name = parts[0]
		}
		add(link.part(0, len(name)), name)
	}
	for _, namespace := range []string{"network_mode", "ipc", "pid", "uts", "cgroup"} {
		at := s.under(namespace)
		name, ok := strings.CutPrefix(at.text(), types.ServicePrefix)
		if !ok {
			continue
		}
		at = at.part(len(types.ServicePrefix), len(at.text()))
		if namespace == "network_mode" && at.known() && isFalse(stated.under(name).Field("required")) {
			all = append(all, dependency{at, name, true}) // what shares a network cannot do without
		}
		add(at, name)
	}
	for _, from := range s.under("volumes_from").entries() {
		if name, _, _ := strings.Cut(from.text(), ":"); !strings.HasPrefix(from.text(), types.ContainerPrefix) {
			add(from.part(0, len(name)), name)
		}
	}
	return all
}

func isFalse(n *yamltree.Node) bool {
	value, known := n.Boolean()
	return known && !value
}

// dependencies checks that what a service or a job depends on is there: a service for
// both, another job for a job only.
func (c *checker) dependencies(s spot) {
	isJob := s.path[0] == "jobs"
	if isJob && compose.IsExtension(s.key()) {
		return
	}
	services, jobs := c.section("services"), c.section("jobs")
	for _, d := range c.dependsOn[s.Node] {
		service, job := services.Field(d.on), jobs.Field(d.on)
		hasService, hasJob := c.has(services, d.on), c.has(jobs, d.on)
		switch {
		case d.on == "":
			c.refuse(d.spot, "%q needs the name of a service", d.path[2])
		case isJob && compose.IsExtension(d.on):
			c.refuse(d.spot, "%s", nameOfExtension(d.on))
		case isJob && hasJob:
			c.enabled(s, d, "job", job)
		case hasService:
			c.enabled(s, d, "service", service)
		case hasJob:
			c.refuse(d.spot, "a service cannot depend on the job %q, only on services", d.on)
		default:
			c.undefined(d.spot, "service", "services", d.on)
		}
	}
}

// enabled checks that what a container depends on runs whenever the container does, as far as
// docker compose enables their profiles.
func (c *checker) enabled(s spot, d dependency, kind string, on *yamltree.Node) {
	if on == nil || !d.required || c.Swarm || !c.runs(s.Node) || c.runs(on) {
		return
	}
	var profiles []string
	for _, p := range on.Field("profiles").Scalars() {
		profiles = append(profiles, strconv.Quote(p.String()))
	}
	message := fmt.Sprintf("the %s %q runs only with the profile %s, and %q without: give %q the same", kind, d.on, words.Or(profiles), s.key(), s.key())
	if len(d.path) > 2 && d.path[2] == "depends_on" {
		message += `, or write "required: false"`
	}
	c.refuse(d.spot, "%s", message)
}

// runs is true for a container that docker compose starts without being asked for it.
func (c *checker) runs(n *yamltree.Node) bool {
	return len(n.Field("profiles").Scalars()) == 0 || len(c.Enabled) > 0 && compose.IsEnabled(n, c.Enabled)
}

// cycles reports services that wait for each other, once for every group of them, at
// the dependency with which the first of its names begins the shortest cycle. compose-go
// follows every path through the services (graph/cycle.go), which takes minutes for a few
// thousand; this takes one step for each dependency.
func (c *checker) cycles() {
	g := &dependencyGraph{edges: map[string][]dependency{}, index: map[string]int{}, low: map[string]int{}}
	enabled := map[string]bool{}
	var services []spot
	for _, s := range c.containers {
		if s.path[0] == "services" {
			services = append(services, s)
		}
	}
	for _, s := range services {
		enabled[s.key()] = true
	}
	for _, s := range services {
		for _, d := range c.dependsOn[s.Node] {
			if enabled[d.on] {
				g.edges[s.key()] = append(g.edges[s.key()], d)
			}
		}
	}
	for _, s := range services {
		if g.index[s.key()] == 0 {
			g.visit(s.key())
		}
	}
	slices.SortFunc(g.groups, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	for _, group := range g.groups {
		c.cycle(g, group)
	}
}

func (c *checker) cycle(g *dependencyGraph, group []string) {
	cycle := g.shortest(group)
	if cycle == nil {
		return
	}
	var names []string
	for _, d := range cycle {
		names = append(names, fmt.Sprintf("%q", d.on))
	}
	if len(names) > maxCycle {
		names = append(append(names[:maxCycle-2:maxCycle-2], "..."), names[len(names)-1])
	}
	c.refuse(cycle[0].spot, "dependency cycle: %q -> %s", group[0], strings.Join(names, " -> "))
}

// maxCycle bounds the names of a cycle in a message.
const maxCycle = 10

// dependencyGraph finds the groups of services that depend on each other, by Tarjan's
// algorithm.
type dependencyGraph struct {
	edges      map[string][]dependency
	index, low map[string]int // from 1, in the order of visits; index is -1 when grouped
	count      int
	stack      []string
	groups     [][]string // each in the order of names
}

func (g *dependencyGraph) visit(name string) {
	g.count++
	start, first := g.count, len(g.stack)
	g.index[name], g.low[name] = start, start
	g.stack = append(g.stack, name)
	for _, d := range g.edges[name] {
		switch {
		case g.index[d.on] == 0:
			g.visit(d.on)
			g.low[name] = min(g.low[name], g.low[d.on])
		case g.index[d.on] > 0:
			g.low[name] = min(g.low[name], g.index[d.on])
		}
	}
	if g.low[name] != start {
		return
	}
	group := slices.Clone(g.stack[first:])
	g.stack = g.stack[:first]
	for _, member := range group {
		g.index[member] = -1
	}
	slices.Sort(group)
	g.groups = append(g.groups, group)
}

// shortest is the shortest way through a group from its first name back to it, or nil for
// a service on its own.
func (g *dependencyGraph) shortest(group []string) []dependency {
	type step struct {
		dependency
		from string
	}
	reached := map[string]step{}
	for queue := group[:1:1]; len(queue) > 0; queue = queue[1:] {
		for _, d := range g.edges[queue[0]] {
			if _, inside := slices.BinarySearch(group, d.on); !inside {
				continue
			}
			if _, ok := reached[d.on]; !ok {
				reached[d.on] = step{d, queue[0]}
				queue = append(queue, d.on)
			}
		}
	}
	var way []dependency
	for name := group[0]; ; {
		s, ok := reached[name]
		if !ok {
			return nil
		}
		way = append(way, s.dependency)
		if name = s.from; name == group[0] {
			slices.Reverse(way)
			return way
		}
	}
}

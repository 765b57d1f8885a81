package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/rules"
)

// stage is how far from the outside, and how near to the Docker API, something is. Every way leads from
// a stage to a later one.
type stage int

const (
	atOutside stage = iota
	atEntry
	atService
	atNetwork
	atProxy
	atSocket
)

// stageNames are the headings of the stages.
var stageNames = [...]string{"outside", "ways in", "services", "networks", "socket proxies", "Docker API"}

// peril is what a connection means for the Docker API, the worst last.
type peril int

const (
	// unsure is a way of which it is not known whether anybody takes it.
	unsure peril = iota
	connected
	// fromService is part of an attack by whoever takes a service over, fromOutside of one by
	// anybody.
	fromService
	fromOutside
)

// graph is who comes in to a project, who meets whom, and who reaches the Docker API.
type graph struct {
	nodes []graphNode
	edges []graphEdge
	// left are how many nodes of each stage are left out, lines how many connections between those that
	// are there.
	left  [len(stageNames)]int
	lines int
}

type graphNode struct {
	stage stage
	name  string
	// of tells apart what has the same name.
	of string
}

type graphEdge struct {
	from, to int
	peril    peril
}

// graphOf has the ways in from outside, the networks that join services, and the ways of attacks; it is
// nil where nobody comes in and no more than one network joins services, so that there is nothing to see.
func graphOf(review Review) *graph {
	b := graphBuilder{graph: &graph{}, proxies: proxiesOf(review), ids: map[graphNode]int{}, edges: map[[2]int]int{}}
	for _, e := range review.WaysIn {
		b.wayIn(e)
	}
	for _, n := range review.Networks {
		if len(n.Services) > 1 || hasAny(n, b.proxies) {
			b.network(n)
		}
	}
	for _, target := range review.Targets {
		for _, e := range target.Entries {
			b.way(target, e)
		}
	}
	if !b.graph.shows() {
		return nil
	}
	return b.graph.cut()
}

// shows reports whether there is more in a graph than that some are on one network.
func (g *graph) shows() bool {
	return slices.ContainsFunc(g.edges, func(e graphEdge) bool {
		return e.to != g.edges[0].to || g.nodes[e.to].stage != atNetwork
	})
}

type graphBuilder struct {
	graph *graph
	// proxies are the names of the socket proxies.
	proxies map[string]bool
	// ids and edges are where a node and an edge stand in the graph.
	ids   map[graphNode]int
	edges map[[2]int]int
}

// service is the node of a service, which may be a proxy.
func (b graphBuilder) service(name string) int {
	if b.proxies[name] {
		return b.node(graphNode{stage: atProxy, name: name})
	}
	return b.node(graphNode{stage: atService, name: name})
}

// wayIn adds the way of outsiders to a service.
func (b graphBuilder) wayIn(e rules.Entry) {
	found := unsure
	if e.Certain {
		found = connected
	}
	entry := b.node(graphNode{stage: atEntry, name: plainName(e.Called)})
	b.edge(b.node(graphNode{stage: atOutside, name: "outside"}), entry, found)
	b.edge(entry, b.service(e.Service), found)
}

// network adds a network with all who are on it.
func (b graphBuilder) network(n rules.Network) {
	network := b.node(graphNode{stage: atNetwork, name: n.Name})
	for _, name := range n.Services {
		if b.proxies[name] {
			b.edge(network, b.service(name), connected)
		} else {
			b.edge(b.service(name), network, connected)
		}
	}
}

// way adds the path from an entry to a target.
func (b graphBuilder) way(target rules.Target, e rules.Entry) {
	found := connected
	if slices.ContainsFunc(target.Attacks, func(a rules.Attack) bool { return a.From(e).Goal == "possible" }) {
		found = fromService
		if e.Kind != "service" {
			found = fromOutside
		}
	}
	last := -1
	if e.Kind != "service" {
		last = b.node(graphNode{stage: atOutside, name: "outside"})
	}
	stages := stagesOf(target, e)
	for i, step := range e.Path[:min(len(e.Path), len(stages))] {
		id := b.node(nodeOf(target, stages[i], step))
		switch {
		case last < 0: // it begins in the project
		case i <= 1 && !e.Certain: // whether anybody comes in is not known; what lies behind is there
			b.edge(last, id, unsure)
		default:
			b.edge(last, id, found)
		}
		last = id
	}
}

// stagesOf are those of the steps of a path. The last of them is missing where the proxy mounts no socket.
func stagesOf(target rules.Target, e rules.Entry) []stage {
	var stages []stage
	if e.Kind != "service" {
		stages = append(stages, atEntry)
	}
	switch {
	case target.Kind == "socket":
		return append(stages, atService, atSocket)
	case e.Service == target.Service:
		return append(stages, atProxy, atSocket)
	}
	return append(stages, atService, atNetwork, atProxy, atSocket)
}

// nodeOf is the node of a step. A network is one for all that are on it; a port, a volume and a namespace
// belong to their proxy.
func nodeOf(target rules.Target, at stage, step rules.Step) graphNode {
	n := graphNode{stage: at, name: plainName(step.Label)}
	if at == atSocket {
		n.name = "Docker API socket"
	}
	if at == atNetwork && !strings.HasPrefix(step.Label, "network ") {
		n.of = target.Service
	}
	return n
}

// called is the name of a node with what it is, where the name does not say that.
func (n graphNode) called() string {
	switch {
	case n.stage == atService:
		return "service " + n.name
	case n.stage == atNetwork && n.of == "":
		return "network " + n.name
	case n.stage == atProxy:
		return "socket proxy " + n.name
	}
	return n.name
}

// plainName is the label of a step without what its stage says of it, and without quotes.
func plainName(label string) string {
	for _, start := range []string{`service "`, `job "`, `network "`, `socket proxy "`} {
		if name, ok := strings.CutPrefix(label, start); ok {
			return strings.TrimSuffix(name, `"`)
		}
	}
	label = strings.TrimPrefix(label, "outsiders come in by ")
	return strings.ReplaceAll(strings.TrimPrefix(label, "the "), `"`, "")
}

func (b graphBuilder) node(n graphNode) int {
	id, ok := b.ids[n]
	if !ok {
		id = len(b.graph.nodes)
		b.ids[n] = id
		b.graph.nodes = append(b.graph.nodes, n)
	}
	return id
}

func (b graphBuilder) edge(from, to int, p peril) {
	key := [2]int{from, to}
	i, ok := b.edges[key]
	if !ok {
		i = len(b.graph.edges)
		b.edges[key] = i
		b.graph.edges = append(b.graph.edges, graphEdge{from, to, p})
	}
	b.graph.edges[i].peril = max(b.graph.edges[i].peril, p)
}

// mostNodes is how many of a stage a picture has room for, mostEdges how many connections: Mermaid, as
// GitHub has it, draws nothing of a graph with more than 500.
const (
	mostNodes = 60
	mostEdges = 400
)

// cut leaves out what a picture has no room for, the least perilous first, and what nothing leads to or
// from any more.
func (g *graph) cut() *graph {
	worst := make([]peril, len(g.nodes))
	for _, e := range g.edges {
		worst[e.from], worst[e.to] = max(worst[e.from], e.peril), max(worst[e.to], e.peril)
	}
	order := make([]int, len(g.nodes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(worst[b], worst[a]) })
	var number [len(stageNames)]int
	room := make([]bool, len(g.nodes))
	for _, i := range order {
		at := g.nodes[i].stage
		number[at]++
		room[i] = number[at] <= mostNodes
	}
	edges := slices.DeleteFunc(slices.Clone(g.edges), func(e graphEdge) bool { return !room[e.from] || !room[e.to] })
	if len(edges) > mostEdges {
		slices.SortStableFunc(edges, func(a, b graphEdge) int { return cmp.Compare(b.peril, a.peril) })
		edges = edges[:mostEdges]
	}
	return g.only(edges)
}

// only is the graph of these edges.
func (g *graph) only(edges []graphEdge) *graph {
	part := &graph{}
	joined := make([]bool, len(g.nodes))
	for _, e := range edges {
		joined[e.from], joined[e.to] = true, true
	}
	ids := make([]int, len(g.nodes))
	for i, n := range g.nodes {
		if !joined[i] {
			part.left[n.stage]++
			continue
		}
		ids[i] = len(part.nodes)
		part.nodes = append(part.nodes, n)
	}
	for _, e := range edges {
		part.edges = append(part.edges, graphEdge{ids[e.from], ids[e.to], e.peril})
	}
	part.lines = -len(edges)
	for _, e := range g.edges {
		if joined[e.from] && joined[e.to] {
			part.lines++
		}
	}
	return part
}

// more says what is left out, and nothing where all is there.
func (g *graph) more() string {
	var parts []string
	for at, number := range g.left {
		if number > 0 {
			parts = append(parts, fmt.Sprintf("%s (%d more)", stageNames[at], number))
		}
	}
	if g.lines > 0 {
		parts = append(parts, fmt.Sprintf("connections (%d more)", g.lines))
	}
	return words.And(parts)
}

package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/rules"
)

// stage is how near something is to the Docker API. Every way leads from a stage to a later one.
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

// graph is who reaches the Docker API of a project, and by what.
type graph struct {
	nodes []graphNode
	edges []graphEdge
	// left are how many nodes of each stage are left out.
	left [len(stageNames)]int
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

// graphOf has the networks with a proxy, who is on them, and the ways of attacks; it is nil
// for a project that has nothing of that.
func graphOf(review Review) *graph {
	if len(review.Networks) == 0 && len(review.Targets) == 0 {
		return nil
	}
	b := graphBuilder{graph: &graph{}, ids: map[graphNode]int{}, edges: map[[2]int]int{}}
	for _, n := range review.Networks {
		network := b.node(graphNode{stage: atNetwork, name: n.Name})
		for _, name := range n.Services {
			if isProxy(review, name) {
				b.edge(network, b.node(graphNode{stage: atProxy, name: name}), connected)
			} else {
				b.edge(b.node(graphNode{stage: atService, name: name}), network, connected)
			}
		}
	}
	for _, target := range review.Targets {
		for _, e := range target.Entries {
			b.way(target, e)
		}
	}
	return b.graph.cut()
}

func isProxy(review Review, name string) bool {
	return slices.ContainsFunc(review.Targets, func(t rules.Target) bool { return t.Kind == "proxy" && t.Service == name })
}

type graphBuilder struct {
	graph *graph
	// ids and edges are where a node and an edge stand in the graph.
	ids   map[graphNode]int
	edges map[[2]int]int
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

// mostNodes is how many of a stage a picture has room for.
const mostNodes = 60

// cut leaves out what a picture has no room for, the least perilous first.
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
	kept := make([]bool, len(g.nodes))
	for _, i := range order {
		at := g.nodes[i].stage
		number[at]++
		kept[i] = number[at] <= mostNodes
	}
	return g.only(kept)
}

// only is the graph of the nodes that are kept.
func (g *graph) only(kept []bool) *graph {
	part := &graph{}
	ids := make([]int, len(g.nodes))
	for i, n := range g.nodes {
		if !kept[i] {
			part.left[n.stage]++
			continue
		}
		ids[i] = len(part.nodes)
		part.nodes = append(part.nodes, n)
	}
	for _, e := range g.edges {
		if kept[e.from] && kept[e.to] {
			part.edges = append(part.edges, graphEdge{ids[e.from], ids[e.to], e.peril})
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
	return words.And(parts)
}

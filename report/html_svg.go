package report

import (
	"cmp"
	"fmt"
	"slices"
)

// The measures of a picture, in its own units. A character is as wide as in every font of one width.
const (
	charWidth  = 7.8
	nodeHeight = 28
	nodeGap    = 8
	passHeight = 10
	// A gap between columns is wider the more lines there are in it.
	leastGap   = 48
	mostGap    = 200
	lineGap    = 3
	headHeight = 40
	padding    = 10
	// longestName is how many characters of a name are drawn.
	longestName = 34
)

// picture is a graph as it is drawn: a column for each stage, lines from the left to the right.
type picture struct {
	Width, Height int
	Heads         []drawnText
	Nodes         []drawnNode
	Lines         []drawnLine
	// Legend are a line of each kind that is drawn, with what it means.
	Legend []drawnKind
	// More are the nodes that are left out, in words.
	More string
}

type drawnText struct {
	X    int
	Text string
}

type drawnNode struct {
	X, Y, Width, Height, TextX, TextY int
	Text, Title, Class                string
}

type drawnLine struct{ Path, Class string }

type drawnKind struct{ Class, Means string }

// kinds are those of lines, each with its class of the style sheet.
var kinds = [...]drawnKind{
	unsure:      {"unsure", "not known whether anybody comes in"},
	connected:   {"connected", "connection"},
	fromService: {"inside", "way of an attack by whoever takes the service over"},
	fromOutside: {"outside", "way of an attack that outsiders can run"},
}

// slot is a place in a column: of a node, or of the lines that pass there on their way to one.
type slot struct {
	column, node int
	passes       bool
	y            int
}

func (s slot) height() int {
	if s.passes {
		return passHeight
	}
	return nodeHeight
}

// drawing is a graph while it is laid out.
type drawing struct {
	graph *graph
	slots []slot
	// lines are between slots of neighbouring columns.
	lines   []graphEdge
	columns [][]int
	stages  []stage
	left    []int // where each column begins
	wide    []int
}

// draw lays a graph out.
func draw(g *graph) *picture {
	d := &drawing{graph: g}
	d.stand()
	d.join()
	d.sort()
	height := d.place()
	p := &picture{Width: d.left[len(d.left)-1] + d.wide[len(d.wide)-1] + padding, Height: height, More: g.more()}
	for i, at := range d.stages {
		p.Heads = append(p.Heads, drawnText{d.left[i], stageNames[at]})
	}
	for _, s := range d.slots {
		if !s.passes {
			p.Nodes = append(p.Nodes, d.node(s))
		}
	}
	p.Lines = d.drawnLines()
	for at, kind := range slices.Backward(kinds[:]) {
		if slices.ContainsFunc(d.lines, func(l graphEdge) bool { return l.peril == peril(at) }) {
			p.Legend = append(p.Legend, kind)
		}
	}
	return p
}

// stand gives each node a slot, in a column for each stage that has any.
func (d *drawing) stand() {
	for at := range stage(len(stageNames)) {
		if slices.ContainsFunc(d.graph.nodes, func(n graphNode) bool { return n.stage == at }) {
			d.stages = append(d.stages, at)
		}
	}
	d.columns = make([][]int, len(d.stages))
	for i, n := range d.graph.nodes {
		d.add(slot{column: slices.Index(d.stages, n.stage), node: i})
	}
}

func (d *drawing) add(s slot) int {
	id := len(d.slots)
	d.slots = append(d.slots, s)
	d.columns[s.column] = append(d.columns[s.column], id)
	return id
}

// join leads the lines from column to column. Those that pass one to the same node do so together.
func (d *drawing) join() {
	passes := map[slot]int{}
	known := map[[2]int]int{}
	for _, e := range d.graph.edges {
		for from := e.from; from != e.to; {
			to := e.to
			if next := d.slots[from].column + 1; next < d.slots[to].column {
				pass := slot{column: next, node: e.to, passes: true}
				id, ok := passes[pass]
				if !ok {
					id = d.add(pass)
					passes[pass] = id
				}
				to = id
			}
			i, ok := known[[2]int{from, to}]
			if !ok {
				i = len(d.lines)
				known[[2]int{from, to}] = i
				d.lines = append(d.lines, graphEdge{from, to, e.peril})
			}
			d.lines[i].peril = max(d.lines[i].peril, e.peril)
			from = to
		}
	}
}

// sweeps are how often the columns are sorted, forth and back.
const sweeps = 4

// sort puts each slot of a column near those that it is joined with, so that few lines cross.
func (d *drawing) sort() {
	near := make([][]int, len(d.slots))
	for _, l := range d.lines {
		near[l.from] = append(near[l.from], l.to)
		near[l.to] = append(near[l.to], l.from)
	}
	for range sweeps {
		for _, column := range d.columns {
			d.sortColumn(column, near)
		}
		for _, column := range slices.Backward(d.columns) {
			d.sortColumn(column, near)
		}
	}
}

// sortColumn sorts by the middle of those that each is joined with, in whole numbers, which are the same
// on every machine. One that is joined with none stays where it is.
func (d *drawing) sortColumn(column []int, near [][]int) {
	const scale = 1000
	middle := map[int]int{}
	for i, id := range column {
		middle[id] = i * scale
		if others := near[id]; len(others) > 0 {
			sum := 0
			for _, other := range others {
				in := d.columns[d.slots[other].column]
				sum += (2*slices.Index(in, other) + 1) * scale * len(column) / (2 * len(in))
			}
			middle[id] = sum / len(others)
		}
	}
	slices.SortStableFunc(column, func(a, b int) int { return cmp.Compare(middle[a], middle[b]) })
}

// place gives each column its left edge and each slot its height, and returns that of the picture.
func (d *drawing) place() int {
	tallest := 0
	heights := make([]int, len(d.columns))
	for i, column := range d.columns {
		longest := len(stageNames[d.stages[i]])
		for _, id := range column {
			if s := d.slots[id]; !s.passes {
				longest = max(longest, layOut(d.name(s)).width())
			}
			heights[i] += d.slots[id].height() + nodeGap
		}
		d.wide = append(d.wide, int(charWidth*float64(longest))+2*padding)
		tallest = max(tallest, heights[i])
	}
	x := padding
	for i, column := range d.columns {
		d.left = append(d.left, x)
		x += d.wide[i] + d.gap(i)
		y := headHeight + (tallest-heights[i])/2
		for _, id := range column {
			d.slots[id].y = y
			y += d.slots[id].height() + nodeGap
		}
	}
	return headHeight + tallest
}

// gap is the room for the lines behind a column.
func (d *drawing) gap(column int) int {
	lines := 0
	for _, l := range d.lines {
		if d.slots[l.from].column == column {
			lines++
		}
	}
	return min(leastGap+lineGap*lines, mostGap)
}

// name is that of a node as far as there is room for it.
func (d *drawing) name(s slot) string {
	whole := layOut(d.graph.nodes[s.node].name)
	return whole.text(whole.window(0, 1, longestName))
}

func (d *drawing) node(s slot) drawnNode {
	n := d.graph.nodes[s.node]
	worst := unsure
	for _, l := range d.lines {
		if d.slots[l.from] == s || d.slots[l.to] == s {
			worst = max(worst, l.peril)
		}
	}
	return drawnNode{
		X: d.left[s.column], Y: s.y, Width: d.wide[s.column], Height: nodeHeight,
		TextX: d.left[s.column] + padding, TextY: s.y + nodeHeight/2 + 5,
		Text: d.name(s), Title: n.called(), Class: kinds[worst].Class,
	}
}

// drawnLines are those of the drawing, the worst last, so that they lie above the others.
func (d *drawing) drawnLines() []drawnLine {
	lines := slices.Clone(d.lines)
	slices.SortStableFunc(lines, func(a, b graphEdge) int { return cmp.Compare(a.peril, b.peril) })
	var drawn []drawnLine
	for _, l := range lines {
		drawn = append(drawn, drawnLine{d.path(d.slots[l.from], d.slots[l.to]), kinds[l.peril].Class})
	}
	return drawn
}

// path is a curve from the right of a slot to the left of one in the next column, and through it where
// it passes.
func (d *drawing) path(from, to slot) string {
	x1, x2 := d.left[from.column]+d.wide[from.column], d.left[to.column]
	y1, y2 := from.y+from.height()/2, to.y+to.height()/2
	middle := (x1 + x2) / 2
	path := fmt.Sprintf("M%d %dC%d %d %d %d %d %d", x1, y1, middle, y1, middle, y2, x2, y2)
	if to.passes {
		path += fmt.Sprintf("H%d", x2+d.wide[to.column])
	}
	return path
}

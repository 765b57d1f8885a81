package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/composelint/composelint/rules"
)

// maxMarkdownRows bounds the table: GitHub shows summaries of up to 1 MiB.
const maxMarkdownRows = 200

// writeMarkdown writes a summary for the page of a run: the findings as a table, and a graph of
// who reaches the Docker API by which way.
func writeMarkdown(w io.Writer, r Report) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "## composelint\n\n%s\n", markdown(summary(r)))
	for _, relaxed := range r.Relaxed {
		fmt.Fprintf(b, "\n%s\n", markdown(relaxed.String()))
	}
	for _, trouble := range r.Trouble {
		fmt.Fprintf(b, "\n**not judged**: %s\n", markdown(trouble))
	}
	if len(r.Findings) > 0 {
		fmt.Fprintf(b, "\n| | place | finding | rule |\n|---|---|---|---|\n")
	}
	groups := told(r.Findings)
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Compare(b.first().Severity, a.first().Severity) })
	for i, g := range groups {
		if i == maxMarkdownRows {
			fmt.Fprintf(b, "\n%d more are not listed here.\n", len(groups)-i)
			break
		}
		f := g.first()
		rule := markdown(f.Rule)
		if help := helpOf(r, f.Rule); help != "" {
			rule = fmt.Sprintf("[%s](%s)", rule, linkEnds.Replace(help))
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", f.Severity, markdown(place(f.Location)), markdown(g.told()), rule)
	}
	for _, review := range r.Reviews {
		if g := graphOf(review); g != nil {
			fmt.Fprintf(b, "\n### Who reaches the Docker API in %s\n\n```mermaid\n%s```\n", markdown(review.Project), g.text())
		}
	}
	return b.Flush()
}

// linkEnds escapes what would end the address of a link, or the cell of a table.
var linkEnds = strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "|", "%7C", `\`, "%5C")

// graph is a Mermaid flowchart. Its nodes are told by their labels.
type graph struct {
	nodes []string
	ids   map[string]int
	// edges are marked where an attack that is possible takes them.
	edges  map[[2]int]bool
	sorted [][2]int
}

// graphOf has the networks with a proxy, who is on them, and the ways of attacks; it is nil
// for a project that has nothing of that.
func graphOf(review Review) *graph {
	if len(review.Networks) == 0 && len(review.Targets) == 0 {
		return nil
	}
	g := &graph{ids: map[string]int{}, edges: map[[2]int]bool{}}
	for _, network := range review.Networks {
		for _, service := range network.Services {
			g.edge(g.node(fmt.Sprintf("service %q", service)), g.node(fmt.Sprintf("network %q", network.Name)), false)
		}
	}
	for _, target := range review.Targets {
		for _, e := range target.Entries {
			possible := slices.ContainsFunc(target.Attacks, func(a rules.Attack) bool { return a.From(e).Goal == "possible" })
			for i := 1; i < len(e.Path); i++ {
				g.edge(g.node(serviceLabel(e.Path[i-1].Label)), g.node(serviceLabel(e.Path[i].Label)), possible)
			}
		}
	}
	return g
}

// serviceLabel calls a proxy in a path as the networks call it.
func serviceLabel(label string) string { return strings.TrimPrefix(label, "socket proxy ") }

func (g *graph) node(label string) int {
	label = strings.TrimPrefix(label, "service ")
	id, ok := g.ids[label]
	if !ok {
		id = len(g.nodes)
		g.ids[label] = id
		g.nodes = append(g.nodes, label)
	}
	return id
}

func (g *graph) edge(from, to int, marked bool) {
	key, back := [2]int{from, to}, [2]int{to, from}
	if _, ok := g.edges[back]; ok && !g.edges[back] && !marked {
		return // a plain link has no direction
	}
	if _, ok := g.edges[key]; !ok {
		g.sorted = append(g.sorted, key)
	}
	g.edges[key] = g.edges[key] || marked
}

func (g *graph) text() string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for id, label := range g.nodes {
		fmt.Fprintf(&b, "  n%d[\"%s\"]\n", id, mermaid(label))
	}
	var marked []string
	for i, edge := range g.sorted {
		arrow := "---"
		if g.edges[edge] {
			arrow = "==>"
			marked = append(marked, fmt.Sprint(i))
		}
		fmt.Fprintf(&b, "  n%d %s n%d\n", edge[0], arrow, edge[1])
	}
	if len(marked) > 0 {
		fmt.Fprintf(&b, "  linkStyle %s stroke:#d1242f\n", strings.Join(marked, ","))
	}
	return b.String()
}

// mermaid writes the characters that end a label, or begin something in it, as entities.
func mermaid(text string) string {
	return strings.NewReplacer(`"`, "#quot;", "#", "#35;", "<", "#lt;", ">", "#gt;", "`", "#96;", "\\", "#92;").Replace(text)
}

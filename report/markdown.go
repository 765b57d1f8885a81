package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/composelint/composelint/internal/visible"
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
	groups := worstFirst(told(r.Findings))
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
	if len(r.Differences) > 0 {
		fmt.Fprintf(b, "\n### What composelint fix --write would change\n")
	}
	for _, d := range r.Differences {
		lines := make([]string, len(d.Hunks))
		for i, line := range d.Hunks {
			lines[i] = visible.Start(line)
		}
		text := strings.Join(lines, "\n")
		fence := strings.Repeat("`", max(3, longestRun(text, '`')+1))
		fmt.Fprintf(b, "\nin %s:\n\n%sdiff\n%s\n%s\n", markdown(d.File), fence, text, fence)
	}
	for _, review := range r.Reviews {
		if len(review.Targets)+len(review.DockerAPI) == 0 {
			continue // a run over many projects is about little but this
		}
		if g := graphOf(review); g != nil {
			fmt.Fprintf(b, "\n### Who reaches the Docker API in %s\n\n```mermaid\n%s```\n", markdown(review.Project), flowchart(g))
			if more := g.more(); more != "" {
				fmt.Fprintf(b, "\nNot drawn: %s.\n", more)
			}
		}
	}
	return b.Flush()
}

// longestRun is how often a character stands in a text one after the other, at most.
func longestRun(text string, of rune) (longest int) {
	run := 0
	for _, c := range text {
		if c != of {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

// linkEnds escapes what would end the address of a link, or the cell of a table.
var linkEnds = strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "|", "%7C", `\`, "%5C")

// arrows are those of Mermaid. A connection that no attack takes has no head.
var arrows = map[peril]string{unsure: "-.-", connected: "---", fromService: "-.->", fromOutside: "==>"}

// flowchart is a graph as Mermaid reads it.
func flowchart(g *graph) string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for id, n := range g.nodes {
		fmt.Fprintf(&b, "  n%d[\"%s\"]\n", id, mermaid.Replace(n.called()))
	}
	var marked []string
	for i, e := range g.edges {
		fmt.Fprintf(&b, "  n%d %s n%d\n", e.from, arrows[e.peril], e.to)
		if e.peril == fromOutside {
			marked = append(marked, fmt.Sprint(i))
		}
	}
	if len(marked) > 0 {
		fmt.Fprintf(&b, "  linkStyle %s stroke:#d1242f\n", strings.Join(marked, ","))
	}
	return b.String()
}

// mermaid replaces what ends a label or begins something in it by what looks like it. Mermaid's own
// entities, such as #quot;, are shown as they are written where it draws labels without HTML
// (https://github.com/mermaid-js/mermaid/issues/7015).
var mermaid = strings.NewReplacer(`"`, "'", "`", "'", "#", "＃", "&", "＆", "<", "‹", ">", "›", `\`, "＼")

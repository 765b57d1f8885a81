package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// writeChecklistMarkdown writes the review of the projects for a pull request.
func writeChecklistMarkdown(w io.Writer, r Report) error {
	b := bufio.NewWriter(w)
	for i, s := range checklist(r) {
		if i > 0 {
			fmt.Fprintln(b)
		}
		level := "###"
		if len(s.rows) == 0 {
			level = "##"
		}
		fmt.Fprintf(b, "%s %s\n", level, markdown(s.title))
		if len(s.rows) > 0 {
			fmt.Fprintln(b)
		}
		for _, row := range s.rows {
			fmt.Fprintf(b, "- %s%s\n", markdownMark(row.mark), markdown(row.text))
			for _, detail := range row.details {
				fmt.Fprintf(b, "  - %s\n", markdown(detail))
			}
		}
	}
	return b.Flush()
}

// markdownMark is a mark as GitHub shows it.
func markdownMark(mark string) string {
	switch mark {
	case "":
		return ""
	case "pass", "fail":
		return map[string]string{"pass": "[x] ", "fail": "[ ] **fail**: "}[mark]
	}
	return "**" + mark + "**: "
}

// apart is a comment of HTML, which nobody sees. What it stands in is a link no more, neither to the
// parser of Markdown nor to what looks at the page that comes of it, and no escape does both.
const apart = "<!-- -->"

// markdown escapes what a file could bring of its own: markup, and what becomes a link by itself,
// such as URLs, addresses of mail, names of users and numbers of issues.
func markdown(text string) string {
	return strings.NewReplacer(
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`,
		"://", ":"+apart+"//", "ww.", "ww"+apart+".", "WW.", "WW"+apart+".", "wW.", "wW"+apart+".", "Ww.", "Ww"+apart+".",
		"@", "@"+apart, "#", `\#`+apart,
	).Replace(text)
}

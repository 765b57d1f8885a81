package lsp

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/report"
)

// The kinds of texts that a client can show.
const (
	markdownText = "markdown"
	plainText    = "plaintext"
)

// prose words texts as a client takes them: as Markdown, or plain.
type prose struct{ markdown bool }

// markup is a text as the protocol has it.
func (p prose) markup(text string) markupContent {
	if p.markdown {
		return markupContent{markdownText, text}
	}
	return markupContent{plainText, text}
}

// joined are several parts, which a line tells apart.
func (p prose) joined(parts []string) string {
	if p.markdown {
		return strings.Join(parts, "\n\n---\n\n")
	}
	return strings.Join(parts, "\n\n")
}

// paragraphs are those that are not empty.
func paragraphs(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(one string) bool { return one == "" }), "\n\n")
}

// punctuation is what Markdown could take for markup, anywhere in a text.
var punctuation = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "&", `\&`, "~", `\~`, "|", `\|`)

// text is one from anywhere that has no markup.
func (p prose) text(s string) string {
	s = report.Shown(s)
	if !p.markdown {
		return s
	}
	s = punctuation.Replace(s)
	var b strings.Builder
	for i, r := range s {
		isStart := i == 0 && strings.ContainsRune("#+-=", r)
		if isStart || r == '_' && !(i > 0 && i+1 < len(s) && isWord(s[i-1]) && isWord(s[i+1])) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func isWord(b byte) bool {
	return b < unicode.MaxASCII && (unicode.IsLetter(rune(b)) || unicode.IsDigit(rune(b)))
}

// written is a text with the markup that composelint's own texts have.
func (p prose) written(s string) string {
	return strings.Join(strings.Fields(report.Shown(strings.ReplaceAll(s, "\n", " "))), " ")
}

// code is a text as it is written in a file.
func (p prose) code(s string) string {
	s = report.Shown(s)
	if !p.markdown {
		return strconv.Quote(s)
	}
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}

func (p prose) strong(s string) string {
	if p.markdown {
		return "**" + p.text(s) + "**"
	}
	return p.text(s)
}

// addressEnds is what would end the address of a link.
var addressEnds = strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C")

// link is a text that leads to a page, or the text alone where there is none.
func (p prose) link(s, page string) string {
	switch {
	case page == "":
		return p.text(s)
	case p.markdown:
		return "[" + p.text(s) + "](" + addressEnds.Replace(report.Shown(page)) + ")"
	}
	return p.text(s) + " (" + report.Shown(page) + ")"
}

// list has each item on a line of its own, numbered where their order counts.
func (p prose) list(items []string, numbered bool) string {
	lines := make([]string, len(items))
	for i, item := range items {
		lines[i] = "- " + item
		if numbered {
			lines[i] = fmt.Sprintf("%d. %s", i+1, item)
		}
	}
	return strings.Join(lines, "\n")
}

// block is a stretch of a file.
func (p prose) block(lines []string) string {
	text := report.ShownLines(strings.Join(lines, "\n"))
	if !p.markdown {
		return text
	}
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + "yaml\n" + text + "\n" + fence
}

// place is where something stands.
func (p prose) place(l model.Location) string {
	return p.text(fmt.Sprintf("%s:%d", l.File, max(l.Start.Line, 1)))
}

// some are the first of several texts, and how many more there are.
func some(all []string, most int) []string {
	if more := len(all) - most; more > 0 {
		return append(slices.Clone(all[:most]), fmt.Sprintf("%d more", more))
	}
	return all
}

// names are those of some things, the first of many.
func names(of []string) string {
	all := make([]string, len(of))
	for i, name := range of {
		all[i] = strconv.Quote(name)
	}
	return words.And(some(all, mostNamed))
}

// mostNamed is how many things are named one after the other.
const mostNamed = 4

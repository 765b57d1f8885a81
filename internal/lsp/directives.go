package lsp

import (
	"cmp"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules/triage"
)

// directive offers what can be written in a comment: that it is an ignore, and the rules of one.
func (c *completing) directive(comment yamltree.Comment, offset int) error {
	const ignore = model.Directive + "ignore"
	text := c.document.content[comment.Span.Start:offset]
	said := strings.TrimLeft(strings.TrimLeft(text, "#"), " \t")
	names, isIgnore := strings.CutPrefix(said, ignore+" ")
	switch {
	case isIgnore && !strings.Contains(names, "--"):
		return c.ignored(comment, names, offset)
	case said == "" && c.unasked, isIgnore, !strings.HasPrefix(ignore+" ", said):
	default:
		end := offset
		for end < comment.Span.End && !strings.ContainsRune(" \t", rune(c.document.content[end])) {
			end++
		}
		c.add(offer{label: ignore, kind: completesKeyword, detail: "accept findings of rules here, with a reason", text: ignore + " "}, offset-len(said), end)
	}
	return nil
}

// ignored offers the rules of an ignore whose comment has some names before an offset: first those that find
// something where it speaks of.
func (c *completing) ignored(comment yamltree.Comment, names string, offset int) error {
	rest := c.document.content[offset:comment.Span.End]
	end := offset
	if i := strings.IndexAny(rest, ", \t"); i >= 0 {
		end += i
	} else {
		end += len(rest)
	}
	start := offset - len(strings.TrimLeft(names[strings.LastIndexByte(names, ',')+1:], " \t"))
	after, _, _ := strings.Cut(c.document.content[end:comment.Span.End], "--")
	taken := map[string]bool{triage.UnusedIgnore: true}
	for name := range strings.SplitSeq(names[:strings.LastIndexByte(names, ',')+1]+after, ",") {
		taken[strings.TrimSpace(name)] = true
	}

	judged, err := c.ofDocument(c.ctx, c.document)
	if err != nil {
		return err
	}
	engine, err := c.linterNow().Engine()
	if err != nil {
		return err
	}
	all, here := engine.Catalogue, map[string]bool{}
	for _, j := range judged {
		all = all.With(j.report.Rules)
		for _, f := range j.report.Findings {
			within := func(l model.Location) bool {
				return loader.Absolute(l.File) == c.document.path && comment.First <= l.Start.Line && l.Start.Line <= comment.Last
			}
			here[f.Rule] = here[f.Rule] || within(f.Location) || within(f.Service.Location)
		}
	}
	ids := slices.Compact(all.IDs())
	slices.SortStableFunc(ids, func(a, b string) int {
		if here[a] != here[b] {
			return map[bool]int{true: -1, false: 1}[here[a]]
		}
		return cmp.Compare(a, b)
	})
	for _, id := range ids {
		if taken[id] {
			continue
		}
		rule, _ := all.Find(id)
		detail := rule.Title
		if here[id] {
			detail += " (found here)"
		}
		c.add(offer{label: id, kind: completesRule, detail: detail}, start, end)
	}
	return nil
}

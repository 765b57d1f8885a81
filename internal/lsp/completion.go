package lsp

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules/config"
)

// mostItems bounds what is offered at once.
const mostItems = 500

// mostEdited bounds the projects that are loaded to see what can be written in a file of theirs.
const mostEdited = 10

// completion is what can be written at a place: what composelint alone knows, and names of the project.
func (s *server) completion(ctx context.Context, d *document, p completionParams) (any, error) {
	offset := d.offset(p.Position)
	start := d.starts[d.position(offset).Line]
	c := completing{server: s, ctx: ctx, document: d, unasked: p.Context.TriggerKind == triggeredByCharacter}
	var err error
	switch {
	case d.isConfiguration(s.linterNow()):
		c.configuration(start, offset)
	case !d.compose:
		return nil, nil
	default:
		if comment, ok := commentAt(d.content, offset); ok {
			err = c.directive(comment, offset)
		} else {
			c.compose(start, offset)
		}
	}
	return completionList{Items: c.list()}, err
}

// isConfiguration is true for a configuration file.
func (d *document) isConfiguration(l *lint.Linter) bool {
	return slices.Contains(config.FileNames, filepath.Base(d.path)) || l.Config != "" && loader.Absolute(l.Config) == d.path
}

// completing collects what can be written at a place.
type completing struct {
	*server
	ctx      context.Context
	document *document
	// unasked is true where a character of the text brought the question.
	unasked bool
	items   []completionItem
}

// offer is one thing that can be written.
type offer struct {
	label, detail, about string
	kind                 int
	// text is what is written, the label where it is empty.
	text string
}

// add offers something in the place of a stretch of the text.
func (c *completing) add(o offer, start, end int) {
	item := completionItem{Label: o.label, Kind: o.kind, Detail: report.Shown(o.detail)}
	item.TextEdit = textEdit{textRange{c.document.position(start), c.document.position(end)}, cmp.Or(o.text, o.label)}
	if o.about != "" {
		item.Documentation = new(c.prose().markup(o.about))
	}
	c.items = append(c.items, item)
}

// prose words texts as the client shows them.
func (c *completing) prose() prose {
	return prose{slices.Contains(c.params.Capabilities.TextDocument.Completion.CompletionItem.DocumentationFormat, markdownText)}
}

// list are the items in their order.
func (c *completing) list() []completionItem {
	items := c.items[:min(len(c.items), mostItems)]
	for i := range items {
		items[i].SortText = fmt.Sprintf("%04d", i)
	}
	return append([]completionItem{}, items...)
}

// compose offers what can be written in a Compose file.
func (c *completing) compose(start, offset int) {
	var projects []*lint.Edited
	loaded := false
	for t := range typings(c.document.content, start, offset) {
		proxy, isSetting := t.setting()
		r, isReference := t.reference()
		if !isSetting && !isReference {
			continue
		}
		if !loaded {
			projects, loaded = c.edited(c.ctx, c.document, t.content), true
		}
		if isSetting {
			c.settings(projects, proxy, t)
		} else {
			c.names(projects, r, t)
		}
		if len(c.items) > 0 || c.ctx.Err() != nil {
			return
		}
	}
}

// edited are the projects that a document is part of, as they would be with another text of it.
func (s *server) edited(ctx context.Context, d *document, content string) []*lint.Edited {
	s.mu.Lock()
	documents, linter := maps.Clone(s.documents), s.linter
	var found []loader.Found
	for _, key := range sortedKeys(s.projects) {
		if p := s.projects[key]; p.mayRead(d.path) && len(found) < mostEdited {
			found = append(found, p.Found)
		}
	}
	s.mu.Unlock()
	texts := textsOf(documents)
	texts[d.path] = []byte(content)
	result, err := linter.Over(texts).Edited(ctx, found, func() {})
	if err != nil {
		return nil // diagnostics say what is wrong
	}
	return result.Projects
}

// names offers those of what is defined in the projects.
func (c *completing) names(projects []*lint.Edited, r reference, t typing) {
	parent := t.parent()
	if t.role == atKey && t.alone && len(parent.Fields) == 1 {
		return // the start of a list, most likely
	}
	token, prefix := c.document.content[t.start:t.end], ""
	from, to, ok := r.name(token, len(t.typed))
	if !ok && r.prefix != "" && strings.HasPrefix(r.prefix, t.typed) {
		prefix, from, to, ok = r.prefix, 0, len(token), true
	}
	if !ok {
		return
	}
	taken := taken(parent)
	for _, name := range namesOf(projects, r.section) {
		if strings.Contains(name, standIn) || taken[name] || r.section == "services" && len(t.path) > 1 && name == t.path[1] {
			continue
		}
		text := prefix + name
		switch {
		case r.section == "volumes" && t.role == atItem && to == len(token):
			text += ":"
		case t.role == atKey && !t.followed && !t.quoted:
			text += ":"
		}
		c.add(offer{label: prefix + name, kind: completesModule, text: t.before + text}, t.start+from, t.start+to)
	}
}

// taken are the keys or items of a collection.
func taken(n *yamltree.Node) map[string]bool {
	taken := map[string]bool{}
	if n == nil {
		return taken
	}
	for key := range n.Fields {
		taken[key] = true
	}
	for _, item := range n.Items {
		taken[item.String()] = true
	}
	return taken
}

// namesOf are the names that projects define under a top-level key, in order.
func namesOf(projects []*lint.Edited, section string) []string {
	names := map[string]bool{}
	for _, p := range projects {
		for _, d := range definitionsOf(p.Project, section) {
			names[d.Name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// definitionsOf are what a project defines under a top-level key.
func definitionsOf(p model.Project, section string) (all []model.Definition) {
	add := func(at, name string) { all = append(all, model.Definition{At: at, Section: section, Name: name}) }
	switch section {
	case "services":
		for _, s := range p.Services {
			if s.Kind == "service" {
				add(s.At, s.Name)
			}
		}
	case "networks":
		for _, n := range p.Networks {
			add(n.At, n.Name)
		}
	case "volumes":
		for _, v := range p.Volumes {
			add(v.At, v.Name)
		}
	case "secrets":
		for _, s := range p.Secrets {
			add(s.At, s.Name)
		}
	case "configs":
		for _, f := range p.Configs {
			add(f.At, f.Name)
		}
	}
	return all
}

// configuration offers what can be written in the configuration file.
func (c *completing) configuration(start, offset int) {
	engine, err := c.linterNow().Engine()
	if err != nil {
		return
	}
	known := config.KnownTo(engine)
	for t := range typings(c.document.content, start, offset) {
		choices, refers := config.Choices(known, t.path, t.role == atKey)
		taken := taken(t.parent())
		writesKey := t.role == atKey || t.role == atItem && t.alone
		for _, choice := range choices {
			o := offer{label: choice.Text, kind: completesValue, about: c.prose().text(choice.About)}
			if choice.Kind != "" && writesKey {
				o.kind, o.text = completesProperty, choice.Text+endOfKey(choice.Kind, t)
			} else if choice.Kind != "" {
				continue
			}
			if rule, ok := engine.Catalogue.Find(choice.Text); ok {
				o.kind, o.detail = completesRule, rule.Title
			}
			if !taken[choice.Text] {
				o.text = t.before + cmp.Or(o.text, o.label)
				c.add(o, t.start, t.end)
			}
		}
		if refers != "" {
			_, _ = c.ofDocument(c.ctx, c.document) // until it is known which projects it is the configuration of
			for _, name := range namesOf(c.edited(c.ctx, c.document, ""), refers) {
				o := offer{label: name, kind: completesModule, text: t.before + name}
				if t.role == atKey {
					o.text += endOfKey("a mapping", t)
				}
				if !taken[name] {
					c.add(o, t.start, t.end)
				}
			}
		}
		if len(c.items) > 0 {
			return
		}
	}
}

// linterNow is that of what is set now.
func (s *server) linterNow() *lint.Linter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.linter
}

// endOfKey is what follows a new key: its colon, and a blank before a value on the same line.
func endOfKey(kind string, t typing) string {
	switch {
	case t.followed || t.quoted:
		return ""
	case kind == "a list" || kind == "a mapping":
		return ":"
	}
	return ": "
}

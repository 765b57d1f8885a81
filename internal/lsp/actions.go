package lsp

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	udiff "github.com/aymanbagabas/go-udiff"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
)

// The kinds of code actions.
const (
	quickFix = "quickfix"
	fixAll   = "source.fixAll.composelint"
)

// codeActions are the fixes of what is found in a range, and what accepts it; or all safe fixes of the file's
// projects, where a client asks for those, as on saving.
func (s *server) codeActions(ctx context.Context, d *document, p codeActionParams) (any, error) {
	judged, err := s.ofDocument(ctx, d)
	if err != nil {
		return nil, err
	}
	actions := []codeAction{}
	if wants(p.Context.Only, quickFix) {
		seen := map[string]bool{}
		for _, j := range judged {
			for _, a := range s.quickFixes(ctx, j, d, p.Range) {
				if key := fmt.Sprintf("%s %+v", a.Title, a.Diagnostics); !seen[key] {
					seen[key] = true
					actions = append(actions, a)
				}
			}
		}
	}
	if len(p.Context.Only) > 0 && wants(p.Context.Only, fixAll) {
		for _, j := range judged {
			action, err := s.fixAll(ctx, j, d)
			if err != nil {
				return nil, err
			}
			if action != nil { // of one project: editors make all that they get, and others would change the same bytes again
				actions = append(actions, *action)
				break
			}
		}
	}
	slices.SortStableFunc(actions, func(a, b codeAction) int { return cmp.Compare(a.rank, b.rank) })
	return actions, nil
}

// wants is true for a kind of action that is asked for, by its name or as one of a wider kind.
func wants(only []string, kind string) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(o string) bool { return o == kind || strings.HasPrefix(kind, o+".") })
}

// The order in which actions are offered.
const (
	safeFirst = iota
	thenUnsafe
	thenAccepting
)

// Of so many findings of a range fixes are offered, and of so many what accepts them, each of which takes a look at
// the whole file: who selects more looks for something else.
const (
	mostFixed    = 100
	mostAccepted = 10
)

// quickFixes are those of the findings of a project that stand on the lines of a range of a document.
func (s *server) quickFixes(ctx context.Context, j *judgement, d *document, in textRange) (actions []codeAction) {
	if j.project == nil || j.isBroken {
		return nil
	}
	first, last := min(in.Start.Line, in.End.Line), max(in.Start.Line, in.End.Line)
	number := 0
	for _, f := range j.withFixes().Findings {
		at := d.rangeOf(f.Location)
		if loader.Absolute(f.Location.File) != d.path || at.End.Line < first || last < at.Start.Line {
			continue
		}
		if number++; number > mostFixed || ctx.Err() != nil {
			break
		}
		found := []diagnostic{s.diagnosticOf(j, f)}
		for _, fix := range f.Fixes {
			if action, ok := s.fixAction(j, fix); ok {
				action.Diagnostics, action.IsPreferred = found, action.rank == safeFirst && !hasPreferred(actions)
				actions = append(actions, action)
			}
		}
		if number > mostAccepted {
			continue
		}
		for _, action := range s.accepting(j, f) {
			action.Diagnostics = found
			actions = append(actions, action)
		}
	}
	return actions
}

func hasPreferred(actions []codeAction) bool {
	return slices.ContainsFunc(actions, func(a codeAction) bool { return a.IsPreferred })
}

// fixAction makes a fix; ok is false for one that cannot be made.
func (s *server) fixAction(j *judgement, fix rules.Fix) (action codeAction, ok bool) {
	if fix.Refused != "" || len(fix.Changes) == 0 {
		return codeAction{}, false
	}
	edits := map[string][]textEdit{}
	for _, c := range fix.Changes {
		t := j.textOf(c.File)
		if t == nil {
			return codeAction{}, false
		}
		edits[c.File] = append(edits[c.File], textEdit{t.rangeOf(c.Location), c.Text})
	}
	action = codeAction{Title: report.Shown(fix.Label), Kind: quickFix, Edit: s.edit(j, edits)}
	if !fix.Safe() {
		action.Title, action.rank = report.Shown(fmt.Sprintf("unsafe: %s (%s)", fix.Label, fix.Risk)), thenUnsafe
	}
	return action, true
}

// accepting are the actions after which a finding counts no more: a comment here, or an exception in the
// configuration. The reason is to be filled in.
func (s *server) accepting(j *judgement, f rules.Finding) (actions []codeAction) {
	if ignored, err := j.triaged.IgnoreFor(f); err == nil {
		edits := map[string][]textEdit{ignored.File.Path: s.difference(j, ignored.File.Path, string(ignored.Text))}
		actions = append(actions, codeAction{Title: fmt.Sprintf("ignore %s here, with a reason", f.Rule), Kind: quickFix, Edit: s.edit(j, edits), rank: thenAccepting})
	}
	path, before, after, err := j.project.ExceptionFor(f)
	if err != nil || before == nil && !slices.Contains(s.params.Capabilities.Workspace.WorkspaceEdit.ResourceOperations, "create") {
		return actions
	}
	action := codeAction{Title: fmt.Sprintf("add an exception for %s to %q, with a reason", f.Rule, filepath.Base(path)), Kind: quickFix, rank: thenAccepting}
	if before == nil {
		action.Edit = &workspaceEdit{DocumentChanges: []any{
			createFile{"create", uriOf(loader.Absolute(path))},
			textDocumentEdit{versionedIdentifier{URI: uriOf(loader.Absolute(path))}, []textEdit{{NewText: string(after)}}},
		}}
	} else {
		action.Edit = s.edit(j, map[string][]textEdit{loader.Shown(path): s.difference(j, loader.Shown(path), string(after))})
	}
	return append(actions, action)
}

// fixAll makes all safe fixes of a document in a project, as composelint fix does: those of other files are made when
// they are saved. It is nil where there is none to make.
func (s *server) fixAll(ctx context.Context, j *judgement, d *document) (*codeAction, error) {
	if j.project == nil || j.isBroken {
		return nil, nil
	}
	result, err := j.linter.Judge(ctx, []loader.Found{j.Found}, func() {}) // what was triaged cannot be triaged again
	if err != nil {
		return nil, err
	}
	fixed, err := j.linter.Fix(ctx, result.Projects, lint.Fixing{Lowest: severity.Note})
	if err != nil {
		return nil, err
	}
	edits := map[string][]textEdit{}
	for _, file := range fixed.Files {
		if loader.Absolute(file.After.Path) == d.path {
			edits[file.After.Path] = s.difference(j, file.After.Path, string(file.After.Text))
		}
	}
	if len(edits) == 0 {
		return nil, nil
	}
	return &codeAction{Title: "fix all that is safe to fix", Kind: fixAll, Edit: s.edit(j, edits)}, nil
}

// difference are the edits that make another text of a file.
func (s *server) difference(j *judgement, path, after string) (edits []textEdit) {
	t := j.textOf(path)
	if t == nil {
		return nil
	}
	for _, e := range udiff.Strings(t.content, after) {
		edits = append(edits, textEdit{textRange{t.position(e.Start), t.position(e.End)}, e.New})
	}
	return edits
}

// edit changes files, by the paths that places have: of open ones those versions that were judged, where the client
// can tell versions apart.
func (s *server) edit(j *judgement, edits map[string][]textEdit) *workspaceEdit {
	e := &workspaceEdit{}
	for _, path := range sortedKeys(edits) {
		if !s.params.Capabilities.Workspace.WorkspaceEdit.DocumentChanges {
			if e.Changes == nil {
				e.Changes = map[string][]textEdit{}
			}
			e.Changes[j.uriOf(path)] = edits[path]
			continue
		}
		id := versionedIdentifier{URI: j.uriOf(path)}
		if d := j.documents[loader.Absolute(path)]; d != nil {
			id.Version = &d.version
		}
		e.DocumentChanges = append(e.DocumentChanges, textDocumentEdit{id, edits[path]})
	}
	return e
}

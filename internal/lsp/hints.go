package lsp

import (
	"context"
	"fmt"
	"strings"

	"github.com/composelint/composelint/model"
)

// inlayHints say at the names of services in a range what socket proxies let through, who reaches them, and who is
// reached from outside.
func (s *server) inlayHints(ctx context.Context, d *document, p inlayHintParams) (any, error) {
	judged, err := s.ofDocument(ctx, d)
	if err != nil {
		return nil, err
	}
	hints := []inlayHint{}
	seen := map[string]bool{}
	start, end := d.offset(p.Range.Start), d.offset(p.Range.End)
	for _, j := range judged {
		of, err := s.hintsOf(ctx, j, d, start, end)
		if err != nil {
			return nil, err
		}
		for _, hint := range of {
			if key := fmt.Sprintf("%v %s", hint.Position, hint.Label); !seen[key] {
				seen[key] = true
				hints = append(hints, hint)
			}
		}
	}
	return hints, nil
}

// hintsOf are those of a project between two offsets of a document. Where no service is declared there, nothing is
// worked out.
func (s *server) hintsOf(ctx context.Context, j *judgement, d *document, start, end int) (hints []inlayHint, err error) {
	if j.project == nil {
		return nil, nil
	}
	here := newHere(d.path)
	for _, service := range j.project.Project.Services {
		if service.Name != service.Owner {
			continue
		}
		for _, l := range j.project.Sources.Declared(service.At) {
			if !here.is(l.File) {
				continue
			}
			at := d.offset(d.placed(l.End))
			if at < start || at > end {
				continue
			}
			deployment, err := j.deployed(ctx)
			if err != nil {
				return nil, err
			}
			if label, more := deployment.hint(service); label != "" {
				hint := inlayHint{Position: d.position(behindColon(d.content, at)), Label: prose{}.text(label), PaddingLeft: true}
				if more != "" {
					hint.Tooltip = &markupContent{plainText, prose{}.text(more)}
				}
				hints = append(hints, hint)
			}
		}
	}
	return hints, nil
}

// behindColon is the offset behind the colon that follows a key, the end of the key where none does.
func behindColon(content string, end int) int {
	rest := content[end:]
	if blank := strings.TrimLeft(rest, " \t"); strings.HasPrefix(blank, ":") {
		return end + len(rest) - len(blank) + 1
	}
	return end
}

// hint says in a few words what matters of a service, and then more of it; nothing where there is nothing to say.
func (d *deployment) hint(service model.Service) (label, more string) {
	if api, ok := d.apis[service.Name]; ok {
		said, known := allowed(api)
		if !known {
			return "rules unknown", strings.TrimPrefix(unknownSince(api), ", ")
		}
		target := d.proxies[service.Name]
		verdict, by := root(target)
		if len(by) > 0 {
			may := map[string]string{"possible": "can", "unknown": "may be able to"}[verdict]
			more = fmt.Sprintf("whoever reaches it %s: %s", may, strings.Join(some(by, mostPlaces), "; "))
		}
		if len(target.Entries) == 0 {
			more = strings.TrimPrefix(more+"; nobody in this project reaches it", "; ")
		}
		return fmt.Sprintf("%s, root %s", said, verdict), more
	}
	var said []string
	if proxies := d.through[service.Name]; len(proxies) > 0 {
		said = append(said, "reaches the Docker API through "+names(proxies))
	}
	var ways []string
	for _, e := range d.waysIn[service.Name] {
		if e.Certain {
			ways = append(ways, e.Called)
		}
	}
	if len(ways) > 0 {
		by := ways[0]
		if n := len(ways) - 1; n > 0 {
			by += fmt.Sprintf(" and %d more", n)
			more = "reached from outside by " + strings.Join(some(ways, mostPlaces), ", ")
		}
		said = append(said, "reached from outside by "+by)
	}
	return strings.Join(said, ", "), more
}

// refreshHints has the client ask for hints again, where it can: a change of one file may change those of another.
func (s *server) refreshHints() {
	if s.params.Capabilities.Workspace.InlayHint.RefreshSupport {
		s.ask("workspace/inlayHint/refresh", nil)
	}
}

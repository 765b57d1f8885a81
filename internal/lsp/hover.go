package lsp

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/severity"
)

// hover says what there is to know of a place of a document: what is found there, what the flag of a socket proxy opens,
// who reaches a service, where the value of a variable comes from, and what a value is in the merged project.
func (s *server) hover(ctx context.Context, d *document, p positionParams) (any, error) {
	judged, err := s.ofDocument(ctx, d)
	if err != nil {
		return nil, err
	}
	var said []string
	var tokens []textRange
	projects := map[string][]string{} // by what is said by them
	for _, j := range judged {
		if j.project == nil {
			continue
		}
		h := hovering{prose: s.prose(), judgement: j, document: d, here: newHere(d.path), offset: d.offset(p.Position)}
		if err := h.all(ctx); err != nil {
			return nil, err
		}
		if len(h.parts) == 0 {
			continue
		}
		tokens = append(tokens, h.tokens...)
		text := h.joined(h.parts)
		if projects[text] == nil {
			said = append(said, text)
		}
		projects[text] = append(projects[text], strings.Join(j.Files, " and "))
	}
	if len(said) == 0 {
		return nil, nil
	}
	if len(said) > 1 {
		for i, text := range said {
			said[i] = paragraphs(s.prose().strong("In the project of "+strings.Join(projects[text], ", and of "))+":", text)
		}
	}
	return hover{Contents: s.prose().markup(s.prose().joined(said)), Range: tokens[0]}, nil
}

// prose is how the client takes texts.
func (s *server) prose() prose {
	return prose{markdown: slices.Contains(s.params.Capabilities.TextDocument.Hover.ContentFormat, markdownText)}
}

// hovering is what there is to say of a place by a project.
type hovering struct {
	prose
	*judgement
	document *document
	here     here
	offset   int
	parts    []string
	// tokens are what stands there, that which most is said of first.
	tokens []textRange
}

func (h *hovering) say(at textRange, parts ...string) {
	h.parts, h.tokens = append(h.parts, parts...), append(h.tokens, at)
}

func (h *hovering) all(ctx context.Context) error {
	mentions := h.mentionsAt(h.document.path, h.offset)
	if len(mentions) == 0 {
		h.findings(nil)
		return nil
	}
	token := textRange{h.document.position(mentions[0].token.Start), h.document.position(mentions[0].token.End)}
	if err := h.services(ctx, token, mentions); err != nil {
		return err
	}
	h.findings(mentions)
	if err := h.flags(ctx, token, mentions); err != nil {
		return err
	}
	h.variable(mentions)
	h.values(token, mentions)
	return nil
}

// The most rules that are told in full where they find something at a place, and otherwise.
const (
	mostInFull   = 2
	mostFindings = 6
)

// findings tells what is found at the place, or at the value of the key that stands there; what a rule finds is told
// at once.
func (h *hovering) findings(mentions []mention) {
	values := map[model.Location]bool{}
	for _, s := range mentions {
		if len(s.path) > 0 && s.written == s.node {
			values[s.node.Place().Location()] = true
		}
	}
	isHere := func(f rules.Finding) bool {
		return h.here.is(f.Location.File) && (values[f.Location] || h.isOn(h.document.rangeOf(f.Location)))
	}
	if !slices.ContainsFunc(h.report.Findings, isHere) && !slices.ContainsFunc(h.report.Suppressed, isHere) {
		return // before the fixes of all are made
	}
	reported := h.withFixes()
	var ids []string
	found := map[string][]rules.Finding{}
	for _, f := range slices.Concat(reported.Findings, reported.Suppressed) {
		if !isHere(f) {
			continue
		}
		if found[f.Rule] == nil {
			ids = append(ids, f.Rule)
		}
		found[f.Rule] = append(found[f.Rule], f)
	}
	slices.SortStableFunc(ids, func(a, b string) int { return cmp.Compare(weight(found[b]), weight(found[a])) })
	var also []string
	for i, id := range ids {
		rule, _ := reported.Rules.Find(id)
		if i < mostInFull {
			h.say(h.document.rangeOf(found[id][0].Location), h.finding(rule, found[id]))
		} else {
			also = append(also, h.link(id, rule.HelpURI())+": "+h.text(found[id][0].Message))
		}
	}
	if len(also) > 0 {
		h.say(h.tokens[0], "Found as well:\n\n"+h.list(some(also, mostFindings), false))
	}
}

// weight is how much what a rule finds counts: its severity, unless all of it is excused.
func weight(found []rules.Finding) severity.Severity {
	most := severity.Note - 1
	for _, f := range found {
		if f.Suppression == nil {
			most = max(most, f.Severity)
		}
	}
	return most
}

// isOn is true for what stands at the place.
func (h *hovering) isOn(at textRange) bool {
	start, end := h.document.offset(at.Start), h.document.offset(at.End)
	return start <= h.offset && h.offset < max(end, start+1)
}

// finding is what a rule finds at one place.
func (h *hovering) finding(rule catalogue.Rule, found []rules.Finding) string {
	why, _, _ := strings.Cut(rule.Description, "\n\n")
	said := []string{fmt.Sprintf("%s (%s, %s)", h.strong(rule.Title), found[0].Severity, h.link(rule.ID, rule.HelpURI()))}
	for _, f := range found[:min(len(found), mostParts)] {
		said = append(said, paragraphs(h.text(capital(f.Message))+".", h.excuse(f.Suppression)))
	}
	if more := len(found) - mostParts; more > 0 {
		said = append(said, fmt.Sprintf("The same is found of %d more.", more))
	}
	return paragraphs(append(said, h.written(why), h.remedies(rule, found), h.steps("How an attack gets there:", found[0].Path))...)
}

// capital is a text as the beginning of a sentence.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// remedies say what would be right.
func (h *hovering) remedies(rule catalogue.Rule, found []rules.Finding) string {
	var all []string
	for _, fix := range fixesOf(found) {
		said := h.text(fix.Label)
		switch {
		case fix.Label == "":
			said = "by hand: " + h.text(fix.Refused)
		case fix.Refused != "":
			said += fmt.Sprintf(" (by hand: %s)", h.text(fix.Refused))
		case !fix.Safe():
			said += fmt.Sprintf(" (unsafe: %s)", h.text(fix.Risk))
		}
		if !slices.Contains(all, said) {
			all = append(all, said)
		}
	}
	switch {
	case len(all) > 0:
		return "To fix it:\n\n" + h.list(all, false)
	case rule.ByHand != "":
		return "To fix by hand: " + h.written(rule.ByHand) + "."
	}
	return ""
}

func fixesOf(found []rules.Finding) (all []rules.Fix) {
	for _, f := range found {
		all = append(all, f.Fixes...)
	}
	return all
}

// excuse says why a finding does not count.
func (h *hovering) excuse(s *rules.Suppression) string {
	if s == nil {
		return ""
	}
	called := map[string]string{"ignore": "a comment", "exception": "an exception", "baseline": "the baseline"}[s.Kind]
	said := fmt.Sprintf("It does not count, by %s", called)
	if s.Location.File != "" {
		said += " at " + h.place(s.Location)
	}
	if s.Expires != "" {
		said += ", until " + h.text(s.Expires)
	}
	if s.Reason != "" {
		said += ": " + h.text(s.Reason)
	}
	return said + "."
}

// steps are those of a path.
func (h *hovering) steps(title string, path []rules.Related) string {
	if len(path) == 0 {
		return ""
	}
	all := make([]string, len(path))
	for i, step := range path {
		all[i] = fmt.Sprintf("%s (%s)", h.text(step.Label), h.place(step.Location))
	}
	return title + "\n\n" + h.list(all, true)
}

// flags tells what the settings of socket proxies at the place decide.
func (h *hovering) flags(ctx context.Context, token textRange, mentions []mention) error {
	for _, s := range mentions[:min(len(mentions), mostNamed)] {
		service, ok := h.serviceAt(s.at)
		if !ok {
			continue
		}
		setting, ok := h.settingAt(service, s)
		if !ok {
			continue
		}
		deployment, err := h.deployed(ctx)
		if err != nil {
			return err
		}
		api, ok := deployment.apis[service.Name]
		if !ok {
			continue
		}
		steering, err := h.judgement.steering.get(ctx, h.project.Steering)
		if err != nil {
			return err
		}
		name := setting.Name
		effect, steers := steering[service.Name][name]
		if !steers && setting.Value != nil {
			if effect, steers = steering[service.Name][*setting.Value]; steers {
				name = *setting.Value // the flags of some proxies are the values of an option
			}
		}
		h.say(token, deployment.flag(h.prose, api, name, effect, steers))
	}
	return nil
}

// serviceAt is the service that is a part of the project.
func (h *hovering) serviceAt(at string) (model.Service, bool) {
	i := slices.IndexFunc(h.project.Project.Services, func(s model.Service) bool { return s.At == at })
	if i < 0 {
		return model.Service{}, false
	}
	return h.project.Project.Services[i], true
}

// settingAt is the variable or the option of a service that a mention is, or is a part of.
func (h *hovering) settingAt(service model.Service, s mention) (model.Setting, bool) {
	if len(s.path) == 0 {
		return model.Setting{}, false
	}
	options := s.path[0] == "command" || s.path[0] == "entrypoint"
	settings := service.Environment
	if options {
		settings = service.Options
	} else if s.path[0] != "environment" || len(s.path) < 2 {
		return model.Setting{}, false
	}
	for _, setting := range settings {
		origin, ok := h.project.Sources.Locate(setting.At, "")
		if !ok || !h.here.is(origin.File) {
			continue
		}
		at := h.document.rangeOf(origin.Location)
		isValue := options && setting.Value != nil && *setting.Value == s.node.String() // a word behind its option
		if h.isOn(at) || isValue || !options && h.document.offset(at.Start) == s.node.Span.Start {
			return setting, true
		}
	}
	return model.Setting{}, false
}

// services tells who reaches the services whose names stand at the place.
func (h *hovering) services(ctx context.Context, token textRange, mentions []mention) error {
	for _, s := range mentions {
		service, ok := h.serviceAt(s.at)
		if !ok || len(s.path) > 0 {
			continue
		}
		deployment, err := h.deployed(ctx)
		if err != nil {
			return err
		}
		h.say(token, paragraphs(h.strong(capital(service.Called)), deployment.about(h.prose, service.Name)))
		if len(h.parts) >= mostNamed {
			break
		}
	}
	return nil
}

package rules

import (
	"fmt"
	"slices"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/severity"
)

// rawFindings are those of each rule, as policies return them.
type rawFindings map[string][]rawFinding

type rawFinding struct {
	At       string       `json:"at"`
	Key      string       `json:"key"`
	Message  string       `json:"message"`
	Severity string       `json:"severity"`
	Related  []rawRelated `json:"related"`
	Path     []rawRelated `json:"path"`
	Summary  string       `json:"summary"`
	About    string       `json:"about"`
	Controls []string     `json:"controls"`
	Fixes    []Fix        `json:"fixes"`
}

type rawRelated struct {
	At    string `json:"at"`
	Key   string `json:"key"`
	Label string `json:"label"`
}

// place makes a policy's finding concrete: its position, its hops, its severity.
func place(rule catalogue.Rule, r rawFinding, sources *model.Sources) (Finding, error) {
	f := Finding{Rule: rule.ID, Severity: rule.HighestSeverity(), Message: r.Message, At: r.At, Key: r.Key, Summary: r.Summary, About: r.About, Controls: r.Controls, Fixes: r.Fixes}
	if r.Severity != "" {
		s, err := severity.Parse(r.Severity)
		if err != nil {
			return Finding{}, err
		}
		if s > f.Severity {
			return Finding{}, fmt.Errorf("a finding's severity %q is above that of its METADATA, %q", s, f.Severity)
		}
		f.Severity = s
	}
	origin, ok := sources.Locate(r.At, r.Key)
	if !ok {
		return Finding{}, fmt.Errorf("the node %q is not part of the model", r.At)
	}
	if rule.Own {
		if right := meant(r.Key, r.At, sources); right != "" {
			return Finding{}, fmt.Errorf("%q has no %q: did you mean %q?", r.At, r.Key, right)
		}
	}
	f.Location = origin.Location
	for _, hop := range origin.Hops {
		f.Related = append(f.Related, Related(hop))
	}
	related, err := placeRelated(r.Related, sources)
	if err != nil {
		return Finding{}, err
	}
	f.Related = append(f.Related, related...)
	if f.Path, err = placeRelated(r.Path, sources); err != nil {
		return Finding{}, err
	}
	return f, nil
}

// meant is the key that somebody meant by one which a node cannot have. It is empty for any other: what
// a file does not state has no place of its own, and a finding about it stands at the node.
func meant(key, at string, sources *model.Sources) string {
	known := slices.Concat(sources.Keys(at), model.Fields())
	if slices.Contains(known, key) {
		return ""
	}
	return suggest.Slip(key, known)
}

func placeRelated(raw []rawRelated, sources *model.Sources) ([]Related, error) {
	var related []Related
	for _, r := range raw {
		origin, ok := sources.Locate(r.At, r.Key)
		if !ok {
			return nil, fmt.Errorf("the related node %q is not part of the model", r.At)
		}
		related = append(related, Related{Label: r.Label, Location: origin.Location})
	}
	return related, nil
}

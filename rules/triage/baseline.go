package triage

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/composelint/composelint/internal/jsontext"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// Baseline is the findings that were there when it was written. They are told by rule, file
// and node, so that it holds when lines move and messages change.
type Baseline struct {
	// Version is that of the form.
	Version int `json:"version"`
	// Findings are in order.
	Findings []Accepted `json:"findings"`
	// path is where it was read from.
	path string
}

// Accepted is a finding of a baseline, or several alike.
type Accepted struct {
	Rule string `json:"rule"`
	// File is the path from the root of the repository.
	File string `json:"file"`
	// At is the node of the model, or what several nodes share, Key the value of it.
	At    string `json:"at"`
	Key   string `json:"key,omitempty"`
	Count int    `json:"count"`
}

// baselineVersion is the form that is written.
const baselineVersion = 1

// NewBaseline accepts the findings of some projects, those that something else excuses left
// out.
func NewBaseline(projects []*Judged) Baseline {
	counts := map[Accepted]int{}
	for _, p := range projects {
		for _, f := range p.Findings {
			counts[p.accepted(f)]++
		}
	}
	b := Baseline{Version: baselineVersion, Findings: []Accepted{}}
	for a, n := range counts {
		a.Count = n
		b.Findings = append(b.Findings, a)
	}
	slices.SortFunc(b.Findings, compareAccepted)
	return b
}

func compareAccepted(a, b Accepted) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.At, b.At), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Rule, b.Rule))
}

// accepted is what a baseline says of a finding, without a count. What could stand at several nodes is
// told by what it is about in the project, in whichever of its files they are.
func (p *Judged) accepted(f rules.Finding) Accepted {
	if f.About != "" {
		return Accepted{Rule: f.Rule, File: p.uri(cmp.Or(f.Project, f.Location.File)), At: p.shown(f.About)}
	}
	return Accepted{Rule: f.Rule, File: p.uri(f.Location.File), At: p.shown(f.At), Key: p.shown(f.Key)}
}

// ParseBaseline reads what Write wrote.
func ParseBaseline(path string, text []byte) (Baseline, error) {
	b := Baseline{path: path}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&b); err != nil {
		return b, fmt.Errorf("could not read the baseline %q: %w: write it anew with --write-baseline", path, err)
	}
	if b.Version != baselineVersion {
		return b, fmt.Errorf("the baseline %q has the version %d, not %d: write it anew with --write-baseline", path, b.Version, baselineVersion)
	}
	return b, nil
}

// Write writes a line a finding, for the sake of those who read differences.
func (b Baseline) Write(w io.Writer) error {
	var text bytes.Buffer
	fmt.Fprintf(&text, "{\n  \"version\": %d,\n  \"findings\": [", b.Version)
	for i, a := range b.Findings {
		line, err := jsontext.Line(a)
		if err != nil {
			return err
		}
		if i > 0 {
			text.WriteByte(',')
		}
		fmt.Fprintf(&text, "\n    %s", line)
	}
	text.WriteString("\n  ]\n}\n")
	_, err := w.Write(text.Bytes())
	return err
}

// Apply takes out the findings of the projects that the baseline accepts, and returns those
// of it that are fixed: what rules that ran no longer find in the files of the projects.
func (b Baseline) Apply(projects []*Judged) (fixed []Accepted) {
	left := map[Accepted]int{}
	for _, a := range b.Findings {
		n := a.Count
		a.Count = 0
		left[a] += n
	}
	by := &rules.Suppression{Kind: "baseline", Location: model.Location{File: b.path}}
	for _, p := range projects {
		var found []rules.Finding
		for _, f := range p.Findings {
			a := p.accepted(f)
			if left[a] == 0 {
				found = append(found, f)
				continue
			}
			left[a]--
			f.Suppression = by
			p.Suppressed = append(p.Suppressed, f)
		}
		p.Findings = found
		rules.Sort(p.Suppressed)
	}
	for a, n := range left {
		ran := func(p *Judged) bool {
			return slices.Contains(p.Choice.Rules, a.Rule) && slices.Contains(p.files(), a.File)
		}
		if n > 0 && slices.ContainsFunc(projects, ran) {
			a.Count = n
			fixed = append(fixed, a)
		}
	}
	slices.SortFunc(fixed, compareAccepted)
	return fixed
}

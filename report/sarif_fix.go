package report

import (
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/composelint/composelint/internal/visible"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// fixes is the one fix of an alert, of all its findings together; none where one of them has none.
func (l *sarifLog) fixes(g group) []*sarif.Fix {
	fix := best(g)
	if fix == nil {
		return nil
	}
	description := fix.Label
	if !fix.Safe() {
		description += ", though " + fix.Risk
	}
	made := sarif.NewFix().WithDescriptionText(Shown(description))
	byFile := map[string]*sarif.ArtifactChange{}
	for _, c := range fix.Changes {
		if byFile[c.File] == nil {
			artifact := sarif.NewSimpleArtifactLocation(escapePath(model.URIOf(l.report.Files, c.File))).WithUriBaseId(root)
			byFile[c.File] = sarif.NewArtifactChange(artifact)
			made.AddArtifactChanges(byFile[c.File])
		}
		byFile[c.File].WithReplacement(sarif.NewReplacement(region(c.Location)).WithInsertedContent(sarif.NewArtifactContent().WithText(c.Text)))
	}
	return []*sarif.Fix{made}
}

// hides is true for a change whose text shows something else than it is.
func hides(c rules.Change) bool {
	return strings.ContainsFunc(strings.NewReplacer("\n", "", "\r\n", "").Replace(c.Text), visible.Hidden)
}

// best is the best fix of each finding of a group, as one; nil where one of them has none that can be made.
func best(g group) *rules.Fix {
	var all *rules.Fix
	for _, f := range g {
		i := slices.IndexFunc(f.Fixes, func(fix rules.Fix) bool { return len(fix.Changes) > 0 && !slices.ContainsFunc(fix.Changes, hides) })
		if i < 0 {
			return nil
		}
		fix := f.Fixes[i]
		if all == nil {
			all = &rules.Fix{Label: fix.Label}
		}
		if !fix.Safe() {
			all.Risk = fix.Risk
		}
		for _, c := range fix.Changes {
			if !slices.Contains(all.Changes, c) {
				all.Changes = append(all.Changes, c)
			}
		}
	}
	return all
}

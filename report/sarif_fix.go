package report

import (
	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/composelint/composelint/model"
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

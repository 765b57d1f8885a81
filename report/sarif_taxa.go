package report

import (
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
)

// The head of a log, in structs around those of go-sarif, whose rules have no relationships (version 2.3.3).
type (
	sarifHead struct {
		Version string     `json:"version"`
		Schema  string     `json:"$schema"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool       `json:"tool"`
		Taxonomies []sarifTaxonomy `json:"taxonomies,omitempty"`
		*sarif.Run
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		*sarif.ToolComponent
		SupportedTaxonomies []sarifTaxonomyName `json:"supportedTaxonomies,omitempty"`
		Rules               []classifiedRule    `json:"rules"`
	}
	classifiedRule struct {
		*sarif.ReportingDescriptor
		Relationships []sarifRelationship `json:"relationships,omitempty"`
	}
	// sarifRelationship is that of a rule to a taxon that its results are relevant to.
	sarifRelationship struct {
		Target sarifTaxon `json:"target"`
		Kinds  []string   `json:"kinds"`
	}
	sarifTaxon struct {
		ID            string            `json:"id"`
		Index         int               `json:"index"`
		ToolComponent sarifTaxonomyName `json:"toolComponent"`
	}
	sarifTaxonomyName struct {
		Name  string `json:"name"`
		Index int    `json:"index"`
	}
	// sarifTaxonomy has no rules, which that of go-sarif always writes.
	sarifTaxonomy struct {
		Name             string                          `json:"name"`
		FullName         string                          `json:"fullName"`
		Version          string                          `json:"version,omitempty"`
		InformationURI   string                          `json:"informationUri,omitempty"`
		ShortDescription *sarif.MultiformatMessageString `json:"shortDescription"`
		IsComprehensive  bool                            `json:"isComprehensive"`
		Taxa             []*sarif.ReportingDescriptor    `json:"taxa"`
	}
)

// taxonomyOf is a standard with those of its controls that rules of a log name; none where they name none.
func taxonomyOf(s rules.Standard, named map[string]bool) (sarifTaxonomy, bool) {
	t := sarifTaxonomy{Name: s.ID, FullName: s.Title, Version: s.Edition, ShortDescription: sarif.NewMultiformatMessageString(s.Title), IsComprehensive: false}
	if strings.HasPrefix(s.Source, "https://") {
		t.InformationURI, _, _ = strings.Cut(s.Source, ";")
		t.InformationURI, _, _ = strings.Cut(t.InformationURI, ",")
	}
	for _, c := range s.Controls {
		if named[c.Name] {
			t.Taxa = append(t.Taxa, sarif.NewRule(c.ID).WithDescription(c.Title))
		}
	}
	return t, len(t.Taxa) > 0
}

// taxaOf are the names by which a rule is classified, as standard/id.
func taxaOf(r catalogue.Rule) []string {
	names := slices.Clone(r.Controls)
	for _, technique := range r.Techniques {
		names = append(names, "mitre-attack/"+technique)
	}
	return names
}

// classified are the rules of a log with the taxonomies that classify them.
func classified(all catalogue.Catalogue, standards []rules.Standard) ([]classifiedRule, []sarifTaxonomy) {
	standards = shownCopy(standards)
	named := map[string]bool{}
	for _, r := range all {
		for _, name := range taxaOf(r) {
			named[name] = true
		}
	}
	var taxonomies []sarifTaxonomy
	targets := map[string]sarifTaxon{}
	for _, s := range standards {
		t, ok := taxonomyOf(s, named)
		if !ok {
			continue
		}
		for i, taxon := range t.Taxa {
			targets[s.ID+"/"+taxon.ID] = sarifTaxon{taxon.ID, i, sarifTaxonomyName{s.ID, len(taxonomies)}}
		}
		taxonomies = append(taxonomies, t)
	}
	described := []classifiedRule{}
	for _, r := range all {
		rule := classifiedRule{ReportingDescriptor: descriptor(r)}
		for _, name := range taxaOf(r) {
			if target, ok := targets[name]; ok {
				rule.Relationships = append(rule.Relationships, sarifRelationship{target, []string{"relevant"}})
			}
		}
		described = append(described, rule)
	}
	return described, taxonomies
}

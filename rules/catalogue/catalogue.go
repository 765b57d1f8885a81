// Package catalogue knows the rules by their METADATA, and which of them run.
package catalogue

import (
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/rules/severity"
)

// Rule is what its METADATA says of a rule.
type Rule struct {
	ID    string
	Title string
	// Description says why the rule matters, then the remedy, in paragraphs.
	Description string
	References  []Reference
	Facts
	// Own is true for a rule of the user's own policies.
	Own bool
}

// Facts is the custom part of a rule's METADATA.
type Facts struct {
	// Severity is the highest that a finding of the rule can have.
	Severity string `json:"severity"`
	// SecuritySeverity is SARIF's score from 0.1 to 10; 0 for a rule that is not about
	// security.
	SecuritySeverity float64 `json:"security_severity"`
	// Precision is very-high, high, medium or low.
	Precision string `json:"precision"`
	// Set is default (always on) or strict (with --strict).
	Set string `json:"set"`
	// Controls are those of the standards that the rule checks, as standard/id:
	// cis-docker-1.8.0/5.32, owasp-docker/1, nist-800-190/4.3.1, guide.
	Controls []string `json:"controls"`
	// Tags are SARIF's: external/cwe/cwe-250; and how an editor shows what is found: unnecessary for what has no effect,
	// deprecated for what should not be used any more.
	Tags []string `json:"tags"`
	// Techniques are those of MITRE ATT&CK that it makes possible: T1611.
	Techniques []string `json:"techniques"`
	// Fixes are the kinds of fixes that its findings can have, safe and unsafe; where it has none, ByHand says
	// why, a sentence without its full stop.
	Fixes  []string `json:"fixes"`
	ByHand string   `json:"by_hand"`
}

// Reference is a page to read.
type Reference struct {
	Title string
	URL   string
}

// HelpURI is the rule's page. That of a user's rule is its first reference, if it has one.
func (r Rule) HelpURI() string {
	if r.Own {
		for _, reference := range r.References {
			return reference.URL
		}
		return ""
	}
	return "https://github.com/composelint/composelint/blob/main/docs/rules/" + r.ID + ".md"
}

// DaemonPrefix begins the ids of rules about the engine's configuration.
const DaemonPrefix = "daemon-"

// OfDaemon is true for a rule about the engine's configuration.
func (r Rule) OfDaemon() bool { return strings.HasPrefix(r.ID, DaemonPrefix) }

// HighestSeverity is that of the METADATA.
func (r Rule) HighestSeverity() severity.Severity {
	s, err := severity.Parse(r.Severity)
	if err != nil {
		panic(fmt.Sprintf("rule %s was not checked: %v", r.ID, err))
	}
	return s
}

// Catalogue is the rules of the policies, sorted by id.
type Catalogue []Rule

// Find returns the rule of that id.
func (c Catalogue) Find(id string) (Rule, bool) {
	i, ok := slices.BinarySearchFunc(c, id, func(r Rule, id string) int { return strings.Compare(r.ID, id) })
	if !ok {
		return Rule{}, false
	}
	return c[i], true
}

// Of returns the rules of those ids.
func (c Catalogue) Of(ids []string) Catalogue {
	var some Catalogue
	for _, r := range c {
		if slices.Contains(ids, r.ID) {
			some = append(some, r)
		}
	}
	return some
}

// With returns the rules of both.
func (c Catalogue) With(more Catalogue) Catalogue {
	all := slices.Concat(c, more)
	slices.SortStableFunc(all, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	return slices.CompactFunc(all, func(a, b Rule) bool { return a.ID == b.ID })
}

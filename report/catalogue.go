package report

import (
	"fmt"
	"io"

	"github.com/composelint/composelint/internal/jsontext"
	"github.com/composelint/composelint/rules/catalogue"
)

// jsonRule is a rule as RulesJSON lists it.
type jsonRule struct {
	ID               string   `json:"id"`
	Title            string   `json:"title"`
	Severity         string   `json:"severity"`
	SecuritySeverity float64  `json:"security_severity"`
	Precision        string   `json:"precision"`
	Set              string   `json:"set"`
	Controls         []string `json:"controls"`
	Tags             []string `json:"tags"`
	Techniques       []string `json:"techniques"`
	Fixes            []string `json:"fixes"`
	ByHand           string   `json:"by_hand"`
	Help             string   `json:"help"`
}

// Rules lists the rules, one a line.
func Rules(w io.Writer, catalogue catalogue.Catalogue) error {
	for _, r := range catalogue {
		if _, err := fmt.Fprintln(w, ShownFirst(fmt.Sprintf("%-34s %-8s %-8s %s", r.ID, r.Severity, r.Set, r.Title))); err != nil {
			return err
		}
	}
	return nil
}

// RulesJSON lists the rules for other programs.
func RulesJSON(w io.Writer, catalogue catalogue.Catalogue) error {
	all := []jsonRule{}
	for _, r := range catalogue {
		all = append(all, jsonRule{
			ID: r.ID, Title: r.Title, Severity: r.Severity, SecuritySeverity: r.SecuritySeverity, Precision: r.Precision,
			Set: r.Set, Controls: append([]string{}, r.Controls...), Tags: append([]string{}, r.Tags...), Techniques: append([]string{}, r.Techniques...),
			Fixes: append([]string{}, r.Fixes...), ByHand: r.ByHand, Help: r.HelpURI(),
		})
	}
	return jsontext.Write(w, all)
}

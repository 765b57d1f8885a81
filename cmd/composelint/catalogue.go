package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/composelint/composelint/docs"
	"github.com/composelint/composelint/rules/catalogue"
)

// listed is a rule as --list-rules prints it in JSON.
type listed struct {
	ID               string   `json:"id"`
	Title            string   `json:"title"`
	Severity         string   `json:"severity"`
	SecuritySeverity float64  `json:"security_severity"`
	Precision        string   `json:"precision"`
	Set              string   `json:"set"`
	Controls         []string `json:"controls"`
	Tags             []string `json:"tags"`
	Help             string   `json:"help"`
}

// catalogue answers what is asked of the rules themselves.
func (c *command) catalogue(o *options) int {
	engine, err := c.engine(o.policies)
	switch {
	case err != nil:
		return c.trouble(err)
	case o.explain != "":
		return c.explain(o, engine.Catalogue)
	}
	return c.listRules(o, engine.Catalogue)
}

// listRules prints the catalogue: a rule a line, or JSON.
func (c *command) listRules(o *options, catalogue catalogue.Catalogue) int {
	err := c.write(o, func(w io.Writer) error {
		if o.format == "json" {
			return listJSON(w, catalogue)
		}
		for _, r := range catalogue {
			if _, err := fmt.Fprintf(w, "%-34s %-8s %-8s %s\n", r.ID, r.Severity, r.Set, r.Title); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return c.trouble(err)
	}
	return statusClean
}

func listJSON(w io.Writer, catalogue catalogue.Catalogue) error {
	all := []listed{}
	for _, r := range catalogue {
		all = append(all, listed{
			ID: r.ID, Title: r.Title, Severity: r.Severity, SecuritySeverity: r.SecuritySeverity, Precision: r.Precision,
			Set: r.Set, Controls: append([]string{}, r.Controls...), Tags: append([]string{}, r.Tags...), Help: r.HelpURI(),
		})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(all)
}

// pageOf is a rule's page. That of a user's rule is made of its METADATA.
func pageOf(r catalogue.Rule) ([]byte, error) {
	if !r.Own {
		return docs.FS.ReadFile("rules/" + r.ID + ".md")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s (%s, %s set)\n\n%s\n", r.ID, r.Title, r.Severity, r.Set, r.Description)
	for _, reference := range r.References {
		fmt.Fprintf(&b, "\n- [%s](%s)", cmp.Or(reference.Title, reference.URL), reference.URL)
	}
	if len(r.References) > 0 {
		b.WriteString("\n")
	}
	return []byte(b.String()), nil
}

// explain prints the page of a rule.
func (c *command) explain(o *options, catalogue catalogue.Catalogue) int {
	r, err := catalogue.Rule("--explain", o.explain)
	if err != nil {
		return c.trouble(err)
	}
	page, err := pageOf(r)
	if err != nil {
		return c.trouble(fmt.Errorf("the rule %q has no page", r.ID))
	}
	if err := c.write(o, func(w io.Writer) error { _, err := w.Write(page); return err }); err != nil {
		return c.trouble(err)
	}
	return statusClean
}

package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/composelint/composelint/docs"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules/catalogue"
)

// catalogue answers what is asked of the rules themselves.
func (c *command) catalogue(o *options) int {
	engine, err := c.linter(o).Engine()
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
	list := report.Rules
	if o.format == "json" {
		list = report.RulesJSON
	}
	if err := c.write(o, func(w io.Writer) error { return list(w, catalogue) }); err != nil {
		return c.trouble(err)
	}
	return statusClean
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
	fmt.Fprintf(&b, "\nTo accept a finding of it, write \"# composelint:ignore %s -- why\" at the end of its line.\n", r.ID)
	return []byte(report.ShownLines(b.String())), nil
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

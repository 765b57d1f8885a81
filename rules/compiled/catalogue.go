package compiled

import (
	"math"

	"github.com/composelint/composelint/internal/plan/code"
	"github.com/composelint/composelint/rules/catalogue"
)

func writeCatalogue(w *code.Writer, c catalogue.Catalogue) {
	w.Count(len(c))
	for _, r := range c {
		w.Text(r.ID)
		w.Text(r.Title)
		w.Text(r.Description)
		w.Count(len(r.References))
		for _, ref := range r.References {
			w.Text(ref.Title)
			w.Text(ref.URL)
		}
		w.Text(r.Severity)
		w.Count(int(math.Round(r.SecuritySeverity * 10)))
		w.Text(r.Precision)
		w.Text(r.Set)
		writeList(w, r.Controls)
		writeList(w, r.Tags)
		writeList(w, r.Techniques)
		writeList(w, r.Fixes)
		w.Text(r.ByHand)
	}
}

func writeList(w *code.Writer, list []string) {
	w.Count(len(list))
	for _, s := range list {
		w.Text(s)
	}
}

func readCatalogue(r *code.Reader) catalogue.Catalogue {
	c := make(catalogue.Catalogue, r.Count())
	for i := range c {
		c[i] = catalogue.Rule{ID: r.Text(), Title: r.Text(), Description: r.Text(), References: make([]catalogue.Reference, r.Count())}
		for j := range c[i].References {
			c[i].References[j] = catalogue.Reference{Title: r.Text(), URL: r.Text()}
		}
		c[i].Facts = catalogue.Facts{
			Severity: r.Text(), SecuritySeverity: float64(r.Count()) / 10, Precision: r.Text(), Set: r.Text(),
			Controls: readList(r), Tags: readList(r), Techniques: readList(r), Fixes: readList(r), ByHand: r.Text(),
		}
	}
	return c
}

func readList(r *code.Reader) []string {
	list := make([]string, r.Count())
	for i := range list {
		list[i] = r.Text()
	}
	return list
}

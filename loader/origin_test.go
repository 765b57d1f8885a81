package loader

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/internal/golden"
	"github.com/composelint/composelint/model"
)

// TestOrigins states, for every node of the model, the token that defines it and the hops
// it came through. Each archive is a project whose .yml files are merged in order.
func TestOrigins(t *testing.T) { golden.Archives(t, "testdata/origins/*.txtar", origins) }

// origins lists what was loaded: each node with its token, then problems and unknowns.
func origins(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	r, err := Load(t.Context(), Options{Files: archives.Unpack(t, archive)})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, at := range r.Sources.Ats() {
		o, _ := r.Sources.Locate(at, "")
		fmt.Fprintf(&b, "%s: %s\n", at, quote(r.Sources, o.Location))
		for _, hop := range o.Hops {
			fmt.Fprintf(&b, "  %s: %s\n", hop.Label, quote(r.Sources, hop.Location))
		}
	}
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "problem at %s: %s\n", p.At, p.Message)
	}
	for _, u := range r.Unknown {
		fmt.Fprintf(&b, "unknown at %s %s: %s\n", u.At, u.Key, u.Variable)
	}
	return b.String()
}

// quote is a location with its text, as far as it is on one line.
func quote(s *model.Sources, l model.Location) string {
	line := []rune(s.Files[l.File].Lines()[l.Start.Line-1])
	end := len(line) + 1
	if l.End.Line == l.Start.Line {
		end = l.End.Column
	}
	return fmt.Sprintf("%s «%s»", l, string(line[l.Start.Column-1:end-1]))
}

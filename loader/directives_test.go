package loader

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDirectives hands over the comments that are for composelint, and no others: of each file,
// once, whoever reads it.
func TestDirectives(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "compose.yml", []byte(`# composelint:ignore privileged -- why
services:
  a: {image: a, env_file: a.env} # one
  b:
    image: 'x
      y' # composelint:ignore host-pid -- why
    env_file: [a.env, bad.env]
    command: "# composelint: in a text"
`))
	writeFile(t, "a.env", []byte("A=1\n# composelint:ignore secret-in-environment -- why\nB=2\n"))
	writeFile(t, ".env", []byte("# nothing\nC=3 # composelint:ignore privileged\n"))
	writeFile(t, "bad.env", []byte("# composelint:ingore privileged\nNOT A NAME\n"))
	r, err := Load(context.Background(), Options{Files: []string{"compose.yml"}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, path := range slices.Sorted(maps.Keys(r.Sources.Directives)) {
		for _, d := range r.Sources.Directives[path] {
			got = append(got, fmt.Sprintf("%s: %s, of %d to %d", d.Location, d.Text, d.First, d.Last))
		}
	}
	want := []string{
		".env:2:5: composelint:ignore privileged, of 2 to 2",
		"a.env:2:1: composelint:ignore secret-in-environment -- why, of 3 to 3",
		"bad.env:1:1: composelint:ingore privileged, of 0 to 0",
		"compose.yml:1:1: composelint:ignore privileged -- why, of 2 to 2",
		"compose.yml:6:10: composelint:ignore host-pid -- why, of 6 to 6",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

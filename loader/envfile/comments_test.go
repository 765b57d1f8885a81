package envfile

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestComments shows each comment with the lines that it speaks of.
func TestComments(t *testing.T) {
	const text = "\ufeff" + `# the first
A=1

  # of B
# too
export B="two
# no comment
lines" # behind B
C='# no comment' # behind C
D=a#b
# of E
# F
E: x # behind E
# the last`
	source := envSource(text)
	assignments, err := Parse(source, nil, environment)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range Comments(source, assignments) {
		got = append(got, fmt.Sprintf("%d: %s, of %d to %d", c.Span.Location().Start.Line, c.Text(), c.First, c.Last))
	}
	want := []string{
		"1: the first, of 2 to 2",
		"4: of B, of 6 to 8",
		"5: too, of 6 to 8",
		"8: behind B, of 6 to 8",
		"9: behind C, of 9 to 9",
		"11: of E, of 13 to 13",
		"12: F, of 13 to 13",
		"13: behind E, of 13 to 13",
		"14: the last, of 0 to 0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

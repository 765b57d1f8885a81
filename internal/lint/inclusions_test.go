package lint

import "testing"

// TestInclusions counts what projects include that one before them did, in the order of the projects
// whichever is done first.
func TestInclusions(t *testing.T) {
	half := included{path: "half.yaml", services: maxIncludedServices/2 + 1}
	large := included{path: "large.yaml", bytes: maxIncludedBytes}
	small := included{path: "small.yaml", bytes: 1}
	for name, c := range map[string]struct {
		of   [][]included
		want int
	}{
		"once each":         {[][]included{{half}, {large}, {small}}, 3},
		"up to the limit":   {[][]included{{half}, {half}, {large}, {large}}, 4},
		"too many services": {[][]included{{half}, {half}, {half}, {half}}, 3},
		"too many bytes":    {[][]included{{large, small}, {large}, {small}, {}}, 3},
	} {
		for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}} {
			n := newInclusions(len(c.of))
			for _, i := range order {
				if i < len(c.of) {
					n.count(i, c.of[i])
				}
			}
			if got := n.end(); got != c.want || (n.passed != nil) != (c.want < len(c.of)) {
				t.Errorf("%s, done in the order %v: the end is %d, %v, want %d", name, order, got, n.passed, c.want)
			}
		}
	}
}

package lint

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules/severity"
)

// TestFixTextInHand fixes a text that the caller has in hand under the absolute path of its file, as editors
// do: what a fix makes of it goes before it, by whichever path. Maps have no order, so it is tried often.
func TestFixTextInHand(t *testing.T) {
	t.Chdir(t.TempDir())
	path, err := filepath.Abs("compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const text = "services: {proxy: {image: \"tecnativa/docker-socket-proxy:0.3.0\", volumes: [\"/var/run/docker.sock:/var/run/docker.sock\"]}}\n"
	const want = "services: {proxy: {image: \"tecnativa/docker-socket-proxy:0.3.0\", volumes: [\"/var/run/docker.sock:/var/run/docker.sock:ro\"]}}\n"
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		linter := New(Options{Whole: true}).Over(map[string][]byte{path: []byte(text)})
		result, err := linter.Judge(t.Context(), []loader.Found{{Files: []string{"compose.yaml"}}}, func() {})
		if err != nil {
			t.Fatal(err)
		}
		fixed, err := linter.Fix(t.Context(), result.Projects, Fixing{Lowest: severity.Note})
		if err != nil {
			t.Fatal(err)
		}
		if len(fixed.Files) != 1 || string(fixed.Files[0].After.Text) != want {
			t.Fatalf("%d files changed, %d fixes were not made", len(fixed.Files), len(fixed.NotMade))
		}
	}
}

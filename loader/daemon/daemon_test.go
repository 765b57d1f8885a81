package daemon

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/golden"
	"github.com/composelint/composelint/internal/jsontext"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// table is files that dockerd was asked about.
type table struct {
	Cases []struct {
		Name    string          `json:"name"`
		File    string          `json:"file"`
		Refused map[string]bool `json:"refused"`
	} `json:"cases"`
}

func readTable(t *testing.T, name string) table {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var all table
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// validated are the problems that dockerd --validate sees.
func validated(text, engine string) []string {
	source := yamltree.NewSource(&model.File{Path: Name, Text: []byte(text)})
	root, _, wrong := parse(source)
	if wrong != nil {
		return []string{wrong.Message}
	}
	r := &reader{engine: EngineOf(engine)}
	r.conflicts(r.keys(root))
	var messages []string
	for _, p := range r.problems {
		messages = append(messages, p.message)
	}
	return messages
}

// TestRecorded holds what is refused against what three releases of dockerd said.
func TestRecorded(t *testing.T) {
	for _, name := range []string{"validate.json", "made.json"} {
		for _, c := range readTable(t, name).Cases {
			for engine, refused := range c.Refused {
				if c.Name == "config-file key" || c.Name == "validate key" {
					continue // the run that was recorded had the flags itself
				}
				if got := validated(c.File, engine); refused != (len(got) > 0) {
					t.Errorf("%s, engine %s: dockerd refuses %s: %v, here: %q", c.Name, engine, c.File, refused, got)
				}
			}
		}
	}
}

// TestDockerd holds the recorded answers of the newest release against dockerd where it is here.
func TestDockerd(t *testing.T) {
	dockerd := os.Getenv("COMPOSELINT_DOCKERD")
	if dockerd == "" {
		dockerd = "dockerd"
	}
	if help, err := exec.Command(dockerd, "--help").CombinedOutput(); err != nil || !strings.Contains(string(help), "--validate") {
		t.Skip("there is no dockerd that can --validate")
	}
	for _, c := range readTable(t, "made.json").Cases {
		file := filepath.Join(t.TempDir(), Name)
		if err := os.WriteFile(file, []byte(c.File), 0o600); err != nil {
			t.Fatal(err)
		}
		said, err := exec.Command(dockerd, "--validate", "--config-file", file).CombinedOutput()
		if refused := err != nil; refused != c.Refused["29"] {
			t.Errorf("%s: dockerd refuses %s: %v: %s", c.Name, c.File, refused, said)
		}
	}
}

// TestModel holds what the model says of files, with the places of all that it names.
func TestModel(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "model", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources := model.NewSources()
		d, _, _ := Read(&model.File{Path: filepath.Base(file), Text: text}, Newest, sources)
		var got strings.Builder
		if err := jsontext.Write(&got, d); err != nil {
			t.Fatal(err)
		}
		for _, at := range sources.Ats() {
			place, _ := sources.Locate(at, "")
			fmt.Fprintf(&got, "%s: %s\n", place.Location, at)
		}
		golden.Check(t, strings.TrimSuffix(file, ".json")+".want", []byte(got.String()))
	}
}

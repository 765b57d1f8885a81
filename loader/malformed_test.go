package loader

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/composelint/composelint/internal/golden"
	"github.com/composelint/composelint/loader/compose/composetest"
	"github.com/composelint/composelint/model"
)

// What a project may take at most: a hang and a machine without memory are the failures
// that this test is after, so that both leave room for a slow one.
const (
	malformedTime   = 20 * time.Second
	malformedMemory = 500 << 20
)

// shownProblems is how many problems of a project its want lists.
const shownProblems = 4

// TestMalformed states what is said of input that is not as it should be. The table is in
// testdata/malformed: a directory of an archive is a project, and its want is the outcome.
// What it says to load, compose-go must load as well.
func TestMalformed(t *testing.T) {
	t.Setenv("HOME", "~")
	archives, err := filepath.Glob("testdata/malformed/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	usage := &usages{}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var files []txtar.File
		for _, project := range projectsOf(archive) {
			t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar")+"/"+project.name, func(t *testing.T) {
				got := project.outcome(t, usage)
				if diff := cmp.Diff(project.want, got); diff != "" && !golden.Updating() {
					t.Errorf("outcome (-want +got):\n%s", diff)
				}
				files = append(files, project.files...)
				files = append(files, txtar.File{Name: project.name + "/want", Data: []byte(got)})
			})
		}
		if golden.Updating() {
			if err := os.WriteFile(name, txtar.Format(&txtar.Archive{Comment: archive.Comment, Files: files}), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Log(usage)
}

// malformedProject is a directory of an archive.
type malformedProject struct {
	name, want string
	files      []txtar.File
}

func projectsOf(archive *txtar.Archive) []*malformedProject {
	var projects []*malformedProject
	for _, f := range archive.Files {
		name, file, _ := strings.Cut(f.Name, "/")
		if len(projects) == 0 || projects[len(projects)-1].name != name {
			projects = append(projects, &malformedProject{name: name})
		}
		p := projects[len(projects)-1]
		if file == "want" {
			p.want = string(f.Data)
		} else {
			p.files = append(p.files, f)
		}
	}
	return projects
}

// outcome loads the project and says what came of it.
func (p *malformedProject) outcome(t *testing.T, usage *usages) string {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, f := range p.files {
		_, file, _ := strings.Cut(f.Name, "/")
		writeFile(t, file, f.Data)
	}
	r, err := usage.load(t, Options{Files: []string{"compose.yaml"}})
	if err == nil && len(r.Problems) == 0 && len(r.Missing) > 0 {
		return fmt.Sprintf("loads, without %q\n", r.Missing[0].File)
	}
	if err == nil && len(r.Problems) == 0 && len(r.Unknown) > 0 {
		return fmt.Sprintf("loads, as far as %s is known\n", r.Unknown[0].Variable)
	}
	if err == nil && len(r.Problems) == 0 {
		if refusal := composetest.Verdict(t, Options{Files: []string{"compose.yaml"}}); refusal != nil {
			t.Errorf("it loads, but not in compose-go: %v", refusal)
		}
		return "loads, as in compose-go\n"
	}
	if err != nil {
		return fmt.Sprintf("error: %v\n", err)
	}
	return problemsOf(t, r)
}

// problemsOf lists the problems of a result, each of which must have a place.
func problemsOf(t *testing.T, r *Result) string {
	t.Helper()
	var b strings.Builder
	for i, p := range r.Problems {
		o, ok := r.Sources.Locate(p.At, "")
		if !ok || !within(r.Sources, o.Location) {
			t.Errorf("the problem %q at %q is placed at %v", p.Message, p.At, o.Location)
		}
		if i < shownProblems {
			fmt.Fprintf(&b, "%s: %s\n", o.Location, p.Message)
		}
	}
	if more := len(r.Problems) - shownProblems; more > 0 {
		fmt.Fprintf(&b, "and %d more\n", more)
	}
	if r.Incomplete {
		b.WriteString("incomplete\n")
	}
	return b.String()
}

// within is true for a place inside of a file that was read.
func within(s *model.Sources, l model.Location) bool {
	file := s.Files[l.File]
	if file == nil {
		return false
	}
	lines := file.Lines()
	inside := func(p model.Position) bool {
		return p.Line >= 1 && p.Line <= max(len(lines), 1) && p.Column >= 1 &&
			(len(lines) == 0 || p.Column <= len([]rune(lines[p.Line-1]))+1)
	}
	ordered := l.Start.Line < l.End.Line || l.Start.Line == l.End.Line && l.Start.Column <= l.End.Column
	return inside(l.Start) && inside(l.End) && ordered
}

func writeFile(t testing.TB, file string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// usages are what the projects of a test took.
type usages struct{ slowest, largest, mostAllocated usage }

type usage struct {
	name            string
	took            time.Duration
	peak, allocated uint64
}

func (u *usages) String() string {
	return fmt.Sprintf("the slowest took %v: %s; the largest heap was %d MB: %s; the most allocated was %d MB: %s",
		u.slowest.took.Round(time.Millisecond), u.slowest.name, u.largest.peak>>20, u.largest.name,
		u.mostAllocated.allocated>>20, u.mostAllocated.name)
}

// load loads a project and notes what that takes. A panic that escapes, on whatever
// goroutine, ends the test.
func (u *usages) load(t *testing.T, o Options) (*Result, error) {
	t.Helper()
	runtime.GC()
	start, before := time.Now(), memory("/gc/heap/allocs:bytes")
	type result struct {
		r   *Result
		err error
	}
	done := make(chan result, 1)
	go func() {
		r, err := Load(context.Background(), o)
		done <- result{r, err}
	}()
	used := usage{name: t.Name()}
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case loaded := <-done:
			used.took, used.allocated = time.Since(start), memory("/gc/heap/allocs:bytes")-before
			u.note(used)
			if used.peak > malformedMemory {
				t.Errorf("the heap grew to %d MB", used.peak>>20)
			}
			return loaded.r, loaded.err
		case <-tick.C:
			used.peak = max(used.peak, memory("/memory/classes/heap/objects:bytes"))
			if time.Since(start) > malformedTime {
				t.Fatalf("it is not loaded after %v", malformedTime)
			}
		}
	}
}

func (u *usages) note(used usage) {
	if used.took > u.slowest.took {
		u.slowest = used
	}
	if used.peak > u.largest.peak {
		u.largest = used
	}
	if used.allocated > u.mostAllocated.allocated {
		u.mostAllocated = used
	}
}

func memory(name string) uint64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

package lint

import (
	"context"
	"testing"

	"github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/loader"
)

// FuzzFix fixes whatever a file says. It holds that nothing panics, that a file which is read without errors
// stays one, and that there is nothing more to fix then.
func FuzzFix(f *testing.F) {
	for _, archive := range archives.WellFormed(f) {
		for _, file := range archives.ComposeFiles(archive) {
			f.Add(file.Data)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		fixed := fixedText(t, text)
		if fixed == nil || len(fixed.Files) == 0 {
			return
		}
		after := fixed.Files[0].After.Text
		if again := fixedText(t, after); again == nil || len(again.Made) > 0 {
			t.Errorf("a second run fixes more:\n%s", after)
		}
	})
}

// fixedText is a project of one file with its findings fixed, nil where it cannot be judged.
func fixedText(t *testing.T, text []byte) *Fixed {
	t.Helper()
	strict := true
	l := New(Options{
		Load:     loader.Options{Texts: map[string][]byte{"compose.yaml": text}},
		NoConfig: true, Whole: true, Strict: &strict, Today: "2027-01-31",
	})
	r, err := l.Judge(context.Background(), []loader.Found{{Files: []string{"compose.yaml"}}}, func() {})
	if err != nil || len(r.Projects) == 0 {
		return nil
	}
	problems := len(r.Projects[0].Problems)
	fixed, err := l.Fix(context.Background(), r.Projects, Fixing{Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	if now := len(fixed.Left.projects[0].Problems); now > problems {
		t.Errorf("there are %d problems instead of %d:\n%s", now, problems, fixed.Files[0].After.Text)
	}
	return &fixed
}

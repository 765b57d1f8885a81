package envfile

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/loader/yamltree"
)

// FuzzEnvFile holds Parse against compose-go's own parser, and wants sound places.
// What is beyond the limits, which are ours alone, is not compared, nor are the two letters
// that compose-go's template/template.go takes for s and k because it ignores case.
func FuzzEnvFile(f *testing.F) {
	for _, tt := range envFiles {
		f.Add(tt.text)
	}
	for _, tt := range envFileErrors {
		if len(tt.text) < 1000 {
			f.Add(tt.text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 || strings.Count(text, "{") > 50 || strings.Count(text, "$") > 20 || strings.ContainsAny(text, "\u017f\u212a") {
			t.Skip("longer than the comparison needs")
		}
		if diff := differsFromLibrary(text); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	})
}

// TestEnvFileCorpus compares the env files of real projects.
func TestEnvFileCorpus(t *testing.T) {
	files, variables := 0, 0
	err := filepath.WalkDir(corpus.Dir(t), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !strings.HasPrefix(d.Name(), ".env") && !strings.HasSuffix(d.Name(), ".env") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if diff := differsFromLibrary(string(text)); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
		got, _ := Parse(envSource(string(text)), nil, environment)
		files, variables = files+1, variables+len(got)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files with %d variables are read as in compose-go", files, variables)
	if files == 0 {
		t.Error("no file was compared")
	}
}

// differsFromLibrary says what is wrong with the result for text, or nothing.
func differsFromLibrary(text string) string {
	want, wantErr := dotenv.ParseWithLookup(strings.NewReader(text), func(name string) (string, bool) {
		value, set := fromEnvironment[name]
		return value, set
	})
	got, err := Parse(envSource(text), nil, environment)
	if err != nil {
		if wrong := wrongEnvSpan(err.Span); wrong != "" {
			return err.Message + ": " + wrong
		}
		if wantErr == nil {
			return fmt.Sprintf("%s, but compose-go reads %q", err, want)
		}
		return ""
	}
	values := map[string]string{}
	for _, a := range got {
		values[a.Name] = a.Value.Value.(string)
		if wrong := wrongEnvNode(a.Value); wrong != "" {
			return fmt.Sprintf("%q: %s", a.Name, wrong)
		}
	}
	if wantErr != nil {
		return fmt.Sprintf("%q, but compose-go says %v", values, wantErr)
	}
	return cmp.Diff(want, values)
}

func wrongEnvNode(n *yamltree.Node) string {
	if wrong := wrongEnvSpan(n.Key) + wrongEnvSpan(n.Span); wrong != "" {
		return wrong
	}
	value, offset, at := n.Value.(string), 0, n.Span.Start
	for _, p := range n.Text {
		if p.Start < at || p.End < p.Start || p.End > n.Span.End || offset+p.Length > len(value) {
			return fmt.Sprintf("a piece is out of order: %v", n.Text)
		}
		if source := string(n.Span.Source.Text[p.Start:p.End]); p.Literal && value[offset:offset+p.Length] != source {
			return fmt.Sprintf("a literal piece is %q in the file and %q in the value", source, value[offset:offset+p.Length])
		}
		offset, at = offset+p.Length, p.Start
	}
	if offset != len(value) {
		return fmt.Sprintf("the pieces make %d bytes of %d", offset, len(value))
	}
	for _, v := range n.Variables {
		if v.Start < 0 || v.End < v.Start || v.End > len(value) {
			return fmt.Sprintf("the variable %v is out of the value", v)
		}
	}
	return ""
}

func wrongEnvSpan(s yamltree.Span) string {
	if s.IsZero() || s.Start < 0 || s.End < s.Start || s.End > len(s.Source.Text) {
		return fmt.Sprintf("wrong span [%d, %d)", s.Start, s.End)
	}
	return ""
}

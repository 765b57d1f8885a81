package yamltree

import (
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"testing"

	"github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/internal/corpus"
)

// realFiles lists real Compose files, which are no part of the repository.
func realFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(corpus.Dir(t), func(path string, entry fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); err == nil && !entry.IsDir() && (ext == ".yml" || ext == ".yaml") {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("no Compose files in the collection: %v", err)
	}
	return files
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestSameValuesAsLibrary holds the values of a file's tree against those that the YAML library
// reads from it.
func TestSameValuesAsLibrary(t *testing.T) {
	t.Run("archives", func(t *testing.T) {
		texts := map[string]string{}
		for name, archive := range archives.WellFormed(t) {
			for _, file := range archives.ComposeFiles(archive) {
				texts[name+": "+file.Name] = string(file.Data)
			}
		}
		sameValues(t, texts)
	})
	t.Run("corpus", func(t *testing.T) {
		texts := map[string]string{}
		for _, file := range realFiles(t) {
			texts[file] = read(t, file)
		}
		sameValues(t, texts)
	})
}

func sameValues(t *testing.T, texts map[string]string) {
	t.Helper()
	same, refused := 0, 0
	for file, text := range texts {
		docs, problems, err := Parse(source(text))
		values, failure := library(text)
		if failure != nil {
			refused++
			if err == nil && len(problems) == 0 {
				t.Errorf("%s: only the library says: %s", file, failure)
			}
			continue
		}
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: only we say: %v %v", file, problems, err)
			continue
		}
		if diff := difference(docs, values, Span{}); diff != "" {
			t.Errorf("%s:\n%s", file, diff)
		}
		if wrong := inconsistency(docs); wrong != "" {
			t.Errorf("%s:\n%s", file, wrong)
		}
		same++
	}
	t.Logf("%d files with the same values, %d refused by both", same, refused)
}

func TestCorpusMutation(t *testing.T) {
	files := realFiles(t)
	random := rand.New(rand.NewSource(11))
	random.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	var total tally
	sampled := 0
	for _, file := range files {
		text := read(t, file)
		docs, _, err := Parse(source(text))
		if _, failure := library(text); err != nil || failure != nil {
			continue
		}
		values, keys := tokens(docs)
		total.mutate(t, file, text, max(1, (max(len(values), len(keys))+19)/20))
		if sampled++; sampled == 300 {
			break
		}
	}
	t.Logf("%d files", sampled)
	total.log(t)
}

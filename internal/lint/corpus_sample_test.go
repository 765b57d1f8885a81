package lint

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/composelint/composelint/internal/corpus"
)

// sampleOfCorpus are some real projects, the same each time. The environment variable says how many, if
// it is set.
func sampleOfCorpus(t *testing.T, number int, variable string) []corpus.Project {
	t.Helper()
	if stated := os.Getenv(variable); stated != "" {
		var err error
		if number, err = strconv.Atoi(stated); err != nil {
			t.Fatalf("%s: %v", variable, err)
		}
	}
	projects := corpus.Projects(t)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(projects), func(i, j int) { projects[i], projects[j] = projects[j], projects[i] })
	return projects[:min(number, len(projects))]
}

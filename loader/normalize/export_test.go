package normalize

import (
	"slices"
	"testing"

	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// SaysNothing is the model of a container of a kind that states nothing.
func SaysNothing(kind string) model.Service {
	n := &yamltree.Node{Kind: yamltree.Mapping}
	w := newWriter(compose.Project{Root: n}, model.NewSources())
	return container(cursor{writer: w, Node: n, inherits: slices.Contains(model.HookKinds, kind)}, nil)
}

// SetPerShare sets how many services a writer writes of many, until a test ends.
func SetPerShare(t *testing.T, n int) {
	usual := perShare
	perShare = n
	t.Cleanup(func() { perShare = usual })
}

package normalize

import (
	"slices"

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

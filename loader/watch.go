package loader

import (
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// watch are the entries of develop.watch.
func (b *builder) watch(at string, n *yamltree.Node) []model.Watch {
	watched := []model.Watch{}
	list := n.Field("develop").Field("watch")
	if list == nil {
		return watched
	}
	for _, entry := range list.Items {
		path := entry.Field("path")
		id := cleanPath(path.String())
		if path == nil || path.Unknown() {
			id = "?"
		}
		w := model.Watch{At: b.mark(item(at, "watch", id), entry), Ignore: entry.Field("ignore").KnownTexts()}
		w.Path = b.path(w.At, entry, "path")
		w.Action = b.text(w.At, entry, "action", "")
		w.Target = b.text(w.At, entry, "target", "")
		watched = append(watched, w)
	}
	return watched
}

package normalize

import (
	"path"

	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/model"
)

// watch are the entries of develop.watch.
func watch(c cursor) []model.Watch {
	watched := []model.Watch{}
	list := c.Field("develop").Field("watch")
	if list == nil {
		return watched
	}
	for _, entry := range list.Items {
		from := entry.Field("path")
		id := address.CleanPath(from.String())
		if from == nil || from.Unknown() {
			id = "?"
		}
		in := c.entry("watch", id, entry)
		w := model.Watch{
			At: in.at, Ignore: entry.Field("ignore").KnownTexts(),
			Path: in.path("path"), Action: in.text("action", ""), Target: in.text("target", ""),
		}
		if w.Target != nil && *w.Target != "" { // from the root, as package sync of docker compose 5.7.1 unpacks it
			w.Target = new(path.Join("/", *w.Target))
		}
		watched = append(watched, w)
	}
	return watched
}

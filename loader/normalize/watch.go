package normalize

import (
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
		path := entry.Field("path")
		id := address.CleanPath(path.String())
		if path == nil || path.Unknown() {
			id = "?"
		}
		in := c.entry("watch", id, entry)
		watched = append(watched, model.Watch{
			At: in.at, Ignore: entry.Field("ignore").KnownTexts(),
			Path: in.path("path"), Action: in.text("action", ""), Target: in.text("target", ""),
		})
	}
	return watched
}

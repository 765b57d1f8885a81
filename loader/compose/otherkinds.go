package compose

import (
	"slices"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/yamltree"
)

// otherKind names what a document seems to be that has nothing of Compose, empty where that is not
// known.
func otherKind(document *yamltree.Node) string {
	has := func(key string) bool { return document.Field(key) != nil }
	runner := func(job *yamltree.Node) bool { return job.Field("runs-on") != nil || job.Field("uses") != nil }
	switch jobs := document.Field("jobs"); {
	case has("services"):
		return ""
	case has("apiVersion") && has("kind"):
		return "a manifest of Kubernetes"
	case has("apiVersion"):
		return "a chart of Helm"
	case has("on") && slices.ContainsFunc(jobs.Keys(), func(name string) bool { return runner(jobs.Field(name)) }):
		return "a workflow of GitHub"
	}
	return ""
}

// templateAction is an action of a template where YAML expects a value or a key.
var templateAction = lazyregexp.New(`(?m)(^[ \t]*|: +|- +)\{[{%]`)

package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// withoutTriggers takes out of the schema that a job must say what starts it. A job that does not
// is reported by reportTriggers, and judged all the same.
func withoutTriggers(document any) {
	job := document.(map[string]any)["$defs"].(map[string]any)["job"].(map[string]any)
	delete(job, "required")
	delete(job["properties"].(map[string]any)["triggers"].(map[string]any), "anyOf")
}

func reportTriggers(root *yamltree.Node, report yamltree.Reporter) {
	jobs := root.Field("jobs")
	for _, name := range jobs.Keys() {
		job := jobs.Field(name)
		triggers, stated := job.Values()["triggers"]
		switch {
		case job.Kind != yamltree.Mapping:
		case !stated && isMisspelt("triggers", []string{"jobs", name}, job.Keys()):
		case !stated:
			report(job, yamltree.Path{"jobs", name}, fmt.Sprintf(`the job %q lacks "triggers": write "triggers: {manual: true}" for one that is started by hand`, name))
		case triggers.Kind == yamltree.Mapping && !slices.ContainsFunc(triggers.Keys(), func(key string) bool { return !strings.HasPrefix(key, "x-") }):
			report(triggers, yamltree.Path{"jobs", name, "triggers"}, `"triggers" lacks what starts the job: write "manual: true" for by hand`)
		}
	}
}

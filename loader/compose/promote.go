package compose

import "github.com/composelint/composelint/loader/yamltree"

// promote gives attributes that were extensions before the specification adopted them
// their name of today, as loader/aliases.go of compose-go (v2.16.2) does. An attribute
// that stands beside its old form wins over it.
func promote(document *yamltree.Node, report yamltree.Reporter) {
	for _, service := range document.Field("services").Values() {
		promoteField(service, "x-develop", "develop", report)
		watch := service.Field("develop").Field("watch")
		if watch == nil {
			continue
		}
		for _, item := range watch.Items {
			promoteField(item, "x-initialSync", "initial_sync", report)
		}
	}
}

func promoteField(n *yamltree.Node, from, to string, report yamltree.Reporter) {
	old, ok := n.Values()[from]
	if !ok {
		return
	}
	delete(n.Fields, from)
	current := n.Fields[to]
	if current == nil || current.Kind == yamltree.Scalar && current.Value == nil {
		n.Fields[to] = old
		return
	}
	n.Fields[to] = mergeStep.run(project(to, old), project(to, current), report).Field("services").Field("x").Field(to)
}

// project is one whose only service has one attribute.
func project(key string, value *yamltree.Node) *yamltree.Node {
	return yamltree.Wrap("services", yamltree.Wrap("x", yamltree.Wrap(key, value)))
}

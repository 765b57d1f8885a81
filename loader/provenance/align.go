package provenance

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/yamltree"
)

// reattachSequence finds for every item of a list the one that it came from. key is the
// attribute that holds the list.
func reattachSequence(plain []any, key string, base, over *yamltree.Node) *yamltree.Node {
	n := standIn(base, over)
	n.Kind, n.Value, n.Fields = yamltree.Sequence, nil, nil
	n.Items = make([]*yamltree.Node, len(plain))
	a := newAligner(plain, key, base, over)
	for i, v := range plain {
		n.Items[i] = a.item(i, v, n)
	}
	return n
}

// itemsOf returns a node as the items of a list: a mapping as its NAME=VALUE entries, a
// single value as a list of one, a range of ports once for each of them.
func itemsOf(n *yamltree.Node, key string) []*yamltree.Node {
	if n == nil {
		return nil
	}
	var items []*yamltree.Node
	switch n.Kind {
	case yamltree.Scalar:
		return []*yamltree.Node{n}
	case yamltree.Mapping:
		for _, name := range n.Keys() {
			field := n.Fields[name]
			if field.Kind == yamltree.Scalar {
				field = yamltree.AssignmentItem(name, field)
				field.Date = false // it is written out
			}
			items = append(items, field)
		}
		return items
	}
	for _, item := range n.Items {
		for range portCount(item, key) {
			items = append(items, item)
		}
	}
	return items
}

// portCount is the number of ports that transform.Canonical makes of an item.
func portCount(item *yamltree.Node, key string) int {
	spec, ok := item.Value.(string)
	if key != "ports" || !ok || PortsIn(spec) > MaxPorts || !strings.Contains(spec, "-") {
		return 1
	}
	ports, err := types.ParsePortConfig(spec)
	if err != nil {
		return 1
	}
	return len(ports)
}

// replacedLists are the lists of a later file that stand in place of an earlier one's.
var replacedLists = map[string]bool{"command": true, "entrypoint": true, "test": true}

// keyedLists are merged by the name of each entry, where the later file's entry counts
// (mergeKeyValueSequence in override/merge.go of compose-go).
var keyedLists = map[string]bool{
	"additional_contexts": true, "annotations": true, "args": true, "environment": true, "labels": true, "sysctls": true,
}

// aligner walks two lists along with the one that was made of them.
type aligner struct {
	key string
	// all are the items of both lists, those of base first; the first bases of them.
	all   []*yamltree.Node
	bases int
	// dropped is true where the result has fewer items than both lists.
	dropped bool
	// alike are the indexes of the items by what they look like.
	alike map[string][]int
}

func newAligner(plain []any, key string, base, over *yamltree.Node) *aligner {
	from := itemsOf(base, key)
	a := &aligner{key: key, all: from, bases: len(from)}
	if over != nil {
		a.all = append(a.all, itemsOf(over, key)...)
	}
	a.dropped = len(a.all) != len(plain)
	return a
}

// item finds the node of the item i: where a step kept every item, the same one; else an
// equal one, else what an item with the same identity was made from, else the item at the
// same index.
func (a *aligner) item(i int, plain any, list *yamltree.Node) *yamltree.Node {
	if !a.dropped && a.all[i].Equals(plain) {
		return a.all[i]
	}
	if !a.dropped && a.bases == len(a.all) {
		return reattachNode(plain, a.key, a.all[i], nil)
	}
	var equal []int
	for _, j := range a.likes(plain) {
		if a.all[j].Equals(plain) {
			equal = append(equal, j)
		}
	}
	if len(equal) > 0 {
		return a.chosen(i, plain, equal)
	}
	base, over := a.identical(plain)
	if base == nil && over == nil && i < a.bases {
		base = a.all[i]
	}
	if base == nil && over == nil {
		base = generated(list)
	}
	return reattachNode(plain, a.key, base, over)
}

// chosen is the one of several equal items that the item i is: the first one, but for the
// lists in which the last one counts. The others are dropped for it.
func (a *aligner) chosen(i int, plain any, equal []int) *yamltree.Node {
	at := equal[0]
	switch {
	case a.dropped && replacedLists[a.key] && slices.Contains(equal, a.bases+i):
		at = a.bases + i
	case a.dropped && keyedLists[a.key]:
		at = equal[len(equal)-1]
	case slices.Contains(equal, i):
		at = i
	}
	n := *a.all[at]
	merged := n.Merged()
	if a.dropped {
		merged.Also = slices.Clone(merged.Also)
		for _, j := range equal {
			if a.all[j].Span != n.Span {
				merged.Also = append(merged.Also, a.all[j])
			}
		}
	}
	if old, _ := a.identical(plain); old != nil && old.Span != n.Span && !old.Equals(plain) {
		merged.Prev = old
	}
	n.SetMerged(merged)
	return &n
}

// likes are the indexes of the items that may be equal to plain.
func (a *aligner) likes(plain any) []int {
	if a.alike == nil {
		a.alike = make(map[string][]int, len(a.all))
		for j, item := range a.all {
			look := a.look(item.Plain())
			a.alike[look] = append(a.alike[look], j)
		}
	}
	return a.alike[a.look(plain)]
}

// look is what an item looks like at a glance: its identity, or all of it.
func (a *aligner) look(plain any) string {
	if id := identity(plain, a.key); id != "" {
		return id
	}
	return fmt.Sprint(plain)
}

// identical are the first item of base and the first one of over that have the identity
// of plain.
func (a *aligner) identical(plain any) (base, over *yamltree.Node) {
	if identity(plain, a.key) == "" {
		return nil, nil
	}
	for _, j := range a.likes(plain) {
		if j < a.bases && base == nil {
			base = a.all[j]
		} else if j >= a.bases && over == nil {
			over = a.all[j]
		}
	}
	return base, over
}

// identity is what makes two entries of the list under key the same one, as
// override/uncity.go of compose-go sees it; empty where entries have none.
func identity(plain any, key string) string {
	switch v := plain.(type) {
	case string:
		switch key {
		case "volumes", "devices":
			sections := colons(v)
			target := sections[min(1, len(sections)-1)]
			return path.Clean(v[target.Start:target.End])
		case "secrets", "configs":
			return mountPoint(key, v)
		case "ports", "env_file":
			return v
		}
		name, _, _ := strings.Cut(v, "=")
		return name
	case map[string]any:
		return identityOf(v, key)
	}
	return ""
}

func identityOf(long map[string]any, key string) string {
	target := yamltree.Written(long["target"])
	switch key {
	case "volumes", "devices":
		return path.Clean(target)
	case "secrets", "configs":
		if target == "" {
			return mountPoint(key, yamltree.Written(long["source"]))
		}
		return target
	case "ports":
		host, protocol := cmp.Or(yamltree.Written(long["host_ip"]), "0.0.0.0"), cmp.Or(yamltree.Written(long["protocol"]), "tcp")
		return host + ":" + yamltree.Written(long["published"]) + ":" + target + "/" + protocol
	case "env_file":
		return yamltree.Written(long["path"])
	}
	return ""
}

// mountPoint is where a secret or a config goes that says nothing of it.
func mountPoint(key, source string) string {
	if key == "secrets" {
		return "/run/secrets/" + source
	}
	return "/" + source
}

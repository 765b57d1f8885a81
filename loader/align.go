package loader

import (
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
	a := &aligner{key: key, base: itemsOf(base, key), over: itemsOf(over, key)}
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
			field := *n.Fields[name]
			if field.Kind == yamltree.Scalar {
				field.Value = name
				if n.Fields[name].Value != nil {
					field.Value = name + "=" + text(n.Fields[name].Value)
				}
				field.Text = nil
			}
			items = append(items, &field)
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
	if key != "ports" || !ok || !strings.Contains(spec, "-") {
		return 1
	}
	ports, err := types.ParsePortConfig(spec)
	if err != nil {
		return 1
	}
	return len(ports)
}

// aligner walks two lists along with the one that was made of them.
type aligner struct {
	key        string
	base, over []*yamltree.Node
}

// item finds the node of the item i: the same item of base, else an equal one of over,
// else of base; else what an item with the same identity was made from, else the item
// at the same index.
func (a *aligner) item(i int, plain any, list *yamltree.Node) *yamltree.Node {
	if i < len(a.base) && same(plain, a.base[i]) {
		return a.base[i]
	}
	if j := find(plain, a.over, i-len(a.base)); j >= 0 {
		return a.replacing(a.over[j], plain)
	}
	if j := find(plain, a.base, i); j >= 0 {
		return a.replacing(a.base[j], plain)
	}
	id := identity(plain, a.key)
	over, base := findIdentity(id, a.key, a.over), findIdentity(id, a.key, a.base)
	if over == nil && base == nil && i < len(a.base) {
		base = a.base[i]
	}
	if over == nil && base == nil {
		base = generated(list)
	}
	return reattachNode(plain, a.key, base, over)
}

// replacing notes on the node n of an item the item that it took the place of.
func (a *aligner) replacing(n *yamltree.Node, plain any) *yamltree.Node {
	old := findIdentity(identity(plain, a.key), a.key, a.base)
	if old == nil || old == n || old.Span == n.Span {
		return n
	}
	c := *n
	if same(plain, old) {
		c.Also = append(c.Also[:len(c.Also):len(c.Also)], old)
	} else {
		c.Prev = old
	}
	return &c
}

// find returns the index of an item equal to plain: at the guess, else the last one.
func find(plain any, items []*yamltree.Node, guess int) int {
	if guess >= 0 && guess < len(items) && same(plain, items[guess]) {
		return guess
	}
	for j := len(items) - 1; j >= 0; j-- {
		if same(plain, items[j]) {
			return j
		}
	}
	return -1
}

// findIdentity returns the first item of that identity, or nil.
func findIdentity(id, key string, items []*yamltree.Node) *yamltree.Node {
	if id == "" {
		return nil
	}
	for _, item := range items {
		if identity(item.Plain(), key) == id {
			return item
		}
	}
	return nil
}

// identity is what makes two entries of the list under key the same one, as
// override/uncity.go of compose-go sees it; empty where entries have none.
func identity(plain any, key string) string {
	switch v := plain.(type) {
	case string:
		switch key {
		case "volumes", "devices", "ports":
			if sections := colons(v); len(sections) > 1 {
				return v[sections[1].start:sections[1].end]
			}
			return v
		}
		name, _, _ := strings.Cut(v, "=")
		return name
	case map[string]any:
		switch key {
		case "volumes", "devices", "secrets", "configs":
			return text(v["target"])
		case "ports":
			return text(v["host_ip"]) + ":" + text(v["published"]) + ":" + text(v["target"]) + "/" + text(v["protocol"])
		case "env_file":
			return text(v["path"])
		}
	}
	return ""
}

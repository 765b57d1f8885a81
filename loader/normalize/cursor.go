package normalize

import (
	"strconv"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/yamltree"
)

// cursor is a node of the tree that a node of the model is written from. A value that depends on
// a variable nobody set is nil in the model, and noted.
type cursor struct {
	*writer
	*yamltree.Node
	// at is the public name of the node of the model.
	at string
	// inherits is true for a hook, and for a service that extends what could not be read: what it
	// does not state stands elsewhere, and is unknown here.
	inherits bool
}

// entry is the cursor of an entry of a list, marked by what tells it from the others.
func (c cursor) entry(list, id string, n *yamltree.Node) cursor {
	return cursor{writer: c.writer, Node: n, at: c.mark(c.at+"."+list+"["+id+"]", n)}
}

// below is the cursor of a part that is a node of the model of its own. One that is not there
// has no node: it stands for what c does not say, and keeps the name of c.
func (c cursor) below(keys ...string) cursor {
	n, at := c.Node, c.at
	for _, key := range keys {
		n, at = n.Field(key), at+"."+key
	}
	if n == nil {
		return cursor{writer: c.writer, at: c.at}
	}
	return cursor{writer: c.writer, Node: n, at: c.mark(at, n)}
}

// inside is the cursor of a part that belongs to the same node of the model.
func (c cursor) inside(keys ...string) cursor {
	n := c.Node
	for _, key := range keys {
		n = n.Field(key)
	}
	return cursor{writer: c.writer, Node: n, at: c.at}
}

// leaves is true for what a hook leaves to its service.
func (c cursor) leaves(key string) bool { return c.inherits && c.Field(key) == nil }

// known returns the value under key and whether there is one to judge: a value that
// depends on a variable that is not set is noted as unknown instead, and one that a hook
// does not state stands elsewhere.
func (c cursor) known(key string) (value any, known bool) {
	field := c.Field(key)
	if field == nil {
		return nil, !c.leaves(key)
	}
	if c.isUnknown(key, field) {
		return nil, false
	}
	return field.Scalar(), true
}

// isUnknown is true for a value that depends on a variable that is not set, which it notes. The
// value stands under key, or is what c writes where key is empty.
func (c cursor) isUnknown(key string, n *yamltree.Node) bool {
	if n == nil || !n.Unknown() {
		return false
	}
	for _, v := range n.Variables {
		if v.Unknown() && v.Name != "" {
			c.note(unknownOf(v, c.at, key))
		}
	}
	return true
}

// isUnknownEntry is isUnknown for an entry of a list that tells by itself which it is: what is not
// known gets a place of its own.
func (c cursor) isUnknownEntry(list string, entry *yamltree.Node) bool {
	return entry.Unknown() && c.entry(list, "?", entry).isUnknown("", entry)
}

// text is the value under key as a string, nil when it is unknown.
func (c cursor) text(key, fallback string) *string {
	value, known := c.known(key)
	switch {
	case !known:
		return nil
	case value == nil:
		return &fallback
	}
	return new(yamltree.Written(value))
}

// boolean is the value under key as a boolean, nil when it is unknown.
func (c cursor) boolean(key string, fallback bool) *bool {
	stated, known := c.known(key)
	if !known {
		return nil
	}
	if stated == nil {
		return &fallback
	}
	value, _ := c.Field(key).Boolean()
	return &value
}

// path is the path of the host under key, nil when it is unknown.
func (c cursor) path(key string) *string {
	path := c.text(key, "")
	if path == nil {
		return nil
	}
	path, _ = c.hostPath(*path)
	return path
}

// bytes is the size under key, nil when it is unknown or none, 0 when it is not there.
func (c cursor) bytes(key string) *int64 {
	value, known := c.known(key)
	if !known {
		return nil
	}
	var size types.UnitBytes
	if value != nil && size.DecodeMapstructure(value) != nil {
		return nil
	}
	return new(int64(size))
}

// number is the number under key, nil when it is unknown or none, 0 when it is not there.
func (c cursor) number(key string) *float64 {
	value, known := c.known(key)
	if !known {
		return nil
	}
	if value == nil {
		return new(0.0)
	}
	number, err := strconv.ParseFloat(yamltree.Written(value), 64)
	if err != nil {
		return nil
	}
	return &number
}

// integer is the number under key without its fraction.
func (c cursor) integer(key string) *int64 {
	number := c.number(key)
	if number == nil {
		return nil
	}
	return new(int64(*number))
}

// piece is value, nil when the bytes [start, end) of the scalar under key are unknown, which
// it is made of.
func (c cursor) piece(key string, scalar *yamltree.Node, value string, start, end int) *string {
	if c.isUnknown(key, scalar.Part(start, end, nil)) {
		return nil
	}
	return &value
}

package compiled

import (
	"context"
	"errors"
	"strconv"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
)

// lazyStore holds the data of compiled policies below data.composelint as a tree of what makes
// their values: most projects need few of them.
type lazyStore struct {
	storage.WritesNotSupported
	storage.PolicyNotSupported
	storage.TriggersNotSupported
	root *lazyNode
}

// lazyNode makes a value once. That of a large object is made of those below it.
type lazyNode struct {
	value func() ast.Value
	below map[string]*lazyNode
}

func newLazyNode(value func() ast.Value) *lazyNode { return &lazyNode{value: sync.OnceValue(value)} }

func newLazyObject(below map[string]*lazyNode) *lazyNode {
	n := newLazyNode(func() ast.Value {
		object := ast.NewObject()
		for name, node := range below {
			object.Insert(ast.StringTerm(name), ast.NewTerm(node.value()))
		}
		return object
	})
	n.below = below
	return n
}

// Read returns the value at a path.
func (s *lazyStore) Read(_ context.Context, _ storage.Transaction, path storage.Path) (any, error) {
	switch {
	case len(path) == 0:
		return ast.NewObject([2]*ast.Term{ast.StringTerm("composelint"), ast.NewTerm(s.root.value())}), nil
	case path[0] != "composelint":
		return nil, errNotFound
	}
	node, path := s.root, path[1:]
	for len(path) > 0 && node.below != nil {
		if node = node.below[path[0]]; node == nil {
			return nil, errNotFound
		}
		path = path[1:]
	}
	value := node.value()
	for _, key := range path {
		if value = below(value, key); value == nil {
			return nil, errNotFound
		}
	}
	return value, nil
}

// below is the value under a key or an index; nil where there is none.
func below(v ast.Value, key string) ast.Value {
	switch v := v.(type) {
	case ast.Object:
		if term := v.Get(ast.InternedTerm(key)); term != nil {
			return term.Value
		}
	case *ast.Array:
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < v.Len() {
			return v.Elem(i).Value
		}
	}
	return nil
}

var errNotFound = &storage.Error{Code: storage.NotFoundErr, Message: "there is no such data"}

// readTransaction is every transaction: nothing is ever written.
type readTransaction struct{}

func (readTransaction) ID() uint64 { return 0 }

func (*lazyStore) NewTransaction(context.Context, ...storage.TransactionParams) (storage.Transaction, error) {
	return readTransaction{}, nil
}

func (*lazyStore) Commit(context.Context, storage.Transaction) error { return nil }

func (*lazyStore) Abort(context.Context, storage.Transaction) {}

func (*lazyStore) Truncate(context.Context, storage.Transaction, storage.TransactionParams, storage.Iterator) error {
	return errors.New("the data of the policies cannot be replaced")
}

package rules

import (
	"context"
	"errors"
	"strconv"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
)

// lazyStore holds the data of compiled policies below data.composelint, each entry as what
// makes its value: most projects need few of them.
type lazyStore struct {
	storage.WritesNotSupported
	storage.PolicyNotSupported
	storage.TriggersNotSupported
	entries map[string]func() ast.Value
}

func (s *lazyStore) add(name string, make func() ast.Value) {
	s.entries[name] = sync.OnceValue(make)
}

// Read returns the value at a path.
func (s *lazyStore) Read(_ context.Context, _ storage.Transaction, path storage.Path) (any, error) {
	if len(path) > 0 && path[0] != "composelint" {
		return nil, errNotFound
	}
	switch len(path) {
	case 0:
		return ast.NewObject([2]*ast.Term{ast.StringTerm("composelint"), ast.NewTerm(s.all())}), nil
	case 1:
		return s.all(), nil
	}
	entry, ok := s.entries[path[1]]
	if !ok {
		return nil, errNotFound
	}
	value := entry()
	for _, key := range path[2:] {
		if value = below(value, key); value == nil {
			return nil, errNotFound
		}
	}
	return value, nil
}

func (s *lazyStore) all() ast.Value {
	all := ast.NewObject()
	for name, entry := range s.entries {
		all.Insert(ast.StringTerm(name), ast.NewTerm(entry()))
	}
	return all
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

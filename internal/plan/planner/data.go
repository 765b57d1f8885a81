package planner

import (
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// datum is the constant that is the value at a path of the data.
func (p *planner) datum(path []string) int {
	return p.constants.number("data\x00"+strings.Join(path, "\x00"), p.lookup(path))
}

// lookup is the value at a path of the data, nil where there is none.
func (p *planner) lookup(path []string) ast.Value {
	ref := make(ast.Ref, len(path))
	for i, key := range path {
		ref[i] = ast.StringTerm(key)
	}
	value, _ := p.data.Find(ref)
	return value
}

package compiled

import (
	"cmp"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
)

// renumber counts the variables that the compiler made anew in each rule, so that what rules
// have in common is the same in both.
func renumber(modules map[string]*ast.Module) error {
	for _, m := range modules {
		for i, r := range m.Rules {
			var err error
			if m.Rules[i], err = renumbered(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// renumbered works on a copy: the compiler's terms share what is below them, and would be
// renamed twice.
func renumbered(r *ast.Rule) (*ast.Rule, error) {
	r = r.Copy()
	before := variables(r)
	names := map[ast.Var]ast.Var{}
	_, err := ast.TransformVars(r, func(v ast.Var) (ast.Value, error) {
		if v.IsGenerated() && names[v] == "" {
			names[v] = ast.Var(fmt.Sprintf("__local%d__", len(names)))
		}
		return cmp.Or(names[v], v), nil
	})
	if after := variables(r); err == nil && after != before {
		err = fmt.Errorf("%d variables are %d after they were renamed: %s", before, after, r)
	}
	return r, err
}

// variables counts the different variables of a rule.
func variables(r *ast.Rule) int {
	seen := map[ast.Var]bool{}
	ast.WalkVars(r, func(v ast.Var) bool { seen[v] = true; return false })
	return len(seen)
}

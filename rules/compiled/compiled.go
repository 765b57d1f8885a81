// Package compiled keeps the plan that was made of policies, with the catalogue of their rules, so
// that no run has to read and compile them.
package compiled

import (
	"context"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/version"

	"github.com/composelint/composelint/internal/plan"
	"github.com/composelint/composelint/internal/plan/code"
	"github.com/composelint/composelint/rules/policy"
)

// Open returns the program of policies that were planned beforehand. Text is what Write wrote;
// where it was not made of these very policies, by this version of OPA, or is damaged, they are
// compiled.
func Open(text string, policies fs.FS) (*policy.Program, error) {
	sum, err := checksum(policies)
	if err != nil {
		return nil, fmt.Errorf("could not read the policies: %w", err)
	}
	head, rest, _ := strings.Cut(text, "\n")
	if head != headOf(sum, []byte(rest)) {
		set, err := policy.Read(policies)
		if err != nil {
			return nil, err
		}
		return set.Program()
	}
	r := code.NewReader(rest)
	return &policy.Program{Catalogue: readCatalogue(r), Evaluator: planned{plan.Read(r.Rest())}}, nil
}

// Write makes a text for Open of policies and of the function that plans them.
func Write(policies fs.FS, planOf func(*policy.Set) ([]byte, error)) ([]byte, error) {
	sum, err := checksum(policies)
	if err != nil {
		return nil, fmt.Errorf("could not read the policies: %w", err)
	}
	set, err := policy.Read(policies)
	if err != nil {
		return nil, err
	}
	program, err := set.Program()
	if err != nil {
		return nil, err
	}
	text, err := planOf(set)
	if err != nil {
		return nil, err
	}
	w := &code.Writer{}
	writeCatalogue(w, program.Catalogue)
	body := append(w.Bytes, text...)
	return append([]byte(headOf(sum, body)+"\n"), body...), nil
}

// planned evaluates policies by their plan.
type planned struct{ *plan.Program }

// Query answers the queries that were planned.
func (p planned) Query(_ context.Context, ref string) (policy.Query, error) {
	return func(ctx context.Context, input ast.Value) (ast.Value, error) {
		hint := policy.HintOf(ctx)
		value, err := p.Program.For(hint.Size).Query(ctx, ref, input, hint.Rules...)
		if err != nil {
			return nil, fmt.Errorf("could not evaluate the policies: %w", err)
		}
		return value, nil
	}, nil
}

// castagnoli is the polynomial that processors know.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksum is that of everything that the plan is made of.
func checksum(policies fs.FS) (uint32, error) {
	sum := crc32.New(castagnoli)
	buffer := make([]byte, 32<<10)
	err := policy.Walk(policies, false, func(name string) error {
		f, err := policies.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		io.WriteString(sum, name)
		_, err = io.CopyBuffer(sum, f, buffer)
		return err
	})
	return sum.Sum32(), err
}

// headOf is the first line of the plan of policies with a checksum, and of what follows it. The
// number is raised when the form changes; another version of OPA may plan otherwise.
func headOf(policies uint32, body []byte) string {
	return fmt.Sprintf("composelint policies 7, OPA %s, %08x, %08x", version.Version, policies, crc32.Checksum(body, castagnoli))
}

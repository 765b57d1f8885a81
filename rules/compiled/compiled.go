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
// where it was not made of these very policies, by this version of OPA, they are compiled.
func Open(text string, policies fs.FS) (*policy.Program, error) {
	sum, err := checksum(policies)
	if err != nil {
		return nil, fmt.Errorf("could not read the policies: %w", err)
	}
	rest, ok := strings.CutPrefix(text, headOf(sum))
	if !ok {
		set, err := policy.Read(policies)
		if err != nil {
			return nil, err
		}
		return set.Program()
	}
	r := code.NewReader(rest)
	return &policy.Program{Catalogue: readCatalogue(r), Evaluator: planned{plan.Read(r.Rest())}}, nil
}

// Write makes a text for Open of policies and what plans them.
func Write(policies fs.FS, plan func(*policy.Set) ([]byte, error)) ([]byte, error) {
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
	text, err := plan(set)
	if err != nil {
		return nil, err
	}
	w := &code.Writer{Bytes: []byte(headOf(sum))}
	writeCatalogue(w, program.Catalogue)
	return append(w.Bytes, text...), nil
}

// planned evaluates policies by their plan.
type planned struct{ *plan.Program }

// Query answers the queries that were planned.
func (p planned) Query(_ context.Context, ref string) (policy.Query, error) {
	return func(ctx context.Context, input ast.Value) (ast.Value, error) {
		value, err := p.Program.Query(ctx, ref, input)
		if err != nil {
			return nil, fmt.Errorf("could not evaluate the policies: %w", err)
		}
		return value, nil
	}, nil
}

// checksum is that of everything that the plan is made of.
func checksum(policies fs.FS) (uint32, error) {
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
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

// headOf is what the plan of policies with a checksum begins with. The number is raised when the
// form changes; another version of OPA may plan otherwise.
func headOf(sum uint32) string {
	return fmt.Sprintf("composelint policies 4, OPA %s, %08x\n", version.Version, sum)
}

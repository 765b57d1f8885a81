// Package compiled keeps what OPA compiles policies to, so that no run has to compile them.
package compiled

import (
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"strings"

	"github.com/open-policy-agent/opa/v1/version"

	"github.com/composelint/composelint/rules/policy"
)

// Open returns the program of policies that were compiled beforehand, in a tenth of the time.
// Text is what Write wrote; where it was not made of these very policies, by this version of
// OPA, they are compiled.
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
	d := newDecoder(rest)
	catalogue, store, modules := d.catalogue(), d.store(), d.modules() // in the order of the text
	compiler := link(modules)
	if compiler.Failed() {
		return nil, fmt.Errorf("could not read the compiled policies: %w", compiler.Errors)
	}
	return &policy.Program{Catalogue: catalogue, Compiler: compiler, Store: store}, nil
}

// Write compiles policies to a text for Open.
func Write(policies fs.FS) ([]byte, error) {
	sum, err := checksum(policies)
	if err != nil {
		return nil, fmt.Errorf("could not read the policies: %w", err)
	}
	set, err := policy.Read(policies)
	if err != nil {
		return nil, err
	}
	p, err := set.Program()
	if err != nil {
		return nil, err
	}
	if err := renumber(p.Compiler.Modules); err != nil {
		return nil, err
	}
	e := newEncoder()
	e.catalogue(p.Catalogue)
	e.data(set.Data)
	e.modules(p.Compiler.Modules)
	return append([]byte(headOf(sum)), e.bytes()...), nil
}

// checksum is that of everything that the compiled form is made of.
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

// headOf is what the compiled policies of a checksum begin with. The number is raised
// when the form changes; another version of OPA may compile otherwise.
func headOf(sum uint32) string {
	return fmt.Sprintf("composelint policies 3, OPA %s, %08x\n", version.Version, sum)
}

package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules/own"
)

// newPolicy writes the files of a new rule into the directory of --policies, by default "policies".
// What is there stays.
func (c *command) newPolicy(o *options) int {
	if len(o.args) != 2 || len(o.policies) > 1 {
		return c.trouble(fmt.Errorf("new-policy needs the id of a rule, and one directory at most: composelint new-policy ID --policies DIR"))
	}
	dir := "policies"
	if len(o.policies) == 1 {
		dir = o.policies[0]
	}
	texts, err := own.New(o.args[1])
	if err != nil {
		return c.trouble(err)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return c.trouble(unwritable(dir, err))
	}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		path := filepath.Join(dir, name)
		err := create(path, func(w io.Writer) error { _, err := io.WriteString(w, texts[name]); return err })
		if err != nil {
			return c.trouble(err)
		}
		_ = say(c.stdout, "wrote %q", filepath.ToSlash(path))
	}
	_ = say(c.stdout, "write the rule, then: composelint test-policies %s; composelint --policies %s", dir, dir)
	return statusClean
}

// printSchema prints the JSON Schema of what policies see.
func (c *command) printSchema(o *options) int {
	if err := c.write(o, func(w io.Writer) error { _, err := io.WriteString(w, model.DescribedSchema); return err }); err != nil {
		return c.trouble(err)
	}
	return statusClean
}

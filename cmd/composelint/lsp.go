package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/term"

	"github.com/composelint/composelint/internal/lsp"
)

// lsp serves an editor on the standard input and output, until it leaves.
func (c *command) lsp(o *options) int {
	if len(o.args) > 1 || len(o.files) > 0 {
		return c.trouble(errors.New("lsp takes no files: an editor says which it has open"))
	}
	if in, ok := c.stdin.(*os.File); ok && term.IsTerminal(int(in.Fd())) {
		_ = say(c.stderr, "composelint: lsp waits for an editor on the standard input: https://github.com/composelint/composelint/blob/main/docs/editors.md says how to set one up")
	}
	for _, path := range []*string{&o.config, &o.daemon} {
		if *path != "" {
			*path = absolutePath(*path)
		}
	}
	for _, paths := range [][]string{o.envFiles, o.policies} {
		for i := range paths {
			paths[i] = absolutePath(paths[i])
		}
	}
	return lsp.Serve(context.Background(), c.stdin, c.stdout, lsp.Options{Lint: c.lintOptions(o), Version: version(), Log: c.stderr})
}

// absolutePath is a path as it is meant here: the server goes to the folder that the editor has open.
func absolutePath(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

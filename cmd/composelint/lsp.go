package main

import (
	"context"
	"errors"
	"os"

	"golang.org/x/term"

	"github.com/composelint/composelint/internal/lsp"
	"github.com/composelint/composelint/loader"
)

// lsp serves an editor on the standard input and output, until it leaves.
func (c *command) lsp(o *options) int {
	if len(o.args) > 1 || len(o.files) > 0 {
		return c.trouble(errors.New("lsp takes no files: an editor says which it has open"))
	}
	if in, ok := c.stdin.(*os.File); ok && term.IsTerminal(int(in.Fd())) {
		_ = say(c.stderr, "composelint: lsp waits for an editor on the standard input: https://github.com/composelint/composelint/blob/main/docs/editors.md says how to set one up")
	}
	// The server goes to the folder that the editor has open: the command line's paths are meant from here.
	for _, path := range []*string{&o.config, &o.daemon} {
		if *path != "" {
			*path = loader.Absolute(*path)
		}
	}
	for _, paths := range [][]string{o.envFiles, o.policies} {
		for i := range paths {
			paths[i] = loader.Absolute(paths[i])
		}
	}
	return lsp.Serve(context.Background(), c.stdin, c.stdout, lsp.Options{Lint: c.lintOptions(o), Version: version(), Log: c.stderr})
}

package main

import (
	"context"

	"github.com/composelint/composelint/internal/lsp"
)

// lsp serves an editor on the standard input and output, until it leaves.
func (c *command) lsp(o *options) int {
	return lsp.Serve(context.Background(), c.stdin, c.stdout, lsp.Options{Lint: c.lintOptions(o), Version: version(), Log: c.stderr})
}

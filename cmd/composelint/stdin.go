package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/composelint/composelint/loader"
)

// nameOfStdin is what the standard input is called that no --stdin-filename names.
const nameOfStdin = "<stdin>"

// readStdin reads the file that is called "-" and puts its name in that place.
func (c *command) readStdin(o *options) error {
	n := 0
	name := o.stdinFilename
	if name == "" {
		name = nameOfStdin
	}
	for _, files := range [][]string{o.files, o.args} {
		for i := range files {
			if files[i] == "-" {
				files[i] = name
				n++
			}
		}
	}
	switch {
	case n == 0 && o.stdinFilename != "":
		return fmt.Errorf("--stdin-filename is %q but nothing is read from the standard input: name - as the file", o.stdinFilename)
	case n == 0:
		return nil
	case n > 1 || slices.Contains(o.envFiles, "-"):
		return fmt.Errorf("the standard input can be read only once: name - once")
	}
	text, err := io.ReadAll(io.LimitReader(c.stdin, loader.MaxFileSize+1))
	if err != nil {
		return fmt.Errorf("could not read the standard input: %w", err)
	}
	if len(text) > loader.MaxFileSize {
		return fmt.Errorf("could not read the standard input: it is larger than the limit of %d MB", loader.MaxFileSize>>20)
	}
	o.stdin = map[string][]byte{name: text}
	return nil
}

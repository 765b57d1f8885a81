package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/composelint/composelint/loader"
)

// save puts an output into a file. What is there already and is no regular file, such as a pipe
// or a device, is written to; a regular file appears whole or not at all, and keeps its mode.
func (c *command) save(path string, output func(io.Writer) error) error {
	if err := c.saveAt(path, output); err != nil {
		return unwritable(path, err)
	}
	return nil
}

func (c *command) saveAt(path string, output func(io.Writer) error) error {
	destination, err := loader.Destination(path)
	if err != nil {
		return err
	}
	there, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return replace(destination, nil, output)
	case err != nil:
		return err
	}
	if stream := c.streamAt(there); stream != nil {
		return output(stream)
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0) // not for what the user may not write
	if err != nil {
		return err
	}
	if there.Mode().IsRegular() {
		return errors.Join(f.Close(), replace(destination, there, output))
	}
	return errors.Join(output(f), f.Close())
}

// streamAt is the stream of this process that a file is, as /dev/stdout is, nil where it is none:
// behind it may be a file that has other text already.
func (c *command) streamAt(file fs.FileInfo) io.Writer {
	for _, stream := range []io.Writer{c.stdout, c.stderr} {
		if f, ok := stream.(*os.File); ok {
			if info, err := f.Stat(); err == nil && os.SameFile(info, file) {
				return stream
			}
		}
	}
	return nil
}

// replace writes a file beside the path and puts it there once it is whole, with the mode of
// what is there, nil for nothing.
func replace(path string, there fs.FileInfo, output func(io.Writer) error) error {
	f, err := temporary(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if there != nil {
		err = f.Chmod(there.Mode().Perm())
	}
	if err == nil {
		err = output(f)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// temporary creates a file with the mode that any new file gets, unlike os.CreateTemp.
func temporary(dir string) (*os.File, error) {
	for {
		f, err := os.OpenFile(filepath.Join(dir, fmt.Sprintf(".composelint-%08x", rand.Uint32())), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

// create writes a file that is not there yet, whole or not at all.
func create(path string, output func(io.Writer) error) error {
	_, err := loader.Destination(path)
	if err != nil {
		return unwritable(path, err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%q is there already: remove it first, or change it", filepath.ToSlash(path))
	}
	if err != nil {
		return unwritable(path, err)
	}
	if err = errors.Join(output(f), f.Close()); err != nil {
		return unwritable(path, errors.Join(err, os.Remove(path)))
	}
	return nil
}

// unwritable names the file that the user knows, not the temporary one.
func unwritable(file string, err error) error {
	return fmt.Errorf("could not write %q: %w", filepath.ToSlash(file), cause(err))
}

// cause is what went wrong with a file, without its path.
func cause(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

package loader

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// maxFileSize bounds what is read of one file, in bytes.
const maxFileSize = 5 << 20

// readFile reads a regular file of a bounded size. A device, a pipe or a directory is
// refused before it is opened, so that reading can neither hang nor run on.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unwrapped(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("could not read %q: it is not a regular file", shown(path))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, unwrapped(path, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxFileSize+1))
	if err != nil {
		return nil, unwrapped(path, err)
	}
	if len(text) > maxFileSize {
		return nil, fmt.Errorf("could not read %q: it is larger than the limit of 5 MB", shown(path))
	}
	return text, nil
}

// unwrapped names the file once, in the words of a user.
func unwrapped(path string, err error) error {
	var pathError *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("could not read %q: there is no such file", shown(path))
	case errors.As(err, &pathError):
		err = pathError.Err
	}
	return fmt.Errorf("could not read %q: %w", shown(path), err)
}

// shown is a path as messages and locations write it.
func shown(path string) string { return filepath.ToSlash(filepath.Clean(path)) }

// source makes the positions of a file that was read.
func (l *loading) source(path string, text []byte) *yamltree.Source {
	file := &model.File{Path: shown(path), URI: l.uri(path), Text: text}
	l.sources.Files[file.Path] = file
	return yamltree.NewSource(file)
}

// uri is the path relative to the root of the repository: the nearest directory upwards
// that has a .git, else the working directory.
func (l *loading) uri(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return shown(path)
	}
	rel, err := filepath.Rel(repositoryRoot(filepath.Dir(abs)), abs)
	if err != nil {
		return shown(path)
	}
	return filepath.ToSlash(rel)
}

func repositoryRoot(dir string) string {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, ".git")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			break
		}
	}
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, dir); err == nil && filepath.IsLocal(rel) {
			return wd
		}
	}
	return dir
}

// Package files reads every file that composelint reads: within limits, and never from outside of
// the project's root unless that is allowed.
package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/composelint/composelint/model"
)

// MaxSize bounds what is read of one file, in bytes.
const MaxSize = 5 << 20

// Deadline bounds how long reading one file may take: a file system can be slow without end.
const Deadline = 10 * time.Second

// Read reads a regular file of a bounded size in a bounded time. A device, a pipe, a directory or
// a file of the kernel is refused before it is opened, so that reading can neither hang nor run on.
// The error names the file; it is fs.ErrNotExist where there is none.
func Read(path string) ([]byte, error) {
	return within(Deadline, path, func() ([]byte, error) { return read(path, MaxSize) })
}

// within is what reading gives, or an error where that takes longer than the limit. Nothing can
// stop a system call: it is left alone.
func within(limit time.Duration, path string, read func() ([]byte, error)) (text []byte, err error) {
	done := make(chan struct{})
	var got []byte
	var failed error
	go func() {
		defer close(done)
		got, failed = read()
	}()
	select {
	case <-done:
		return got, failed
	case <-time.After(limit):
		return nil, fmt.Errorf("could not read %q: it takes longer than the limit of %v", Shown(path), limit)
	}
}

func read(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	if !info.Mode().IsRegular() || ofKernel(path) {
		return nil, fmt.Errorf("could not read %q: it is not a regular file", Shown(path))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, unreadable(path, err)
	}
	return text, limited(path, text, most)
}

// Limited refuses the text of a file that somebody else has read where it is larger than one that is read.
func Limited(path string, text []byte) error { return limited(path, text, MaxSize) }

func limited(path string, text []byte, most int64) error {
	if int64(len(text)) > most {
		return fmt.Errorf("could not read %q: it is larger than the limit of %d MB", Shown(path), most>>20)
	}
	return nil
}

// ofKernel is true for a path to what looks like a file and is none: it tells of processes, and
// reading it can wait forever.
func ofKernel(path string) bool {
	real, err := filepath.EvalSymlinks(Absolute(path))
	return err == nil && (strings.HasPrefix(real, "/proc/") || strings.HasPrefix(real, "/sys/"))
}

// ReadDir lists a directory in the order of names.
func ReadDir(path string) ([]os.DirEntry, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	return entries, nil
}

// unreadable names the file once, in the words of a user.
func unreadable(path string, err error) error {
	var pathError *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = noSuchFile{}
	case errors.Is(err, fs.ErrPermission):
		err = notAllowed{}
	case errors.As(err, &pathError):
		err = pathError.Err
	}
	return fmt.Errorf("could not read %q: %w", Shown(path), err)
}

// noSuchFile is fs.ErrNotExist in the words of a user.
type noSuchFile struct{}

func (noSuchFile) Error() string        { return "there is no such file" }
func (noSuchFile) Is(target error) bool { return target == fs.ErrNotExist }

// notAllowed is fs.ErrPermission in the words of a user. The container of composelint has a user of its
// own, who may not read a file of mode 600.
type notAllowed struct{}

func (notAllowed) Error() string {
	return "permission denied: run composelint as its owner, a container with --user \"$(id -u)\""
}
func (notAllowed) Is(target error) bool { return target == fs.ErrPermission }

// Open reads a file that the user names (Root.Named).
func Open(path string, allowOutside bool) (*model.File, error) {
	r := NewRoot(filepath.Dir(path), allowOutside)
	if err := r.Confined(path); err != nil {
		return nil, err
	}
	return r.open(path)
}

// Shown is a path as messages and locations write it.
func Shown(path string) string { return filepath.ToSlash(filepath.Clean(path)) }

// Join is path, as seen from directory. One in a home directory stays as it is written.
func Join(directory, path string) string {
	if filepath.IsAbs(path) || strings.HasPrefix(path, "~") {
		return path
	}
	return filepath.Join(directory, path)
}

// Relative is where to is as seen from a directory, with slashes; to itself where that is not known.
func Relative(from, to string) string {
	rel, err := filepath.Rel(Absolute(from), Absolute(to))
	if err != nil {
		return to
	}
	return filepath.ToSlash(rel)
}

// Absolute is the absolute path, or the path itself where the working directory is gone.
func Absolute(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return abs
}

// IsFile is true for what is there and no directory. It may be none that can be read, and reading
// it says why.
func IsFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

// Directory opens a directory that the user names. No link in it leads out of it.
func Directory(path string) (fs.FS, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	return root.FS(), nil
}

package loader

import (
	"path/filepath"

	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/model"
)

// Configuration reads the file of one of the names that is nearest to the project: in its
// directory or one above, up to the root. It is nil where there is none. Instead is the path of the
// one that would be read where it is not there.
func Configuration(o Options, names []string) (file *model.File, instead string, err error) {
	file, instead, err = o.Root().Nearest(o.Directory(), names)
	if file != nil {
		if text, ok := o.InHand(file.Path); ok {
			file.Text = text
		}
	}
	return file, instead, err
}

// NamedFile reads a file that the user names, wherever it is, unless it is a link that leads out of
// the root of its own directory, and the options do not allow that.
func NamedFile(o Options, path string) (*model.File, error) {
	if text, ok := o.InHand(path); ok {
		return files.NewRoot(filepath.Dir(path), o.AllowOutside).File(path, text), nil
	}
	return files.Open(path, o.AllowOutside)
}

// Named refuses a path that the user names where it is a link out of the root of its own directory,
// unless the options allow it.
func Named(o Options, path string) error { return o.Root().Named(path) }

// Confined refuses a path outside of the project's root, unless the options allow it.
func Confined(o Options, path string) error { return o.Root().Confined(path) }

// Shown is a path as locations write it.
func Shown(path string) string { return files.Shown(path) }

// Absolute is the absolute path, or the path itself where the working directory is gone.
func Absolute(path string) string { return files.Absolute(path) }

// Destination is where a file that is to be written lies, its links followed. It refuses a link
// that leads out of the tree in which the path is named.
func Destination(path string) (string, error) { return files.Destination(path) }

// MaxFileSize bounds what is read of one file, in bytes.
const MaxFileSize = files.MaxSize

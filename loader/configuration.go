package loader

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/composelint/composelint/model"
)

// Configuration reads the file of one of the names that is nearest to the project: in its
// directory or one above, up to the root. It is nil where there is none.
func Configuration(o Options, names []string) (*model.File, error) {
	l := &loading{}
	l.confine(o)
	for dir := o.directory(); ; dir = filepath.Join(dir, "..") {
		path, err := only(dir, names)
		switch {
		case err != nil:
			return nil, err
		case path != "":
			if err := l.confined(path); err != nil {
				return nil, err
			}
			return l.file(path)
		case absolute(dir) == l.repository:
			return nil, nil
		}
	}
}

// ConfigurationFile reads a file that the caller names, wherever it is.
func ConfigurationFile(path string) (*model.File, error) {
	return (&loading{}).file(path)
}

func (l *loading) file(path string) (*model.File, error) {
	text, err := readFile(path)
	if err != nil {
		return nil, err
	}
	return &model.File{Path: shown(path), URI: l.uri(path), Text: text}, nil
}

// Confined refuses a path outside of the project's root, unless the options allow it.
func Confined(o Options, path string) error {
	l := &loading{}
	l.confine(o)
	return l.confined(path)
}

// only returns the one file of a directory that has one of the names, or "". What cannot be
// read counts as well: to pass over it would be to judge by another configuration.
func only(dir string, names []string) (string, error) {
	var found string
	for _, name := range names {
		path := filepath.Join(dir, name)
		if _, err := os.Lstat(path); err != nil {
			continue
		}
		if found != "" {
			return "", fmt.Errorf("%q and %q are both there: keep one of them", shown(found), shown(path))
		}
		found = path
	}
	return found, nil
}

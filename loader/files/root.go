package files

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/composelint/composelint/model"
)

// Root is the directory that no file of a project may lie outside of. The zero Root is none:
// every file is inside.
type Root struct {
	// Repository is the nearest directory upwards that holds .git, else the working directory
	// where the project is below it, else the project's directory.
	Repository string
	// real is the same with its links resolved, empty where it is not there: nothing is inside.
	real         string
	allowOutside bool
}

// NewRoot is that of a project in a directory. With allowOutside files elsewhere are read too.
func NewRoot(dir string, allowOutside bool) Root {
	r := RootAt(repositoryOf(dir))
	r.allowOutside = allowOutside
	return r
}

// RootAt is the directory itself as a root.
func RootAt(dir string) Root {
	r := Root{Repository: Absolute(dir)}
	if real, err := filepath.EvalSymlinks(r.Repository); err == nil {
		r.real = real
	}
	return r
}

// Confined is an error for a file outside of the root, unless that is allowed, and for one that
// is not there.
func (r Root) Confined(path string) error {
	if _, err := os.Lstat(path); err != nil {
		return unreadable(path, err)
	}
	if r.Outside(path) && !r.allowOutside {
		return errElsewhere(path)
	}
	return nil
}

// IsOfSystem is true for the path of a device or of a file of the kernel, which is none of a project
// wherever it runs.
func IsOfSystem(path string) bool {
	abs := filepath.ToSlash(Absolute(path))
	return slices.ContainsFunc([]string{"/dev/", "/proc/", "/sys/"}, func(of string) bool { return strings.HasPrefix(abs, of) })
}

// errElsewhere refuses a file outside of the root.
func errElsewhere(path string) error {
	return fmt.Errorf("%q is outside of the project's root: use --allow-outside to read it", Shown(path))
}

// Inside is Confined for a path that a file of the project names: one that leads out of the root by its
// names alone is not looked for.
func (r Root) Inside(path string) error {
	if r.Elsewhere(path) {
		return errElsewhere(path)
	}
	return r.Confined(path)
}

// Named is Confined for a file that the user names, or that is looked for by its name: the root of
// its own directory counts. So it may be anywhere, but it is no link that leads away from there.
func (r Root) Named(path string) error {
	return NewRoot(filepath.Dir(path), r.allowOutside).Confined(path)
}

// Elsewhere is true for a path that leads out of the root by its names alone, whatever is there on this
// machine, where that is not allowed.
func (r Root) Elsewhere(path string) bool {
	if strings.HasPrefix(path, "~") {
		return true
	}
	rel, err := filepath.Rel(r.Repository, Absolute(path))
	return !r.allowOutside && r.Repository != "" && (err != nil || !filepath.IsLocal(rel))
}

// Outside is true for a file that lies outside of the root, after resolving links.
func (r Root) Outside(path string) bool {
	if r.Repository == "" {
		return false
	}
	real, err := filepath.EvalSymlinks(Absolute(path))
	if err != nil {
		return false // reading it fails as well, and says why
	}
	if r.real == "" {
		return true
	}
	rel, err := filepath.Rel(r.real, real)
	return err != nil || !filepath.IsLocal(rel)
}

// uri is the path relative to the root of the repository: the project's, or its own for a file
// elsewhere.
func (r Root) uri(path string) string {
	abs := Absolute(path)
	root := r.Repository
	if rel, err := filepath.Rel(root, abs); root == "" || err != nil || !filepath.IsLocal(rel) {
		root = repositoryOf(filepath.Dir(abs))
	}
	rel, err := filepath.Rel(root, abs)
	if err != nil {
		return Shown(path)
	}
	return filepath.ToSlash(rel)
}

// Nearest reads the file of one of the names that is nearest to a directory: in it or above, up
// to the root. It is nil where there is none. Instead is the path of the next one, empty where there
// is no other.
func (r Root) Nearest(dir string, names []string) (file *model.File, instead string, err error) {
	for ; ; dir = filepath.Join(dir, "..") {
		path, err := only(dir, names)
		switch {
		case err != nil:
			return nil, "", err
		case path != "":
			if err := r.Confined(path); err != nil {
				return nil, "", err
			}
			if file, err = r.open(path); err != nil {
				return nil, "", err
			}
			return file, r.above(dir, names), nil
		case Absolute(dir) == r.Repository:
			return nil, "", nil
		}
	}
}

// above is the path of the nearest file of one of the names above a directory, up to the root.
func (r Root) above(dir string, names []string) string {
	for Absolute(dir) != r.Repository {
		dir = filepath.Join(dir, "..")
		for _, name := range names {
			path := filepath.Join(dir, name)
			if _, err := os.Lstat(path); err == nil {
				return Shown(path)
			}
		}
	}
	return ""
}

func (r Root) open(path string) (*model.File, error) {
	text, err := Read(path)
	if err != nil {
		return nil, err
	}
	return r.File(path, text), nil
}

// File is a file whose text was read.
func (r Root) File(path string, text []byte) *model.File {
	return &model.File{Path: Shown(path), URI: r.uri(path), Text: text}
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
			return "", fmt.Errorf("%q and %q are both there: keep one of them", Shown(found), Shown(path))
		}
		found = path
	}
	return found, nil
}

// repositoryOf is the nearest directory from dir upwards that has a .git, else the working
// directory when dir is below it, else dir.
func repositoryOf(dir string) string {
	return cmp.Or(treeOf(dir), Absolute(dir))
}

// treeOf is the repository that dir is in, or the working directory when dir is below it; it is
// empty for a directory that is in neither.
func treeOf(dir string) string {
	dir = Absolute(dir)
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
	return ""
}

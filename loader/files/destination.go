package files

import (
	"errors"
	"os"
	"path/filepath"
)

// Destination is where a file that is to be written lies, its links followed; it need not be
// there. A path that is named inside of a tree must not lead out of it by links, which the tree
// may have brought: what they point at is not what the user named.
func Destination(path string) (string, error) {
	tree := treeOf(filepath.Dir(path))
	to, err := follow(Absolute(path))
	if err != nil || tree == "" {
		return to, err
	}
	real, err := filepath.EvalSymlinks(tree)
	if err != nil {
		return "", err
	}
	if rel, err := filepath.Rel(real, to); err != nil || !filepath.IsLocal(rel) {
		return "", errLeadsOut
	}
	return to, nil
}

var (
	errLeadsOut     = errors.New("a link leads from there out of the repository: remove the link, or name the file that it leads to")
	errTooManyLinks = errors.New("too many links lead from there to the next")
)

// follow resolves the links of an absolute path, of which the last part need not be there.
func follow(path string) (string, error) {
	for range maxLinks {
		dir, err := filepath.EvalSymlinks(filepath.Dir(path))
		if err != nil {
			return "", err
		}
		path = filepath.Join(dir, filepath.Base(path))
		target, err := os.Readlink(path)
		if err != nil {
			return path, nil // it is no link
		}
		path = Join(dir, target)
	}
	return "", errTooManyLinks
}

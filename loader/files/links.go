package files

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

const (
	// maxLinks bounds the links of one path, as Linux does (MAXSYMLINKS, include/linux/namei.h).
	maxLinks = 40
	// deepest is how many directories above a project's root are taken to be there at most, as
	// in /home/user/project: a path that leaves the root by as many starts at the host's root,
	// which it cannot leave. Where the linter has the project says nothing of where it runs.
	deepest = 3
)

// Follow is where a relative path of a project in dir leads on the host that runs it, with
// slashes. A link in the tree is followed, by its name alone: nothing outside of the root is
// looked at. What is not there stands for itself. It is the same path where that changes nothing.
func (r Root) Follow(dir, name string) string {
	within, err := filepath.Rel(r.Repository, Absolute(dir))
	if err != nil || !filepath.IsLocal(within) || name == "" || filepath.IsAbs(name) || strings.HasPrefix(name, "~") {
		return name
	}
	start := elements(filepath.ToSlash(within))
	w := walk{root: r.Repository, at: slices.Clone(start), rest: elements(filepath.ToSlash(name))}
	for w.target == "" && len(w.rest) > 0 {
		w.step()
	}
	switch {
	case w.target != "":
		return w.target
	case w.above >= deepest:
		return "/" + strings.Join(w.at, "/")
	case w.links == 0:
		return name
	}
	for len(start) > 0 && len(w.at) > 0 && w.above == 0 && start[0] == w.at[0] {
		start, w.at = start[1:], w.at[1:]
	}
	return path.Clean(strings.Repeat("../", len(start)+w.above) + strings.Join(w.at, "/"))
}

// walk follows a path from element to element.
type walk struct {
	root string
	// at is where it has come to: below the root, or below a directory that is so many above.
	at    []string
	above int
	rest  []string
	links int
	// gone is true from the first element on that is not there.
	gone bool
	// target is where a link leads that names a path of the host.
	target string
}

func (w *walk) step() {
	name := w.rest[0]
	w.rest = w.rest[1:]
	if name == ".." {
		if len(w.at) > 0 {
			w.at = w.at[:len(w.at)-1]
		} else {
			w.above++
		}
		return
	}
	target := w.link(name)
	switch {
	case target == "":
		w.at = append(w.at, name)
	case path.IsAbs(target):
		w.target = path.Join(append([]string{target}, w.rest...)...)
	default:
		w.rest = append(elements(target), w.rest...)
	}
}

// link is the target of a link, empty for what is none.
func (w *walk) link(name string) string {
	if w.above > 0 || w.links == maxLinks || w.gone {
		return ""
	}
	file := filepath.Join(w.root, filepath.Join(w.at...), name)
	info, err := os.Lstat(file)
	if w.gone = err != nil; w.gone || info.Mode()&fs.ModeSymlink == 0 {
		return ""
	}
	target, err := os.Readlink(file)
	if err != nil {
		return ""
	}
	w.links++
	return filepath.ToSlash(target)
}

// elements are those of a relative path, cleaned as compose-go does before the engine follows
// links (filepath.Join in paths/resolve.go).
func elements(name string) []string {
	if name = path.Clean(name); name == "." {
		return nil
	}
	return strings.Split(name, "/")
}

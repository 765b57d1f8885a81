package files

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// maxLinks bounds the links of one path, as Linux does (MAXSYMLINKS, include/linux/namei.h).
const maxLinks = 40

// Nothing leaves the host's root. Where the linter has the project says little of where it runs, so
// that a path that leaves the project's root is taken to start at the host's from so many
// directories on: as deep as in /home/user/project where it names something there, and deeper
// where it does not, since a project without .git may be a part of a larger one.
const (
	deepest     = 3
	deepestBare = 5
)

// Follow is where a path of a project in dir leads on the host that runs it, with slashes. A link
// in the tree is followed, by its name alone: nothing outside of the root is looked at. What is not
// there stands for itself. It is the same path where that changes nothing.
func (r Root) Follow(dir, name string) string {
	if filepath.IsAbs(name) {
		return r.followAbsolute(name)
	}
	within, err := filepath.Rel(r.Repository, Absolute(dir))
	if err != nil || !filepath.IsLocal(within) || name == "" || strings.HasPrefix(name, "~") {
		return name
	}
	start := elements(filepath.ToSlash(within))
	w := walk{root: r, at: slices.Clone(start), rest: elements(filepath.ToSlash(name))}
	w.walk()
	switch {
	case w.target != "":
		return w.target
	case w.leaves():
		return "/" + strings.Join(w.at, "/")
	case w.links == 0:
		return name
	}
	for len(start) > 0 && len(w.at) > 0 && w.above == 0 && start[0] == w.at[0] {
		start, w.at = start[1:], w.at[1:]
	}
	return path.Clean(strings.Repeat("../", len(start)+w.above) + strings.Join(w.at, "/"))
}

// followAbsolute is Follow of an absolute path, which leads through the tree where that lies at this
// place.
func (r Root) followAbsolute(name string) string {
	within, ok := r.within(name)
	if !ok {
		return name
	}
	w := walk{root: r, rest: within}
	w.walk()
	switch {
	case w.target != "":
		return w.target
	case w.links == 0:
		return name
	}
	return path.Join(filepath.ToSlash(r.Repository), strings.Repeat("../", w.above), strings.Join(w.at, "/"))
}

// within are the elements of an absolute path below the root. It is not ok for a path elsewhere, nor
// where the root is that of the host.
func (r Root) within(name string) (rest []string, ok bool) {
	if !filepath.IsAbs(name) {
		return nil, false
	}
	for _, root := range []string{r.Repository, r.real} {
		rest, err := filepath.Rel(root, filepath.Clean(name))
		if root != "" && filepath.Dir(root) != root && err == nil && filepath.IsLocal(rest) {
			return elements(filepath.ToSlash(rest)), true
		}
	}
	return nil, false
}

// walk follows a path from element to element.
type walk struct {
	root Root
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

// leaves is true where the walk comes to the host's root, or has more directories above the
// project's root than there are.
func (w *walk) leaves() bool {
	there := strings.Count(strings.TrimSuffix(filepath.ToSlash(w.root.Repository), "/"), "/")
	return w.above > there || w.above >= deepestBare || w.above >= deepest && len(w.at) > 0
}

func (w *walk) walk() {
	for w.target == "" && len(w.rest) > 0 {
		w.step()
	}
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
	within, back := w.root.within(target)
	switch {
	case target == "":
		w.at = append(w.at, name)
	case back:
		w.at, w.rest = nil, append(within, w.rest...)
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
	file := filepath.Join(w.root.Repository, filepath.Join(w.at...), name)
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

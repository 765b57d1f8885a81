// Package gitignore tells which files a repository's .gitignore files leave out, as git
// does (https://git-scm.com/docs/gitignore). It knows nothing of what differs from machine
// to machine: .git/info/exclude and core.excludesFile.
package gitignore

import (
	"path"
	"strings"
)

// Patterns are those of the files from the root of a tree down to a directory, in order:
// the last one that matches decides.
type Patterns []pattern

type pattern struct {
	// directory is where the pattern stands, relative to the root: it says nothing of what
	// lies elsewhere. It is empty, or ends with a slash.
	directory string
	// globs match the names of a path one by one, "**" any number of them.
	globs   []string
	include bool
	// onlyDirectories is true of a pattern that ends with a slash.
	onlyDirectories bool
}

// With are the patterns with those of the text of a .gitignore file over them. directory is
// the file's, relative to the root, with slashes; empty for the root.
func (p Patterns) With(directory, text string) Patterns {
	if directory != "" {
		directory += "/"
	}
	all := append(Patterns{}, p...)
	for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
		if one, ok := parse(strings.TrimRight(line, "\r\n")); ok {
			one.directory = directory
			all = append(all, one)
		}
	}
	return all
}

// Ignore reports whether the patterns leave out the file or directory at a path that is
// relative to the root, with slashes. What lies in a directory that is left out is left out
// as well, which is for the caller to see to.
func (p Patterns) Ignore(path string, isDirectory bool) bool {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i].matches(path, isDirectory) {
			return !p[i].include
		}
	}
	return false
}

// Name reports whether the patterns name a file at a path, itself or a directory that it lies in.
func (p Patterns) Name(path string) bool {
	for i, r := range path {
		if r == '/' && p.Ignore(path[:i], true) {
			return true
		}
	}
	return p.Ignore(path, false)
}

func (p pattern) matches(path string, isDirectory bool) bool {
	below, ok := strings.CutPrefix(path, p.directory)
	return ok && (isDirectory || !p.onlyDirectories) && match(p.globs, strings.Split(below, "/"))
}

// match goes back to the last "**" only: what one before it could take, that one can too.
func match(globs, names []string) bool {
	g, n := 0, 0
	afterStars, resume := -1, 0
	for n < len(names) {
		if g < len(globs) && globs[g] == "**" {
			g++
			afterStars, resume = g, n
			continue
		}
		if g < len(globs) {
			if ok, _ := path.Match(globs[g], names[n]); ok { // a malformed glob matches nothing
				g, n = g+1, n+1
				continue
			}
		}
		if afterStars < 0 {
			return false
		}
		resume++
		g, n = afterStars, resume
	}
	for g < len(globs) && globs[g] == "**" {
		g++
	}
	return g == len(globs)
}

// parse reads a line; it is not ok for one that states nothing.
func parse(line string) (p pattern, ok bool) {
	line = trimSpaces(line)
	if line == "" || strings.HasPrefix(line, "#") {
		return p, false
	}
	line, p.include = strings.CutPrefix(line, "!")
	line, p.onlyDirectories = strings.CutSuffix(line, "/")
	anchored := strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	if line == "" {
		return p, false
	}
	p.globs = strings.Split(strings.ReplaceAll(line, "[!", "[^"), "/")
	if !anchored {
		p.globs = append([]string{"**"}, p.globs...)
	}
	if last := len(p.globs) - 1; last > 0 && p.globs[last] == "**" {
		p.globs = append(p.globs, "*") // what is in the directory, not itself
	}
	return p, true
}

// trimSpaces removes the spaces at the end, but for one behind a backslash.
func trimSpaces(line string) string {
	trimmed := strings.TrimRight(line, " ")
	if len(trimmed) < len(line) && strings.HasSuffix(trimmed, `\`) && !strings.HasSuffix(trimmed, `\\`) {
		trimmed += " "
	}
	return trimmed
}

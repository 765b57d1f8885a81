package config

import (
	"path"
	"slices"
	"strings"
)

// glob is a pattern of files.
var glob = &form{pattern: notEmpty.pattern, wrong: notEmpty.wrong, slip: globSlip}

// globSlip says what is wrong with a pattern that no file would ever fit, or not those that are meant.
func globSlip(pattern string) string {
	names := strings.Split(pattern, "/")
	malformed := func(name string) bool {
		_, err := path.Match(strings.ReplaceAll(name, "[!", "[^"), "")
		return err != nil
	}
	switch {
	case strings.Contains(pattern, `\`):
		return `has a "\": write "/" between directories`
	case strings.ContainsAny(pattern, "{}"):
		return "has braces, which stand for themselves here: write a pattern for each of what they list"
	case slices.Contains(names, ".."):
		return "leads out of the directory of this file: put the configuration further up"
	case slices.Contains(names, "."):
		return `has "." for a directory, which no path has: leave it out`
	case slices.ContainsFunc(names, malformed):
		return `has a "[" without its "]": complete it`
	case strings.HasPrefix(pattern, "#"):
		return "is a comment: begin the pattern with another character"
	}
	return ""
}

package config

import (
	"fmt"
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
	within := strings.TrimPrefix(pattern, "!")
	shortest := path.Clean(within)
	switch {
	case strings.Trim(within, "/ ") == "" || shortest == ".":
		return "names nothing: write a file or a directory"
	case strings.HasPrefix(within, " "):
		return "begins with a blank, which no path does: leave it out"
	case strings.HasPrefix(within, "~/") || len(names[0]) == 2 && names[0][1] == ':': // a home, a drive
		return "is not seen from this file: write the path below its directory"
	case strings.Contains(pattern, "//"):
		return `has "//", which no path has: write "/"`
	case strings.Contains(pattern, `\`):
		return `has a "\": write "/" between directories`
	case strings.ContainsAny(pattern, "{}"):
		return "has braces, which stand for themselves here: write a pattern for each of what they list"
	case slices.Contains(names, "..") && !strings.HasPrefix(shortest+"/", "../"):
		return fmt.Sprintf(`has "..", which no path has: write %q`, strings.TrimSuffix(pattern, within)+shortest)
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

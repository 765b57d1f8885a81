package main

import (
	"fmt"
	"regexp"
	"runtime/debug"
	"strings"

	"github.com/composelint/composelint/internal/lint"
)

// release is the version of the source, for builds that carry none: those of a clone without
// tags, as pre-commit makes one.
const release = "0.1.0"

// pseudoVersion is the form of a version that Go makes of a commit
// (https://go.dev/ref/mod#pseudo-versions).
var pseudoVersion = regexp.MustCompile(`[-.]\d{14}-[0-9a-f]{12}(\+|$)`)

// printVersion prints the version; with --verbose, the tables of what is known of images besides, each
// with its day, since images go on without them.
func (c *command) printVersion(o *options) int {
	fmt.Fprintln(c.stdout, "composelint", version())
	if !o.verbose {
		return statusClean
	}
	tables, err := lint.Tables()
	if err != nil {
		return c.trouble(err)
	}
	for _, t := range tables {
		old := ""
		if t.OlderThanAYear(o.today) {
			old = ", older than a year: look for a newer composelint"
		}
		fmt.Fprintf(c.stdout, "%s of %s%s\n", t.Name, t.Date, old)
	}
	return statusClean
}

// version is the module's where a tag states it, else the release.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	return versionOf(info.Main.Version)
}

func versionOf(module string) string {
	if module == "" || module == "(devel)" || pseudoVersion.MatchString(module) {
		return release
	}
	return strings.TrimPrefix(module, "v")
}

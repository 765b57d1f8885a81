package main

import (
	"regexp"
	"runtime/debug"
	"strings"
)

// release is the version of the source, for builds that carry none: those of a clone without
// tags, as pre-commit makes one.
const release = "0.1.0"

// pseudoVersion is the form of a version that Go makes of a commit
// (https://go.dev/ref/mod#pseudo-versions).
var pseudoVersion = regexp.MustCompile(`[-.]\d{14}-[0-9a-f]{12}(\+|$)`)

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

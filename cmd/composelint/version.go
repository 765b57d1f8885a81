package main

import (
	"runtime/debug"
	"strings"
)

// release is the version of the source, for builds that carry none.
const release = "0.1.0"

// version is the module's version when it was installed by one, else the release.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return release
	}
	return strings.TrimPrefix(info.Main.Version, "v")
}

package address

import (
	"path"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
)

// rootOfProcess is the root directory of the host's first process, or of the engine, which
// resolves the path: the host's root either way.
var rootOfProcess = lazyregexp.New(`^(/proc/(1|self|thread-self)/root)+(/|$)`)

// HostPath brings a path of the host into one spelling: cleaned, as the engine does it,
// forward slashes for a Windows pipe, the root behind /proc/1/root, and /run for /var/run,
// which is a link to it on every current system.
func HostPath(p string) string {
	if p == "" {
		return ""
	}
	forward := strings.ReplaceAll(p, `\`, "/")
	if strings.HasPrefix(forward, "//./") {
		return "//./" + strings.TrimPrefix(path.Clean(forward[len("//."):]), "/")
	}
	p = CleanPath(p)
	if root := rootOfProcess().FindString(p); root != "" {
		p = "/" + p[len(root):]
	}
	if p == "/var/run" || strings.HasPrefix(p, "/var/run/") {
		p = strings.TrimPrefix(p, "/var")
	}
	return p
}

func CleanPath(p string) string {
	if p == "" {
		return ""
	}
	if below, ok := strings.CutPrefix(p, "~"); ok {
		return homePath(path.Clean(strings.TrimLeft(below, "/")))
	}
	p = path.Clean(p)
	if strings.HasPrefix(p, "//") {
		p = p[1:]
	}
	return p
}

// homePath is a path below the home directory, which stays ~: the linter's is not that of
// whoever runs docker compose. One level above it is not known either, /home for most and /
// for root. Two levels above it is / for both, and homes that lie deeper are rare.
func homePath(below string) string {
	switch {
	case below == ".":
		return "~"
	case below == "../..", strings.HasPrefix(below, "../../"):
		return path.Clean("/" + below)
	}
	return "~/" + below
}

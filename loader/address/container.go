package address

import (
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
)

// generatedName is what Compose names a container: project, service, number. Compose v1
// joined them with underscores.
// https://docs.docker.com/compose/releases/migrate/
var generatedName = lazyregexp.New(`^[a-z0-9][A-Za-z0-9._-]*[-_]\d+$`)

// MaxHostName is how many characters the name of a host can have (RFC 1035).
const MaxHostName = 253

// ServiceOfContainer is the service that Compose made a container's name of, else empty. named is
// true for a service whose containers it names. Which project the name says is not asked, since
// the command line can give the project another name.
func ServiceOfContainer(name string, named func(service string) bool) string {
	if len(name) > MaxHostName || !generatedName().MatchString(name) {
		return ""
	}
	end := len(name) - 1
	for name[end] != '-' && name[end] != '_' {
		end--
	}
	for i := 1; i < end; i++ {
		if service := name[i+1 : end]; name[i] == name[end] && named(service) {
			return service
		}
	}
	return ""
}

// CutNumber is a name without the number that Compose gives a container, and whether it has one.
func CutNumber(name string) (string, bool) {
	cut := strings.TrimRight(name, "0123456789")
	if last := len(cut) - 1; last > 0 && len(cut) < len(name) && (cut[last] == '-' || cut[last] == '_') {
		return cut[:last], true
	}
	return name, false
}

package daemon

import (
	"fmt"
	"strconv"
	"strings"
)

// Engine is a release of the Docker engine: 2805 is 28.5.
type Engine int

// Newest is the newest release there is.
const Newest Engine = 1 << 20

// EngineOf is the release of a version such as 28, the newest 28, or 28.5.2; the newest one for an empty
// version, and for what is none.
func EngineOf(version string) Engine {
	first, rest, minor := strings.Cut(strings.TrimPrefix(version, "v"), ".")
	major, err := strconv.Atoi(first)
	if err != nil {
		return Newest
	}
	second, _, _ := strings.Cut(rest, ".")
	number, err := strconv.Atoi(second)
	if !minor || err != nil {
		number = 99
	}
	return Engine(major*100 + min(number, 99))
}

// String is the version, as 28.5.
func (e Engine) String() string { return fmt.Sprintf("%d.%d", e/100, e%100) }

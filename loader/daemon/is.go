package daemon

import (
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// Is is true for a text that is certainly one of dockerd: an object of whose keys more are dockerd's than
// not, with one among them that hardly another program has.
func Is(text []byte) bool {
	root, _, wrong := parse(yamltree.NewSource(&model.File{Path: Name, Text: yamltree.UTF8(text)}))
	if wrong != nil {
		return false
	}
	own, foreign, telling := 0, 0, false
	for _, name := range root.Keys() {
		if !isKnown(name) {
			foreign++
			continue
		}
		own++
		telling = telling || strings.Contains(name, "-") && !common[name] || terse[name]
	}
	return telling && own > foreign
}

// common are keys with a hyphen that other programs have as well, terse those without one that hardly
// another has.
var (
	common = map[string]bool{"log-level": true, "log-format": true, "data-root": true, "http-proxy": true, "https-proxy": true, "no-proxy": true, "config-file": true}
	terse  = map[string]bool{"bip": true, "icc": true, "ip6tables": true, "iptables": true, "runtimes": true, "tlsverify": true}
)

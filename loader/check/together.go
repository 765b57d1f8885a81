package check

import (
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/yamltree"
)

// ofNetwork are the attributes that belong to a network namespace, which the engine refuses for a
// container that joins another one's (validateNetContainerMode in daemon/internal/runconfig of moby
// v29.7.2).
var ofNetwork = []string{"ports", "expose", "hostname", "dns", "extra_hosts", "links"}

// network checks what a container says of a network namespace, or of a host's name, that is not its
// own (validateNetMode in daemon/internal/runconfig of moby v29.7.2).
func (c creation) network(s spot) {
	mode, known := s.under("network_mode").given()
	kind, name, joined := strings.Cut(mode, ":")
	switch {
	case known && joined && (kind+":" == types.ServicePrefix || kind+":" == types.ContainerPrefix) && name != "":
		for _, key := range ofNetwork {
			if stated := s.under(key); saysMore(stated) {
				c.refuse(stated, "%q is for the %s whose network this one joins: move it to %q", key, kind, name)
			}
		}
	case mode == "host" && known && saysMore(s.under("links")):
		c.refuse(s.under("links"), `"links" cannot be used on the host's network: remove it`)
	}
	if uts, known := s.under("uts").given(); known && uts == "host" && saysMore(s.under("hostname")) {
		c.refuse(s.under("hostname"), `"hostname" cannot be set with "uts: host", by which the container has the host's name: remove one`)
	}
}

// saysMore is true for a value that is not empty.
func saysMore(s spot) bool {
	return s.is(yamltree.Scalar) && s.text() != "" || len(s.entries()) > 0
}

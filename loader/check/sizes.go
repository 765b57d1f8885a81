package check

import (
	"strconv"
	"time"

	"github.com/compose-spec/compose-go/v2/types"
)

// leastMemory is what the engine gives a container at least (daemon/daemon_unix.go of moby v29.7.2).
const leastMemory = 6 << 20

// memory follows verifyPlatformContainerResources of the engine. Where docker compose has two
// values it hands on that of deploy (getDeployResources in create.go).
func (c creation) memory(s spot) {
	reservation := first[types.UnitBytes](s.under("deploy", "resources", "reservations", "memory"), s.under("mem_reservation"))
	limit, limited := c.enoughMemory(first[types.UnitBytes](s.under("deploy", "resources", "limits", "memory"), s.under("mem_limit")))
	reserved, _ := c.enoughMemory(reservation)
	swap := s.under("memswap_limit")
	both, _ := decoded[types.UnitBytes](swap)
	switch {
	case !limited:
	case both > 0 && limit == 0 && c.isWhole(s):
		c.refuse(swap, `"memswap_limit" needs "mem_limit", too: add it`)
	case both > 0 && both < limit:
		c.refuse(swap, `"memswap_limit" is for memory and swap together, and less than the limit of memory alone: raise it`)
	}
	if limited && limit > 0 && reserved > limit {
		c.refuse(reservation, "%q reserves more than the limit of memory: lower it, or raise the limit", reservation.key())
	}
}

// enoughMemory is an amount of memory, false where it is not known or less than the engine takes.
func (c creation) enoughMemory(s spot) (types.UnitBytes, bool) {
	size, known := decoded[types.UnitBytes](s)
	if known && size > 0 && size < leastMemory {
		known = false
		meant := `write "6m" or more`
		if number, err := strconv.Atoi(s.text()); err == nil && number >= 6 {
			meant = "did you mean " + strconv.Quote(s.text()+"m") + "?"
		}
		c.refuse(s, "%q of %q is less than the engine takes: %s", s.key(), s.text(), meant)
	}
	return size, known
}

// first is the first of some values that states more than none.
func first[T comparable](values ...spot) spot {
	var none T
	for _, s := range values {
		if value, known := decoded[T](s); !known || value != none {
			return s
		}
	}
	return spot{}
}

// processors follows verifyPlatformContainerResources of the engine, too.
func (c creation) processors(s spot) {
	cpus := first[types.NanoCPUs](s.under("deploy", "resources", "limits", "cpus"), s.under("cpus"))
	for _, key := range []string{"cpu_quota", "cpu_period"} {
		if number, known := decoded[int64](s.under(key)); cpus.known() && known && number > 0 {
			c.refuse(s.under(key), `"cpus" and %q exclude each other: remove one`, key)
			return
		}
	}
}

// durations follows validateHealthCheck of the engine (daemon/container.go).
func (c creation) durations(s spot) {
	for _, key := range []string{"interval", "timeout", "start_period", "start_interval"} {
		stated := s.under("healthcheck", key)
		duration, known := decoded[types.Duration](stated)
		if known && duration > 0 && time.Duration(duration) < time.Millisecond {
			c.refuse(stated, `%q of %q is shorter than the engine takes: write "1ms" or more`, key, stated.text())
		}
	}
}

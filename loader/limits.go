package loader

import (
	"strconv"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// defaultCPUPeriod is the engine's, in microseconds: cpu_quota is counted by it.
const defaultCPUPeriod = 100_000

// limits joins the two places that Compose takes limits from: the service's own keys and
// those of deploy.
func (b *builder) limits(at string, n *yamltree.Node, deployed model.Resources) model.Limits {
	return model.Limits{
		Memory:    either(b.bytes(at, n, "mem_limit"), deployed.Memory),
		CPUs:      either(b.number(at, n, "cpus"), deployed.CPUs, b.quota(at, n)),
		CPUShares: b.integer(at, n, "cpu_shares"),
		Pids:      either(b.integer(at, n, "pids_limit"), deployed.Pids),
	}
}

// deploy is what a service says for a swarm, part of which docker compose goes by, too.
func (b *builder) deploy(at string, n *yamltree.Node) model.Deploy {
	d := model.Deploy{At: at, Labels: []model.Setting{}}
	if b.inherits(n, "deploy") {
		return d
	}
	d.At, n = b.section(at, n, "deploy")
	d.Limits = b.resources(d.At, n.Field("resources").Field("limits"))
	d.Reservations = b.resources(d.At, n.Field("resources").Field("reservations"))
	d.Labels = b.settings(d.At, n, "labels")
	return d
}

func (b *builder) resources(at string, n *yamltree.Node) model.Resources {
	return model.Resources{
		Memory: b.bytes(at, n, "memory"),
		CPUs:   b.number(at, n, "cpus"),
		Pids:   b.integer(at, n, "pids"),
	}
}

// either is the first limit that is set; unknown when none is and one may be.
func either[T int64 | float64](limits ...*T) *T {
	known := true
	for _, l := range limits {
		switch {
		case l == nil:
			known = false
		case *l != 0:
			return l
		}
	}
	if !known {
		return nil
	}
	return new(T(0))
}

func (b *builder) bytes(at string, n *yamltree.Node, key string) *int64 {
	value, known := b.known(at, n, key)
	if !known {
		return nil
	}
	var size types.UnitBytes
	if value != nil && size.DecodeMapstructure(value) != nil {
		return nil
	}
	return new(int64(size))
}

func (b *builder) number(at string, n *yamltree.Node, key string) *float64 {
	value, known := b.known(at, n, key)
	if !known {
		return nil
	}
	if value == nil {
		return new(0.0)
	}
	number, err := strconv.ParseFloat(yamltree.Written(value), 64)
	if err != nil {
		return nil
	}
	return &number
}

func (b *builder) integer(at string, n *yamltree.Node, key string) *int64 {
	number := b.number(at, n, key)
	if number == nil {
		return nil
	}
	return new(int64(*number))
}

// quota is cpu_quota in cores.
func (b *builder) quota(at string, n *yamltree.Node) *float64 {
	quota, period := b.number(at, n, "cpu_quota"), b.number(at, n, "cpu_period")
	if quota == nil || period == nil {
		return nil
	}
	if *period == 0 {
		period = new(float64(defaultCPUPeriod))
	}
	return new(max(*quota, 0) / *period)
}

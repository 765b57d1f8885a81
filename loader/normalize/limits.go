package normalize

import (
	"github.com/composelint/composelint/model"
)

// defaultCPUPeriod is the engine's, in microseconds: cpu_quota is counted by it.
const defaultCPUPeriod = 100_000

// limits joins the two places that Compose takes limits from: the service's own keys and
// those of deploy.
func limits(c cursor, deployed model.Resources) model.Limits {
	memory, cpus, zero := c.bytes("mem_limit"), c.number("cpus"), []string{}
	if c.Field("mem_limit") != nil && memory != nil && *memory == 0 {
		zero = append(zero, "mem_limit")
	}
	if c.Field("cpus") != nil && cpus != nil && *cpus == 0 {
		zero = append(zero, "cpus")
	}
	return model.Limits{
		Memory:    either(memory, deployed.Memory),
		CPUs:      either(cpus, deployed.CPUs, quota(c)),
		Zero:      zero,
		CPUShares: c.integer("cpu_shares"),
		Pids:      either(c.integer("pids_limit"), deployed.Pids),
	}
}

// deploy is what a service says for a swarm, part of which docker compose goes by, too.
func deploy(c cursor) model.Deploy {
	d := model.Deploy{At: c.at, Labels: []model.Setting{}}
	if c.leaves("deploy") {
		return d
	}
	c = c.below("deploy")
	d.At = c.at
	d.Limits = resources(c.inside("resources", "limits"))
	d.Reservations = resources(c.inside("resources", "reservations"))
	d.Labels = settings(c, "labels")
	return d
}

func resources(c cursor) model.Resources {
	return model.Resources{Memory: c.bytes("memory"), CPUs: c.number("cpus"), Pids: c.integer("pids")}
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

// quota is cpu_quota in cores.
func quota(c cursor) *float64 {
	quota, period := c.number("cpu_quota"), c.number("cpu_period")
	if quota == nil || period == nil {
		return nil
	}
	if *period == 0 {
		period = new(float64(defaultCPUPeriod))
	}
	return new(max(*quota, 0) / *period)
}

package rules_test

import (
	"fmt"
	"testing"

	"github.com/composelint/composelint/model"
)

// BenchmarkJudge evaluates all rules over projects of growing size. The time a service must
// not grow with the project: a helper that is evaluated once a service shows here first. On
// two cores, 2026-11-25: 485 µs a service of 100, 614 of 5,000.
func BenchmarkJudge(b *testing.B) {
	e := engine(b)
	for _, n := range []int{10, 100, 1000, 5000} {
		input, sources := largeProject(n)
		input.Config.Enabled = enabled(b, e, false)
		b.Run(fmt.Sprintf("services=%d", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := e.Judge(b.Context(), input, sources); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/service")
		})
	}
}

type anywhere struct{}

func (anywhere) Origin(string) model.Origin { return model.Origin{} }

func (anywhere) Keys() []string { return nil }

func (anywhere) Declared() []model.Location { return nil }

// largeProject has a socket proxy, its client, and eight ordinary services in ten, which
// all lack something.
func largeProject(n int) (model.Input, *model.Sources) {
	sources := model.NewSources()
	mark := func(at string) string {
		sources.Mark(at, anywhere{})
		return at
	}
	input := model.Input{Problems: []model.Problem{}, Unknown: []model.Unknown{}, Missing: []model.MissingFile{}}
	p := &input.Project
	p.Volumes = []model.Volume{}
	for i := range n {
		name := fmt.Sprintf("s%d", i)
		at := mark("services." + name)
		network := fmt.Sprintf("n%d", i/10)
		s := model.Service{
			At: at, Name: name, Kind: "service", Called: "service " + name, Owner: name, Complete: true, Privileged: new(false), NoNewPrivileges: new(false),
			Image:           &model.Image{At: mark(at + ".image"), Repository: new("example/app"), Tag: new("1")},
			SecurityOptions: []model.SecurityOption{}, CapAdd: []model.Capability{}, CapDrop: []model.Capability{},
			Namespaces: []model.Namespace{}, UseAPISocket: new(false), Options: []model.Setting{}, Endpoints: []model.Endpoint{},
			Limits: model.Limits{Memory: new(int64(0)), CPUs: new(0.0), CPUShares: new(int64(0)), Pids: new(int64(0))},
			Mounts: []model.Mount{{At: mark(at + ".volumes[/data]"), Type: "bind", HostPath: new("/srv/" + name),
				Target: new("/data"), ReadOnly: new(false)}},
			Environment: []model.Setting{{At: mark(at + ".environment[CONTAINERS]"), Name: "CONTAINERS", Value: new("1"), Literal: "1"}},
			Ports:       []model.Port{{At: mark(at + ".ports[80]"), Target: 80, Published: new("80"), HostIP: new("0.0.0.0")}},
			Networks:    []model.Attachment{{At: mark(at + ".networks[" + network + "]"), Name: network, Aliases: []string{}}},
		}
		switch i % 10 {
		case 0:
			p.Networks = append(p.Networks, model.Network{At: mark("networks." + network), Name: network,
				External: new(false), Internal: new(false)})
			s.Image.Repository = new("tecnativa/docker-socket-proxy")
			s.Mounts[0].HostPath = new("/run/docker.sock")
		case 1:
			s.Endpoints = []model.Endpoint{{At: mark(at + ".environment[DOCKER_HOST]"), Name: "DOCKER_HOST", Scheme: "tcp",
				Host: fmt.Sprintf("s%d", i-1), Port: 2375, Services: []string{fmt.Sprintf("s%d", i-1)}, Reachable: new(true)}}
		}
		p.Services = append(p.Services, s)
	}
	return input, sources
}

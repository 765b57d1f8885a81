package topology_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/loader/topology"
	"github.com/composelint/composelint/model"
)

// TestConnect works on a model that no file was read for.
func TestConnect(t *testing.T) {
	service := func(name string, networks ...string) model.Service {
		s := model.Service{At: "services." + name, Name: name, Owner: name, Kind: "service", Called: fmt.Sprintf("service %q", name), Complete: true, ContainerName: new("")}
		for _, n := range networks {
			s.Networks = append(s.Networks, model.Attachment{At: s.At + ".networks[" + n + "]", Name: n})
		}
		return s
	}
	app, proxy, beside, lone := service("app", "api"), service("proxy", "api"), service("beside"), service("lone", "other")
	app.Endpoints = []model.Endpoint{{Host: "engine", Port: 2375}, {Host: "lone", Port: 80}}
	proxy.Wiring.Hostname = "engine"
	proxy.Ports = []model.Port{{At: "services.proxy.ports[2375]", Target: 2375, Published: new("2375"), HostIP: new("127.0.0.1"), Protocol: "tcp"}}
	beside.Namespaces = []model.Namespace{{Name: "network", Mode: "service", Of: "proxy"}}
	own := service("app.pre_start[0]")
	own.Kind, own.Owner, own.Wiring.StatesNetwork = "pre_start", "app", true // network_mode: ""
	shared := service("app.pre_start[1]")
	shared.Kind, shared.Owner = "pre_start", "app"
	network := func(name string) model.Network {
		return model.Network{Name: name, EngineName: new(name), External: new(false), Internal: new(name == "other"), Isolated: new(false)}
	}
	got := topology.Connect(model.Project{
		Services: []model.Service{app, proxy, beside, lone, own, shared}, Networks: []model.Network{network("api"), network("other")},
	}, false)
	var lines []string
	for _, s := range got.Services {
		line := fmt.Sprintf("%s in the network of %q", s.Name, s.NetworkOwner)
		for _, a := range s.Networks {
			line += " on " + a.Name
		}
		lines = append(lines, line)
		for _, e := range s.Endpoints {
			lines = append(lines, fmt.Sprintf("  %s leads to %v, reachable %v", e.Host, e.Services, *e.Reachable))
		}
		for _, e := range s.Entries {
			lines = append(lines, fmt.Sprintf("  %s, loopback %v, open %v", e.Called, *e.Loopback, *e.Open))
		}
	}
	want := []string{
		`app in the network of "app" on api`,
		`  engine leads to [beside proxy], reachable true`,
		`  lone leads to [lone], reachable false`,
		`proxy in the network of "proxy" on api`,
		`  port 2375 on 127.0.0.1, loopback true, open true`,
		`beside in the network of "proxy"`,
		`  port 2375 on 127.0.0.1 of service "proxy", loopback true, open true`,
		`lone in the network of "lone" on other`,
		`app.pre_start[0] in the network of "app.pre_start[0]"`,
		`app.pre_start[1] in the network of "app.pre_start[1]" on api`,
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestConnectChangesNothing connects the projects of the examples once more: what it is given
// stays as it is.
func TestConnectChangesNothing(t *testing.T) {
	dir := t.TempDir()
	for i, text := range archives.Files(t) {
		file := filepath.Join(dir, fmt.Sprintf("%d.yaml", i))
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := loader.Load(t.Context(), loader.Options{Files: []string{file}})
		if err != nil {
			t.Fatal(err)
		}
		again, err := loader.Load(t.Context(), loader.Options{Files: []string{file}})
		if err != nil {
			t.Fatal(err)
		}
		topology.Connect(r.Project, false)
		if diff := cmp.Diff(again.Project, r.Project); diff != "" {
			t.Errorf("%s\nis changed:\n%s", text, diff)
		}
	}
}

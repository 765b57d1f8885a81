package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/compiled"
)

// BenchmarkProxyProject judges a socket proxy and twenty services by all rules, and by those
// on the Docker API alone.
//
// Topdown takes as long as it has expressions to evaluate (opa eval --profile counts them), and the
// plan, of which they make statements, a fifth of that. On two cores, 2026-11-30:
//
//	rules             expressions   topdown   plan
//	of the API             15,000     15 ms   3 ms
//	all                    27,000     27 ms   5 ms
//
// A project of one service takes 1,000. Before, all took 48,000. What made them fewer, most of
// all first:
//   - An index over a table (images → what listens) is made for what the project has, not for
//     all that the table knows: 20,000.
//   - A rule on proxies walks lint.proxies or lint.proxy_services. Walking all services, and
//     their variables, to find the proxies among them: 8,000.
//   - Operations that the same rules concern are decided once (rule_classes.rego), with the rules
//     that concern them prepared: 2,500.
//   - What follows from the data alone is prepared (tables.rego): 6,000.
//   - Settings that can be credentials are looked for once (secrets.rego): 1,300.
//   - No union with data.composelint.prepared: a union hashes all of it, for 8 ms.
//   - Names of variables are matched once each (lint.setting_names), not at each use.
func BenchmarkProxyProject(b *testing.B) {
	e := engine(b)
	input, sources := proxyProject(20)
	all := enabled(b, e, true)
	for name, enabled := range map[string][]string{"rules=all": all, "rules=api": ofTheAPI(all)} {
		b.Run(name, func(b *testing.B) {
			input.Config.Enabled = enabled
			for b.Loop() {
				if _, err := e.Judge(b.Context(), input, sources); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCompile makes an engine of the plan of the policies, and of their text. On two cores,
// 2026-11-30: 0.6 ms against 271 ms.
func BenchmarkCompile(b *testing.B) {
	b.Run("from=compiled", func(b *testing.B) {
		for b.Loop() {
			program, err := compiled.Open(policies.Compiled, policies.FS)
			if err != nil {
				b.Fatal(err)
			}
			newEngine(b, program)
		}
	})
	b.Run("from=text", func(b *testing.B) {
		for b.Loop() {
			newEngine(b, fromText(b))
		}
	})
}

// BenchmarkReview makes the review of the same project, with its checklist.
func BenchmarkReview(b *testing.B) {
	e := engine(b)
	input, sources := proxyProject(20)
	input.Config.Enabled = enabled(b, e, true)
	for b.Loop() {
		if _, _, err := e.Review(b.Context(), input, sources); err != nil {
			b.Fatal(err)
		}
	}
}

// TestProxyProject shows that the benchmarks judge something: the proxy of the guide gives root
// on the host, and outsiders reach it.
func TestProxyProject(t *testing.T) {
	e := engine(t)
	input, sources := proxyProject(20)
	input.Config.Enabled = enabled(t, e, true)
	findings, err := e.Judge(t.Context(), input, sources)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, f := range findings {
		found[f.Rule]++
	}
	if found["socket-proxy-host-root"] != 1 || found["socket-proxy-edge-client"] == 0 {
		t.Errorf("found %v", found)
	}
	_, review, err := e.Review(t.Context(), input, sources)
	if err != nil {
		t.Fatal(err)
	}
	if len(review.DockerAPI) != 1 || len(review.Targets) == 0 || len(review.Checklist) == 0 {
		t.Errorf("the review has %d proxies, %d targets and %d items", len(review.DockerAPI), len(review.Targets), len(review.Checklist))
	}
}

// ofTheAPI are the rules on sockets, proxies and their clients.
func ofTheAPI(ids []string) []string {
	var some []string
	for _, id := range ids {
		if strings.HasPrefix(id, "docker-") || strings.HasPrefix(id, "socket-proxy-") {
			some = append(some, id)
		}
	}
	return some
}

// proxyProject is the guide's proxy beside n hardened services: of each five one is a client of
// the proxy, and of each four one is published.
func proxyProject(n int) (model.Input, *model.Sources) {
	m := maker{model.NewSources()}
	proxy := m.service("proxy", "tecnativa/docker-socket-proxy", "v0.4.1")
	for _, flag := range []string{"CONTAINERS", "IMAGES", "INFO", "VERSION", "POST", "DELETE"} {
		proxy.Environment = append(proxy.Environment, m.setting(proxy.At+".environment", flag, "1"))
	}
	for _, flag := range []string{"VOLUMES", "NETWORKS", "EXEC", "BUILD", "SWARM", "SERVICES", "TASKS", "COMMIT", "CONFIGS", "SECRETS", "PLUGINS"} {
		proxy.Environment = append(proxy.Environment, m.setting(proxy.At+".environment", flag, "0"))
	}
	proxy.Mounts = []model.Mount{m.mount(proxy.At, "/run/docker.sock", "/run/docker.sock", true)}
	proxy.Networks = []model.Attachment{m.attachment(proxy.At, "docker-api")}
	p := model.Project{
		Name:     "shop",
		Services: []model.Service{proxy},
		Networks: []model.Network{m.network("docker-api", true), m.network("web", false), m.network("back", false)},
	}
	clients := []string{"library/traefik", "amir20/dozzle", "containrrr/watchtower", "crazymax/diun"}
	for i := range n {
		s := m.service(fmt.Sprintf("app%d", i), "example/app", "1.0")
		s.Networks = []model.Attachment{m.attachment(s.At, "back")}
		s.Mounts = []model.Mount{m.mount(s.At, "/srv/"+s.Name, "/data", false), m.mount(s.At, "", "/cache", false)}
		for j := range 8 {
			s.Environment = append(s.Environment, m.setting(s.At+".environment", fmt.Sprintf("SETTING_%d", j), "some value of it"))
		}
		s.Labels = []model.Setting{m.setting(s.At+".labels", "com.example.team", "shop"), m.setting(s.At+".labels", "com.example.tier", "back")}
		if i%5 == 0 {
			m.pointAtProxy(&s, clients[i/5%len(clients)])
		}
		if i%4 == 0 {
			m.publish(&s, 443)
		}
		p.Services = append(p.Services, s)
	}
	return model.Input{Project: p}, m.sources
}

// maker makes parts of a model, each with its place.
type maker struct{ sources *model.Sources }

func (m maker) mark(at string) string {
	m.sources.Mark(at, anywhere{})
	return at
}

func (m maker) service(name, repository, tag string) model.Service {
	at := m.mark("services." + name)
	return model.Service{
		At: at, Name: name, Kind: "service", Called: fmt.Sprintf("service %q", name), Owner: name, Complete: true,
		Image:      &model.Image{At: m.mark(at + ".image"), Registry: new(""), Repository: new(repository), Tag: new(tag), Digest: new("")},
		PullPolicy: new("missing"), ContainerName: new(""), User: new("1000"), Group: new("1000"), StdinOpen: new(false),
		Restart:     model.Restart{At: m.mark(at + ".restart"), Policy: new("unless-stopped"), MaxAttempts: new(int64(0))},
		Healthcheck: model.Healthcheck{At: at, Disabled: new(false)},
		Logging:     model.Logging{At: at, Driver: new("")},
		Privileged:  new(false), NoNewPrivileges: new(true),
		SecurityOptions: []model.SecurityOption{{At: m.mark(at + ".security_opt[no-new-privileges]"), Name: "no-new-privileges", Value: "true"}},
		CapDrop:         []model.Capability{{At: m.mark(at + ".cap_drop[ALL]"), Name: "ALL"}},
		Runtime:         new(""), Isolation: new(""), UseAPISocket: new(false), CgroupParent: new(""), OOMKillDisable: new(false), ReadOnly: new(true),
		Limits:       model.Limits{Memory: new(int64(1 << 28)), CPUs: new(0.5), CPUShares: new(int64(0)), Pids: new(int64(100))},
		Deploy:       model.Deploy{At: m.mark(at + ".deploy"), Limits: model.Resources{Memory: new(int64(1 << 28)), CPUs: new(0.5), Pids: new(int64(100))}},
		NetworkOwner: name,
	}
}

func (m maker) setting(under, name, value string) model.Setting {
	return model.Setting{At: m.mark(fmt.Sprintf("%s[%s]", under, name)), Name: name, Value: new(value), Literal: value}
}

// mount is a bind of a host path, or of a named volume where there is none.
func (m maker) mount(of, hostPath, target string, readOnly bool) model.Mount {
	mount := model.Mount{At: m.mark(of + ".volumes[" + target + "]"), Type: "bind", HostPath: new(hostPath), Source: hostPath,
		Target: new(target), ReadOnly: new(readOnly), Propagation: new("rprivate"), SELinux: new("")}
	if hostPath == "" {
		mount.Type, mount.Volume, mount.Propagation = "volume", "cache", new("")
	}
	return mount
}

func (m maker) attachment(of, network string) model.Attachment {
	return model.Attachment{At: m.mark(of + ".networks[" + network + "]"), Name: network}
}

func (m maker) network(name string, internal bool) model.Network {
	return model.Network{At: m.mark("networks." + name), Name: name, EngineName: new("shop_" + name), Driver: new(""),
		External: new(false), Internal: new(internal), Attachable: new(false), IPv6: new(false)}
}

func (m maker) pointAtProxy(s *model.Service, repository string) {
	s.Image.Repository = new(repository)
	s.Networks = append(s.Networks, m.attachment(s.At, "docker-api"), m.attachment(s.At, "web"))
	host := m.setting(s.At+".environment", "DOCKER_HOST", "tcp://proxy:2375")
	s.Environment = append(s.Environment, host)
	s.Endpoints = []model.Endpoint{{At: host.At, Name: host.Name, Scheme: "tcp", Host: "proxy", Port: 2375, Services: []string{"proxy"}, Reachable: new(true)}}
}

func (m maker) publish(s *model.Service, number int) {
	port := model.Port{At: m.mark(fmt.Sprintf("%s.ports[%d/tcp]", s.At, number)), Target: number, Published: new(fmt.Sprint(number)),
		First: new(int64(number)), Last: new(int64(number)), HostIP: new("0.0.0.0"), Protocol: "tcp"}
	s.Ports = []model.Port{port}
	s.Entries = []model.Entry{{At: port.At, Kind: "port", Called: fmt.Sprintf("port %d on 0.0.0.0", number), Port: number, Loopback: new(false), Open: new(true)}}
}

// enabled are the rules that run, with --strict or without.
func enabled(t testing.TB, e *rules.Engine, strict bool) []string {
	t.Helper()
	choice, err := e.Catalogue.Choose(catalogue.Selection{Strict: strict})
	if err != nil {
		t.Fatal(err)
	}
	return choice.Rules
}

package rules_test

import (
	"fmt"
	"testing"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules"
)

func BenchmarkProxyProject(b *testing.B) {
	e, err := rules.New(b.Context(), policies.FS)
	if err != nil {
		b.Fatal(err)
	}
	input, sources := proxyProject(20)
	input.Config.Enabled = e.Enabled(true)
	input.Config.Strict = true
	found, err := e.Judge(b.Context(), input, sources)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := e.Judge(b.Context(), input, sources); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(found)), "findings")
}

func BenchmarkReview(b *testing.B) {
	e, err := rules.New(b.Context(), policies.FS)
	if err != nil {
		b.Fatal(err)
	}
	input, sources := proxyProject(20)
	input.Config.Enabled = e.Enabled(true)
	r, err := e.Review(b.Context(), input, sources)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := e.Review(b.Context(), input, sources); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(r.Attacks)), "attacks")
}

// proxyProject is the guide's proxy before n services of a real project's size.
func proxyProject(n int) (model.Input, *model.Sources) {
	sources := model.NewSources()
	mark := func(at string) string {
		sources.Mark(at, anywhere{})
		return at
	}
	var environment []model.Setting
	for _, name := range []string{"CONTAINERS", "IMAGES", "INFO", "VERSION", "POST", "DELETE"} {
		environment = append(environment, model.Setting{At: mark("services.proxy.environment[" + name + "]"), Name: name, Value: new("1"), Literal: "1"})
	}
	for _, name := range []string{"VOLUMES", "NETWORKS", "EXEC", "BUILD", "SWARM", "SERVICES", "TASKS", "COMMIT", "CONFIGS", "SECRETS", "PLUGINS"} {
		environment = append(environment, model.Setting{At: mark("services.proxy.environment[" + name + "]"), Name: name, Value: new("0"), Literal: "0"})
	}
	attachment := func(at, network string) model.Attachment {
		return model.Attachment{At: mark(at + ".networks[" + network + "]"), Name: network, Aliases: []string{}}
	}
	network := func(name string, internal bool) model.Network {
		return model.Network{At: mark("networks." + name), Name: name, EngineName: new("shop_" + name), Driver: new(""),
			External: new(false), Internal: new(internal), Attachable: new(false), IPv6: new(false), DriverOpts: []model.Setting{}}
	}
	service := func(name, repository string) model.Service {
		at := mark("services." + name)
		return model.Service{
			At: at, Name: name, Kind: "service", Called: fmt.Sprintf("service %q", name), Owner: name, Complete: true, Profiles: []string{},
			Image:      &model.Image{At: mark(at + ".image"), Registry: new(""), Repository: new(repository), Tag: new("v0.4.1"), Digest: new("")},
			PullPolicy: new("missing"), ContainerName: new(""), User: new("1000"), Group: new("1000"), Groups: []model.Group{},
			Entrypoint: []model.Word{}, Command: []model.Word{}, Options: []model.Setting{}, StdinOpen: new(false),
			Restart:     model.Restart{At: mark(at + ".restart"), Policy: new("unless-stopped"), MaxAttempts: new(int64(0))},
			Healthcheck: model.Healthcheck{At: at, Disabled: new(false), Test: []model.Word{}},
			Logging:     model.Logging{At: at, Driver: new(""), Options: []model.Setting{}},
			Privileged:  new(false), NoNewPrivileges: new(true),
			SecurityOptions: []model.SecurityOption{{At: mark(at + ".security_opt[no-new-privileges]"), Name: "no-new-privileges", Value: "true"}},
			CapAdd:          []model.Capability{}, CapDrop: []model.Capability{{At: mark(at + ".cap_drop[ALL]"), Name: "ALL"}},
			Namespaces: []model.Namespace{}, Devices: []model.Device{}, DeviceCgroupRules: []model.CgroupRule{}, Sysctls: []model.Setting{},
			Runtime: new(""), Isolation: new(""), UseAPISocket: new(false), CgroupParent: new(""),
			Limits:  model.Limits{Memory: new(int64(1 << 28)), CPUs: new(0.5), CPUShares: new(int64(0)), Pids: new(int64(100))},
			Ulimits: []model.Ulimit{}, OOMKillDisable: new(false),
			Deploy:   model.Deploy{At: mark(at + ".deploy"), Limits: model.Resources{Memory: new(int64(1 << 28)), CPUs: new(0.5), Pids: new(int64(100))}, Labels: []model.Setting{}},
			ReadOnly: new(true), Mounts: []model.Mount{}, Watch: []model.Watch{}, Environment: []model.Setting{}, EnvFiles: []model.FileRef{},
			Labels: []model.Setting{}, LabelFiles: []model.FileRef{}, NetworkOwner: name, Endpoints: []model.Endpoint{}, Ports: []model.Port{},
			Expose: []model.Exposure{}, Networks: []model.Attachment{}, Entries: []model.Entry{}, ExtraHosts: []model.Host{},
		}
	}
	bind := func(at, source, target string, readOnly bool) model.Mount {
		return model.Mount{At: mark(at + ".volumes[" + target + "]"), Type: "bind", HostPath: new(source), Source: source, Target: new(target),
			ReadOnly: new(readOnly), Propagation: new("rprivate"), SELinux: new(""), Allows: []string{}, Ignored: []string{}}
	}
	setting := func(at, key, name, value string) model.Setting {
		return model.Setting{At: mark(fmt.Sprintf("%s.%s[%s]", at, key, name)), Name: name, Value: new(value), Literal: value}
	}
	proxy := service("proxy", "tecnativa/docker-socket-proxy")
	proxy.Environment = environment
	proxy.Mounts = []model.Mount{bind(proxy.At, "/run/docker.sock", "/run/docker.sock", true)}
	proxy.Networks = []model.Attachment{attachment(proxy.At, "docker-api")}
	p := model.Project{Name: "shop", Services: []model.Service{proxy}, Networks: []model.Network{network("docker-api", true), network("web", false), network("back", false)},
		Volumes: []model.Volume{}, Secrets: []model.Secret{}, Configs: []model.ConfigFile{}, Models: []model.Model{}}
	for i := range n {
		name := fmt.Sprintf("app%d", i)
		s := service(name, "example/app")
		s.Networks = []model.Attachment{attachment(s.At, "back")}
		s.Mounts = []model.Mount{
			bind(s.At, "/srv/"+name, "/data", false),
			{At: mark(s.At + ".volumes[/cache]"), Type: "volume", Volume: "cache", HostPath: new(""), Source: "cache", Target: new("/cache"),
				ReadOnly: new(false), Propagation: new(""), SELinux: new(""), Allows: []string{}, Ignored: []string{}},
		}
		for j := range 8 {
			s.Environment = append(s.Environment, setting(s.At, "environment", fmt.Sprintf("SETTING_%d", j), "some value of it"))
		}
		s.Labels = append(s.Labels, setting(s.At, "labels", "traefik.enable", "true"), setting(s.At, "labels", "com.example.team", "shop"))
		if i%5 == 0 {
			s.Image.Repository = new([]string{"library/traefik", "amir20/dozzle", "containrrr/watchtower", "crazymax/diun"}[i/5%4])
			s.Networks = append(s.Networks, attachment(s.At, "docker-api"), attachment(s.At, "web"))
			dockerHost := setting(s.At, "environment", "DOCKER_HOST", "tcp://proxy:2375")
			s.Environment = append(s.Environment, dockerHost)
			s.Endpoints = []model.Endpoint{{At: dockerHost.At, Name: "DOCKER_HOST", Scheme: "tcp", Host: "proxy", Port: 2375, Services: []string{"proxy"}, Reachable: new(true)}}
		}
		if i%4 == 0 {
			port := model.Port{At: mark(s.At + ".ports[443/tcp]"), Target: 443, Published: new("443"), First: new(int64(443)), Last: new(int64(443)), HostIP: new("0.0.0.0"), Protocol: "tcp"}
			s.Ports = []model.Port{port}
			s.Entries = []model.Entry{{At: port.At, Kind: "port", Called: "port 443 on 0.0.0.0", Port: 443, Loopback: new(false), Open: new(true)}}
		}
		p.Services = append(p.Services, s)
	}
	return model.Input{Project: p, Problems: []model.Problem{}, Unknown: []model.Unknown{},
		Config: model.Config{Enabled: []string{}, Roles: model.Roles{Proxies: []model.ProxyRole{}, Clients: []model.ClientRole{}}, Registries: []string{}}}, sources
}

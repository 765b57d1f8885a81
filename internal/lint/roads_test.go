package lint

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// TestRoads makes small projects of proxies and clients at random, over the kinds of proxies, ways
// to say the endpoint, networks and names, and holds what is said of each against what must hold
// for any.
func TestRoads(t *testing.T) {
	engine := newEngine(t)
	projects := 300
	if testing.Short() {
		projects = 20
	}
	reached := 0
	for seed := range projects {
		p := newRandomProject(rand.New(rand.NewPCG(uint64(seed), 1)))
		short, long := roadsOf(t, engine, p.short()), roadsOf(t, engine, p.long())
		fail := func(format string, args ...any) {
			t.Errorf("seed %d: %s\n%s", seed, fmt.Sprintf(format, args...), p.short())
		}
		if diff := cmp.Diff(short.verdicts(), long.verdicts()); diff != "" {
			fail("two spellings differ:\n%s\n%s", diff, p.long())
		}
		short.checkEndpoints(fail)
		reached += short.checkBoundaries(fail)
	}
	t.Logf("%d clients reach a proxy", reached)
	if reached == 0 {
		t.Error("no client reaches a proxy")
	}
}

// roads are what is said of a project.
type roads struct {
	input    model.Input
	sources  *model.Sources
	project  model.Project
	findings []rules.Finding
	review   rules.Review
}

func roadsOf(t *testing.T, engine *rules.Engine, text string) roads {
	t.Helper()
	file := filepath.Join(t.TempDir(), "compose.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := loader.Load(t.Context(), loader.Options{Files: []string{file}})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Problems) > 0 {
		t.Fatalf("docker compose refuses it: %v\n%s", r.Problems, text)
	}
	input := r.Input(model.Config{Enabled: enabled(t, engine, false), Target: "compose"})
	findings, review, err := engine.Review(t.Context(), input, r.Sources)
	if err != nil {
		t.Fatal(err)
	}
	return roads{input, r.Sources, r.Project, findings, review}
}

// verdicts are the findings and the checklist, without places.
func (r roads) verdicts() []string {
	var lines []string
	for _, f := range r.findings {
		lines = append(lines, fmt.Sprintf("%s %s %s", f.Rule, f.Severity, f.Message))
	}
	for _, item := range r.review.Checklist {
		for _, result := range item.Results {
			lines = append(lines, fmt.Sprintf("%s %s %s", item.ID, result.Verdict, result.Says))
		}
	}
	slices.Sort(lines)
	return lines
}

// checkEndpoints wants every endpoint that a client declares to be reached, unreachable or unknown.
func (r roads) checkEndpoints(fail func(string, ...any)) {
	for _, s := range r.project.Services {
		for _, e := range s.Endpoints {
			if e.Host != "" && (e.Reachable == nil) == (e.Beyond == "") {
				fail("%s is neither reached, nor unreachable, nor unknown: %+v", e.At, e)
			}
			if e.Path != "" && strings.HasPrefix(s.Name, "client") && len(r.ofEndpoint(e.At)) == 0 {
				fail("%s is neither reached, nor unreachable, nor unknown: %+v", e.At, e)
			}
		}
	}
}

// ofEndpoint are the verdicts on whether an endpoint reaches a proxy.
func (r roads) ofEndpoint(at string) []rules.ChecklistResult {
	var results []rules.ChecklistResult
	for _, item := range r.review.Checklist {
		for _, result := range item.Results {
			if item.ID == "client-reaches-proxy" && result.At == at {
				results = append(results, result)
			}
		}
	}
	return results
}

// checkBoundaries wants every client that reaches a proxy to be among those who reach the Docker
// API, and returns how many these are.
func (r roads) checkBoundaries(fail func(string, ...any)) int {
	reached := 0
	for _, s := range r.project.Services {
		for _, e := range s.Endpoints {
			proxy := r.proxyReached(e.At)
			if proxy == "" {
				continue
			}
			reached++
			if !r.isInside(proxy, s.Name) {
				fail("%s reaches %q and is not among those who do", e.At, proxy)
			}
		}
	}
	return reached
}

// proxyReached is the proxy that an endpoint reaches, if it does.
func (r roads) proxyReached(at string) string {
	for _, result := range r.ofEndpoint(at) {
		if _, says, found := strings.Cut(result.Says, " reaches \""); found && result.Verdict == "pass" {
			proxy, _, _ := strings.Cut(says, "\"")
			return proxy
		}
	}
	return ""
}

// isInside is true for a service that is an entry to a proxy.
func (r roads) isInside(proxy, service string) bool {
	return slices.ContainsFunc(r.review.Targets, func(target rules.Target) bool {
		return target.Kind == "proxy" && target.Service == proxy &&
			slices.ContainsFunc(target.Entries, func(e rules.Entry) bool { return e.Kind == "service" && e.Service == service })
	})
}

// randomProject is a project that can be written in two spellings.
type randomProject struct {
	named    bool
	services []randomService
}

type randomService struct {
	name, image, container, hostname, mode string
	networks                               []string
	alias, address                         string
	environment                            [][2]string
	volumes                                [][2]string
	port                                   int
	hosts                                  [][2]string
}

// proxyKinds are kinds of proxies, each with settings by which it listens.
var proxyKinds = []struct {
	image    string
	settings [][][2]string
}{
	{"tecnativa/docker-socket-proxy:v0.4.1", [][][2]string{{}, {{"CONTAINERS", "1"}}, {{"SOCKET_PATH", "/run/podman.sock"}}}},
	{"lscr.io/linuxserver/socket-proxy:3.4.3-r0-ls92", [][][2]string{{{"CONTAINERS", "1"}, {"ALLOW_START", "1"}}}},
	{"wollomatic/socket-proxy:1.13.1", [][][2]string{
		{}, {{"SP_LISTENIP", "0.0.0.0"}}, {{"SP_LISTENIP", "0.0.0.0"}, {"SP_ALLOWFROM", "0.0.0.0/0"}, {"SP_PROXYPORT", "2376"}},
		{{"SP_LISTENIP", "0.0.0.0"}, {"SP_ALLOWFROM", "client0,10.5.0.0/24"}}, {{"SP_PROXYSOCKETENDPOINT", "/filtered/docker.sock"}},
	}},
	{"11notes/socket-proxy:2.1.6", [][][2]string{{}, {{"SOCKET_PROXY_VOLUME", "/filtered"}}}},
	{"hectorm/cetusguard:v1.1.3", [][][2]string{{}, {{"CETUSGUARD_FRONTEND_ADDR", "unix:///filtered/docker.sock"}}, {{"CETUSGUARD_FRONTEND_ADDR", "tcp://:2380"}}}},
}

var (
	randomNetworks = []string{"inner", "inner", "inner", "open", "named", "apart", "outside", "default"}
	randomHosts    = []string{
		"tcp://proxy0:2375", "tcp://proxy0:2375", "tcp://proxy0:2375", "tcp://proxy0:2375", "unix:///filtered/docker.sock",
		"tcp://proxy0:2375", "tcp://proxy1:2375", "tcp://proxy:2375", "tcp://prxoy0:2375", "tcp://alias:2375", "tcp://the-proxy0:2375", "tcp://engine:2375",
		"tcp://proxy0.shop_inner:2375", "tcp://proxy0.the-network:2375", "tcp://proxy1.inner:2375", "tcp://tasks.proxy0:2375", "tcp://shop-proxy0-1:2375",
		"tcp://localhost:2375", "tcp://127.0.0.1:12375", "tcp://10.5.0.2:2375", "tcp://172.17.0.1:12375", "tcp://host.docker.internal:12375",
		"tcp://elsewhere.example.com:2375", "tcp://nas:2375", "tcp://client0:2375", "tcp://known:2375", "proxy0:2380",
		"unix:///var/run/docker.sock", "unix:///filtered/docker.sock", "unix:///filtered/other.sock", "",
	}
	randomTargets = []string{"/filtered", "/run", "/var/run", "/run/proxy"}
	randomSources = []string{"filtered", "/srv/filtered", "other"}
)

func newRandomProject(r *rand.Rand) randomProject {
	one := func(of []string) string { return of[r.IntN(len(of))] }
	often := func(of int) bool { return r.IntN(of) > 0 }
	p := randomProject{named: often(4)}
	for i := range 1 + r.IntN(2) {
		kind := proxyKinds[r.IntN(len(proxyKinds))]
		s := randomService{name: fmt.Sprintf("proxy%d", i), image: kind.image, environment: kind.settings[r.IntN(len(kind.settings))]}
		s.volumes = [][2]string{{"/var/run/docker.sock", "/var/run/docker.sock"}}
		if !often(2) {
			s.volumes = append(s.volumes, [2]string{one(randomSources), one([]string{"/filtered", "/run/proxy"})})
		}
		if !often(3) {
			s.container = "the-" + s.name
		}
		if !often(3) {
			s.hostname = "engine"
		}
		if !often(3) {
			s.port = 12375 + i
		}
		p.services = append(p.services, s.placed(r, i, i))
	}
	for i := range 1 + r.IntN(4) {
		s := randomService{name: fmt.Sprintf("client%d", i), image: one([]string{"amir20/dozzle:v8.14.6", "example/app:1.0"})}
		if host := one(randomHosts); host != "" {
			s.environment = [][2]string{{"DOCKER_HOST", host}}
		}
		if !often(2) {
			s.volumes = [][2]string{{one(randomSources), one(randomTargets)}}
		}
		if !often(4) {
			s.hosts = [][2]string{{one([]string{"known", "proxy0"}), one([]string{"10.5.0.2", "host-gateway"})}}
		}
		p.services = append(p.services, s.placed(r, 10+i, len(p.services)))
	}
	return p
}

// placed puts the service on networks, or in a network namespace of some kind. index tells it from
// others, and before is how many services there are whose namespace it can use.
func (s randomService) placed(r *rand.Rand, index, before int) randomService {
	switch r.IntN(8) {
	case 0:
		s.mode = "host"
	case 1:
		s.mode = []string{"none", "bridge"}[r.IntN(2)]
	case 2:
		if before > 0 {
			s.mode = "service:proxy0"
			break
		}
		fallthrough
	default:
		for range 1 + r.IntN(2) {
			if n := randomNetworks[r.IntN(len(randomNetworks))]; !slices.Contains(s.networks, n) {
				s.networks = append(s.networks, n)
			}
		}
		if r.IntN(3) == 0 {
			s.alias = "alias"
		}
		if s.networks[0] == "inner" && r.IntN(2) == 0 {
			s.address = fmt.Sprintf("10.5.0.%d", 2+index)
		}
		return s
	}
	s.hosts, s.port = nil, 0
	if strings.HasPrefix(s.mode, "service:") {
		s.hostname = ""
	}
	return s
}

// top is what both spellings have.
func (p randomProject) top() string {
	var b strings.Builder
	if p.named {
		b.WriteString("name: shop\n")
	}
	b.WriteString("volumes: {filtered: {}, other: {}}\nnetworks:\n")
	b.WriteString("  inner: {internal: true, ipam: {config: [{subnet: 10.5.0.0/24}]}}\n  open: {}\n  named: {internal: true, name: the-network}\n")
	b.WriteString("  apart: {internal: true, driver_opts: {com.docker.network.bridge.gateway_mode_ipv4: isolated}}\n  outside: {external: true}\n")
	b.WriteString("services:\n")
	return b.String()
}

// short is the project in the short forms, as lists.
func (p randomProject) short() string {
	var b strings.Builder
	b.WriteString(p.top())
	for _, s := range p.services {
		fmt.Fprintf(&b, "  %s:\n    image: %s\n", s.name, s.image)
		s.writeScalars(&b)
		list := func(key string, entries []string) {
			if len(entries) > 0 {
				fmt.Fprintf(&b, "    %s: [\"%s\"]\n", key, strings.Join(entries, `", "`))
			}
		}
		list("environment", joined(s.environment, "="))
		list("volumes", joined(s.volumes, ":"))
		list("extra_hosts", joined(s.hosts, ":"))
		if s.port > 0 {
			list("ports", []string{fmt.Sprintf("%d:2375", s.port)})
		}
		if s.alias == "" && s.address == "" {
			list("networks", s.networks)
		} else {
			s.writeNetworks(&b)
		}
	}
	return b.String()
}

// long is the project in the long forms, and with the services in another order.
func (p randomProject) long() string {
	var b strings.Builder
	b.WriteString(p.top())
	for _, s := range slices.Backward(p.services) {
		fmt.Fprintf(&b, "  %s:\n    image: %s\n", s.name, s.image)
		s.writeScalars(&b)
		mapping := func(key string, entries [][2]string) {
			if len(entries) == 0 {
				return
			}
			fmt.Fprintf(&b, "    %s:\n", key)
			for _, e := range entries {
				fmt.Fprintf(&b, "      %s: \"%s\"\n", e[0], e[1])
			}
		}
		mapping("environment", s.environment)
		mapping("extra_hosts", s.hosts)
		if len(s.volumes) > 0 {
			b.WriteString("    volumes:\n")
		}
		for _, v := range s.volumes {
			kind := "volume"
			if strings.HasPrefix(v[0], "/") {
				kind = "bind"
			}
			fmt.Fprintf(&b, "      - {type: %s, source: %s, target: %s}\n", kind, v[0], v[1])
		}
		if s.port > 0 {
			fmt.Fprintf(&b, "    ports: [{target: 2375, published: \"%d\"}]\n", s.port)
		}
		s.writeNetworks(&b)
	}
	return b.String()
}

func (s randomService) writeScalars(b *strings.Builder) {
	for key, value := range map[string]string{"container_name": s.container, "hostname": s.hostname, "network_mode": s.mode} {
		if value != "" {
			fmt.Fprintf(b, "    %s: %s\n", key, value)
		}
	}
}

func (s randomService) writeNetworks(b *strings.Builder) {
	if len(s.networks) == 0 {
		return
	}
	b.WriteString("    networks:\n")
	for i, n := range s.networks {
		fmt.Fprintf(b, "      %s: {", n)
		if i == 0 && s.alias != "" {
			fmt.Fprintf(b, "aliases: [%s], ", s.alias)
		}
		if i == 0 && s.address != "" {
			fmt.Fprintf(b, "ipv4_address: %s", s.address)
		}
		b.WriteString("}\n")
	}
}

func joined(pairs [][2]string, separator string) []string {
	var all []string
	for _, p := range pairs {
		all = append(all, p[0]+separator+p[1])
	}
	return all
}

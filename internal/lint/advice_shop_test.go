package lint

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/composelint/composelint/policies"
)

// shop is a project of socket proxies and clients, in parts that advice can be followed on.
type shop struct {
	services map[string]*part
	// networks says of each network whether it is internal.
	networks map[string]bool
}

// part is a service.
type part struct {
	image, mode                           string
	environment, options, labels          map[string]string
	networks, volumes, ports, capsAdded   []string
	privileged, stdinOpen, silent, client bool
	// told is the variable that tells a client its endpoint, or with dashes the option.
	told string
}

func (s *shop) clone() *shop {
	c := &shop{services: map[string]*part{}, networks: maps.Clone(s.networks)}
	for name, p := range s.services {
		q := *p
		q.environment, q.options, q.labels = maps.Clone(p.environment), maps.Clone(p.options), maps.Clone(p.labels)
		q.networks, q.volumes, q.ports = slices.Clone(p.networks), slices.Clone(p.volumes), slices.Clone(p.ports)
		q.capsAdded = slices.Clone(p.capsAdded)
		c.services[name] = &q
	}
	return c
}

// text is the Compose file, which as JSON is YAML too.
func (s *shop) text() string {
	services, networks, volumes := map[string]any{}, map[string]any{}, map[string]any{}
	for name, p := range s.services {
		fields := map[string]any{"image": p.image}
		set := func(key string, value any, is bool) {
			if is {
				fields[key] = value
			}
		}
		set("network_mode", p.mode, p.mode != "")
		set("networks", p.networks, len(p.networks) > 0)
		set("environment", p.environment, len(p.environment) > 0)
		set("labels", p.labels, len(p.labels) > 0)
		set("volumes", p.volumes, len(p.volumes) > 0)
		set("ports", p.ports, len(p.ports) > 0)
		set("cap_add", p.capsAdded, len(p.capsAdded) > 0)
		set("privileged", true, p.privileged)
		set("stdin_open", true, p.stdinOpen)
		set("logging", map[string]string{"driver": "none"}, p.silent)
		var command []string
		for _, name := range slices.Sorted(maps.Keys(p.options)) {
			command = append(command, name+"="+strings.ReplaceAll(p.options[name], "$", "$$"))
		}
		set("command", command, len(command) > 0)
		services[name] = fields
		for _, v := range p.volumes {
			if source, _, _ := strings.Cut(v, ":"); !strings.HasPrefix(source, "/") {
				volumes[source] = map[string]any{}
			}
		}
	}
	for name, internal := range s.networks {
		networks[name] = map[string]any{"internal": internal}
	}
	text, err := json.MarshalIndent(map[string]any{"name": "shop", "services": services, "networks": networks, "volumes": volumes}, "", " ")
	if err != nil {
		panic(err)
	}
	return string(text)
}

// aNetwork makes an internal network that no other has.
func (s *shop) aNetwork() string {
	for i := 0; ; i++ {
		name := fmt.Sprintf("new%d", i)
		if _, taken := s.networks[name]; !taken {
			s.networks[name] = true
			return name
		}
	}
}

// clientsOf are the clients that are told of a proxy, by its name or a slip of it.
func (s *shop) clientsOf(proxy string) []string {
	var names []string
	for name, p := range s.services {
		if host, _ := p.endpoint(); p.client && strings.Replace(host, "prxy", "proxy", 1) == proxy {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// endpoint is what a client is told: a host and a port, or a path.
func (p *part) endpoint() (host, port string) {
	value := p.environment[p.told]
	if strings.HasPrefix(p.told, "-") {
		value = p.options[p.told]
	}
	host, port, _ = strings.Cut(strings.TrimPrefix(value, "tcp://"), ":")
	return host, port
}

// meet is true of two services that share a network.
func (s *shop) meet(one, other string) bool {
	return s.services[one].mode == s.services[other].mode && slices.ContainsFunc(s.services[one].networks, func(n string) bool {
		return slices.Contains(s.services[other].networks, n)
	})
}

func (p *part) tell(host, port string) {
	to := p.environment
	if strings.HasPrefix(p.told, "-") {
		to = p.options
	}
	to[p.told] = "tcp://" + host
	if port != "" {
		to[p.told] += ":" + port
	}
}

func newPart(image string) *part {
	return &part{image: image, environment: map[string]string{}, options: map[string]string{}, labels: map[string]string{}}
}

// shopProxies are images of proxies that can be set up by their environment, each with variables of which a random
// choice is made.
var shopProxies = []struct {
	image     string
	port      string
	always    map[string]string
	variables []string
	values    []string
}{
	{"tecnativa/docker-socket-proxy:v0.4.1", "2375", nil, flagsOfTecnativa, nil},
	{"tecnativa/docker-socket-proxy:v0.5.0", "2375", nil, flagsOfTecnativa, nil},
	{"tecnativa/docker-socket-proxy:edge", "2375", nil, append([]string{"DELETE", "PUT", "ALLOW_EXEC", "ALLOW_LOGS", "ALLOW_KILL"}, flagsOfTecnativa...), nil},
	{"tecnativa/docker-socket-proxy:v0.1.1", "2375", nil, flagsOfTecnativa, nil},
	{"lscr.io/linuxserver/socket-proxy:3.4.3-r0-ls92", "2375", nil, append([]string{"ALLOW_LOGS", "ALLOW_ARCHIVE", "ALLOW_PAUSE"}, flagsOfTecnativa...), nil},
	{"lscr.io/linuxserver/socket-proxy:3.2.10", "2375", nil, flagsOfTecnativa, nil},
	{"lscr.io/linuxserver/socket-proxy:1.26.3-r0-ls46", "2375", nil, flagsOfTecnativa, nil},
	{"lscr.io/linuxserver/socket-proxy:2.8.7-ls3", "2375", nil, flagsOfTecnativa, nil},
	{"fluencelabs/docker-socket-proxy:latest", "2375", nil, append([]string{"DELETE", "CONTAINERS_CREATE", "CONTAINERS_START", "CONTAINERS_EXEC"}, flagsOfTecnativa...), nil},
	{"tprasadtp/docker-socket-proxy:2.0.7", "2375", nil, append([]string{"DELETE", "CONTAINERS_CREATE", "CONTAINERS_START", "CONTAINERS_EXEC"}, flagsOfTecnativa...), nil},
	{"zoeyvid/docker-socket-proxy:latest", "2375", nil, append([]string{"ALLOW_POWER", "ALLOW_KILL", "NOPOST"}, flagsOfTecnativa...), nil},
	{"yusing/socket-proxy:latest", "2375", map[string]string{"LISTEN_ADDR": "0.0.0.0:2375"}, flagsOfTecnativa, nil},
	{"padhihomelab/docker.sock-proxy:latest", "1279", nil, append([]string{"METH_POST"}, flagsOfTecnativa...), nil},
	{"mjmccans/docker-socket-proxy:latest", "2375", nil, append([]string{"CONTAINERS_CREATE", "CONTAINERS_START", "CONTAINERS_EXEC", "VOLUMES_CREATE"}, flagsOfTecnativa...), nil},
	{"swiftwave-org/docker-socket-proxy:latest", "2375", nil, []string{"CONTAINERS_READ", "CONTAINERS_WRITE", "EXEC_WRITE", "IMAGES_READ", "IMAGES_WRITE", "VOLUMES_WRITE", "INFO_READ", "NETWORKS_READ", "POST"}, nil},
	{"codeswhat/sockguard:1.7.5", "2375", sockguardListens, append([]string{"ALLOW_CREATE", "ALLOW_DELETE", "ALLOW_EXEC"}, flagsOfTecnativa...), nil},
	{"11notes/socket-proxy:2.1.6", "2375", nil, nil, nil},
	{"knrdl/docker-socket-protector:2.4.3", "2375", nil, []string{"PROFILE"}, []string{"readonly", "traefik", "portainer-rw", "unprotected", "Readonly", ""}},
	{"wollomatic/socket-proxy:1.13.1", "2375", map[string]string{"SP_LISTENIP": "0.0.0.0", "SP_ALLOWFROM": "0.0.0.0/0"}, methodsOfWollomatic, expressionsOfWollomatic},
	{"wollomatic/socket-proxy:1.8.0", "2375", map[string]string{"SP_LISTENIP": "0.0.0.0", "SP_ALLOWFROM": "0.0.0.0/0"}, methodsOfWollomatic, expressionsOfWollomatic},
	{"hectorm/cetusguard:v1.1.3", "2375", nil, []string{"CETUSGUARD_RULES", "CETUSGUARD_RULES"}, []string{"GET .*", "GET,POST .+", "GET %API_PREFIX_CONTAINERS%/json", "GET %API_PREFIX_CONTAINERS%(/.*)?\nPOST %API_PREFIX_CONTAINERS%/.*", "POST %API_PREFIX%/containers/[a-f0-9]{64}/restart"}},
}

var (
	flagsOfTecnativa = []string{
		"CONTAINERS", "CONTAINERS", "CONTAINERS", "CONTAINERS", "POST", "POST", "IMAGES", "INFO", "NETWORKS", "VOLUMES", "EXEC", "BUILD", "SWARM",
		"SERVICES", "TASKS", "PLUGINS", "ALLOW_START", "ALLOW_STOP", "ALLOW_RESTARTS", "SYSTEM", "AUTH", "SECRETS",
		"INF0", "CONTAINER", "ALLOW_POST", "ALLOWED_HOSTS", "LOG_LEVEL", "EVENTS", "VERSION", "PING",
	}
	methodsOfWollomatic     = []string{"SP_ALLOW_GET", "SP_ALLOW_GET", "SP_ALLOW_HEAD", "SP_ALLOW_POST", "SP_ALLOW_DELETE", "SP_ALLOWBINDMOUNTFROM", "SP_LOGLEVEL"}
	expressionsOfWollomatic = []string{".*", "/v1\\..{1,2}/(version|containers/.*|events.*)", "/containers/json", "/v1\\..{1,2}/containers/json|/v1\\..{1,2}/version", "/v1\\..{1,2}/containers/.*/(start|restart)", "/srv"}
	sockguardListens        = map[string]string{
		"SOCKGUARD_LISTEN_ADDRESS": "0.0.0.0:2375", "SOCKGUARD_LISTEN_INSECURE_ALLOW_PLAIN_TCP": "true",
		"SOCKGUARD_LISTEN_INSECURE_ALLOW_UNAUTHENTICATED_CLIENTS": "true", "SOCKGUARD_INSECURE_ALLOW_READ_EXFILTRATION": "true",
	}
)

// shopClients are images of clients, each with what tells it an endpoint and settings of which some are made.
var shopClients = []struct {
	image, told string
	settings    [][2]string
}{
	{"traefik:v3.6.4", "--providers.docker.endpoint", [][2]string{{"--providers.docker.exposedbydefault", "false"}}},
	{"traefik:v3.6.4", "--providers.swarm.endpoint", nil},
	{"amir20/dozzle:v8.14.6", "DOCKER_HOST", [][2]string{{"DOZZLE_AUTH_PROVIDER", "simple"}, {"DOZZLE_ENABLE_ACTIONS", "true"}, {"DOZZLE_ENABLE_SHELL", "true"}}},
	{"containrrr/watchtower:1.7.1", "DOCKER_HOST", [][2]string{{"WATCHTOWER_MONITOR_ONLY", "true"}, {"WATCHTOWER_CLEANUP", "true"}}},
	{"portainer/portainer-ce:2.33.1", "-H", nil}, // which is set up in its pages where it is told nothing
	{"willfarrell/autoheal:1.2.0", "DOCKER_SOCK", nil},
	{"sablierapp/sablier:1.10.1", "DOCKER_HOST", [][2]string{{"SABLIER_PROVIDER_DOCKER_STRATEGY", "pause"}}},
	{"ghcr.io/homarr-labs/homarr:v1.40.0", "DOCKER_HOSTNAMES", nil},
	{"crazymax/diun:4.29.0", "DIUN_PROVIDERS_DOCKER_ENDPOINT", nil},
	{"henrygd/beszel-agent:0.12.0", "DOCKER_HOST", nil},
	{"offen/docker-volume-backup:v2.43.0", "DOCKER_HOST", nil},
	{"mcuadros/ofelia:0.3.0", "DOCKER_HOST", nil},
	{"example/app:1.0", "DOCKER_HOST", nil},
	{"example/app:1.0", "", nil},
}

const engineSocket = "/var/run/docker.sock:/var/run/docker.sock"

func newShop(r *rand.Rand) *shop {
	one := func(of ...string) string { return of[r.IntN(len(of))] }
	rarely := func(of int) bool { return r.IntN(of) == 0 }
	s := &shop{services: map[string]*part{}, networks: map[string]bool{"inner": true, "other": true, "open": false}}
	var ports []string
	for i := range 1 + r.IntN(2) {
		kind := shopProxies[r.IntN(len(shopProxies))]
		p := newPart(kind.image)
		maps.Copy(p.environment, kind.always)
		ports = append(ports, kind.port)
		for range r.IntN(9) {
			if len(kind.variables) == 0 {
				break
			}
			name := one(kind.variables...)
			switch {
			case kind.values != nil:
				p.environment[name] = strings.ReplaceAll(one(kind.values...), "$", "$$")
			case name == "LOG_LEVEL":
				p.environment[name] = one("err", "info")
			default:
				p.environment[name] = one("1", "1", "1", "1", "1", "1", "true", "no", "0")
			}
		}
		switch r.IntN(8) {
		case 0:
			p.environment["SOCKET_PATH"] = "/run/engine.sock"
			p.volumes = []string{engineSocket + ":ro"}
		case 1:
		case 2:
			p.volumes = []string{engineSocket}
		default:
			p.volumes = []string{engineSocket + ":ro"}
		}
		p.privileged, p.silent = rarely(8), rarely(10)
		if rarely(10) {
			p.capsAdded = []string{"NET_ADMIN"}
		}
		if rarely(6) {
			p.ports = []string{one("", "127.0.0.1:") + fmt.Sprintf("1%d375:%s", i, kind.port)}
		}
		if rarely(10) {
			p.labels["traefik.http.routers.proxy.rule"] = "Host(`proxy.example.com`)"
		}
		p.place(r, 12)
		s.services[fmt.Sprintf("proxy%d", i)] = p
	}
	for i := range 1 + r.IntN(4) {
		kind := shopClients[r.IntN(len(shopClients))]
		p := newPart(kind.image)
		p.client, p.told = kind.told != "", kind.told
		if to := r.IntN(len(ports)); p.client && !rarely(12) {
			name := fmt.Sprintf("proxy%d", to)
			p.tell(one(name, name, name, strings.Replace(name, "o", "", 1)), one(ports[to], ports[to], ports[to], ports[to], "2376"))
			if p.told == "-H" {
				p.tell(name, ports[to])
			}
		}
		for _, setting := range kind.settings {
			if setting[0] != "DOZZLE_AUTH_PROVIDER" && rarely(2) {
				continue // but what it may do with a password is no error of its own
			}
			if strings.HasPrefix(setting[0], "-") {
				p.options[setting[0]] = setting[1]
			} else {
				p.environment[setting[0]] = setting[1]
			}
		}
		if rarely(5) {
			p.volumes = []string{engineSocket + one("", ":ro")}
		}
		if rarely(3) {
			p.ports = []string{fmt.Sprintf("80%d0:8080", i)}
		}
		p.stdinOpen = rarely(12)
		p.place(r, 20)
		s.services[fmt.Sprintf("client%d", i)] = p
	}
	for _, p := range s.services {
		// What routes to every container by default is where they are: else it would with the network that it is advised.
		for _, proxy := range s.services {
			if p.options["--providers.docker.exposedbydefault"] == "" && strings.HasPrefix(p.image, "traefik") && !proxy.client && proxy.mode == "" && p.mode == "" {
				p.networks, proxy.networks = with(p.networks, "inner"), with(proxy.networks, "inner")
			}
		}
	}
	return s
}

func with(networks []string, network string) []string {
	if slices.Contains(networks, network) {
		return networks
	}
	return append(networks, network)
}

// place puts it on networks, or one time of so many on the host's.
func (p *part) place(r *rand.Rand, hostOf int) {
	if r.IntN(hostOf) == 0 {
		p.mode, p.ports = "host", nil
		return
	}
	for range 1 + r.IntN(2) {
		if n := []string{"inner", "inner", "inner", "inner", "other", "open", "default"}[r.IntN(7)]; !slices.Contains(p.networks, n) {
			p.networks = append(p.networks, n)
		}
	}
}

// shopOperations are the operations of the Docker API.
var shopOperations = map[string]struct{ method, path string }{}

func init() {
	text, err := policies.FS.ReadFile("data/docker_api.json")
	if err != nil {
		panic(err)
	}
	var api struct {
		Operations []struct{ ID, Method, Path string }
	}
	if err := json.Unmarshal(text, &api); err != nil {
		panic(err)
	}
	for _, o := range api.Operations {
		shopOperations[o.ID] = struct{ method, path string }{o.Method, o.Path}
	}
}

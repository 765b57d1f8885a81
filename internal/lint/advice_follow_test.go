package lint

import (
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"github.com/composelint/composelint/rules"
)

// advice is a finding as a person reads it who follows it.
type advice struct {
	at string
	// says is what is advised, one of the ways where there are several, and facts what is said before.
	facts, says string
	// named are the texts in quotes of facts, quoted those of says.
	named, quoted []string
	// needs are what the known clients need of the Docker API.
	needs map[string][]string
	// denied are the operations that a proxy denies, with its name before them.
	denied map[string]bool
}

var quotes = regexp.MustCompile(`"([^"]*)"`)

func quotedIn(text string) []string {
	var all []string
	for _, m := range quotes.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return all
}

func adviceOf(f rules.Finding, r *rand.Rand) advice {
	a := advice{at: f.At, facts: f.Message}
	bare := quotes.ReplaceAllStringFunc(f.Message, func(quoted string) string { return strings.Repeat("x", len(quoted)) })
	if i := strings.LastIndex(bare, ": "); i >= 0 {
		a.facts, a.says = f.Message[:i], f.Message[i+2:]
	}
	ways := strings.Split(a.says, ", or ")
	// What depends on what a person knows is left to one.
	ways = slices.DeleteFunc(ways, func(way string) bool { return strings.Contains(way, "where a client needs") && len(ways) > 1 })
	a.says = ways[r.IntN(len(ways))]
	a.named, a.quoted = quotedIn(a.facts), quotedIn(a.says)
	return a
}

func (a advice) is(says string) bool { return strings.HasPrefix(a.says, says) }

// proxy is the one that the facts are about.
func (a advice) proxy() string {
	_, after, _ := strings.Cut(a.facts, `ocket proxy "`)
	name, _, _ := strings.Cut(after, `"`)
	return name
}

// service is the one at which the finding stands.
func (a advice) service() string { return serviceAt(a.at) }

// followers do to a shop what a rule advises, by rule. One that cannot be followed by a machine, such as to
// review something by hand, changes nothing.
var followers = map[string]func(*shop, advice){
	"docker-host-missing":               point,
	"docker-host-unreachable":           reach,
	"docker-socket-beside-proxy":        removeSocket,
	"docker-socket-mount":               useProxy,
	"docker-socket-writable":            func(s *shop, a advice) { s.services[a.service()].volumes = []string{engineSocket + ":ro"} },
	"socket-proxy-dangerous-section":    changeFlags,
	"socket-proxy-edge-client":          changeFlags,
	"socket-proxy-excess-permission":    changeFlags,
	"socket-proxy-extra-network":        leaveNetwork,
	"socket-proxy-flag-value":           changeFlags,
	"socket-proxy-host-root":            changeFlags,
	"socket-proxy-idle-flag":            changeFlags,
	"socket-proxy-missing-permission":   changeFlags,
	"socket-proxy-network-not-internal": closeNetwork,
	"socket-proxy-no-audit":             keepLogs,
	"socket-proxy-privileged":           dropPrivileges,
	"socket-proxy-published":            removePort,
	"socket-proxy-read-leak":            changeFlags,
	"socket-proxy-regex":                changeFlags,
	"socket-proxy-routed":               func(s *shop, a advice) { s.services[a.proxy()].labels = map[string]string{"traefik.enable": "false"} },
	"socket-proxy-stranger":             keepApart,
	"socket-proxy-unknown-flag":         changeFlags,
	"socket-proxy-without-socket":       giveSocket,
}

// --- what a proxy lets through

func changeFlags(s *shop, a advice) {
	name := a.proxy()
	p := s.services[name]
	switch {
	case p == nil:
	case a.is("give ") && !a.is("give it"):
		given, _, _ := strings.Cut(a.says, " a socket proxy of")
		giveOwnProxy(s, name, quotedIn(given), a)
		setAll(p, a.says)
	case a.is("give it a socket proxy"):
		giveOwnProxy(s, name, a.named[:1], a)
		s.closeWhatNobodyNeeds(name, a.named[0], a.needs)
	case a.is("set it to "):
		p.environment[a.named[0]] = a.quoted[0]
		setAll(p, strings.TrimPrefix(a.says, `set it to "0"`))
	case a.is("set "):
		setAll(p, a.says)
	case a.is("use linuxserver/socket-proxy, "), a.is("use a newer tag, "):
		s.useLinuxserver(name, a.needs)
		for _, flag := range a.quoted {
			if key, value, is := strings.Cut(flag, "="); is {
				p.environment[key] = value
			}
		}
	case a.is("use a proxy that filters the bodies of requests"):
		s.filterBodies(name, a.needs)
	case a.is("use a proxy that allows single paths"), a.is("narrow"), a.is("name the paths"), a.is("put them in parentheses"),
		a.is("let it read no more"):
		s.allowPaths(name, a.needs, a.denied)
	case a.is("let that through"):
		denied := maps.Clone(a.denied)
		for _, operation := range a.needs[a.named[0]] {
			denied[name+" "+operation] = false
		}
		s.allowPaths(name, a.needs, denied)
	case a.is("name its clients") && len(a.quoted) > 0:
		p.environment[a.named[0]] = a.quoted[0]
	case a.is("keep the client from outside"), a.is("keep it from outside"):
		_, after, _ := strings.Cut(a.facts, `"`)
		client, _, _ := strings.Cut(after, `"`)
		s.services[client].ports, s.services[client].labels = nil, map[string]string{}
	case a.is("remove it"):
		delete(p.environment, a.named[0])
	case a.is("write "):
		value := a.quoted[0]
		if strings.Contains(a.facts, "does not start with") { // a profile, and where it is named
			p.environment[a.named[2]] = value
			break
		}
		if strings.HasSuffix(a.facts, "no variable") || strings.Contains(a.facts, "is no variable") {
			p.environment[value] = p.environment[a.named[0]]
			delete(p.environment, a.named[0])
			break
		}
		p.environment[a.named[0]] = value
	}
}

var assignment = regexp.MustCompile(`((?:"[^"]*"(?:, | and )?)+) to "([^"]*)"`)

// setAll sets what is said to be set.
func setAll(p *part, says string) {
	for _, m := range assignment.FindAllStringSubmatch(says, -1) {
		for _, flag := range quotedIn(m[1]) {
			p.environment[flag] = m[2]
		}
	}
}

// replace takes another image for a proxy, which has its socket at another path perhaps, and the clients
// are told of its port.
func (s *shop) replace(name, image string) {
	p := s.services[name]
	p.image, p.volumes = image, []string{engineSocket + ":ro"}
	delete(p.environment, "SOCKET_PATH")
	for _, client := range s.clientsOf(name) {
		host, _ := s.services[client].endpoint()
		s.services[client].tell(host, "2375")
	}
}

// useLinuxserver takes linuxserver's image, whose flags have Tecnativa's names.
func (s *shop) useLinuxserver(name string, needs map[string][]string) {
	p := s.services[name]
	for _, sort := range []string{"swiftwave", "wollomatic", "cetusguard", "11notes", "knrdl"} {
		if strings.Contains(p.image, sort) {
			p.environment = sectionsOf(s.needsOf(name, needs))
			p.environment["POST"] = "0"
		}
	}
	s.replace(name, "lscr.io/linuxserver/socket-proxy:3.4.3-r0-ls92")
}

// sectionsOf are the flags of Tecnativa's names for operations.
func sectionsOf(operations []string) map[string]string {
	flags := map[string]string{}
	for _, id := range operations {
		o := shopOperations[id]
		section, _, _ := strings.Cut(strings.TrimPrefix(o.path, "/"), "/")
		flags[strings.ToUpper(strings.TrimPrefix(section, "_"))] = "1"
		if o.method != "GET" && o.method != "HEAD" {
			flags["POST"] = "1"
		}
	}
	return flags
}

func (s *shop) needsOf(proxy string, needs map[string][]string) []string {
	var all []string
	for _, client := range s.clientsOf(proxy) {
		if host, _ := s.services[client].endpoint(); host != proxy && !s.meet(client, proxy) {
			continue // of which it is not known that it means the proxy
		}
		known := needs[client]
		if known == nil {
			known = []string{"ContainerList", "ContainerInspect"}
		}
		all = append(all, known...)
	}
	return all
}

// filterBodies takes sockguard for a proxy, with what its clients need.
func (s *shop) filterBodies(name string, needs map[string][]string) {
	p := s.services[name]
	operations := s.needsOf(name, needs)
	s.replace(name, "codeswhat/sockguard:1.7.5")
	p.options = map[string]string{}
	p.environment = sectionsOf(operations)
	for key, value := range sockguardListens {
		p.environment[key] = value
	}
	if slices.Contains(operations, "ExecStart") {
		p.environment["SOCKGUARD_INSECURE_ALLOW_BODY_BLIND_WRITES"] = "true"
	}
}

var placeholders = regexp.MustCompile(`\{[^}]*\}`)

// allowPaths has a proxy allow what its clients need, by expressions: wollomatic's, if it has none.
func (s *shop) allowPaths(name string, needs map[string][]string, denied map[string]bool) {
	p := s.services[name]
	byMethod := map[string][]string{}
	for _, id := range s.needsOf(name, needs) {
		o := shopOperations[id]
		if denied[name+" "+id] && !strings.HasPrefix(id, "SystemPing") {
			continue
		}
		path := placeholders.ReplaceAllString(o.path, ".+")
		if !slices.Contains(byMethod[o.method], path) {
			byMethod[o.method] = append(byMethod[o.method], path)
		}
	}
	if strings.Contains(p.image, "cetusguard") {
		var rules []string
		for method, paths := range byMethod {
			for _, path := range paths {
				rules = append(rules, method+" %API_PREFIX%"+path)
			}
		}
		slices.Sort(rules)
		p.environment["CETUSGUARD_RULES"] = strings.Join(rules, "\n")
		return
	}
	if !strings.Contains(p.image, "wollomatic") {
		s.replace(name, "wollomatic/socket-proxy:1.13.1")
		p.environment = map[string]string{"SP_LISTENIP": "0.0.0.0", "SP_ALLOWFROM": strings.Join(s.clientsOf(name), ",")}
	}
	for key := range p.environment {
		if strings.HasPrefix(key, "SP_ALLOW_") {
			delete(p.environment, key)
		}
	}
	for method, paths := range byMethod {
		slices.Sort(paths)
		p.environment["SP_ALLOW_"+method] = `(/v1\..{1,2})?(` + strings.Join(paths, "|") + ")"
	}
}

// giveOwnProxy gives clients a proxy of their own, beside the one that they have.
func giveOwnProxy(s *shop, name string, clients []string, a advice) {
	own, network := newPart(s.services[name].image), s.aNetwork()
	own.environment, own.networks, own.volumes = maps.Clone(s.services[name].environment), []string{network}, []string{engineSocket + ":ro"}
	var operations []string
	for _, client := range clients {
		operations = append(operations, a.needs[client]...)
	}
	for flag := range own.environment {
		if flag == "POST" || !strings.Contains(flag, "_") {
			own.environment[flag] = "0"
		}
	}
	for flag, value := range sectionsOf(operations) {
		own.environment[flag] = value
	}
	second := name + "-of-" + strings.Join(clients, "-")
	s.services[second] = own
	for _, client := range clients {
		c := s.services[client]
		_, port := c.endpoint()
		c.tell(second, port)
		c.join(network)
	}
	if own.environment["SP_ALLOWFROM"] != "" {
		own.environment["SP_ALLOWFROM"] = strings.Join(clients, ",")
	}
	own.labels["traefik.enable"] = "false"
	if strings.Contains(own.image, "wollomatic") || strings.Contains(own.image, "cetusguard") {
		s.allowPaths(second, a.needs, nil)
	}
}

// closeWhatNobodyNeeds closes what a client alone needed of a proxy.
func (s *shop) closeWhatNobodyNeeds(proxy, client string, needs map[string][]string) {
	others := sectionsOf(s.needsOf(proxy, needs))
	for section := range sectionsOf(needs[client]) {
		if others[section] == "" {
			s.services[proxy].environment[section] = "0"
		}
	}
}

// --- networks and ports

func removePort(s *shop, a advice) {
	p := s.services[a.service()]
	switch {
	case a.is("remove"):
		p.ports = nil
	case a.is("put it on an internal network"):
		s.move(a.proxy(), "")
	}
}

func (p *part) join(network string) {
	if p.mode == "" && len(p.networks) == 0 {
		p.networks = []string{"default"}
	}
	p.mode = ""
	p.networks = append(p.networks, network)
}

// leave takes it off a network; it is on another one then, if only on one of its own.
func (p *part) leave(s *shop, network string) {
	p.networks = slices.DeleteFunc(p.networks, func(n string) bool { return n == network })
	if len(p.networks) == 0 {
		own := s.aNetwork()
		s.networks[own] = false
		p.networks = []string{own}
	}
}

// move takes a proxy from a network, or from all, to an internal one of its own that its clients join.
func (s *shop) move(proxy, from string) {
	p, network := s.services[proxy], s.aNetwork()
	p.mode = ""
	p.networks = slices.DeleteFunc(p.networks, func(n string) bool { return from == "" || n == from })
	p.networks = append(p.networks, network)
	for _, client := range s.clientsOf(proxy) {
		s.services[client].join(network)
	}
}

func leaveNetwork(s *shop, a advice) {
	if a.is("leave") {
		s.services[a.proxy()].leave(s, a.named[1])
	}
}

func closeNetwork(s *shop, a advice) {
	switch {
	case a.is("set "):
		s.networks[a.named[0]] = true
		for _, name := range a.quoted[1:] {
			network := s.aNetwork()
			s.networks[network] = false
			s.services[name].join(network)
		}
	case strings.Contains(a.facts, "is on the default network"):
		s.move(a.proxy(), "default")
	}
}

func keepApart(s *shop, a advice) {
	network := a.named[len(a.named)-1]
	switch {
	case a.is("take it off the network"):
		s.services[a.named[0]].leave(s, network)
	case a.is("give it a network namespace"):
		s.services[a.named[0]].mode = ""
		s.services[a.named[0]].leave(s, network)
	case a.is("give it one with its clients alone"):
		s.move(a.proxy(), network)
	}
}

// --- sockets and endpoints

func removeSocket(s *shop, a advice) { s.services[a.service()].volumes = nil }

func giveSocket(s *shop, a advice) {
	p := s.services[a.proxy()]
	if a.is("set ") {
		setAll(p, a.says)
		return
	}
	p.volumes = []string{"/var/run/docker.sock:" + a.quoted[0] + ":ro"}
}

// useProxy gives a service a proxy in place of the socket.
func useProxy(s *shop, a advice) {
	name := a.service()
	p := s.services[name]
	if !a.is("use a socket proxy") || a.needs[name] == nil || p.mode == "host" {
		return
	}
	proxy, network := "proxy-of-"+name, s.aNetwork()
	own := newPart("tecnativa/docker-socket-proxy:v0.4.1")
	own.environment, own.networks, own.volumes = sectionsOf(a.needs[name]), []string{network}, []string{engineSocket + ":ro"}
	own.labels["traefik.enable"] = "false"
	s.services[proxy] = own
	p.volumes, p.client = nil, true
	if p.told == "" {
		p.told = "DOCKER_HOST"
	}
	p.tell(proxy, "2375")
	p.join(network)
}

func point(s *shop, a advice) {
	p := s.services[a.service()]
	p.client = true
	switch {
	case a.is(`set "`):
		p.told = a.quoted[0]
		host, port, _ := strings.Cut(strings.TrimPrefix(a.quoted[1], "tcp://"), ":")
		p.tell(host, port)
	case a.is("set it to "):
		p.told = a.named[len(a.named)-1]
		host, port, _ := strings.Cut(strings.TrimPrefix(a.quoted[0], "tcp://"), ":")
		p.tell(host, port)
		if len(a.quoted) > 1 {
			proxy := s.services[a.proxy()]
			proxy.environment[a.quoted[1]] += "," + a.service()
		}
	}
}

var listensOn = regexp.MustCompile(`but the socket proxy "[^"]*" listens on (\d+)$`)

func reach(s *shop, a advice) {
	p := s.services[a.service()]
	host, port := p.endpoint()
	switch m := listensOn.FindStringSubmatch(a.facts); {
	case m != nil:
		p.tell(host, m[1])
	case a.is("the socket proxy is "), a.is("the nearest is "), a.is("name the socket proxy "):
		p.tell(a.quoted[0], port)
	case a.is("put both on one network"):
		if len(a.quoted) > 0 {
			host = a.quoted[0]
		}
		network := s.aNetwork()
		p.join(network)
		s.services[host].join(network)
		p.tell(host, port)
	case a.is("set "):
		setAll(s.services[a.proxy()], a.says)
	}
}

// --- the rest

func keepLogs(s *shop, a advice) {
	if a.is("set ") {
		changeFlags(s, a)
		return
	}
	s.services[a.proxy()].silent = false
}

func dropPrivileges(s *shop, a advice) {
	p := s.services[a.proxy()]
	if strings.Contains(a.facts, "adds the capability") {
		p.capsAdded = nil
	}
	p.privileged = p.privileged && !a.is("remove it")
}

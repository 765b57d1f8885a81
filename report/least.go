package report

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/jsontext"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// Least is the least of the Docker API that the clients of a project need.
type Least struct {
	// Project is its first file, empty where there are images alone.
	Project string `json:"project"`
	rules.Least
	// Taken are the names of its services and networks.
	Taken []string `json:"-"`
}

// LeastReport is the answer of composelint least.
type LeastReport struct {
	Projects []Least
	// Kinds are the socket proxies that flags alone set up.
	Kinds map[string]rules.Deployment
	// Kind is the one that is asked for, empty where it is to be the one that lets through the least.
	Kind string
}

// leastVersion is that of the document: least.schema.json describes it.
const leastVersion = 1

// leastDocument is what composelint least writes as JSON.
type leastDocument struct {
	// Version rises when a field changes its meaning or goes.
	Version int `json:"version"`
	// Kinds are, by name, the socket proxies that flags alone set up.
	Kinds    map[string]rules.Deployment `json:"kinds"`
	Projects []Least                     `json:"projects"`
}

// LeastSchema returns the JSON Schema of that, with the comments of its types, by package.Type and
// package.Type.Field, for descriptions.
func LeastSchema(comments map[string]string) ([]byte, error) {
	return model.SchemaWithMaps(reflect.TypeFor[leastDocument](), comments)
}

// WriteJSON writes all that is known of the projects and of the kinds of proxies.
func (r LeastReport) WriteJSON(w io.Writer) error {
	return jsontext.Write(w, leastDocument{leastVersion, r.Kinds, append([]Least{}, r.Projects...)})
}

// Write writes for each project the services of the proxies that its clients need, as a Compose file of
// its own. What is to be said besides stands in comments. Of several projects those without clients are left out.
func (r LeastReport) Write(w io.Writer) error {
	projects := slices.DeleteFunc(slices.Clone(r.Projects), func(p Least) bool { return len(p.Clients) == 0 })
	if len(projects) == 0 {
		projects = r.Projects[:min(1, len(r.Projects))]
	}
	var text strings.Builder
	for i, p := range projects {
		if i > 0 {
			text.WriteString("---\n")
		}
		kind := cmp.Or(r.Kind, p.fitting(r.Kinds))
		writer := leastWriter{Least: p, b: &text, kind: kind, Deployment: r.Kinds[kind]}
		writer.write(r.Kinds)
	}
	_, err := io.WriteString(w, ShownLines(text.String()))
	return err
}

// fitting is the kind that does all that the clients need, does not give them the host, lets through the
// least, and takes the fewest flags. How to run it is known.
func (l Least) fitting(kinds map[string]rules.Deployment) string {
	known := slices.DeleteFunc(slices.Sorted(maps.Keys(kinds)), func(kind string) bool { return !kinds[kind].Hardened })
	if len(known) == 0 {
		return ""
	}
	return slices.MinFunc(known, func(a, b string) int { return slices.Compare(l.cost(a), l.cost(b)) })
}

// cost is by what kinds are compared: what comes first counts most.
func (l Least) cost(kind string) []int {
	cost := make([]int, 4)
	for _, p := range l.Proxies {
		if p.Kind == kind {
			if p.Root {
				cost[1]++
			}
			cost[0], cost[2], cost[3] = cost[0]+len(p.Denied), cost[2]+p.Operations, cost[3]+len(p.Flags)
		}
	}
	return cost
}

// leastWriter writes what a project needs of a kind of proxy.
type leastWriter struct {
	Least
	rules.Deployment
	kind string
	b    *strings.Builder
}

func (w leastWriter) line(format string, args ...any) { fmt.Fprintf(w.b, format+"\n", args...) }

// comment writes a text as comments of a terminal's width.
func (w leastWriter) comment(indent, format string, args ...any) {
	w.item(indent, "", format, args...)
}

// item does the same behind a mark, under which the text hangs.
func (w leastWriter) item(indent, mark, format string, args ...any) {
	text := wrapped(mark, fmt.Sprintf(format, args...), len(mark), 78-len(indent))
	for line := range strings.Lines(text) {
		w.line("%s# %s", indent, strings.TrimSuffix(line, "\n"))
	}
}

func (w leastWriter) write(kinds map[string]rules.Deployment) {
	whose := "the clients of " + w.Project
	if w.Project == "" {
		whose = "these images"
	}
	if len(w.Groups) > 0 {
		others := slices.DeleteFunc(slices.Sorted(maps.Keys(kinds)), func(kind string) bool { return kind == w.kind })
		w.comment("", "The least of the Docker API that %s need, by %s.", whose, w.Name)
		w.comment("", "By other proxies: --kind %s.", words.Or(others))
	} else if len(w.Clients) == 0 {
		w.comment("", "No service of %s is known to use a Docker API. Name the images of clients: composelint least --image IMAGE", w.Project)
	}
	w.unknown()
	if len(w.Aside) > 0 {
		w.comment("", "%s: given no Docker API in this project, and left out.", w.listed(w.Aside))
	}
	if len(w.Groups) == 0 {
		return
	}
	if len(w.Replaced) > 0 {
		w.comment("", "In place of the socket proxy %s.", w.listed(w.Replaced))
	}
	w.clients()
	w.line("services:")
	for i := range w.Groups {
		w.service(i)
	}
	w.line("networks:")
	for i := range w.Groups {
		w.line("  %s:", w.network(i))
		w.line("    internal: true")
		if w.meetsHost(i) {
			w.line("    ipam:")
			w.line("      config:")
			w.line("        - subnet: %s # any that is free on the host", subnet(i))
		}
	}
}

// unknown says of which clients it is not known what they need, and how to say it.
func (w leastWriter) unknown() {
	var unknown []string
	for _, c := range w.Clients {
		if !c.Known {
			unknown = append(unknown, c.Service)
		}
	}
	if len(unknown) == 0 {
		return
	}
	w.comment("", "What %s of the Docker API is not known, and nothing is let through for it. Say it in .composelint.yaml by the operations of the API's reference, and ask again:", w.need(unknown))
	w.line("#   roles:")
	w.line("#     clients:")
	for _, name := range unknown {
		w.line("#       %q: [ContainerList, ContainerInspect]", name)
	}
}

// need is a phrase of what clients need.
func (w leastWriter) need(clients []string) string {
	if len(clients) == 1 {
		return w.listed(clients) + " needs"
	}
	return w.listed(clients) + " need"
}

// shownClients is how many clients are named where there are many.
const shownClients = 3

// listed are names in a sentence, the first of many.
func (w leastWriter) listed(names []string) string {
	var quoted []string
	for _, name := range names[:min(len(names), shownClients)] {
		quoted = append(quoted, strconv.Quote(name))
	}
	if more := len(names) - shownClients; more > 0 {
		quoted = append(quoted, fmt.Sprintf("%d more", more))
	}
	return words.And(quoted)
}

// clients says how each client comes to its proxy.
func (w leastWriter) clients() {
	w.comment("", "Take the mount of the engine's socket from each client, add the network to those that it is on, and tell it the endpoint:")
	for i, group := range w.Groups {
		for _, c := range w.Clients {
			if slices.Contains(group.Clients, c.Service) {
				w.item("", "- ", "%q: %s; %s", c.Service, w.placeOf(c, i), w.toldOf(c, i))
			}
		}
	}
}

// placeOf is how a client comes to the network of its proxy.
func (w leastWriter) placeOf(c rules.LeastClient, group int) string {
	network := "network " + w.network(group)
	switch {
	case c.NetworkMode == "host":
		return "on the host's network, where containers have no names, so by the proxy's address"
	case c.NetworkOf != "" && c.NetworkOf != c.Service:
		return fmt.Sprintf("%s of %q, whose network it uses", network, c.NetworkOf)
	case c.NetworkMode != "":
		return network + " in place of its network_mode"
	}
	return network
}

// meetsHost is true of a group with a client on the host's network, which reaches a proxy by an address on a
// bridge alone: no port is published on an internal network.
func (w leastWriter) meetsHost(group int) bool {
	return slices.ContainsFunc(w.Clients, func(c rules.LeastClient) bool {
		return c.NetworkMode == "host" && slices.Contains(w.Groups[group].Clients, c.Service)
	})
}

// subnet and address are those of a group's network and of its proxy there, beside the ranges that the engine
// hands out by itself.
func subnet(group int) string  { return fmt.Sprintf("10.254.254.%d/29", 8*group) }
func address(group int) string { return fmt.Sprintf("10.254.254.%d", 8*group+2) }

// toldOf is how a client is told the address of its group's proxy.
func (w leastWriter) toldOf(c rules.LeastClient, group int) string {
	host := w.proxy(group)
	if c.NetworkMode == "host" {
		host = address(group)
	}
	filled := strings.NewReplacer("HOST", host, "PORT", strconv.Itoa(w.Port))
	said, endpoint := "", filled.Replace(c.Form)
	switch {
	case c.Older && len(c.ToldBy) > 0:
		return fmt.Sprintf("its release asks unix sockets alone: use a newer image, and then %s: %s", c.ToldBy[0], endpoint)
	case c.UnixOnly:
		return "it asks unix sockets alone: share one with it that hands on to " + endpoint + ", as socat does"
	case len(c.ToldBy) == 0 && c.Settings == "":
		return endpoint + " (DOCKER_HOST, or a setting of its own)"
	case len(c.ToldBy) == 0:
		return endpoint + " " + c.Settings
	case strings.HasPrefix(c.ToldBy[0], "--"):
		said = c.ToldBy[0] + "=" + endpoint
	case strings.HasPrefix(c.ToldBy[0], "-"):
		said = c.ToldBy[0] + " " + endpoint
	default:
		said = c.ToldBy[0] + ": " + endpoint
	}
	for _, name := range slices.Sorted(maps.Keys(c.With)) {
		said += ", " + name + ": " + filled.Replace(c.With[name])
	}
	if c.Settings != "" {
		said += ", or " + c.Settings
	}
	return said
}

// proxy and network are the names of a group's proxy and of its network.
func (w leastWriter) proxy(group int) string { return w.free("docker-proxy" + w.suffix(group)) }

func (w leastWriter) network(group int) string { return w.free("docker-api" + w.suffix(group)) }

func (w leastWriter) suffix(group int) string {
	switch {
	case len(w.Groups) == 1:
		return ""
	case w.Groups[group].Writes:
		return "-write"
	}
	return "-read"
}

// free is a name that the project does not have.
func (w leastWriter) free(name string) string {
	free := name
	for n := 2; slices.Contains(w.Taken, free); n++ {
		free = name + "-" + strconv.Itoa(n)
	}
	return free
}

// service writes the proxy of a group.
func (w leastWriter) service(group int) {
	i := slices.IndexFunc(w.Proxies, func(p rules.LeastFlags) bool { return p.Kind == w.kind && p.Group == group })
	p := w.Proxies[i]
	w.line("  %s:", w.proxy(group))
	w.warnings(p)
	w.line("    image: %s", w.Image)
	if !strings.Contains(w.Image, ":") {
		w.comment("    ", "Name the release that you have tried.")
	}
	w.environment(p)
	w.line("    volumes:")
	socket := w.socket()
	w.line("      - %s:/var/run/docker.sock:ro", socket)
	if len(w.Sockets) > 1 {
		w.comment("      ", "The project has the sockets of several engines, %s. This one is for %s: give each a proxy.", words.And(w.Sockets), socket)
	}
	w.line("    networks:")
	if w.meetsHost(group) {
		w.line("      %s:", w.network(group))
		w.line("        ipv4_address: %s", address(group))
	} else {
		w.line("      - %s", w.network(group))
	}
	w.list("labels", w.Groups[group].Labels)
	w.line("    restart: unless-stopped")
	w.line("    security_opt:")
	w.line("      - no-new-privileges:true")
	w.hardening()
	w.line("    mem_limit: 256m")
	w.line("    cpus: 0.5")
	w.line("    pids_limit: 100")
}

// socket is that of the engine whose API the clients have, Docker's own where that is among several.
func (w leastWriter) socket() string {
	const docker = "/var/run/docker.sock"
	if len(w.Sockets) == 0 || slices.Contains(w.Sockets, "/run/docker.sock") {
		return docker
	}
	return w.Sockets[0]
}

// hardening writes what the proxy is known to run with.
func (w leastWriter) hardening() {
	if !w.Hardened {
		w.comment("    ", "It is not known whether it runs with cap_drop: [ALL] and read_only: true.")
		return
	}
	w.line("    cap_drop:")
	w.line("      - ALL")
	w.list("cap_add", w.CapAdd)
	w.line("    read_only: true")
	w.list("tmpfs", w.Tmpfs)
}

func (w leastWriter) list(key string, items []string) {
	if len(items) == 0 {
		return
	}
	w.line("    %s:", key)
	for _, item := range items {
		w.line("      - %s", item)
	}
}

// warnings says what the flags of a proxy do not do, and what they do besides.
func (w leastWriter) warnings(p rules.LeastFlags) {
	for _, client := range slices.Sorted(maps.Keys(p.Denied)) {
		w.comment("    ", "No flag lets through %s, which %s.", words.And(p.Denied[client]), w.need(w.alike([]string{client})))
	}
	if !p.Root {
		return
	}
	if len(p.RootBy) == 0 {
		w.comment("    ", "Whoever reaches this proxy is root on the host: all that its clients need together is as much.")
		return
	}
	w.comment("    ", "Whoever reaches this proxy is root on the host, as %s what makes root.", w.need(w.alike(p.RootBy)))
	for _, c := range w.Clients {
		if slices.Contains(p.RootBy, c.Service) && c.Advice != "" {
			w.comment("    ", "%s: %s", c.Name, c.Advice)
		}
	}
}

// environment writes the flags that are needed, those that need not be on as they are by default, and as
// comments those that somebody may need.
func (w leastWriter) environment(p rules.LeastFlags) {
	off := slices.DeleteFunc(slices.Clone(p.DefaultOn), func(flag string) bool {
		_, used := p.Flags[flag]
		return used || slices.Contains(p.MoreFlags, flag)
	})
	if len(p.Flags)+len(off)+len(p.MoreFlags) == 0 {
		return
	}
	if len(p.Flags)+len(off) > 0 {
		w.line("    environment:")
	}
	for _, flag := range slices.Sorted(maps.Keys(p.Flags)) {
		w.line(`      %s: "1" # %s`, flag, w.users(p.Flags[flag]))
	}
	for _, flag := range off {
		w.line(`      %s: "0" # on by default, and needed by nobody`, flag)
	}
	for _, flag := range p.MoreFlags {
		if slices.Contains(p.DefaultOn, flag) {
			w.line("      # %s is on by default: %s may need it", flag, w.users(p.More[flag]))
			continue
		}
		w.line(`      # %s: "1" # %s may need it`, flag, w.users(p.More[flag]))
	}
}

// alike are all clients for which some stand.
func (w leastWriter) alike(firsts []string) []string {
	var services []string
	for _, c := range w.Clients {
		if slices.Contains(firsts, c.Like) {
			services = append(services, c.Service)
		}
	}
	return services
}

// users are the clients that use a flag, the first of many.
func (w leastWriter) users(firsts []string) string {
	clients := w.alike(firsts)
	if len(clients) <= shownClients {
		return strings.Join(clients, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(clients[:shownClients], ", "), len(clients)-shownClients)
}

package report

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/rules"
)

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
		w.comment("", "In place of the socket proxy %s: remove it, since what it is told would stay beside this where files are merged.", w.listed(w.Replaced))
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

// subnet, gateway and address are those of a group's network, of the host and of its proxy there, beside the
// ranges that the engine hands out by itself. The proxy has the last address, since the engine gives the first
// ones to clients that start before it.
func subnet(group int) string { return fmt.Sprintf("10.254.254.%d/26", 64*group) }

func gateway(group int) string { return fmt.Sprintf("10.254.254.%d", 64*group+1) }

func address(group int) string { return fmt.Sprintf("10.254.254.%d", 64*group+62) }

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

package report

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/rules"
)

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
	w.environment(p, group)
	socket := w.socket()
	if w.User != "" {
		w.line("    user: \"%s:${DOCKER_GID:?the group of the socket, as stat -c %%g %s prints it}\"", w.User, socket)
	}
	w.line("    volumes:")
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
		w.comment("    ", "No %s lets through %s, which %s.", w.means(), words.And(p.Denied[client]), w.need(w.alike([]string{client})))
	}
	if !p.Root {
		return
	}
	if len(p.RootBy) == 0 && w.Form == "profile" {
		w.comment("    ", "Whoever reaches this proxy is root on the host: its profile lets through more than its clients need.")
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

// means is that by which the proxy lets something through.
func (w leastWriter) means() string {
	if w.Form == "profile" {
		return "harmless profile"
	}
	return "flag"
}

// environment writes what the proxy is told: what may pass, whom it lets in, and what it has to know besides.
func (w leastWriter) environment(p rules.LeastFlags, group int) {
	off := slices.DeleteFunc(slices.Clone(p.DefaultOn), func(flag string) bool {
		_, used := p.Flags[flag]
		return used || slices.Contains(p.MoreFlags, flag)
	})
	if len(p.Flags)+len(off)+len(p.Profile)+len(p.Rules)+len(w.Settings) > 0 {
		w.line("    environment:")
	}
	for _, name := range slices.Sorted(maps.Keys(w.Settings)) {
		w.line("      %s: %q", name, w.Settings[name])
	}
	if w.Admits != "" {
		w.line("      %s: %q", w.Admits, strings.Join(w.admitted(group), ","))
		if w.Project == "" {
			w.comment("      ", "These are to be the names of your services.")
		}
		if shared := w.askingSockets(group); len(shared) > 0 {
			w.comment("      ", "In place of %s name what hands on to it.", words.And(shared))
		}
	}
	switch w.Form {
	case "profile":
		w.line("      %s: %q", w.Variable, p.Profile)
	case "variables":
		w.expressions(p.Rules)
	case "lines":
		w.lines(p.Rules)
	default:
		w.flags(p, off)
	}
}

// flags writes the flags that are needed, those that need not be on as they are by default, and as
// comments those that somebody may need.
func (w leastWriter) flags(p rules.LeastFlags, off []string) {
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

// expressions writes a variable for each operation, which is the end of its name.
func (w leastWriter) expressions(list []rules.LeastRule) {
	for _, r := range list {
		variable := fmt.Sprintf("%s%s_%s: '%s'", w.Variable, r.Method, word.ReplaceAllString(r.Operation, ""), r.Expression)
		if len(r.Clients) > 0 {
			w.line("      %s # %s", variable, w.users(r.Clients))
		} else {
			w.line("      # %s # %s may need it", variable, w.users(r.MayNeed))
		}
	}
}

// word matches what is not part of a name.
var word = regexp.MustCompile(`[^A-Za-z0-9]`)

// lines writes one variable, whose comments begin with an exclamation mark.
func (w leastWriter) lines(list []rules.LeastRule) {
	w.line("      %s: |", w.Variable)
	for _, r := range list {
		if len(r.Clients) > 0 {
			w.line("        ! %s: %s", r.Operation, w.users(r.Clients))
			w.line("        %s %s", r.Method, r.Expression)
		} else {
			w.line("        ! %s: %s may need it", r.Operation, w.users(r.MayNeed))
			w.line("        ! %s %s", r.Method, r.Expression)
		}
	}
}

// admitted are the names of those who call the proxy of a group, as the engine resolves them on their network.
func (w leastWriter) admitted(group int) []string {
	names := map[string]bool{}
	for _, c := range w.Clients {
		switch {
		case !slices.Contains(w.Groups[group].Clients, c.Service):
		case c.NetworkMode == "host":
			names[gateway(group)] = true
		case c.NetworkOf != "":
			names[c.NetworkOf] = true
		default:
			names[c.Service] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// askingSockets are the clients of a group for which another service has to ask.
func (w leastWriter) askingSockets(group int) []string {
	var names []string
	for _, c := range w.Clients {
		if c.UnixOnly && !c.Older && slices.Contains(w.Groups[group].Clients, c.Service) {
			names = append(names, strconv.Quote(c.Service))
		}
	}
	return names
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

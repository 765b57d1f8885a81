package inspect

import (
	"fmt"
	"slices"

	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/model"
)

// nameNetworks finds the networks of the files: by the labels of docker compose, by the name that a file
// states, or by the one that docker compose makes up.
func (c *comparison) nameNetworks() {
	for _, n := range c.files.Project.Networks {
		switch {
		case n.EngineName != nil:
			c.engineNames[n.Name] = *n.EngineName
		case c.project != "":
			c.engineNames[n.Name] = c.project + "_" + n.Name
		}
	}
	for i := range c.running.Networks {
		n := &c.running.Networks[i]
		if name := n.Labels[labelNetwork]; name != "" && c.project != "" && n.Labels[labelProject] == c.project {
			c.engineNames[name] = n.Name
		}
	}
	for name, engine := range each(c.engineNames) {
		c.names[engine] = name
	}
}

// attachments compares the networks that a container is on.
func (p pair) attachments() {
	if mode := p.namespaceSeen(p.container.HostConfig.NetworkMode); mode != own || len(p.file.Networks) == 0 && !p.file.Wiring.MoreNetworks {
		return // whose namespace it is has been told
	}
	one := check.Check{Section: sectionNetworks, ID: "networks"}
	one.Expected = listOf(p.file.Networks, func(a model.Attachment) string { return a.Name })
	var seen []string
	for engine := range each(p.container.NetworkSettings.Networks) {
		name := engine
		if own, known := p.names[engine]; known {
			name = own
		}
		seen = append(seen, name)
	}
	one.Seen = joined(seen)
	if p.file.Wiring.MoreNetworks && one.Seen != one.Expected {
		one.Expected, one.Why = "", "the file leaves it to variables on which networks it is"
	}
	p.compared(one, "networks", "network_mode")
	p.aliases()
}

// aliases compares the names that the files give the container on its networks. It has others besides.
func (p pair) aliases() {
	var stated, missing []string
	for _, a := range p.file.Networks {
		on := p.container.NetworkSettings.Networks[p.engineNames[a.Name]].Aliases
		for _, alias := range a.Aliases {
			stated = append(stated, alias)
			if !slices.Contains(on, alias) {
				missing = append(missing, alias)
			}
		}
	}
	if len(stated) == 0 {
		return
	}
	one := check.Check{Section: sectionNetworks, ID: "aliases", Expected: list(stated)}
	if one.Seen = one.Expected; len(missing) > 0 {
		one.Seen = "without " + list(missing)
	}
	p.compared(one, "networks")
}

// compareNetworks compares the networks that services are on: whether they lead out, and who drives them.
func (c *comparison) compareNetworks() {
	if len(c.running.Networks) == 0 && len(c.files.Project.Networks) > 0 {
		c.add(check.Check{Section: sectionNetworks, ID: "inspected", Subject: "all networks", Why: "there is no network in it: give what docker inspect prints of networks as well"})
		return
	}
	used := map[string]bool{}
	for _, s := range c.services {
		if len(c.containers[s.Name]) > 0 {
			for _, a := range s.Networks {
				used[a.Name] = true
			}
		}
	}
	ofProxies := c.ofProxies()
	for _, n := range c.files.Project.Networks {
		if !used[n.Name] {
			continue
		}
		seen := c.networks[c.engineNames[n.Name]]
		if seen == nil {
			c.add(check.Check{Section: sectionNetworks, ID: "there", Subject: n.Name, Expected: "a network", Why: "it was not inspected", Location: c.place(n.At, "")})
			continue
		}
		c.network(n, seen, ofProxies[n.Name])
	}
	c.waysOut()
}

// network compares a network, of which an external one is told where a proxy is on it.
func (c *comparison) network(n model.Network, seen *Network, ofProxy bool) {
	one := check.Check{Section: sectionNetworks, ID: "internal", Subject: n.Name, Expected: yes(n.Internal), Seen: yes(&seen.Internal), Decides: "internal", Location: c.place(n.At, "internal")}
	switch {
	case n.External != nil && *n.External:
		one.Expected = "" // it is none of the project's
		if !ofProxy {
			return
		}
		one.Why = "the network is external: no file says what it is"
	case n.Internal == nil:
		one.Why = "the file leaves it to a variable"
	}
	c.add(one)
	if driver := text(n.Driver); driver != "" && one.Expected != "" {
		c.add(check.Check{Section: sectionNetworks, ID: "driver", Subject: n.Name, Expected: driver, Seen: seen.Driver, Decides: "driver", Location: c.place(n.At, "driver")})
	}
	if n.Isolated != nil && *n.Isolated {
		c.add(check.Check{Section: sectionNetworks, ID: "gateway", Subject: n.Name, Expected: "no way to the host", Seen: gateway(seen), Decides: "driver_opts", Location: c.place(n.At, "driver_opts")})
	}
}

// gateway says whether the bridge has an address of the host.
func gateway(n *Network) string {
	const mode = "com.docker.network.bridge.gateway_mode_"
	if n.Options[mode+"ipv4"] == "isolated" && (!n.EnableIPv6 || n.Options[mode+"ipv6"] == "isolated") {
		return "no way to the host"
	}
	return "the host's address on the bridge"
}

// ofProxies are the networks that proxies are on in the files.
func (c *comparison) ofProxies() map[string]bool {
	all := map[string]bool{}
	for name := range c.files.API.Proxies {
		if s := c.byName[name]; s != nil {
			for _, a := range s.Networks {
				all[a.Name] = true
			}
		}
	}
	return all
}

// waysOut tells whether a proxy has a way out: a network that is not internal. What an external network is
// no file says.
func (c *comparison) waysOut() {
	internal := map[string]*bool{}
	for _, n := range c.files.Project.Networks {
		if n.External != nil && !*n.External {
			internal[n.Name] = n.Internal
		}
	}
	for name := range each(c.files.API.Proxies) {
		for _, i := range c.containers[name] {
			if on := c.running.Containers[i].NetworkSettings.Networks; len(on) > 0 {
				c.wayOut(c.byName[name], i, internal)
			}
		}
	}
}

func (c *comparison) wayOut(proxy *model.Service, i int, internal map[string]*bool) {
	var expected, seen wayOut
	for _, a := range proxy.Networks {
		is := internal[a.Name]
		if n := c.networks[c.engineNames[a.Name]]; is == nil && n != nil {
			is = &n.Internal
		}
		expected.add(a.Name, is)
	}
	for engine := range each(c.running.Containers[i].NetworkSettings.Networks) {
		if n := c.networks[engine]; n != nil {
			seen.add(c.called(engine), &n.Internal)
		} else {
			seen.add(c.called(engine), nil)
		}
	}
	one := check.Check{
		Section: sectionNetworks, ID: "way-out", Subject: c.subject(proxy, i), Expected: expected.text(), Seen: seen.text(),
		Decides: "networks", Location: c.place(proxy.At, "networks"),
	}
	if one.Seen == "" || one.Expected == "" {
		one.Why = "not inspected: " + list(slices.Concat(expected.perhaps, seen.perhaps))
	}
	c.add(one)
}

// wayOut are the networks by which somebody gets out, and those of which that is not known.
type wayOut struct{ by, perhaps []string }

func (w *wayOut) add(network string, internal *bool) {
	switch {
	case internal == nil:
		w.perhaps = append(w.perhaps, network)
	case !*internal:
		w.by = append(w.by, network)
	}
}

func (w *wayOut) text() string {
	switch {
	case len(w.by) > 0:
		return "out by " + joined(w.by)
	case len(w.perhaps) > 0:
		return ""
	}
	return "no way out"
}

// called is what the files call a network of the engine.
func (c *comparison) called(engine string) string {
	if name, known := c.names[engine]; known {
		return name
	}
	return engine
}

// strangers tells who is on the networks of the proxies that is none of the project's.
func (c *comparison) strangers() {
	on := map[string][]int{}
	for i := range c.running.Containers {
		for engine := range c.running.Containers[i].NetworkSettings.Networks {
			on[engine] = append(on[engine], i)
		}
	}
	external := map[string]bool{}
	for _, n := range c.files.Project.Networks {
		external[c.engineNames[n.Name]] = n.External != nil && *n.External
	}
	for engine, proxy := range each(c.withProxies()) {
		const none = "nobody but the project's services"
		one := check.Check{Section: sectionNetworks, ID: "strangers", Subject: c.called(engine), Expected: none, Seen: none, Location: c.place(c.byName[proxy].At, "networks")}
		others, notInspected := c.others(on[engine]), c.notInspected(c.networks[engine])
		switch {
		case len(others) > 0:
			one.Seen, one.Why = "also "+list(others), fmt.Sprintf("whoever is on it can ask the proxy %q", proxy)
			if external[engine] {
				one.Expected, one.Why = "", "the network is external: no file says who is on it"
			}
		case len(notInspected) > 0:
			one.Seen, one.Why = "", "not inspected: "+list(notInspected)
		}
		c.add(one)
	}
}

// withProxies are the networks of the engine that proxies are on, with a proxy of each. The host's is none that
// one could be on.
func (c *comparison) withProxies() map[string]string {
	all := map[string]string{}
	for name := range each(c.files.API.Proxies) {
		for _, i := range c.containers[name] {
			for engine := range c.running.Containers[i].NetworkSettings.Networks {
				if engine != "host" && engine != "none" {
					all[engine] = name
				}
			}
		}
	}
	return all
}

// others are those of some containers that run and are not the project's.
func (c *comparison) others(containers []int) (names []string) {
	for _, i := range containers {
		if !c.mine(i) && c.running.Containers[i].runs() {
			names = append(names, c.running.Containers[i].name())
		}
	}
	return names
}

// notInspected are those on a network of whom nothing is known, or the network itself.
func (c *comparison) notInspected(n *Network) (names []string) {
	if n == nil {
		return []string{"the network"}
	}
	for id, member := range n.Containers {
		if _, inspected := c.byID[id]; !inspected {
			names = append(names, member.Name)
		}
	}
	return names
}

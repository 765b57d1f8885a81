package check

import (
	"fmt"
	"maps"
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/yamltree"
)

// creation checks what docker compose accepts in a project and refuses when it creates the
// containers (pkg/compose of docker compose 5.7.1), and what the engine does (engine.go, sizes.go,
// together.go, logs.go).
type creation struct{ *checker }

// refuse reports what keeps a container from being created, unless it hangs on a variable that
// nobody set.
func (c creation) refuse(s spot, format string, args ...any) {
	if s.known() {
		c.reportCreation(s.Node, s.path, fmt.Sprintf(format, args...))
	}
}

func (c creation) check() {
	for _, s := range c.containers {
		if isCreated(s) {
			c.container(s)
		}
	}
	c.origins("secrets")
	c.origins("configs")
	c.pools()
}

// isCreated is true for what makes a container, at least one.
func isCreated(s spot) bool {
	count, known := decoded[*int](s.under("scale"))
	if deployed, ok := decoded[*int](s.under("deploy", "replicas")); count == nil {
		count, known = deployed, known && ok
	}
	return known && (count == nil || *count != 0) && s.Field("provider") == nil
}

func (c creation) container(s spot) {
	c.startInterval(s)
	c.healthy(s)
	c.files(s, "secret", "secrets")
	c.files(s, "config", "configs")
	c.unsupported(s)
	c.addresses(s)
	c.securityOptions(s)
	c.engineWords(s)
	c.paths(s)
	c.memory(s)
	c.processors(s)
	c.durations(s)
	c.network(s)
	c.logs(s)
	c.underDaemon(s)
}

// startInterval follows ToMobyHealthCheck (convert.go).
func (c creation) startInterval(s spot) {
	check := s.under("healthcheck")
	if interval := check.under("start_interval"); !absent(interval) && absent(check.under("start_period")) && c.isWhole(s) {
		c.refuse(interval, `"start_interval" needs "start_period", too: add it`)
	}
}

// healthy checks that what is waited for to be healthy has a health check, as far as the file says
// (isServiceHealthy in convergence.go).
func (c creation) healthy(s spot) {
	for _, dependency := range s.under("depends_on").entries() {
		condition := dependency.under("condition")
		check := c.section("services").under(dependency.key(), "healthcheck")
		disabled, known := decoded[bool](check.under("disable"))
		test := yamltree.Texts(check.under("test").Scalars())
		off := known && disabled || len(test) > 0 && test[0] == "NONE"
		if condition.text() == types.ServiceConditionHealthy && off {
			c.refuse(condition, `service %q is never healthy, since its health check is switched off: give it a test, or write "service_started"`, dependency.key())
		}
	}
}

// isWhole is true for a container all of which is there to be judged.
func (c creation) isWhole(s spot) bool { return !c.partial && !c.Partial[s.path.At()] }

// files checks that docker compose can give a container its secrets or configs (injectFileReferences
// in secrets.go).
func (c creation) files(s spot, kind, section string) {
	readOnly, _ := decoded[bool](s.under("read_only"))
	for _, mount := range s.under(section).entries() {
		name := mount.under("source").text()
		origin := c.section(section).under(name)
		c.used[origin.Node] = true
		_, hasContent := origin.under("content").given()
		written := map[string]bool{"environment": !absent(origin.under("environment")), "content": hasContent}
		for _, key := range []string{"environment", "content"} {
			if written[key] && readOnly {
				c.refuse(mount, `docker compose cannot write the %s %q into a container that is read-only: give it a "file" instead of %q, or remove "read_only"`, kind, name, key)
				break
			}
		}
	}
}

// origins checks the secrets or the configs that containers use (buildContainerSecretMounts and
// buildContainerConfigMounts in create.go).
func (c creation) origins(section string) {
	for _, origin := range c.section(section).entries() {
		if !c.used[origin.Node] {
			continue
		}
		external := origin.under("external")
		if on, known := decoded[bool](external); known && on {
			c.refuse(external, `only a swarm has external %s: write a "file", or judge the project with --target swarm`, section)
		}
		for _, key := range []string{"driver", "template_driver"} {
			if driver := origin.under(key); driver.text() != "" {
				c.refuse(driver, `only a swarm has a %q for %s: remove it, or judge the project with --target swarm`, key, section)
			}
		}
	}
}

// unsupported checks for what the specification has and docker compose does not do yet
// (runPreStart in pre_start.go, rejectScheduledJobs in cmd/compose/compose.go).
func (c creation) unsupported(s spot) {
	for _, hook := range s.under("pre_start").entries() {
		perReplica := hook.under("per_replica")
		if on, ok := decoded[bool](perReplica); ok && on {
			c.refuse(perReplica, `docker compose does not run a hook for each replica yet: remove "per_replica"`)
		}
	}
	if schedule := s.under("triggers", "schedule"); schedule.is(yamltree.Sequence) && len(schedule.Items) > 0 {
		c.refuse(schedule, `docker compose does not run jobs by a schedule yet: write "manual: true" instead, and start the job from outside`)
	}
}

// addresses checks the addresses of a container (createConfigs, parseEndpointIPAM, parseMACAddr
// and buildContainerPortBindingOptions in create.go).
func (c creation) addresses(s spot) {
	for _, server := range s.under("dns").oneOrMore() {
		c.address(server)
	}
	c.macAddress(s.under("mac_address"))
	for _, port := range s.under("ports").entries() {
		c.address(port.under("host_ip"))
	}
	if networks := s.Field("networks"); networks == nil || len(networks.Fields) == 0 {
		c.used[c.section("networks").under("default").Node] = true
	}
	for _, network := range s.under("networks").entries() {
		c.used[c.section("networks").under(network.key()).Node] = true
		c.addressOf(network.under("ipv4_address"), "IPv4", "192.168.1.10")
		c.addressOf(network.under("ipv6_address"), "IPv6", "fd00::10")
		for _, local := range network.under("link_local_ips").entries() {
			c.address(local)
		}
		c.macAddress(network.under("mac_address"))
	}
}

// pools checks the subnets of the networks that containers use (parseIPAMPool in create.go).
func (c creation) pools() {
	for _, network := range c.section("networks").entries() {
		if external, ok := decoded[bool](network.under("external")); !c.used[network.Node] || !ok || external {
			continue
		}
		for _, pool := range network.under("ipam", "config").entries() {
			c.subnet(pool.under("subnet"))
			c.subnet(pool.under("ip_range"))
			c.address(pool.under("gateway"))
			for _, address := range pool.under("aux_addresses").entries() {
				c.address(address)
			}
		}
	}
}

func (c creation) address(s spot) {
	text, ok := s.given()
	if _, err := netip.ParseAddr(text); ok && err != nil {
		c.refuse(s, `%q is no IP address: write one such as "192.168.1.10" or "fd00::10"`, text)
	}
}

// addressOf checks an address that the engine takes from one family alone (Validate of
// EndpointIPAMConfig in moby).
func (c creation) addressOf(s spot, family, such string) {
	text, ok := s.given()
	address, err := netip.ParseAddr(text)
	if ok && (err != nil || address.Unmap().Is4() != (family == "IPv4")) {
		c.refuse(s, "%q is no %s address: write one such as %q", text, family, such)
	}
}

func (c creation) subnet(s spot) {
	text, ok := s.given()
	if _, err := netip.ParsePrefix(text); ok && err != nil {
		c.refuse(s, `%q is no subnet: write one such as "172.28.0.0/16" or "fd00:1::/64"`, text)
	}
}

func (c creation) macAddress(s spot) {
	text, ok := s.given()
	if _, err := net.ParseMAC(text); ok && err != nil {
		c.refuse(s, `%q is no MAC address: write one such as "02:42:ac:11:00:02"`, text)
	}
}

// securityOptions checks that each has a form that docker compose (parseSecurityOpts in create.go)
// and the engine know (parseSecurityOpt in daemon/daemon_unix.go of moby v29.7.2), and that a
// seccomp profile is there.
func (c creation) securityOptions(s spot) {
	for _, option := range s.under("security_opt").entries() {
		text, known := option.given()
		if !known || text == "systempaths=unconfined" {
			continue
		}
		name, value, found := strings.Cut(text, "=")
		if !found {
			name, value, found = strings.Cut(text, ":")
		}
		c.securityOption(option, name, value, found)
	}
}

func (c creation) securityOption(s spot, name, value string, found bool) {
	known := securityOptions[name]
	// A message that has a part of the text is about that part: it shows no value of a variable.
	named, valued := s.part(0, len(name)), s.part(len(s.text())-len(value), len(s.text()))
	switch {
	case name == "systempaths":
		c.refuse(s, `"systempaths" takes nothing but "systempaths=unconfined"`)
	case known == "":
		c.refuse(named, "%q is no security option%s", name, meant(name, slices.Sorted(maps.Keys(securityOptions))))
	case !found && name != "no-new-privileges":
		c.refuse(s, "the security option %q lacks a value: write %q", name, known)
	case name == "no-new-privileges" && found && !isBool(value):
		c.refuse(valued, `"no-new-privileges" cannot be %q: write %q`, value, known)
	case name == "seccomp" && value != "unconfined" && value != "builtin" && c.Lacks != nil && c.Lacks(value):
		c.refuse(valued, `there is no file %q to read a seccomp profile from: write its path, or "seccomp=builtin" for the engine's own`, value)
	}
}

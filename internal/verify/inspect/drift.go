package inspect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/model"
)

// drift tells which containers there are: those of each service, and those of no service.
func (c *comparison) drift() {
	for _, s := range c.services {
		c.present(s)
		c.sameHash(s)
	}
	for i := range c.running.Containers {
		container := &c.running.Containers[i]
		switch {
		case c.byName[c.owner[i]] != nil:
		case c.mine(i) && container.oneOff():
			if container.runs() {
				c.stranger(i, "one-off", "nothing but what the files start", "it runs by docker compose run")
			}
		case c.mine(i):
			c.notInFile(i)
		default:
			c.foreign(i)
		}
	}
}

// notInFile tells of a container of a service that the files do not have, as far as they were read.
func (c *comparison) notInFile(i int) {
	c.stranger(i, "not-in-file", "no such service", c.running.Containers[i].State.Status)
	if c.files.Partial {
		last := &c.report.Checks[len(c.report.Checks)-1]
		last.Verdict, last.Why = check.Unknown, "not all of the files is looked at"
	}
}

// present compares how many containers of a service run. One that a profile keeps off is not missed, and
// neither is one that did its work.
func (c *comparison) present(s *model.Service) {
	runs, ended, failed := map[string]int{}, 0, ""
	for _, i := range c.containers[s.Name] {
		state := c.running.Containers[i].State
		switch {
		case c.running.Containers[i].runs():
			runs[c.running.Containers[i].state()]++
		case state.Status == "exited" && state.ExitCode == 0:
			ended++
		case state.ExitCode != 0:
			failed = fmt.Sprintf("it ended with status %d", state.ExitCode)
		}
	}
	one := check.Check{Section: sectionDrift, ID: "runs", Subject: s.Name, Seen: containers(runs), Why: failed, Decides: "replicas", Location: c.place(s.At, "")}
	switch there := len(c.containers[s.Name]); {
	case there == 0 && (len(s.Profiles) > 0 || s.Kind == "job"):
		return
	case ended > 0 && ended == there && (s.Kind == "job" || s.Restart.Policy != nil && *s.Restart.Policy == "no"):
		one.Expected, one.Seen, one.Verdict = "it runs, or has ended well", "it has ended well", check.Agrees
	case s.Kind == "job" && failed != "":
		one.Expected, one.Seen, one.Why = "it runs, or has ended well", failed, ""
	case s.Replicas == nil && !s.Complete:
		one.Why = "the service is not all in these files"
	case s.Replicas == nil:
		one.Why = "the file leaves it to a variable how many there are"
	default:
		one.Expected = containers(map[string]int{running: int(*s.Replicas)})
	}
	c.add(one)
}

// running is the state of a container of which nothing more is to be said.
const running = "running"

// containers counts them by their states: 1 running container and 2 paused containers.
func containers(byState map[string]int) string {
	var all []string
	for _, state := range []string{running, "restarting", "paused", "unhealthy"} {
		if n := byState[state]; n > 0 {
			all = append(all, words.Count(n, state+" container"))
		}
	}
	if len(all) == 0 {
		return "none"
	}
	return words.And(all)
}

// sameHash compares what docker compose made the containers of: with what it would make of the files today
// where that was given, else of each other. That of a service that joins another container is made of the
// name of that, and config and up take different ones of env files.
func (c *comparison) sameHash(s *model.Service) {
	var hashes []string
	for _, i := range c.containers[s.Name] {
		if hash := c.running.Containers[i].Config.Labels[labelHash]; hash != "" {
			hashes = append(hashes, hash)
		}
	}
	one := check.Check{Section: sectionDrift, ID: "config-hash", Subject: s.Name, Seen: "that", Location: c.place(s.At, "")}
	now := c.running.Hashes[s.Name]
	if len(s.VolumesFrom)+len(s.EnvFiles)+len(s.LabelFiles) > 0 || slices.ContainsFunc(s.Namespaces, func(n model.Namespace) bool { return n.Mode == "service" }) {
		now = ""
	}
	switch {
	case len(hashes) == 0 || now == "" && len(hashes) == 1:
		return
	case now != "":
		one.Expected = "that of these files"
	default:
		one.Expected, now = "the same of all its containers", hashes[0]
	}
	one.Seen = one.Expected
	if slices.ContainsFunc(hashes, func(hash string) bool { return hash != now }) {
		one.Seen = "another one: it was made of other files"
	}
	c.add(one)
}

// foreign looks at a container that is none of the project's: whether it holds the engine's socket, offers
// the port of a proxy, or is in a proxy's network namespace.
func (c *comparison) foreign(i int) {
	container := &c.running.Containers[i]
	if c.seen[i] != nil {
		for _, m := range c.seen[i].Mounts {
			if c.apiOfRunning[m.At] {
				c.stranger(i, "holds-socket", "no socket", fmt.Sprintf("%q%s", m.Source, access(m.ReadOnly)))
			}
		}
	}
	id, joins := strings.CutPrefix(container.HostConfig.NetworkMode, "container:")
	if proxy, known := c.byID[id]; joins && known && c.isProxy(c.owner[proxy]) {
		c.stranger(i, "in-namespace", "a namespace of its own", fmt.Sprintf("the network namespace of the proxy %q", c.owner[proxy]))
	}
	for _, bindings := range each(container.published()) {
		for _, b := range bindings {
			if proxy := c.ports[b.HostPort]; proxy != "" {
				c.stranger(i, "publishes-api-port", fmt.Sprintf("the port of the proxy %q is not published", proxy), fmt.Sprintf("port %s on %s", b.HostPort, hostAddress(b.HostIP)))
				return
			}
		}
	}
}

// isProxy is true for a service that is a socket proxy.
func (c *comparison) isProxy(service string) bool {
	_, is := c.files.API.Proxies[service]
	return is
}

// stranger tells of a container that the files do not have.
func (c *comparison) stranger(i int, id, expected, seen string) {
	why := "it is of no project"
	if project := c.running.Containers[i].project(); project != "" {
		why = fmt.Sprintf("it is of the project %q", project)
	}
	c.add(check.Check{Section: sectionDrift, ID: id, Subject: c.running.Containers[i].name(), Expected: expected, Seen: seen, Verdict: check.Differs, Why: why})
}

func access(readOnly *bool) string {
	if readOnly != nil && *readOnly {
		return " read-only"
	}
	return " writable"
}

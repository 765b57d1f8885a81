// Package check reports what docker compose would refuse of a merged project although it fits the
// schema: values of a wrong content, and services, networks and the rest that do not fit together.
package check

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// Options say how the project is run.
type Options struct {
	// Profiles are those asked for. Without any, the services of all are judged.
	Profiles []string
	// Enabled are the profiles that docker compose enables.
	Enabled []string
	// Swarm takes the project for one of docker stack deploy.
	Swarm bool
	// Partial are the services and jobs, by their public names, of which only a part is there.
	Partial map[string]bool
	// Daemon is the configuration of the engine, nil where it is not known.
	Daemon *model.Daemon
	// Lacks is true for a path at which docker compose would find no file.
	Lacks func(path string) bool
}

// Project checks the merged project before Normalize adds implicit dependencies and networks,
// since those have no place of their own, and returns the tree without what Normalize would
// refuse. fragment is true when no service has an image or a build, as in an
// override file that is judged alone.
//
// It follows checkConsistency (loader/validate.go of compose-go v2.16.2), but reports everything,
// in the order of names, and what docker compose and the engine refuse later, when containers are
// created (create.go).
func Project(root *yamltree.Node, problems *compose.Problems, o Options) (left *yamltree.Node, fragment bool) {
	if len(root.Fields) == 0 && len(problems.All) == 0 && !root.Span.IsZero() {
		problems.Refuse(root.Span, "the file is empty")
	}
	root = decode(root, problems.Report)
	c := &checker{Options: o, root: root, report: problems.Report, reportCreation: problems.ReportCreation, within: problems.Within, refused: map[string]bool{}, used: map[*yamltree.Node]bool{}, dependsOn: map[*yamltree.Node][]dependency{}}
	c.partial = problems.Incomplete
	for _, p := range problems.All {
		c.refused[p.At] = true
		c.partial = c.partial || strings.HasPrefix(p.At, "include")
	}
	for _, at := range problems.Repeated {
		c.refused[at] = true
	}
	all := c.all()
	fragment = len(all) > 0 && !slices.ContainsFunc(all, c.hasSource)
	c.partial = c.partial || len(all) == 0 || fragment
	c.containers = slices.DeleteFunc(all, func(s spot) bool { return !compose.IsEnabled(s.Node, o.Profiles) })
	c.check()
	for _, keys := range slices.Backward(c.unfit) {
		root = root.Without(keys)
	}
	return root, fragment
}

// checker is the state of one check.
type checker struct {
	Options
	root *yamltree.Node
	// report is for what keeps docker compose from loading the project, reportCreation for what keeps
	// it from creating containers.
	report, reportCreation yamltree.Reporter
	// containers are the services and the jobs that are enabled.
	containers []spot
	dependsOn  map[*yamltree.Node][]dependency
	// used are the networks, secrets and configs of containers that are created.
	used map[*yamltree.Node]bool
	// refused are the places of the problems that the steps before found. What merely follows
	// from one of those is not reported.
	refused map[string]bool
	// within is true for a place at which a part of the value was refused.
	within func(at yamltree.Path) bool
	// partial is true for a project that lacks files, so that what it refers to may be
	// defined elsewhere: one could not be read, or no service has an image or a build, as in
	// an override file that is judged alone.
	partial bool
	// suggestions counts the names looked for among the defined ones.
	suggestions int
	// unfit are the places of what Normalize would refuse, in the order of the tree, with
	// plain indexes.
	unfit [][]string
}

// refuse reports a problem at a spot, unless it hangs on a variable that nobody set.
func (c *checker) refuse(s spot, format string, args ...any) {
	if s.known() {
		c.report(s.Node, s.path, fmt.Sprintf(format, args...))
	}
}

// section are the entries of a top-level key.
func (c *checker) section(name string) spot {
	return spot{c.root.Field(name), yamltree.Path{name}}
}

// has is true for a key that a mapping of the project has, or had before it was refused.
func (c *checker) has(s spot, key string) bool {
	if s.Field(key) != nil || len(c.refused) == 0 {
		return s.Field(key) != nil
	}
	return c.refused[s.path.At()] || c.refused[slices.Clone(s.path).Field(key).At()]
}

// all are the services and the jobs.
func (c *checker) all() []spot {
	var all []spot
	for _, section := range compose.ContainerSections {
		for _, s := range c.section(section).entries() {
			if s.is(yamltree.Mapping) {
				all = append(all, s)
			}
		}
	}
	return all
}

// hasSource is true for a container that says what to run.
func (c *checker) hasSource(s spot) bool {
	if image := s.under("image"); image.Node != nil {
		if image.text() != "" || image.Unknown() {
			return true
		}
	} else if c.has(s, "image") {
		return true
	}
	return c.has(s, "build") || c.has(s, "provider") || c.has(s, "extends") || c.Partial[s.path.At()]
}

func (c *checker) check() {
	for _, section := range compose.ContainerSections {
		for _, s := range c.section(section).entries() {
			c.form(s)
		}
	}
	for _, s := range c.containers {
		c.dependsOn[s.Node] = dependenciesOf(s)
		if s.path[0] == "services" {
			c.service(s)
		}
		c.dependencies(s)
	}
	c.containerNames()
	c.jobNames()
	c.secrets()
	c.cycles()
	if !c.Swarm { // docker stack deploy has ways of its own
		creation{c}.check()
	}
}

func (c *checker) service(s spot) {
	if !c.partial && !c.hasSource(s) {
		c.refuse(s, "service %q has neither an image nor a build: add one of them", s.key())
	}
	c.build(s)
	c.references(s)
	c.healthcheck(s)
	c.replicas(s)
	c.limits(s)
	c.watch(s)
	c.mountTargets(s)
}

// form checks what compose-go takes for granted in Normalize (loader/normalize.go), where
// it panics.
func (c *checker) form(s spot) {
	section, name := s.path[0], s.key()
	if pid := s.under("pid"); pid.isNull() {
		c.refuse(pid, `"pid" cannot be empty: write "host", "service:NAME" or "container:NAME", or remove it`)
		c.unfit = append(c.unfit, []string{section, name, "pid"})
	}
	for i, v := range s.under("volumes").entries() {
		if v.is(yamltree.Mapping) && v.Field("target") == nil {
			c.refuse(v, `the mount lacks "target", its path in the container`)
			c.unfit = append(c.unfit, []string{section, name, "volumes", strconv.Itoa(i)})
		}
	}
}

// build checks a service's build section.
func (c *checker) build(s spot) {
	build := s.under("build")
	if inline := build.under("dockerfile_inline"); inline.text() != "" && build.under("dockerfile").text() != "" {
		c.refuse(inline, `"dockerfile_inline" and "dockerfile" exclude each other: remove one`)
	}
	for _, context := range build.under("additional_contexts").entries() {
		c.additionalContext(context)
	}
	platform, platforms := s.under("platform"), build.under("platforms").entries()
	if platform.text() == "" || len(platforms) == 0 {
		return
	}
	for _, p := range platforms {
		if !p.known() || p.text() == platform.text() {
			return
		}
	}
	c.refuse(platform, `the platform %q is not among those of "build": add it to "platforms"`, platform.text())
}

func (c *checker) additionalContext(context spot) {
	name, ok := strings.CutPrefix(context.text(), types.ServicePrefix)
	if !ok || c.partial {
		return
	}
	services := c.section("services")
	target := services.under(name)
	switch {
	case !c.has(services, name):
		c.undefined(context, "service", "services", name)
	case target.Node != nil && !c.has(target, "build") && !c.Partial[target.path.At()]:
		c.refuse(context, `service %q has no "build" to take a context from`, name)
	}
}

func (c *checker) healthcheck(s spot) {
	test := s.under("healthcheck", "test")
	if !test.is(yamltree.Sequence) || len(test.Items) == 0 {
		return
	}
	first := test.entries()[0]
	if !slices.Contains([]string{"CMD", "CMD-SHELL", "NONE"}, first.text()) {
		c.refuse(first, `a list in "test" must begin with "CMD", "CMD-SHELL" or "NONE"`)
	}
}

// watch checks that every watched path has a target to synchronize to.
func (c *checker) watch(s spot) {
	for _, w := range s.under("develop", "watch").entries() {
		action, target := w.under("action"), w.under("target")
		if !action.known() || target.Node != nil && (target.Unknown() || target.text() != "") {
			continue
		}
		if a := types.WatchAction(action.text()); a != types.WatchActionRebuild && a != types.WatchActionRestart {
			c.refuse(w, `the action %q needs a "target", a path in the container`, a)
		}
	}
}

// mountTargets checks that nothing is mounted over another mount.
func (c *checker) mountTargets(s spot) {
	mounted := map[string]string{}
	mount := func(at spot, target, by string) {
		if first, ok := mounted[target]; ok {
			c.refuse(at, "%q is already the target of %s: mount one of them elsewhere", target, first)
		} else if at.known() {
			mounted[target] = by
		}
	}
	for i, t := range s.under("tmpfs").oneOrMore() {
		target, _, _ := strings.Cut(t.text(), ":")
		mount(t, target, fmt.Sprintf("tmpfs[%d]", i))
	}
	for i, v := range s.under("volumes").entries() {
		if target := v.under("target"); target.Node != nil {
			mount(target, path.Clean(target.text()), fmt.Sprintf("volumes[%d]", i))
		}
	}
}

// jobNames checks that no job has the name of a service.
func (c *checker) jobNames() {
	services := c.section("services")
	for _, job := range c.section("jobs").entries() {
		if name := job.key(); !compose.IsExtension(name) && services.Field(name) != nil {
			c.refuse(job, "%q is the name of a service, too: rename the job", name)
		}
	}
}

// secrets checks that every secret comes from somewhere.
func (c *checker) secrets() {
	for _, secret := range c.section("secrets").entries() {
		var origins []spot
		for _, key := range []string{"file", "environment", "external"} {
			origins = append(origins, secret.under(key))
		}
		if !slices.ContainsFunc(origins, func(s spot) bool {
			return s.Node != nil && (s.Unknown() || s.text() != "" && s.Value != false)
		}) {
			c.refuse(secret, `the secret %q must have "file" or "environment", or be external`, secret.key())
		}
	}
}

// names are the keys of a top-level section.
func (c *checker) names(section string) []string {
	return slices.Sorted(maps.Keys(c.root.Field(section).Values()))
}

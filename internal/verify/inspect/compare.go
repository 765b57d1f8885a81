package inspect

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// Project is what files say.
type Project struct {
	model.Input
	Sources *model.Sources
	API     rules.DockerAPISettings
	// Partial is true where there are services that are not in the project.
	Partial bool
}

// Running is what runs, and what its Compose file comes to.
type Running struct {
	Deployment
	Project model.Project
	API     rules.DockerAPISettings
}

// The sections of what is compared.
const (
	sectionDrift      = "drift"
	sectionContainers = "containers"
	sectionSockets    = "sockets"
	sectionMounts     = "mounts"
	sectionPorts      = "ports"
	sectionProxies    = "proxies"
	sectionEndpoints  = "endpoints"
	sectionNetworks   = "networks"
)

// comparison is one of a project with what runs.
type comparison struct {
	files   Project
	running Running
	// project is the name that docker compose runs the project under, empty where no container has it.
	project string
	// services are those of the files that have containers, in their order.
	services []*model.Service
	byName   map[string]*model.Service
	// seen are the services of the running Compose file, by container; containers those of a service,
	// and owner the service of a container, empty where it is none of the project's.
	seen       []*model.Service
	containers map[string][]int
	owner      []string
	byID       map[string]int
	// ports are those on which proxies listen, with a proxy of each.
	ports map[string]string
	// apiOfFiles are the mounts and settings of the files that are sockets and endpoints of a Docker API,
	// apiOfRunning those of what runs.
	apiOfFiles, apiOfRunning map[string]bool
	// unknown are the values that depend on variables, by service.
	unknown map[string][]model.Unknown
	// networks are the engine's, by their names; names are what the files call them, and engineNames the
	// other way round.
	networks           map[string]*Network
	names, engineNames map[string]string
	report             check.Report
}

// Compare compares what files say with what runs. The values of variables are shown as show returns them.
func Compare(files Project, running Running, show func(name, value string) string) (check.Report, error) {
	c := newComparison(files, running)
	if err := c.chooseProject(); err != nil {
		return check.Report{}, err
	}
	c.assign()
	c.nameNetworks()
	c.drift()
	for _, s := range c.services {
		if !s.Complete {
			c.note("service %q is not all in these files, so that it is not compared", s.Name)
			continue
		}
		for _, i := range c.containers[s.Name] {
			if c.seen[i] == nil {
				c.add(check.Check{Section: sectionContainers, ID: "container", Subject: c.subject(s, i), Why: "what docker inspect says of it could not be read"})
				continue
			}
			p := pair{comparison: c, file: s, seen: c.seen[i], container: &c.running.Containers[i], subject: c.subject(s, i), show: show}
			p.items()
			p.namespaces()
			p.commandLine()
			p.mounts()
			p.ports()
			p.settings()
			p.attachments()
		}
	}
	c.compareNetworks()
	c.strangers()
	if n := c.running.Others; n > 0 {
		c.note("%s of the input %s neither of a container nor of a network", words.Count(n, "document"), map[bool]string{true: "is", false: "are"}[n == 1])
	}
	return c.report, nil
}

func newComparison(files Project, running Running) *comparison {
	c := &comparison{
		files: files, running: running, byName: map[string]*model.Service{}, seen: make([]*model.Service, len(running.Containers)),
		containers: map[string][]int{}, owner: make([]string, len(running.Containers)), byID: map[string]int{},
		ports: map[string]string{}, apiOfFiles: nodes(files.API), apiOfRunning: nodes(running.API), unknown: map[string][]model.Unknown{},
		networks: map[string]*Network{}, names: map[string]string{}, engineNames: map[string]string{},
	}
	for i := range files.Project.Services {
		if s := &files.Project.Services[i]; s.Name == s.Owner && s.Provider == nil {
			c.services = append(c.services, s)
			c.byName[s.Name] = s
		}
	}
	seen := map[string]*model.Service{}
	for i := range running.Project.Services {
		seen[running.Project.Services[i].Name] = &running.Project.Services[i]
	}
	for i := range running.Containers {
		c.seen[i] = seen[ServiceOf(i)]
		c.byID[running.Containers[i].ID] = i
	}
	c.findUnknown()
	for name, proxy := range each(files.API.Proxies) {
		for _, port := range proxy.Ports {
			c.ports[strconv.Itoa(port)] = name
		}
	}
	for i := range running.Networks {
		c.networks[running.Networks[i].Name] = &running.Networks[i]
	}
	return c
}

// findUnknown finds the values of services that depend on variables.
func (c *comparison) findUnknown() {
	byAt := map[string]*model.Service{}
	for _, s := range c.services {
		byAt[s.At] = s
	}
	for _, u := range c.files.Unknown {
		for end := range len(u.At) + 1 {
			if s := byAt[u.At[:end]]; s != nil && (end == len(u.At) || u.At[end] == '.') {
				c.unknown[s.Name] = append(c.unknown[s.Name], u)
			}
		}
	}
}

func nodes(api rules.DockerAPISettings) map[string]bool {
	all := map[string]bool{}
	for _, at := range slices.Concat(api.Sockets, api.Endpoints) {
		all[at] = true
	}
	return all
}

func (c *comparison) note(format string, args ...any) {
	c.report.Notes = append(c.report.Notes, fmt.Sprintf(format, args...))
}

// add adds a check. Where it has no verdict, what is expected and seen says it.
func (c *comparison) add(one check.Check) {
	if one.Verdict == "" {
		one.Verdict = check.Compared(one.Expected, one.Seen)
	}
	if one.Verdict == check.Unknown && one.Why == "" {
		one.Why = "the files do not say it"
	}
	if one.Verdict == check.Unknown && one.Seen != "" {
		one.Why += "; here: " + one.Seen
	}
	c.report.Checks = append(c.report.Checks, one)
}

// place is where a node of the files stands, or a value of it.
func (c *comparison) place(at, key string) *model.Location {
	origin, ok := c.files.Sources.Locate(at, key)
	if !ok {
		return nil
	}
	return &origin.Location
}

// subject is what a check calls a container: its service, and where that has several its own name.
func (c *comparison) subject(s *model.Service, i int) string {
	if len(c.containers[s.Name]) == 1 {
		return s.Name
	}
	return fmt.Sprintf("%s (%s)", s.Name, c.running.Containers[i].name())
}

// chooseProject finds the name that the project runs under, with which docker compose labels its containers: that
// which the files state, or the one of most of their services.
func (c *comparison) chooseProject() error {
	services := map[string]map[string]bool{}
	for i := range c.running.Containers {
		project, service := c.running.Containers[i].project(), c.running.Containers[i].service()
		if c.byName[service] == nil || project == "" {
			continue
		}
		if services[project] == nil {
			services[project] = map[string]bool{}
		}
		services[project][service] = true
	}
	if len(services[c.files.Project.Name]) > 0 {
		c.project = c.files.Project.Name
		return nil
	}
	var best []string
	for project, of := range each(services) {
		switch {
		case len(best) == 0 || len(of) > len(services[best[0]]):
			best = []string{project}
		case len(of) == len(services[best[0]]):
			best = append(best, project)
		}
	}
	if len(best) > 1 {
		return fmt.Errorf("the containers can be those of the projects %s: say by \"name:\" in the file which it is", words.And(quoted(best)))
	}
	ofVariable := slices.ContainsFunc(c.files.Unknown, func(u model.Unknown) bool { return u.At == "name" })
	if c.project = strings.Join(best, ""); c.project != "" && c.files.Project.Name != "" && !ofVariable {
		c.note("no container is of the project %q that the files name: those of %q are compared", c.files.Project.Name, c.project)
	}
	return nil
}

// assign finds the containers of each service: by the labels of docker compose, or by the name that a file
// states for one that has none.
func (c *comparison) assign() {
	named := map[string]string{}
	for _, s := range c.services {
		if s.ContainerName != nil && *s.ContainerName != "" {
			named[*s.ContainerName] = s.Name
		}
	}
	for i := range c.running.Containers {
		container := &c.running.Containers[i]
		switch {
		case c.project != "" && container.project() == c.project:
			c.owner[i] = container.service()
		case container.project() == "":
			c.owner[i] = named[container.name()]
		}
		if c.byName[c.owner[i]] != nil {
			c.containers[c.owner[i]] = append(c.containers[c.owner[i]], i)
		}
	}
}

func quoted(names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = fmt.Sprintf("%q", name)
	}
	return all
}

// mine is true for a container of the project, be its service in the files or not.
func (c *comparison) mine(i int) bool {
	return c.byName[c.owner[i]] != nil || c.project != "" && c.running.Containers[i].project() == c.project
}

// mostNamed is how many names a phrase has.
const mostNamed = 10

// list names some things, the first of many.
func list(all []string) string {
	slices.Sort(all)
	all = slices.Compact(all)
	if more := len(all) - mostNamed; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(all[:mostNamed], ", "), more)
	}
	return strings.Join(all, ", ")
}

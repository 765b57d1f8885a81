package normalize

import (
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/parallel"
	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// addServices writes the models of the services or jobs of a section, in file order: those of many
// side by side, each share by a writer of its own.
func (p *project) addServices(w *writer, section string) {
	entries := w.root.Field(section)
	names := slices.DeleteFunc(entries.KeysInFileOrder(), func(name string) bool {
		n := entries.Field(name)
		return n.Kind != yamltree.Mapping || !compose.IsEnabled(n, p.profiles)
	})
	services := make([]model.Service, len(names))
	if len(names) <= perShare {
		for i, name := range names {
			services[i] = p.service(w, section, name, entries.Field(name))
		}
	} else {
		writers := make([]*writer, (len(names)+perShare-1)/perShare)
		parallel.Each(len(writers), func(share int) {
			own := w.fork()
			for i := share * perShare; i < min((share+1)*perShare, len(names)); i++ {
				services[i] = p.service(own, section, names[i], entries.Field(names[i]))
			}
			writers[share] = own
		})
		for _, own := range writers {
			w.join(own)
		}
	}
	for i, name := range names {
		p.add(services[i], entries.Field(name))
	}
}

// perShare is how many services a writer writes of many; tests have few.
var perShare = 100

// service is the model of one service or job, which is an entry of a section.
func (p *project) service(w *writer, section, name string, n *yamltree.Node) model.Service {
	kind := strings.TrimSuffix(section, "s")
	at := yamltree.Path{section, name}.At()
	c := w.at(at, n)
	c.inherits = p.of.Partial[at]
	s := container(c, p.Volumes)
	s.Name, s.Kind, s.Called = name, kind, fmt.Sprintf("%s %q", kind, name)
	if c.inherits {
		inheritNetworks(c, &s)
	}
	s.EnvironmentIncomplete = p.of.Unread[at] || c.inherits || anyNameUnknown(c, "environment")
	markFromFiles(&s, p.of.Stated.Field(section).Field(name))
	s.Complete = (n.Field("image") != nil || n.Field("build") != nil) && !c.inherits
	return s
}

// add adds a service or job, which n states. A job with the name of a service gets another one, since
// policies find containers by name.
func (p *project) add(s model.Service, n *yamltree.Node) {
	if p.find(s.Name) != nil {
		s.Name = s.Kind + " " + s.Name
	}
	s.Owner = s.Name
	p.nodes[s.Name], p.byName[s.Name] = n, len(p.Services)
	if name := s.ContainerName; name != nil && *name != "" && p.containerOf[*name] == "" {
		p.containerOf[*name] = s.Name
	}
	p.Services = append(p.Services, s)
}

// container writes what a service, a job or a hook says of its container.
func container(c cursor, volumes []model.Volume) model.Service {
	s := model.Service{At: c.at}
	source(c, &s)
	process(c, &s)
	isolation(c, &s)
	filesOf(c, &s, volumes)
	connections(c, &s)
	return s
}

// source writes where the container comes from.
func source(c cursor, s *model.Service) {
	s.Profiles = c.Field("profiles").KnownTexts()
	s.DependsOn = dependencies(c)
	s.Image = image(c)
	s.Built = c.Field("build") != nil
	s.Build = imageBuild(c)
	s.PullPolicy = c.text("pull_policy", "missing")
	if s.PullPolicy != nil && *s.PullPolicy == "if_not_present" {
		s.PullPolicy = new("missing")
	}
	s.ContainerName = c.text("container_name", "")
	s.Provider = provider(c)
}

// dependencies are the services that the service is started after.
func dependencies(c cursor) []string {
	return append([]string{}, c.Field("depends_on").Keys()...)
}

// provider is the program that docker compose runs for the service.
func provider(c cursor) *model.Provider {
	c = c.below("provider")
	if c.Node == nil {
		return nil
	}
	return &model.Provider{At: c.at, Type: c.text("type", ""), Options: settings(c, "options")}
}

// process writes what runs in the container, and how it is kept running.
func process(c cursor, s *model.Service) {
	s.User, s.Group = user(c)
	s.Groups = groups(c)
	s.Entrypoint = words(c, "entrypoint")
	s.EntrypointRemoved = entrypointRemoved(c)
	s.Command = words(c, "command")
	s.WorkingDir = workingDir(c)
	s.Options = options(c)
	s.StdinOpen = c.boolean("stdin_open", false)
	s.Replicas = replicas(c)
	s.Restart = restart(c)
	s.Healthcheck = healthcheck(c)
	s.Logging = logging(c)
	s.Credentials = credentials(c)
	s.Environment = environment(c)
	s.EnvFiles = envFiles(c)
	s.Labels = settings(c, "labels")
	s.LabelFiles = labelFiles(c)
}

// isolation writes what separates the container from the host.
func isolation(c cursor, s *model.Service) {
	s.Privileged = c.boolean("privileged", false)
	s.SecurityOptions = securityOptions(c)
	s.NoNewPrivileges = noNewPrivileges(c, s.SecurityOptions)
	s.CapAdd = capabilities(c, "cap_add")
	s.CapDrop = capabilities(c, "cap_drop")
	s.Namespaces = namespaces(c)
	s.Devices = devices(c)
	s.DeviceCgroupRules = cgroupRules(c)
	s.Sysctls = settings(c, "sysctls")
	s.Runtime = c.text("runtime", "")
	s.Isolation = c.text("isolation", "")
	s.CredentialSpec = credentialSpec(c)
	s.UseAPISocket = c.boolean("use_api_socket", false)
	s.CgroupParent = c.text("cgroup_parent", "")
	s.Deploy = deploy(c)
	s.Limits = limits(c, s.Deploy.Limits)
	s.Ulimits = ulimits(c)
	s.OOMKillDisable = c.boolean("oom_kill_disable", false)
}

// filesOf writes which files the container has.
func filesOf(c cursor, s *model.Service, volumes []model.Volume) {
	s.ReadOnly = c.boolean("read_only", false)
	s.Mounts = mounts(c, volumes)
	s.VolumesFrom = []model.VolumesFrom{}
	s.Watch = watch(c)
}

// connections writes whom the container can reach, and who can reach it.
func connections(c cursor, s *model.Service) {
	s.Ports = ports(c)
	s.Expose = expose(c)
	s.Networks = attachments(c)
	s.ExtraHosts = extraHosts(c)
	s.Endpoints = endpoints(c, *s)
	s.Entries = []model.Entry{}
	s.Wiring = wiring(c)
}

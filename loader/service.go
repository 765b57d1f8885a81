package loader

import (
	"fmt"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// service writes the model of one service or job, which is an entry of a section. A job
// with the name of a service gets another one, since policies find containers by name.
func (b *builder) service(section, name string, n *yamltree.Node) {
	kind := strings.TrimSuffix(section, "s")
	s := b.container(b.mark(yamltree.Path{section, name}.At(), n), n)
	s.Name, s.Kind, s.Called = name, kind, fmt.Sprintf("%s %q", kind, name)
	if b.find(name) != nil {
		s.Name = kind + " " + name
	}
	s.Owner = s.Name
	s.EnvironmentIncomplete = b.unread[yamltree.Path{section, name}.At()]
	stated := b.stated.Field(section).Field(name)
	notInCompose(s.Environment, stated.Field("environment"))
	notInCompose(s.Labels, stated.Field("labels"))
	s.Complete = n.Field("image") != nil || n.Field("build") != nil
	b.nodes[s.Name], b.byName[s.Name] = n, len(b.project.Services)
	if name := s.ContainerName; name != nil && *name != "" && b.containerOf[*name] == "" {
		b.containerOf[*name] = s.Name
	}
	b.project.Services = append(b.project.Services, s)
}

// container writes what a service, a job or a hook says of its container.
func (b *builder) container(at string, n *yamltree.Node) model.Service {
	s := model.Service{At: at}
	b.source(&s, n)
	b.process(&s, n)
	b.isolation(&s, n)
	b.files(&s, n)
	b.network(&s, n)
	return s
}

// source writes where the container comes from.
func (b *builder) source(s *model.Service, n *yamltree.Node) {
	s.Profiles = n.Field("profiles").KnownTexts()
	s.Image = b.image(s.At, n)
	s.Built = n.Field("build") != nil
	s.Build = b.imageBuild(s.At, n)
	s.PullPolicy = b.text(s.At, n, "pull_policy", "missing")
	if s.PullPolicy != nil && *s.PullPolicy == "if_not_present" {
		s.PullPolicy = new("missing")
	}
	s.ContainerName = b.text(s.At, n, "container_name", "")
	s.Provider = b.provider(s.At, n)
}

// provider is the program that docker compose runs for the service.
func (b *builder) provider(at string, n *yamltree.Node) *model.Provider {
	at, n = b.section(at, n, "provider")
	if n == nil {
		return nil
	}
	return &model.Provider{At: at, Type: b.text(at, n, "type", ""), Options: b.settings(at, n, "options")}
}

// process writes what runs in the container, and how it is kept running.
func (b *builder) process(s *model.Service, n *yamltree.Node) {
	s.User, s.Group = b.user(s.At, n)
	s.Groups = b.groups(s.At, n)
	s.Entrypoint = b.words(s.At, n, "entrypoint")
	s.Command = b.words(s.At, n, "command")
	s.Options = b.options(s.At, n)
	s.StdinOpen = b.boolean(s.At, n, "stdin_open", false)
	s.Restart = b.restart(s.At, n)
	s.Healthcheck = b.healthcheck(s.At, n)
	s.Logging = b.logging(s.At, n)
	s.Credentials = b.credentials(s.At, n)
	s.Environment = b.environment(s.At, n)
	s.EnvFiles = b.envFiles(s.At, n)
	s.Labels = b.settings(s.At, n, "labels")
	s.LabelFiles = b.labelFiles(s.At, n)
}

// isolation writes what separates the container from the host.
func (b *builder) isolation(s *model.Service, n *yamltree.Node) {
	s.Privileged = b.boolean(s.At, n, "privileged", false)
	s.SecurityOptions = b.securityOptions(s.At, n)
	s.NoNewPrivileges = b.noNewPrivileges(s.SecurityOptions, n)
	s.CapAdd = b.capabilities(s.At, n, "cap_add")
	s.CapDrop = b.capabilities(s.At, n, "cap_drop")
	s.Namespaces = b.namespaces(s.At, n)
	s.Devices = b.devices(s.At, n)
	s.DeviceCgroupRules = b.cgroupRules(s.At, n)
	s.Sysctls = b.settings(s.At, n, "sysctls")
	s.Runtime = b.text(s.At, n, "runtime", "")
	s.Isolation = b.text(s.At, n, "isolation", "")
	s.CredentialSpec = b.credentialSpec(s.At, n)
	s.UseAPISocket = b.boolean(s.At, n, "use_api_socket", false)
	s.CgroupParent = b.text(s.At, n, "cgroup_parent", "")
	s.Deploy = b.deploy(s.At, n)
	s.Limits = b.limits(s.At, n, s.Deploy.Limits)
	s.Ulimits = b.ulimits(s.At, n)
	s.OOMKillDisable = b.boolean(s.At, n, "oom_kill_disable", false)
}

// files writes which files the container has.
func (b *builder) files(s *model.Service, n *yamltree.Node) {
	s.ReadOnly = b.boolean(s.At, n, "read_only", false)
	s.Mounts = b.mounts(s.At, n)
	s.Watch = b.watch(s.At, n)
}

// network writes whom the container can reach, and who can reach it.
func (b *builder) network(s *model.Service, n *yamltree.Node) {
	s.Ports = b.ports(s.At, n)
	s.Expose = b.expose(s.At, n)
	s.Networks = b.attachments(s.At, n)
	s.ExtraHosts = b.extraHosts(s.At, n)
	s.Endpoints = b.endpoints(*s)
	s.Entries = []model.Entry{}
}

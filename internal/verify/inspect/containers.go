// Package inspect compares what `docker inspect` and `docker network inspect` say with the model of a
// project: what runs is written as a Compose file (compose.go), so that it comes to the same model in the
// same spelling, and the two are compared (compare.go).
package inspect

import (
	"encoding/json"
	"strings"
)

// Deployment is what the engine says of its containers and networks.
type Deployment struct {
	// Containers and Networks are in the order of their names.
	Containers []Container
	Networks   []Network
	// Hashes are those of `docker compose config --hash '*'`, by service; none where they were not given.
	Hashes map[string]string
	// Others is how many documents are neither of a container nor of a network.
	Others int
}

// Container is as much of a container as is compared. The names are those of dockerd 20.10 to 29, and
// Podman has the same.
type Container struct {
	ID    string `json:"Id"`
	Name  string
	State struct {
		Status   string
		ExitCode int
		Health   struct{ Status string }
	}
	Config struct {
		Image           string
		User            string
		Env             []string
		Cmd, Entrypoint line
		Labels          map[string]string
		OpenStdin       bool
		Healthcheck     struct{ Test []string }
	}
	HostConfig HostConfig
	Mounts     []Mount
	// NetworkSettings has the ports that are published while the container runs, and its networks by the
	// names that the engine knows them by.
	NetworkSettings struct {
		Ports    map[string][]binding
		Networks map[string]struct{ Aliases []string }
	}
	// OCIRuntime is Podman's alone.
	OCIRuntime string
}

// HostConfig is what the engine was asked for.
type HostConfig struct {
	Privileged, ReadonlyRootfs, OomKillDisable bool
	CapAdd, CapDrop, SecurityOpt, GroupAdd     []string
	DeviceCgroupRules, ExtraHosts              []string
	Sysctls, Tmpfs                             map[string]string
	NetworkMode, PidMode, IpcMode              string
	UTSMode, UsernsMode, CgroupnsMode          string
	Memory, NanoCpus, CPUQuota, CPUPeriod      int64
	PidsLimit                                  *int64
	Runtime, CgroupParent                      string
	PortBindings                               map[string][]binding
	// MaskedPaths and ReadonlyPaths are empty, and not null, where systempaths=unconfined was asked for.
	MaskedPaths, ReadonlyPaths []string
	RestartPolicy              struct {
		Name              string
		MaximumRetryCount int
	}
	LogConfig struct {
		Type   string
		Config map[string]string
	}
	Ulimits []struct {
		Name       string
		Hard, Soft int64
	}
	Devices []struct{ PathOnHost, PathInContainer, CgroupPermissions string }
}

// Mount is what of the host a container sees.
type Mount struct {
	Type, Name, Source, Destination, Propagation string
	RW                                           bool
}

type binding struct{ HostIP, HostPort string }

// Network is as much of a network as is compared.
type Network struct {
	ID                   string `json:"Id"`
	Name, Driver         string
	Internal, EnableIPv6 bool
	Options, Labels      map[string]string
	// Containers are those on it, by their ids.
	Containers map[string]struct{ Name string }
}

// line is a command line, which Podman 4 writes as one text.
type line []string

func (l *line) UnmarshalJSON(text []byte) error {
	var list []string
	if err := json.Unmarshal(text, &list); err == nil {
		*l = list
		return nil
	}
	var joined string
	err := json.Unmarshal(text, &joined)
	*l = strings.Fields(joined)
	return err
}

// The labels that docker compose gives what it makes.
const (
	labelProject   = "com.docker.compose.project"
	labelService   = "com.docker.compose.service"
	labelDirectory = "com.docker.compose.project.working_dir"
	labelHash      = "com.docker.compose.config-hash"
	labelOneOff    = "com.docker.compose.oneoff"
	labelNetwork   = "com.docker.compose.network"
)

func (c *Container) project() string { return c.Config.Labels[labelProject] }

// service is the one that docker compose made the container for, empty for any other container, and for one
// of `docker compose run`.
func (c *Container) service() string {
	if c.oneOff() {
		return ""
	}
	return c.Config.Labels[labelService]
}

func (c *Container) oneOff() bool { return strings.EqualFold(c.Config.Labels[labelOneOff], "true") }

// name is that of people, without the slash that the engine begins it with.
func (c *Container) name() string { return strings.TrimPrefix(c.Name, "/") }

func (c *Container) runs() bool {
	return c.State.Status == "running" || c.State.Status == "restarting" || c.State.Status == "paused"
}

// state says how a container runs that does: it may be up without serving anybody.
func (c *Container) state() string {
	switch {
	case c.State.Status == "running" && c.State.Health.Status == "unhealthy":
		return "unhealthy"
	case c.State.Status == "restarting", c.State.Status == "paused":
		return c.State.Status
	}
	return running
}

// byPodman is true where the engine is Podman, which names its runtime so, or in a field of its own.
func (c *Container) byPodman() bool { return c.OCIRuntime != "" || c.HostConfig.Runtime == "oci" }

// environment are the variables by name.
func (c *Container) environment() map[string]string {
	all := map[string]string{}
	for _, variable := range c.Config.Env {
		name, value, _ := strings.Cut(variable, "=")
		all[name] = value
	}
	return all
}

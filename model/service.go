package model

// Service is one service and the container that Compose makes of it.
type Service struct {
	At   string `json:"at"`
	Name string `json:"name"`
	// Complete is true when the project says where the container comes from (image or
	// build). It is false for a fragment, such as an override file judged alone: what such
	// a service lacks may stand elsewhere, so rules that judge absence skip it.
	Complete      bool    `json:"complete"`
	Image         *Image  `json:"image,omitempty"`
	Built         bool    `json:"built"`
	ContainerName *string `json:"container_name,omitempty"`

	Privileged *bool `json:"privileged,omitempty"`
	// NoNewPrivileges is true when the security option is in force, however it is spelt.
	NoNewPrivileges *bool            `json:"no_new_privileges,omitempty"`
	SecurityOptions []SecurityOption `json:"security_options"`
	CapAdd          []Capability     `json:"cap_add"`
	CapDrop         []Capability     `json:"cap_drop"`
	Namespaces      []Namespace      `json:"namespaces"`
	// UseAPISocket is true when Compose hands the engine's API socket, and the registry
	// credentials, to the container.
	UseAPISocket *bool  `json:"use_api_socket,omitempty"`
	Limits       Limits `json:"limits"`

	Mounts      []Mount      `json:"mounts"`
	Environment []Variable   `json:"environment"`
	Options     []Option     `json:"options"`
	Endpoints   []Endpoint   `json:"endpoints"`
	Ports       []Port       `json:"ports"`
	Networks    []Attachment `json:"networks"`
}

// Image is an image reference in its parts, as docker reads it: docker.io and library/
// are left out.
type Image struct {
	At         string `json:"at"`
	Registry   string `json:"registry"`
	Repository string `json:"repository"`
	// Tag is empty when the reference has none. It is unknown when a variable that nobody
	// set is part of it.
	Tag    *string `json:"tag,omitempty"`
	Digest string  `json:"digest"`
}

// SecurityOption is an entry of security_opt. The bare form of a switch has the value
// "true"; ":" and "=" are the same.
type SecurityOption struct {
	At    string `json:"at"`
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Capability is a Linux capability in upper case, without CAP_.
type Capability struct {
	At   string `json:"at"`
	Name string `json:"name"`
}

// Namespace is a kernel namespace that the service states: network, pid, ipc, uts,
// userns or cgroup.
type Namespace struct {
	At   string `json:"at"`
	Name string `json:"name"`
	// Mode is the word of the file: host, none, bridge, private, service, container ….
	Mode string `json:"mode"`
	// Of names the service or container whose namespace is joined, else empty.
	Of string `json:"of"`
	// Host is true when the container ends up in the host's namespace: by the mode itself,
	// by a network that is the host's, or through the service it joins.
	Host bool `json:"host"`
	// Through lists the namespaces (their At) of the services on the way to the host's.
	Through []string `json:"through"`
}

// Limits are the resource limits in force, by whichever key. 0 is no limit.
type Limits struct {
	// Memory is in bytes.
	Memory *int64 `json:"memory,omitempty"`
	// CPUs is a number of cores; cpu_quota is counted by its period.
	CPUs *float64 `json:"cpus,omitempty"`
	// CPUShares is a relative weight, 0 for the engine's default.
	CPUShares *int64 `json:"cpu_shares,omitempty"`
	// Pids is a number of processes; -1 is unlimited, as 0 is.
	Pids *int64 `json:"pids,omitempty"`
}

// Mount is anything that brings files into the container, by whichever key.
type Mount struct {
	At string `json:"at"`
	// Type is bind, volume, tmpfs, npipe, image, cluster, secret or config.
	Type string `json:"type"`
	// Volume is the key of the named volume, else empty.
	Volume string `json:"volume"`
	// HostPath is the path on the host that the container sees: of a bind, of a named volume
	// that binds one, of a secret's or config's file. It is cleaned, /var/run is written
	// /run, and a relative path stays relative. It is empty for anything else.
	HostPath *string `json:"host_path,omitempty"`
	// Source is HostPath as the file writes it, for messages.
	Source string `json:"source"`
	// Target is the path inside of the container, cleaned.
	Target   *string `json:"target,omitempty"`
	ReadOnly *bool   `json:"read_only,omitempty"`
	// From names the service whose mount this is, when it comes by volumes_from.
	From string `json:"from"`
}

// Variable is an environment variable of the container.
type Variable struct {
	At   string `json:"at"`
	Name string `json:"name"`
	// Value is unknown when the variable is passed through from the shell.
	Value *string `json:"value,omitempty"`
}

// Option is a command line option of the container's command: --name=value, --name
// value, or -name alone (the value is then empty). Name has no dashes in front.
type Option struct {
	At   string `json:"at"`
	Name string `json:"name"`
	// Value is unknown when it depends on a variable that nobody set.
	Value *string `json:"value,omitempty"`
}

// Endpoint is an environment variable or option whose value is the address of a server.
type Endpoint struct {
	At string `json:"at"`
	// Name is the variable's or the option's.
	Name string `json:"name"`
	// Scheme is empty for a bare host:port.
	Scheme string `json:"scheme"`
	Host   string `json:"host"`
	// Port is 0 when the address has none.
	Port int `json:"port"`
	// Path is that of a unix socket or named pipe, cleaned like Mount.HostPath.
	Path string `json:"path"`
	// Services are those of the project that the host names.
	Services []string `json:"services"`
	// Reachable says whether one of Services shares a network with this one. It is unknown
	// when the host may be outside of the project.
	Reachable *bool `json:"reachable,omitempty"`
}

// Port is one published port. A range of container ports is one Port each.
type Port struct {
	At     string `json:"at"`
	Target int    `json:"target"`
	// Published is the port on the host, or a range of them to choose from; it is empty where
	// the engine chooses any.
	Published *string `json:"published,omitempty"`
	// HostIP is 0.0.0.0 where the file states none.
	HostIP   *string `json:"host_ip,omitempty"`
	Protocol string  `json:"protocol"`
}

// Attachment is a service's membership in a network.
type Attachment struct {
	At string `json:"at"`
	// Name is that of an entry of Project.Networks.
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
}

package model

// SecurityOption is an entry of security_opt. The bare form of a switch has the value
// "true"; ":" and "=" are the same.
type SecurityOption struct {
	At string `json:"at"`
	// Name is no-new-privileges, seccomp, apparmor, label, systempaths ….
	Name string `json:"name"`
	// Value is all that follows the name; true and false are spelt so.
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
	// Joined is the service of the project whose namespace it is, else empty: nobody's, or that of
	// a container of another project.
	Joined string `json:"joined"`
	// Host is true when the container ends up in the host's namespace: by the mode itself,
	// by a network that is the host's, or through the service it joins.
	Host bool `json:"host"`
	// Through lists the namespaces (their At) of the services on the way to the host's: of a
	// long way, the first ones and the last.
	Through []string `json:"through"`
}

// Device is a device of the host in the container.
type Device struct {
	At string `json:"at"`
	// Source is the device's path on the host, cleaned, or its name in the form of the
	// Container Device Interface (vendor.com/class=name).
	Source *string `json:"source,omitempty"`
	// Target is its path in the container, cleaned; Source where the file states none.
	Target *string `json:"target,omitempty"`
	// Permissions are those of r, w and m (make nodes) that are granted, in this order; rwm
	// where the file states none.
	Permissions *string `json:"permissions,omitempty"`
}

// CgroupRule lets the container use devices by their numbers, if it has or makes a node of
// them.
type CgroupRule struct {
	At string `json:"at"`
	// Type is a (all), b (block) or c (character).
	Type string `json:"type"`
	// Major is a number, or * for any.
	Major string `json:"major"`
	// Minor is a number, or * for any.
	Minor string `json:"minor"`
	// Access is as Device.Permissions.
	Access string `json:"access"`
}

// CredentialSpec is the account that a Windows container runs under: of the three sources
// one is not empty.
type CredentialSpec struct {
	At string `json:"at"`
	// File is a file in the engine's own directory for them.
	File *string `json:"file,omitempty"`
	// Registry is a key of the host's registry.
	Registry *string `json:"registry,omitempty"`
	// Config is the name of a config of a swarm.
	Config *string `json:"config,omitempty"`
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
	// Zero are those of mem_limit and cpus that the service states as 0, which is no limit.
	Zero []string `json:"zero"`
}

// Ulimit is a limit of the container's processes; -1 is unlimited.
type Ulimit struct {
	At string `json:"at"`
	// Name is nofile, nproc, memlock ….
	Name string `json:"name"`
	// Soft is the limit in force.
	Soft *int64 `json:"soft,omitempty"`
	// Hard is what a process can raise it to.
	Hard *int64 `json:"hard,omitempty"`
}

// Deploy is what a service says under deploy.
type Deploy struct {
	// At is the service where it says nothing.
	At string `json:"at"`
	// Limits are those of deploy.resources alone, which docker stack deploy goes by;
	// Service.Limits has what is in force for docker compose.
	Limits Resources `json:"limits"`
	// Reservations limit nothing.
	Reservations Resources `json:"reservations"`
	// Labels are those of a swarm's service, not of its containers.
	Labels []Setting `json:"labels"`
}

// Resources are amounts of a container's resources. 0 is none stated.
type Resources struct {
	// Memory is in bytes.
	Memory *int64 `json:"memory,omitempty"`
	// CPUs is a number of cores.
	CPUs *float64 `json:"cpus,omitempty"`
	// Pids is a number of processes; -1 is unlimited.
	Pids *int64 `json:"pids,omitempty"`
}

package model

// Daemon is what the configuration file of the engine says, daemon.json, with dockerd's defaults for
// what it does not state. A value that dockerd refuses is unknown.
type Daemon struct {
	At string `json:"at"`
	// Complete is false where the file could not be read at all: what it does not state is unknown then.
	Complete bool `json:"complete"`
	// Stated are the keys that take effect, in order of their names.
	Stated []string `json:"stated"`
	// Problems are what dockerd refuses. With any of them the engine does not start.
	Problems []Problem `json:"problems"`
	// Idle are the keys that dockerd takes and passes over.
	Idle []IdleKey `json:"idle"`

	// Hosts are where the API listens; there is none where the unit or the default says it.
	Hosts []DaemonHost `json:"hosts"`
	// TLS is true where the API has TLS on its tcp hosts, which tlsverify asks for by being there,
	// TLSVerify where clients need a certificate, and OwnCA where it has to be of an authority that the file
	// names: without one the public ones count.
	TLS       *bool `json:"tls,omitempty"`
	TLSVerify *bool `json:"tls_verify,omitempty"`
	OwnCA     bool  `json:"own_ca"`
	// AuthorizationPlugins are asked about each request of the API, in order.
	AuthorizationPlugins []DaemonEntry `json:"authorization_plugins"`

	// ICC is true where containers on the default bridge reach each other.
	ICC *bool `json:"icc,omitempty"`
	// IP is the address that ports of containers on the default bridge are published on.
	IP *string `json:"ip,omitempty"`
	// NetworkOpts are options of the networks that are made without them, by driver.
	NetworkOpts        []DaemonNetworkOpt `json:"network_opts"`
	IPTables           *bool              `json:"iptables,omitempty"`
	IP6Tables          *bool              `json:"ip6tables,omitempty"`
	AllowDirectRouting *bool              `json:"allow_direct_routing,omitempty"`
	// AcceptFWMark is the mark of packets that pass to every container, empty for none.
	AcceptFWMark *string `json:"accept_fwmark,omitempty"`
	// ForwardNoDrop is true where the host forwards what no rule allows.
	ForwardNoDrop *bool               `json:"forward_no_drop,omitempty"`
	UserlandProxy *bool               `json:"userland_proxy,omitempty"`
	AddressPools  []DaemonAddressPool `json:"address_pools"`

	// UsernsRemap is the user that root of containers is on the host, empty where it is root.
	UsernsRemap *string `json:"userns_remap,omitempty"`
	// Rootless is true where the engine itself is not root.
	Rootless        *bool `json:"rootless,omitempty"`
	NoNewPrivileges *bool `json:"no_new_privileges,omitempty"`
	// SeccompProfile is builtin, unconfined or a path.
	SeccompProfile *string  `json:"seccomp_profile,omitempty"`
	Ulimits        []Ulimit `json:"ulimits"`
	// IPCMode is private or shareable.
	IPCMode *string `json:"ipc_mode,omitempty"`
	// CgroupnsMode is host or private, empty where the version of the host's cgroups decides.
	CgroupnsMode *string `json:"cgroupns_mode,omitempty"`
	CgroupParent *string `json:"cgroup_parent,omitempty"`
	// Runtime is the default one, Runtimes are those that are added.
	Runtime  *string         `json:"runtime,omitempty"`
	Runtimes []DaemonRuntime `json:"runtimes"`

	// LogDriver is that of containers which state none, LogOpts are its options.
	LogDriver *string   `json:"log_driver,omitempty"`
	LogOpts   []Setting `json:"log_opts"`
	// LogLevel is that of the engine's own log, in small letters.
	LogLevel *string `json:"log_level,omitempty"`
	Debug    *bool   `json:"debug,omitempty"`

	// InsecureRegistries are registries and subnets without TLS, or with certificates that are not checked.
	InsecureRegistries []DaemonEntry `json:"insecure_registries"`
	// Mirrors are those of Docker Hub.
	Mirrors []DaemonEntry `json:"mirrors"`
	// Proxies are addresses with the names of their keys.
	Proxies []Setting `json:"proxies"`

	LiveRestore  *bool `json:"live_restore,omitempty"`
	Experimental *bool `json:"experimental,omitempty"`
	// MinAPIVersion is the oldest version that clients may ask for, empty for the engine's default.
	MinAPIVersion *string `json:"min_api_version,omitempty"`
	// MetricsAddr is where metrics are served, empty for nowhere.
	MetricsAddr   *string `json:"metrics_addr,omitempty"`
	CRIContainerd *bool   `json:"cri_containerd,omitempty"`
	// NRI is true where plugins may change containers (Node Resource Interface).
	NRI *bool `json:"nri,omitempty"`
}

// IdleKey is a key that dockerd takes and passes over.
type IdleKey struct {
	At   string `json:"at"`
	Name string `json:"name"`
	// Kind is flag for the name of a flag that is no key, group for a key in a group, where booleans alone
	// count, removed for one that was removed.
	Kind string `json:"kind"`
	// Means is the key that is meant by a flag, perhaps empty, and the name of the group.
	Means string `json:"means"`
}

// DaemonEntry is an entry of a list.
type DaemonEntry struct {
	At    string `json:"at"`
	Value string `json:"value"`
}

// DaemonHost is where the API listens.
type DaemonHost struct {
	At    string `json:"at"`
	Value string `json:"value"`
	// Scheme is unix, tcp, fd or npipe.
	Scheme string `json:"scheme"`
	// Host is the name or address of tcp, localhost where it states none.
	Host string `json:"host"`
	// Loopback is true where only the host itself gets in.
	Loopback bool `json:"loopback"`
}

// DaemonNetworkOpt is an option of the networks of a driver.
type DaemonNetworkOpt struct {
	At     string `json:"at"`
	Driver string `json:"driver"`
	Name   string `json:"name"`
	Value  string `json:"value"`
}

// DaemonAddressPool is where the subnets of networks come from.
type DaemonAddressPool struct {
	At   string `json:"at"`
	Base string `json:"base"`
	// Private is true where the addresses are of nobody on the internet.
	Private bool `json:"private"`
}

// DaemonRuntime is a runtime that the file adds.
type DaemonRuntime struct {
	At   string `json:"at"`
	Name string `json:"name"`
	// Path is the program, empty where Type names a shim of containerd.
	Path string `json:"path"`
	Type string `json:"type"`
}

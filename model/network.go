package model

// Network is an entry of the top-level networks, or the default network that Compose
// adds for services that name none.
type Network struct {
	At   string `json:"at"`
	Name string `json:"name"`
	// Implicit is true for the default network that no file declares.
	Implicit bool `json:"implicit"`
	// EngineName is the name that the Docker engine knows it by.
	EngineName *string `json:"engine_name,omitempty"`
	// Driver is empty where the engine's default driver is used.
	Driver *string `json:"driver,omitempty"`
	// DriverOpts are the options of the driver.
	DriverOpts []Setting `json:"driver_opts"`
	// External is true for a network that exists outside of the project: its own settings
	// are not to be seen here.
	External *bool `json:"external,omitempty"`
	// Internal is true when containers cannot reach the outside through it.
	Internal *bool `json:"internal,omitempty"`
	// Isolated is true when containers cannot reach the host by an address of the bridge either.
	Isolated *bool `json:"isolated,omitempty"`
	// Subnets are those that the file states (10.5.0.0/24), as far as all are known.
	Subnets []string `json:"subnets"`
	// Gateways are the addresses of the engine's host on Subnets.
	Gateways []string `json:"-"`
	// Attachable is true when containers outside of the project's services can join the
	// network of a swarm.
	Attachable *bool `json:"attachable,omitempty"`
	// IPv4 is true unless enable_ipv4 is false.
	IPv4 *bool `json:"ipv4,omitempty"`
	// IPv6 is true when enable_ipv6 is.
	IPv6 *bool `json:"ipv6,omitempty"`
}

// Attachment is a service's membership in a network.
type Attachment struct {
	At string `json:"at"`
	// Name is that of an entry of Project.Networks.
	Name string `json:"name"`
	// Aliases are further names of the container on the network.
	Aliases []string `json:"aliases"`
	// Unnamed is true where the container does not have the name of its service on the network.
	Unnamed bool `json:"-"`
	// Names are all by which the engine's resolver knows the container on the network, in lower
	// case, but for the one that Compose makes up (shop-web-1).
	Names []string `json:"names"`
	// Addresses are the static ones of the container on the network, as far as they are known.
	Addresses []string `json:"addresses"`
}

// Wiring is what a container's names and connections follow from, beyond the fields that
// policies see: it is for package topology alone.
type Wiring struct {
	// Hostname is the name that the container gives itself, empty where it is unknown.
	Hostname string
	// Links are those of the file whose text is known.
	Links []Link
	// StatesNetwork is true where network_mode is there, and NetworkUnknown where it depends on a
	// variable that nobody set.
	StatesNetwork, NetworkUnknown bool
	// MoreNetworks is true where the container may be on networks whose names are not known.
	MoreNetworks bool
	// ForeignNames is true where the container may know names that no file shows: by external_links,
	// a name server of its own, or entries of extra_hosts that depend on variables.
	ForeignNames bool
}

// Link gives a service another name, in one container.
type Link struct {
	Service string
	// Alias is empty where the link names the service alone.
	Alias string
}

// Endpoint is an environment variable or option whose value is the address of a server, or the
// name of a service where it is called a host.
type Endpoint struct {
	At string `json:"at"`
	// Name is the variable's or the option's.
	Name string `json:"name"`
	// Scheme is empty for a bare host:port.
	Scheme string `json:"scheme"`
	// Host is a name or an address, empty for a socket or a pipe.
	Host string `json:"host"`
	// Port is 0 when the address has none.
	Port int `json:"port"`
	// Path is that of a unix socket or named pipe, cleaned like Mount.HostPath.
	Path string `json:"path"`
	// Services are those of the project that the host names, of several those that are reached,
	// those that live in the network namespace of one, since they answer at its address, and for an
	// address of the engine's host those that it leads to there.
	Services []string `json:"services"`
	// Meant is the name that Host is a slip of where it names nothing of the project, and Services
	// are those of that name; else empty.
	Meant string `json:"meant"`
	// Assumed is true where a default stands in the address for what a file may say that is not here.
	Assumed bool `json:"-"`
	// Target is the port of the container that the endpoint leads to: Port, but for one that the
	// host publishes.
	Target int `json:"target"`
	// Reachable says whether one of Services can be reached by that name: it has a network
	// namespace of its own and the name on a network that it shares with this one. It is unknown
	// when the host may be outside of the project.
	Reachable *bool `json:"reachable,omitempty"`
	// Beyond says who may have the host where Reachable is unknown: anybody, such as a container of
	// another project, or machine where only the name server of the engine's host can know
	// it, since the container is on no network of others. It is empty for a path, and elsewhere.
	Beyond string `json:"beyond"`
}

// Entry is a way by which somebody outside of the project opens a connection to a container.
type Entry struct {
	// At is what opens it: a port, a namespace, a label, perhaps of another service, a
	// variable, an attachment, or the option of a reverse proxy.
	At string `json:"at"`
	// Kind is port, host-network, router, external-network or edge.
	Kind string `json:"kind"`
	// Called is a phrase for messages and paths: port 8080 on 0.0.0.0, the host's network, the
	// Traefik router "web", the external network "proxy". A port that another service
	// publishes is said to be of it: port 8080 on 0.0.0.0 of service "vpn".
	Called string `json:"called"`
	// Port is the container's port that it leads to, 0 for any.
	Port int `json:"port"`
	// Router is the kind of reverse proxy that a router belongs to: traefik, caddy,
	// nginx-proxy, coolify or swag. It is empty for anything but a router.
	Router string `json:"router"`
	// Loopback is true for a port that is published on a loopback address: only the host
	// itself gets in. It is unknown where the address is.
	Loopback *bool `json:"loopback,omitempty"`
	// Open is true where somebody outside can be there. It is unknown for an external
	// network, since no file says who else is on it, and for a port whose networks may all be
	// internal, which would keep Compose from publishing it.
	Open *bool `json:"open,omitempty"`
}

// Port is one published port. A range of container ports is one Port each.
type Port struct {
	At string `json:"at"`
	// Target is the port of the container.
	Target int `json:"target"`
	// Published is the port on the host, or a range of them to choose from; it is empty where
	// the engine chooses any.
	Published *string `json:"published,omitempty"`
	// First is the first port that Published stands for, 0 where the engine chooses any.
	First *int64 `json:"first,omitempty"`
	// Last is the last one: First again where it is one port.
	Last *int64 `json:"last,omitempty"`
	// HostIP is 0.0.0.0 where the file states none.
	HostIP *string `json:"host_ip,omitempty"`
	// Protocol is tcp where the file states none.
	Protocol string `json:"protocol"`
}

// Exposure is a port that the container offers to others on its networks. A range is one
// Exposure.
type Exposure struct {
	At string `json:"at"`
	// Port is a number, or a range of them.
	Port string `json:"port"`
	// Protocol is tcp where the file states none.
	Protocol string `json:"protocol"`
}

// Host is an entry of a hosts file.
type Host struct {
	At   string `json:"at"`
	Name string `json:"name"`
	// Address is without brackets, or the word host-gateway.
	Address *string `json:"address,omitempty"`
}

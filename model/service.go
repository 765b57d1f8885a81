package model

// Service is one container that Compose makes: of a service, of a job, or of a lifecycle
// hook. The hooks of a service follow all services and jobs.
type Service struct {
	At string `json:"at"`
	// Name is unique among all of them: that of a hook is web.pre_start[0].
	Name string `json:"name"`
	// Kind is service, job, pre_start, post_start or pre_stop. A pre_start hook runs in a
	// container of its own; post_start and pre_stop hooks run in that of their service. What a
	// hook does not state itself it takes from its service: here it is absent, so that one
	// cause gives one finding.
	Kind string `json:"kind"`
	// Called is a phrase for messages: service "web", job "migrate", pre_start hook 1 of
	// service "web".
	Called string `json:"called"`
	// Owner is the name of the service that a hook belongs to, and the own name of anything
	// else.
	Owner string `json:"owner"`
	// Complete is true when the project says where the container comes from (image or
	// build). It is false for a fragment, such as an override file judged alone, for a service
	// that extends what could not be read, and for a hook: what such a service lacks may stand
	// elsewhere, so rules that judge absence skip it.
	Complete bool `json:"complete"`
	// Profiles are those that start the service; without any it always starts.
	Profiles []string `json:"profiles"`
	// DependsOn are the services that it is started after, by name.
	DependsOn []string `json:"depends_on"`

	Image *Image `json:"image,omitempty"`
	// Built is true where Build is there.
	Built bool `json:"built"`
	// Build is absent where nothing is built.
	Build *Build `json:"build,omitempty"`
	// PullPolicy is missing, always, never, build, refresh, daily, weekly or every_<time>.
	PullPolicy *string `json:"pull_policy,omitempty"`
	// ContainerName is empty where Compose makes one up.
	ContainerName *string `json:"container_name,omitempty"`
	// Provider is absent for a service that is a container.
	Provider *Provider `json:"provider,omitempty"`
	// Traefik is what the service is told where its image is Traefik, else absent.
	Traefik *Traefik `json:"traefik,omitempty"`

	// User is a name or a number without leading zeros, "0" for root too; empty where the
	// image says who it is.
	User *string `json:"user,omitempty"`
	// Group is that of User, in the same spelling; empty where the file names none.
	Group *string `json:"group,omitempty"`
	// Groups are those of group_add.
	Groups []Group `json:"groups"`
	// Entrypoint is empty where the image's own is used.
	Entrypoint []Word `json:"entrypoint"`
	// EntrypointRemoved is true where the file takes that of the image away and has none instead:
	// the first word of Command is the program.
	EntrypointRemoved *bool `json:"entrypoint_removed,omitempty"`
	// Command is empty where the image's own is used.
	Command []Word `json:"command"`
	// WorkingDir is where the program starts, cleaned; empty where the image says it.
	WorkingDir *string `json:"working_dir,omitempty"`
	// Options are the options in Entrypoint and Command.
	Options []Setting `json:"options"`
	// Credentials are what Entrypoint, Command and the health check give under the name of a
	// credential: by an option, also a short one of a program that is known (mysql -p, which
	// has the name password), by an assignment within a script, or in a header.
	Credentials []Setting `json:"credentials"`
	// StdinOpen is true when the container's standard input stays open, for whoever attaches.
	StdinOpen *bool `json:"stdin_open,omitempty"`
	// Replicas is the number of its containers: 1 where the file states none.
	Replicas    *int64      `json:"replicas,omitempty"`
	Restart     Restart     `json:"restart"`
	Healthcheck Healthcheck `json:"healthcheck"`
	Logging     Logging     `json:"logging"`

	// Privileged is true for every capability and device, and no profile.
	Privileged *bool `json:"privileged,omitempty"`
	// NoNewPrivileges is true when the security option is in force, however it is spelt.
	NoNewPrivileges   *bool            `json:"no_new_privileges,omitempty"`
	SecurityOptions   []SecurityOption `json:"security_options"`
	CapAdd            []Capability     `json:"cap_add"`
	CapDrop           []Capability     `json:"cap_drop"`
	Namespaces        []Namespace      `json:"namespaces"`
	Devices           []Device         `json:"devices"`
	DeviceCgroupRules []CgroupRule     `json:"device_cgroup_rules"`
	// Sysctls are kernel parameters.
	Sysctls []Setting `json:"sysctls"`
	// Runtime is empty where the engine's default runtime is used.
	Runtime *string `json:"runtime,omitempty"`
	// Isolation is the kind of a Windows container: process, hyperv, or empty for the engine's
	// default.
	Isolation *string `json:"isolation,omitempty"`
	// CredentialSpec is absent where there is none.
	CredentialSpec *CredentialSpec `json:"credential_spec,omitempty"`
	// UseAPISocket is true when Compose hands the engine's API socket, and the registry
	// credentials, to the container.
	UseAPISocket *bool `json:"use_api_socket,omitempty"`
	// CgroupParent is empty where the engine's own is used.
	CgroupParent *string  `json:"cgroup_parent,omitempty"`
	Limits       Limits   `json:"limits"`
	Ulimits      []Ulimit `json:"ulimits"`
	// OOMKillDisable is true when the kernel spares the container when memory runs out.
	OOMKillDisable *bool  `json:"oom_kill_disable,omitempty"`
	Deploy         Deploy `json:"deploy"`

	// ReadOnly is true when the container's root file system is.
	ReadOnly *bool   `json:"read_only,omitempty"`
	Mounts   []Mount `json:"mounts"`
	// VolumesFrom are the containers whose volumes this one has too: those that are stated are
	// among Mounts, those that their images declare are not known.
	VolumesFrom []VolumesFrom `json:"volumes_from"`
	// Watch is what develop.watch copies into the container, or rebuilds on, while somebody
	// works on it.
	Watch []Watch `json:"watch"`

	// Environment has the variables of the service and of its env files.
	Environment []Setting `json:"environment"`
	// EnvironmentIncomplete is true where an env file could not be read, or the name of a variable
	// is not known, so that there may be more variables.
	EnvironmentIncomplete bool `json:"environment_incomplete"`
	// EnvFiles are the files of env_file.
	EnvFiles []FileRef `json:"env_files"`
	// Labels has those of the container and of its label files.
	Labels []Setting `json:"labels"`
	// LabelFiles are the files of label_file.
	LabelFiles []FileRef `json:"label_files"`

	// NetworkOwner names the service whose network namespace the container uses: itself, or
	// the end of the chain of network_mode; that of a post_start or pre_stop hook is its
	// service's. It is empty for the host's namespace, for none, and where it cannot be known:
	// a container of another project, an unset variable, a cycle.
	NetworkOwner string       `json:"network_owner"`
	Endpoints    []Endpoint   `json:"endpoints"`
	Ports        []Port       `json:"ports"`
	Expose       []Exposure   `json:"expose"`
	Networks     []Attachment `json:"networks"`
	// Entries are the ways into the container from outside of the project, those that the
	// owner of its network namespace opens too. A hook has those that it opens itself.
	Entries []Entry `json:"entries"`
	// ExtraHosts are names that the container's own hosts file knows.
	ExtraHosts []Host `json:"extra_hosts"`
	// Wiring is what NetworkOwner, Reachable and Entries follow from, beyond the rest.
	Wiring Wiring `json:"-"`
}

// HookKinds are the kinds of lifecycle hooks, and the attributes of a service that list them.
var HookKinds = []string{"pre_start", "post_start", "pre_stop"}

// Image is an image reference in its parts, as docker reads it: docker.io and library/
// are left out.
type Image struct {
	At string `json:"at"`
	// Registry is empty for docker.io.
	Registry *string `json:"registry,omitempty"`
	// Repository is the name without registry, tag and digest.
	Repository *string `json:"repository,omitempty"`
	// Tag is empty when the reference has none.
	Tag *string `json:"tag,omitempty"`
	// Digest is empty when the reference has none, else sha256:….
	Digest *string `json:"digest,omitempty"`
}

// Setting is a name with a value, from a mapping or from an entry NAME=VALUE of a list: an
// environment variable, a label, a sysctl, a build argument, an option of a driver. Where
// it is an option of the container's command (--name=value, --name value, or -name alone),
// Name has no dashes in front.
type Setting struct {
	At   string `json:"at"`
	Name string `json:"name"`
	// Value is unknown when it depends on a variable that nobody set, and for an environment
	// variable that is passed through from the shell. It is empty where there is none.
	Value *string `json:"value,omitempty"`
	// Literal is what the files themselves say of the value: the text around variables, and
	// their defaults, without what .env and the environment put in. A secret in it is one
	// that everybody who has the files can read.
	Literal string `json:"literal"`
	// FromFile is true when an env file or a label file says it.
	FromFile bool `json:"from_file"`
}

// Word is a word of a command line.
type Word struct {
	At string `json:"at"`
	// Value is unknown when it depends on a variable that nobody set.
	Value *string `json:"value,omitempty"`
	// Literal is as that of a Setting.
	Literal string `json:"literal"`
}

// FileRef names a file that Compose reads.
type FileRef struct {
	At string `json:"at"`
	// Path is spelt as Mount.HostPath.
	Path *string `json:"path,omitempty"`
}

// Traefik is what a Traefik is told in the Compose file.
// https://doc.traefik.io/traefik/getting-started/configuration-overview/#the-static-configuration
type Traefik struct {
	// Options are those of its command line, or where that has none those that variables state:
	// Traefik reads one of them only. Their names are in lower case, in the spelling of the
	// command line.
	Options []Setting `json:"options"`
	// File says whether Traefik takes its options from a file instead: yes, perhaps or no.
	File *string `json:"file,omitempty"`
}

// Provider is a program of the host that docker compose runs instead of a container.
type Provider struct {
	At string `json:"at"`
	// Type is the name of a plugin of docker or of a program, or a path.
	Type *string `json:"type,omitempty"`
	// Options are given to it on its command line.
	Options []Setting `json:"options"`
}

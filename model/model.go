// Package model is what a policy sees of a Compose project: services, networks
// and volumes in one spelling, with the defaults of Compose and Docker filled in.
//
// The structs are the contract with the policies. Their JSON names are the field
// names that Rego uses, and schema.json is generated from them (go generate
// ./model). Three conventions hold throughout:
//
//   - Collections are arrays. Each entry has an At, the public name of the node
//     (services.web, services.web.ports[80:80/tcp]), and is found by its name or value,
//     never by a map key.
//   - A pointer is a value that may be unknown. It is nil, and the field absent from the
//     policy's input, when the value depends on a variable that nobody set. A policy
//     compares (x == false), so that an absent value keeps it silent.
//   - Every other field is always there.
package model

// Input is the whole input of the policies.
type Input struct {
	Project  Project   `json:"project"`
	Problems []Problem `json:"problems"`
	Unknown  []Unknown `json:"unknown"`
	// Missing are the files that are not here and that a repository may rightly leave out.
	Missing []MissingFile `json:"missing"`
	// Daemon is what the configuration file of the engine says; it is there where one was given.
	Daemon *Daemon `json:"daemon,omitempty"`
	Config Config  `json:"config"`
}

// Config is what the caller asked for.
type Config struct {
	// Enabled lists the ids of the rules to evaluate.
	Enabled []string `json:"enabled"`
	// Strict is true when the benchmark's absence rules judge every service.
	Strict bool `json:"strict"`
	// Target is what runs the project: compose, or swarm for docker stack deploy.
	Target string `json:"target"`
	// Roles are those of the configuration file.
	Roles Roles `json:"roles"`
	// Registries are those that images may come from, each perhaps with the start of a
	// repository: docker.io, ghcr.io/acme. Where there is none, any may.
	Registries []string `json:"registries"`
	// HarmlessMounts are host paths that may be mounted, with all below them.
	HarmlessMounts []string `json:"harmless_mounts"`
	// Engine is the version of the engine that runs the project, as 28 or 29.3; empty where nobody
	// says, and it is taken for a current one.
	Engine string `json:"engine"`
	// Today is the day that somebody states for that of the judgement, as 2027-01-31; empty for none.
	Today string `json:"today"`
	// EnvFile is where variables of the project can be set: .env, or the last of the env files that
	// stand in its place.
	EnvFile string `json:"env_file"`
	// EnvironmentKnown is true where the user says what the environment is, so that a variable
	// which it lacks is set nowhere.
	EnvironmentKnown bool `json:"environment_known"`
}

// Roles are what services are for, where that cannot be seen from the project. A service
// of them need not be in it: one configuration serves several projects.
type Roles struct {
	// Proxies are the services that stand before the Docker API, by name.
	Proxies []ProxyRole `json:"proxies"`
	// Clients are the services that use a proxy, by name.
	Clients []ClientRole `json:"clients"`
	// Edge are the services that outsiders reach by what is not in the project, by name.
	Edge []string `json:"edge"`
	// Networks are those that a proxy may be on, whoever else is on them, by name.
	Networks []string `json:"networks"`
}

// ProxyRole says which socket proxy a service is.
type ProxyRole struct {
	Service string `json:"service"`
	// Kind is a name in data.composelint.proxies.
	Kind string `json:"kind"`
}

// ClientRole says what a service uses the Docker API for.
type ClientRole struct {
	Service string `json:"service"`
	// Needs are operationIds of the Docker API, and names in data.composelint.consumers.
	Needs []string `json:"needs"`
}

// Problem is something that docker compose would refuse. The rest of the project is
// judged all the same.
type Problem struct {
	// At is the place of what is refused, or of what it is part of.
	At string `json:"at"`
	// Key is the attribute under At, else empty.
	Key string `json:"key"`
	// Message says what is wrong, and what would be right.
	Message string `json:"message"`
	// Stage is load where docker compose does not read the project, or the engine its configuration, and
	// create where it, or the engine, does not create or start the container.
	Stage string `json:"stage"`
	// Meant is what the message takes for meant, a key or a text in the place of a slip of it, else empty.
	Meant string `json:"meant"`
	// Undefined are the keys of what is missing at the top level and would be whole by its name, such as
	// volumes and data, else empty.
	Undefined []string `json:"undefined"`
}

// MissingFile is a file that docker compose needs and that is not here.
type MissingFile struct {
	// At is the place that names the file.
	At string `json:"at"`
	// Kind is env_file, secret or config.
	Kind string `json:"kind"`
	// File is its path, as messages write it.
	File string `json:"file"`
	// URI is its path from the root of the repository, or as it is written where it lies elsewhere.
	URI string `json:"uri"`
	// Elsewhere is true for a path that leads out of the repository, where nothing was looked for.
	Elsewhere bool `json:"elsewhere"`
}

// Unknown is a value that could not be judged because a variable it uses is not known.
type Unknown struct {
	// At is the node that lacks the value, or an entry of it.
	At string `json:"at"`
	// Key is the attribute under At, empty where At is the value itself.
	Key string `json:"key"`
	// Variable is the name of the variable, or PartOfHash.
	Variable string `json:"variable"`
	// SetBy says who sets the variable where the project runs: one of SetBy. It is empty for one
	// that nobody is known to set.
	SetBy string `json:"set_by"`
	// Required is true where the file requires the variable, by ${NAME:?}, and Reason what it says
	// of that.
	Required bool   `json:"required"`
	Reason   string `json:"reason"`
}

// SetBy are those who set a variable whose value is known only where the project runs: the process
// of docker compose, docker compose itself, the target by what the configuration says of it.
const (
	SetByProcess = "process"
	SetByCompose = "compose"
	SetByTarget  = "target"
)

// PartOfHash stands for the name of what is no variable to whoever wrote it, but a part of a
// password or of its hash behind a single $: the name would give that away.
const PartOfHash = "*"

// Project is one Compose project, as docker compose would run it.
type Project struct {
	// Name is the project name of the file, empty when the file states none.
	Name string `json:"name"`
	// Services are all containers: those of the services, the jobs and the hooks.
	Services []Service    `json:"services"`
	Networks []Network    `json:"networks"`
	Volumes  []Volume     `json:"volumes"`
	Secrets  []Secret     `json:"secrets"`
	Configs  []ConfigFile `json:"configs"`
	Models   []Model      `json:"models"`
	// Overrides are what a file defines anew that a file which it includes defines
	// differently.
	Overrides []Override `json:"overrides"`
	// Slips are what docker compose reads as something else than the files seem to say.
	Slips []Slip `json:"slips"`
	// Unused are the networks, volumes, secrets and configs that no service or job uses.
	Unused []Definition `json:"unused"`
}

// Definition is an entry of a top-level section.
type Definition struct {
	At string `json:"at"`
	// Section is networks, volumes, secrets or configs.
	Section string `json:"section"`
	Name    string `json:"name"`
}

// Slip is what docker compose reads as something else than the file seems to say.
type Slip struct {
	At string `json:"at"`
	// Kind is tag for a tag that nobody knows, date for a value that is a date to YAML, profile for
	// one of COMPOSE_PROFILES that no service has, version for the key of that name, which docker
	// compose ignores, and mount for a volume that another one of its list hides.
	Kind string `json:"kind"`
	// Text is the tag, the key of the value, the profile, the version, or what is mounted.
	Text string `json:"text"`
	// Means is the tag or the profile that was meant, what the date becomes, or the target of the mount,
	// else empty.
	Means string `json:"means"`
}

// Override is a definition that lies over that of an included file.
type Override struct {
	At string `json:"at"`
	// Section is services, jobs, networks, volumes, secrets, configs or models.
	Section string `json:"section"`
	// Name is that of what is defined twice.
	Name string `json:"name"`
}

// Volume is an entry of the top-level volumes.
type Volume struct {
	At   string `json:"at"`
	Name string `json:"name"`
	// Driver is empty where the engine's default driver is used.
	Driver *string `json:"driver,omitempty"`
	// External is true for a volume that exists outside of the project.
	External *bool `json:"external,omitempty"`
	// Type is the file system that the local driver mounts by driver_opts, in small letters;
	// empty when the volume is an ordinary one.
	Type *string `json:"type,omitempty"`
	// Device is the host path whose files are in the volume by driver_opts, cleaned like
	// Mount.HostPath: one that is bound, the first of an overlay, the own place of proc, sysfs
	// and the like, one that the host itself exports. It is empty for any other volume.
	Device *string `json:"device,omitempty"`
	// Partial is what is known of a device that depends on variables that are not known.
	Partial *PartialSource `json:"partial,omitempty"`
	// Source is the device of driver_opts as the file writes it, for messages.
	Source string `json:"source"`
	// Shown are all host paths of Device, for mounts of the volume.
	Shown []HostFile `json:"-"`
}

// HostFile is a path of the host, in its one spelling and as messages write it.
type HostFile struct {
	Path, Source string
}

// Secret is an entry of the top-level secrets.
type Secret struct {
	At   string `json:"at"`
	Name string `json:"name"`
	// File is the path of the file it comes from, cleaned; empty where it comes from elsewhere.
	File *string `json:"file,omitempty"`
	// Environment is the variable that it comes from, else empty.
	Environment *string `json:"environment,omitempty"`
	// External is true for a secret that exists outside of the project.
	External *bool `json:"external,omitempty"`
}

// ConfigFile is an entry of the top-level configs.
type ConfigFile struct {
	At   string `json:"at"`
	Name string `json:"name"`
	// File is as that of a Secret.
	File *string `json:"file,omitempty"`
	// Environment is as that of a Secret.
	Environment *string `json:"environment,omitempty"`
	// Content is the text of the file itself, empty where it comes from elsewhere.
	Content *string `json:"content,omitempty"`
	// Literal is of Content what that of a Setting is of its value.
	Literal string `json:"literal"`
	// Credentials are what the text gives under the name of a credential, as those of a
	// Service.
	Credentials []Setting `json:"credentials"`
	// External is true for a config that exists outside of the project.
	External *bool `json:"external,omitempty"`
}

// Model is an entry of the top-level models: an AI model that services use.
type Model struct {
	At   string `json:"at"`
	Name string `json:"name"`
	// Reference is what is pulled, without tag and digest.
	Reference *string `json:"reference,omitempty"`
	// Tag is empty when the reference has none.
	Tag *string `json:"tag,omitempty"`
	// Digest is empty when the reference has none.
	Digest *string `json:"digest,omitempty"`
}

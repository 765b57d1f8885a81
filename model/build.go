package model

// Build is how an image is built.
type Build struct {
	At string `json:"at"`
	// Tags are the names that the image gets besides that of the service.
	Tags []Image `json:"tags"`
	// Contexts are where the files come from: the build's own context, whose name is empty,
	// and the additional ones.
	Contexts []BuildContext `json:"contexts"`
	// Args are the build arguments; an argument whose value comes from the environment and is
	// not set there is left out.
	Args []Setting `json:"args"`
	// Labels are those of the image.
	Labels []Setting `json:"labels"`
	// Network is that of the RUN steps: default, none, host or another one; empty where the
	// builder decides.
	Network *string `json:"network,omitempty"`
	// Privileged is true when the RUN steps are privileged.
	Privileged   *bool         `json:"privileged,omitempty"`
	Entitlements []Entitlement `json:"entitlements"`
	// SSH are the agents and keys that RUN steps can ask for.
	SSH        []SSHKey `json:"ssh"`
	ExtraHosts []Host   `json:"extra_hosts"`
}

// BuildContext is a directory, a repository, an image or another service that a build
// takes files from.
type BuildContext struct {
	At string `json:"at"`
	// Name is empty for the build's own context.
	Name string `json:"name"`
	// Source is a path, cleaned, or an address without its fragment.
	Source *string `json:"source,omitempty"`
	// Remote is true for an address of a repository or of an archive.
	Remote *bool `json:"remote,omitempty"`
	// Ref is the branch, tag or commit of a remote one; empty where the file states none.
	Ref *string `json:"ref,omitempty"`
}

// Entitlement is a right that a build asks for, such as network.host or security.insecure.
type Entitlement struct {
	At   string `json:"at"`
	Name string `json:"name"`
}

// SSHKey is an agent, a socket or a key that a build can use.
type SSHKey struct {
	At string `json:"at"`
	// Name is the id that RUN steps ask for; default is the agent of whoever builds.
	Name string `json:"name"`
	// Path is empty where the agent is used.
	Path *string `json:"path,omitempty"`
}

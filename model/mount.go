package model

// VolumesFrom is an entry of volumes_from.
type VolumesFrom struct {
	At string `json:"at"`
	// Of is the name of the service, or of the container, as the file has it.
	Of string `json:"of"`
	// Service is the one of the project that it names, or whose container it names, else empty.
	Service string `json:"service"`
}

// Mount is anything that brings files into the container, by whichever key.
type Mount struct {
	At string `json:"at"`
	// Type is bind, volume, tmpfs, npipe, image, cluster, secret or config.
	Type string `json:"type"`
	// Volume is the key of the named volume, else empty.
	Volume string `json:"volume"`
	// HostPath is the path on the host that the container sees: of a bind, of a named volume
	// that shows one (there is a mount for each of several), of a secret's or config's file. It
	// is cleaned, links of the tree are followed, /var/run is written /run, and a relative path
	// stays relative unless it leads to the host's root. It is empty for anything else, such as
	// a config with its content in the Compose file.
	HostPath *string `json:"host_path,omitempty"`
	// Source is HostPath as the file writes it, for messages, and where it leads by a link.
	Source string `json:"source"`
	// Partial is what is known of a source that depends on variables that are not known.
	Partial *PartialSource `json:"partial,omitempty"`
	// Target is the path inside of the container, cleaned.
	Target *string `json:"target,omitempty"`
	// ReadOnly is false where the file does not say so.
	ReadOnly *bool `json:"read_only,omitempty"`
	// Propagation says whether mounts made below it later reach the other side: rprivate,
	// private, rshared, shared, rslave or slave. It is rprivate for a bind that states none,
	// and empty for anything that is not a bind.
	Propagation *string `json:"propagation,omitempty"`
	// SELinux is z or Z where the files of a bind are relabelled, for all containers or for
	// this one, else empty.
	SELinux *string `json:"selinux,omitempty"`
	// Allows are those of exec, suid and dev that a tmpfs allows. Docker's default is none.
	Allows []string `json:"allows"`
	// Ignored are words of a short form's mode that Compose does not know and ignores.
	Ignored []string `json:"ignored"`
	// From names the service whose mount this is, when it comes by volumes_from.
	From string `json:"from"`
}

// PartialSource is what is known of the source of a mount that depends on variables that are not
// known.
type PartialSource struct {
	// Written is the source as the file writes it.
	Written string `json:"written"`
	// Least is the path of the host that it is where the variables are empty, which is what docker
	// compose takes those for that are not set. It is empty where that is none, or cannot be.
	Least string `json:"least"`
	// Ends is how the source ends, behind the last of the variables.
	Ends string `json:"ends"`
}

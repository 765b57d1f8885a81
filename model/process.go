package model

// Group is a supplementary group of the container's process.
type Group struct {
	At string `json:"at"`
	// Name is a name or a number, "0" for root too.
	Name string `json:"name"`
}

// Restart is the restart policy in force: that of deploy before that of the service.
type Restart struct {
	// At is the service where nothing states a policy.
	At string `json:"at"`
	// Policy is no, on-failure, always or unless-stopped.
	Policy *string `json:"policy,omitempty"`
	// MaxAttempts is the number of restarts after failures, 0 for any number.
	MaxAttempts *int64 `json:"max_attempts,omitempty"`
	// Replaced is the policy that restart states where deploy has another one in its place, else empty.
	Replaced string `json:"replaced"`
}

// Healthcheck is the check of the container's health.
type Healthcheck struct {
	// At is the service where it states none.
	At string `json:"at"`
	// Stated is true when the service says anything about the check: without, that of the
	// image is used, if it has one.
	Stated bool `json:"stated"`
	// Disabled is true when that of the image is switched off: by disable, or by the test
	// NONE.
	Disabled *bool `json:"disabled,omitempty"`
	// Test starts with CMD, CMD-SHELL or NONE. It is empty where the image's is used.
	Test []Word `json:"test"`
}

// Logging is where the container's output goes.
type Logging struct {
	// At is the service where it states nothing.
	At string `json:"at"`
	// Driver is empty where the engine's default driver is used, and its configuration is not known.
	Driver *string `json:"driver,omitempty"`
	// ByEngine is true where the configuration of the engine says the driver, not the service.
	ByEngine bool `json:"by_engine"`
	// Options are those of the driver, with those of the engine's configuration that the service lacks.
	Options []Setting `json:"options"`
}

// Watch is an entry of develop.watch.
type Watch struct {
	At string `json:"at"`
	// Path is on the host, cleaned; a relative one stays relative.
	Path *string `json:"path,omitempty"`
	// Action is sync, rebuild, restart, sync+restart or sync+exec.
	Action *string `json:"action,omitempty"`
	// Target is the path in the container that sync copies to.
	Target *string `json:"target,omitempty"`
	// Ignore are patterns of paths that are left out.
	Ignore []string `json:"ignore"`
}

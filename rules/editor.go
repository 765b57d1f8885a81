package rules

import (
	"context"

	"github.com/composelint/composelint/model"
)

// FlagProxy is a socket proxy that flags steer.
type FlagProxy struct {
	// Name is that of its kind for people.
	Name string `json:"name"`
	// Option is the one that takes a flag, empty where flags are variables.
	Option string `json:"option"`
	// Gate is the flag that lets other methods than GET and HEAD through, empty where there is none.
	Gate  string `json:"gate"`
	Flags []Flag `json:"flags"`
}

// Flag is one of a socket proxy.
type Flag struct {
	Name string `json:"name"`
	// Default is the value that the image gives it.
	Default string `json:"default"`
	// Values are those that it can be given; there is none where an option takes it.
	Values []FlagValue `json:"values"`
	// Opens are the requests that it lets through by itself, as "GET /info", and More those besides that it
	// lets through with the gate, or the gate with other flags.
	Opens []string `json:"opens"`
	More  []string `json:"more"`
	// Root is true where Opens make root on the host possible, MoreRoot where they do with More.
	Root     bool `json:"root"`
	MoreRoot bool `json:"more_root"`
	// NeededBy are the clients of the proxy that need it, as far as their needs are known.
	NeededBy []string `json:"needed_by"`
}

// FlagValue is a value of a flag, and whether it is on then.
type FlagValue struct {
	Value string `json:"value"`
	On    bool   `json:"on"`
}

// FlagProxies are the socket proxies of a project that flags steer, by service.
func (e *Engine) FlagProxies(ctx context.Context, input model.Input, sources *model.Sources) (proxies map[string]FlagProxy, err error) {
	err = e.ask(sized(ctx, sources), EditorProxies, encode(input), &proxies)
	return proxies, err
}

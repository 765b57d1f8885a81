package rules

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/model"
)

// Deployment is how a kind of socket proxy is run that flags, a profile or a list of what may pass alone set up.
type Deployment struct {
	// Name is that of the kind for people.
	Name  string `json:"name"`
	Image string `json:"image"`
	Port  int    `json:"port"`
	// Form is how it is told what may pass: by flags, by a profile in Variable, by variables with an expression
	// each, whose names begin with Variable and the method, or by lines of Variable with a method and an expression.
	Form     string `json:"form"`
	Variable string `json:"variable"`
	// Settings are what it is to be told besides: to listen to others, to have no rules of its own.
	Settings map[string]string `json:"settings"`
	// Admits is the variable with the names and addresses of those whom it lets in, empty where it lets in
	// everybody.
	Admits string `json:"admits"`
	// Hardened is true where it is known to run with a read-only root file system, with CapAdd as its
	// only capabilities and with Tmpfs for what it writes.
	Hardened bool     `json:"hardened"`
	CapAdd   []string `json:"cap_add"`
	Tmpfs    []string `json:"tmpfs"`
	// User is the one as whom its image runs, who needs the group of the engine's socket; empty for root.
	User string `json:"user"`
}

// Least is the least of the Docker API that the clients of a project need.
type Least struct {
	Clients []LeastClient `json:"clients"`
	// Aside are services that are known to use a Docker API where they are given one, which they are
	// not.
	Aside []string `json:"aside"`
	// Replaced are the socket proxies that the project has.
	Replaced []string     `json:"replaced"`
	Groups   []LeastGroup `json:"groups"`
	Proxies  []LeastFlags `json:"proxies"`
	// Sockets are the paths of the host of the sockets that clients and proxies of the project hold.
	Sockets []string `json:"sockets"`
}

// LeastClient is a client of the Docker API.
type LeastClient struct {
	Service string `json:"service"`
	// Image is the name of its image, in its last two elements, empty where it is not known.
	Image string `json:"image"`
	// Name is that of the program, empty where it is not known.
	Name string `json:"name"`
	// Known is true where it is known what it needs, Writes where it needs more than to read.
	Known bool `json:"known"`
	// Like is the first client that needs and may need the same and asks for it in the same way, which stands for all of them in
	// LeastFlags; empty where it is not known what this one needs.
	Like   string `json:"like"`
	Writes bool   `json:"writes"`
	// Needs are the operations that it cannot do without, MayNeed those that it may use besides.
	Needs   []string `json:"needs"`
	MayNeed []string `json:"may_need"`
	// ToldBy are the variables and options that tell it where the API is, Settings where else that is
	// said, as the end of a sentence; UnixOnly is true of one that asks unix sockets alone.
	ToldBy []string `json:"told_by"`
	// Form is how it is told of a HOST and a PORT, With are other settings that it needs then.
	Form     string            `json:"form"`
	With     map[string]string `json:"with"`
	Settings string            `json:"settings"`
	UnixOnly bool              `json:"unix_only"`
	// Older is true where only its release asks unix sockets alone.
	Older  bool   `json:"older"`
	Advice string `json:"advice"`
	// NetworkMode is what its network_mode begins with, empty where it states none, and NetworkOf the
	// service whose network namespace it uses, mostly itself.
	NetworkMode string `json:"network_mode"`
	NetworkOf   string `json:"network_of"`
}

// LeastGroup are clients that are to share a proxy.
type LeastGroup struct {
	Writes  bool     `json:"writes"`
	Clients []string `json:"clients"`
	// Labels keep off the proxy those of the clients that route to every container that they see.
	Labels []string `json:"labels"`
}

// LeastFlags are the fewest flags of a kind of proxy for a group, its profile or its list of what may pass. Its clients are those that stand for
// all that are alike.
type LeastFlags struct {
	Kind string `json:"kind"`
	// Group is the index of the group.
	Group int `json:"group"`
	// Profile is the one that lets through the least, of those that deny the fewest of its needs.
	Profile string `json:"profile"`
	// Rules are the list: all else is denied.
	Rules []LeastRule `json:"rules"`
	// Flags are those that let through what the clients need, with the clients that use each.
	Flags map[string][]string `json:"flags"`
	// MoreFlags let through what they may need besides; More says of every flag who may use it.
	MoreFlags []string            `json:"more_flags"`
	More      map[string][]string `json:"more"`
	// DefaultOn are the flags that are on where nothing sets them.
	DefaultOn []string `json:"default_on"`
	// Denied are, by client, the operations that nothing of it lets through.
	Denied map[string][]string `json:"denied"`
	// Operations is how many operations pass by Flags.
	Operations int `json:"operations"`
	// Root is true where these make root on the host of whoever reaches the proxy, RootBy are the clients
	// whose needs alone do.
	Root   bool     `json:"root"`
	RootBy []string `json:"root_by"`
}

// LeastRule lets an operation through.
type LeastRule struct {
	Operation string `json:"operation"`
	Method    string `json:"method"`
	// Expression matches the whole path, with what its clients put in front of it.
	Expression string `json:"expression"`
	// Clients need it, MayNeed may need it.
	Clients []string `json:"clients"`
	MayNeed []string `json:"may_need"`
}

// Queries are all that an engine asks.
func Queries() []string {
	return []string{Findings, ReviewAll, LeastOf, LeastKinds, VerifyKnowledge, APISettings, Steering, Connections, EditorProxies}
}

// Deployments are, by kind, the socket proxies that flags, profiles or lists alone set up.
func (e *Engine) Deployments(ctx context.Context) (deployments map[string]Deployment, err error) {
	err = e.ask(ctx, LeastKinds, nil, &deployments)
	return deployments, err
}

// Least is the least that the clients of a project need of the proxies that were added to it under the
// names of LeastService.
func (e *Engine) Least(ctx context.Context, input model.Input, sources *model.Sources) (least Least, err error) {
	err = e.ask(sized(ctx, sources), LeastOf, encode(input), &least)
	return least, err
}

// LeastService is what a proxy of a kind is called that is added to a project to ask about it.
func LeastService(kind string) string { return "composelint.least." + kind }

// ask decodes the answer to a query that few runs have.
func (e *Engine) ask(ctx context.Context, ref string, input ast.Value, to any) error {
	query, err := e.program.Query(ctx, ref)
	if err != nil {
		return err
	}
	value, err := query(ctx, input)
	if err != nil {
		return err
	}
	if value == nil {
		return fmt.Errorf("could not evaluate the policies: %s has no result", ref)
	}
	if err := decode(value, to); err != nil {
		return fmt.Errorf("a policy returned a malformed answer to %s: %w", ref, err)
	}
	return nil
}

package rules

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/composelint/composelint/model"
)

// Review is what is to be said of a project beyond findings: who comes in and what is connected, what
// of the Docker API is allowed and denied, who reaches it, and the checklist with the items that pass.
type Review struct {
	DockerAPI []ProxyAPI `json:"docker_api"`
	Targets   []Target   `json:"targets"`
	Networks  []Network  `json:"networks"`
	// WaysIn are those from outside of the project to its services, without paths.
	WaysIn    []Entry         `json:"ways_in"`
	Checklist []ChecklistItem `json:"checklist"`
	Standards []Standard      `json:"-"`
	// Unknown are the variables that nobody set: what depends on them is not judged.
	Unknown []string `json:"-"`
}

// ProxyAPI is what a socket proxy lets through.
type ProxyAPI struct {
	// Project is the first file of the project.
	Project string `json:"project"`
	// Service is the proxy's name, At its node.
	Service  string         `json:"service"`
	At       string         `json:"at"`
	Location model.Location `json:"location"`
	// Kind is that of data/proxies, Name the same for people.
	Kind string `json:"kind"`
	Name string `json:"name"`
	// Assumed is true where the image's tag does not say which rules it has, so that the
	// newest are taken.
	Assumed bool `json:"assumed"`
	// Newer is true where the image's tag is of a later release than the newest one that is known,
	// whose rules are taken.
	Newer bool `json:"newer"`
	// Replaced is true where a mounted configuration or a command replaces the rules, so that
	// nothing is known of them, and where there are Doubts.
	Replaced bool `json:"replaced"`
	// Doubts are what speaks against that it is what its image's name says, each as the end of
	// a sentence.
	Doubts []string `json:"doubts"`
	// Filters are what it refuses in the bodies of requests, or takes out of those of answers.
	Filters    []string    `json:"filters"`
	Operations []Operation `json:"operations"`
	// Partly are the operations that are allowed for some clients, or by some ids, names or versions of
	// the API alone.
	Partly []string `json:"partly"`
	// Places are where the flags stand in the files that decide on operations.
	Places []FlagPlace `json:"places"`
}

// FlagPlace is where a flag stands.
type FlagPlace struct {
	Flag     string         `json:"flag"`
	At       string         `json:"at"`
	Location model.Location `json:"location"`
}

// Operation is an operation of the Docker API at a proxy.
type Operation struct {
	OperationID string `json:"operationId"`
	Method      string `json:"method"`
	Path        string `json:"path"`
	// Spec is false for what the engine serves beyond its specification.
	Spec bool `json:"spec"`
	// Verdict is allow, deny or unknown.
	Verdict string `json:"verdict"`
	// Flag is the flag, variable or option that decides the verdict, empty where none can.
	Flag string `json:"flag"`
}

// Target is what attacks are after: a proxy, or the socket that a service holds. Every attack on
// it begins at each of its entries.
type Target struct {
	Kind    string `json:"kind"`
	Service string `json:"service"`
	At      string `json:"at"`
	// Entries are those from outside first, of a large project a thousand for all targets of a
	// kind; Left is how many more there are.
	Entries []Entry  `json:"entries"`
	Left    int      `json:"left"`
	Attacks []Attack `json:"attacks"`
}

// Entry is where attacks begin, with the path from there to the target.
type Entry struct {
	// Kind is service, port, host-network, router, external-network or edge.
	Kind    string `json:"kind"`
	Service string `json:"service"`
	// Called is a phrase for it.
	Called string `json:"called"`
	At     string `json:"at"`
	// Certain is false where it is not known whether there is anybody.
	Certain bool   `json:"certain"`
	Path    []Step `json:"path"`
}

// Step is one of a path.
type Step struct {
	Label    string         `json:"label"`
	At       string         `json:"at"`
	Location model.Location `json:"location"`
}

// Attack is what may be done to a target.
type Attack struct {
	ID string `json:"id"`
	// Guide is its number in the validation guide, 0 for one that it leaves out.
	Guide int    `json:"guide"`
	Title string `json:"title"`
	// HostRoot is true for one that makes root on the host.
	HostRoot bool `json:"host_root"`
	// Flag decides the verdict on the attack as it is named.
	Flag string `json:"flag"`
	Ways []Way  `json:"ways"`
	// Certain is the outcome from an entry where somebody is, Perhaps from one where it is not
	// known whether there is anybody.
	Certain Outcome `json:"certain"`
	Perhaps Outcome `json:"perhaps"`
}

// Outcome is what comes of an attack.
type Outcome struct {
	// Verdict is possible, blocked or unknown for the attack as it is named.
	Verdict string `json:"verdict"`
	// Goal is the same for what it is after, by whichever of its ways.
	Goal string `json:"goal"`
}

// From is the outcome of an attack that begins at an entry.
func (a Attack) From(e Entry) Outcome {
	if e.Certain {
		return a.Certain
	}
	return a.Perhaps
}

// Way is one way to what an attack is after. The first has no title.
type Way struct {
	Title   string `json:"title"`
	Verdict string `json:"verdict"`
	Flag    string `json:"flag"`
	// Filtered is true where the proxy's look into bodies blocks it.
	Filtered bool `json:"filtered"`
}

// Network is a network of the project.
type Network struct {
	Name string `json:"name"`
	At   string `json:"at"`
	// Internal is yes, no or unknown.
	Internal string `json:"internal"`
	// Services are those on it, proxies as well.
	Services []string       `json:"services"`
	Location model.Location `json:"location"`
}

// ChecklistItem is an item of the checklist.
type ChecklistItem struct {
	ID      string `json:"id"`
	Section string `json:"section"`
	Title   string `json:"title"`
	// Guide is the item in the words of the validation guide, empty for one that it leaves
	// out.
	Guide string `json:"guide"`
	// Verdict is pass, fail, unknown or not applicable.
	Verdict string            `json:"verdict"`
	Results []ChecklistResult `json:"results"`
}

// ChecklistResult is the verdict at one place.
type ChecklistResult struct {
	Verdict  string         `json:"verdict"`
	Says     string         `json:"says"`
	At       string         `json:"at"`
	Key      string         `json:"key"`
	Location model.Location `json:"location"`
}

// Review does what Judge does, and evaluates what is to be said of a project's Docker API. Others are
// what other policies find in the project.
func (e *Engine) Review(ctx context.Context, input model.Input, sources *model.Sources, others ...Finding) ([]Finding, Review, error) {
	query, err := e.review()
	if err != nil {
		return nil, Review{}, err
	}
	value, err := query(hinted(ctx, sources, input.Config.Enabled), encode(input))
	if err != nil {
		return nil, Review{}, err
	}
	if value == nil {
		return nil, Review{}, errors.New("could not evaluate the policies: the review has no result")
	}
	var r struct {
		Review
		Findings rawFindings          `json:"findings"`
		Failing  map[string][]failing `json:"failing"`
		Evidence map[string]evidence  `json:"evidence"`
	}
	if err := decode(value, &r); err != nil {
		return nil, Review{}, fmt.Errorf("a policy returned a malformed review: %w", err)
	}
	findings, err := e.placed(r.Findings, sources)
	if err != nil {
		return nil, Review{}, err
	}
	for _, f := range others {
		r.Failing[f.Rule] = append(r.Failing[f.Rule], failing{f.Controls, 1})
	}
	if r.Standards, err = e.Standards(r.Failing, r.Evidence); err != nil {
		return nil, Review{}, err
	}
	for _, u := range input.Unknown {
		if u.Variable != model.PartOfHash {
			r.Unknown = append(r.Unknown, u.Variable)
		}
	}
	slices.Sort(r.Unknown)
	r.Unknown = slices.Compact(r.Unknown)
	return findings, r.Review, r.place(sources)
}

// Connections is the part of a review that says who comes in, what is connected and what that allows: DockerAPI,
// Networks, WaysIn and Targets, with those to which there is no way.
func (e *Engine) Connections(ctx context.Context, input model.Input, sources *model.Sources) (r Review, err error) {
	query, err := e.connections()
	if err != nil {
		return Review{}, err
	}
	value, err := query(sized(ctx, sources), encode(input))
	if err != nil {
		return Review{}, err
	}
	if value == nil {
		return Review{}, errors.New("could not evaluate the policies: the review has no result")
	}
	if err := decode(value, &r); err != nil {
		return Review{}, fmt.Errorf("a policy returned a malformed review: %w", err)
	}
	return r, r.place(sources)
}

// place makes the places of a review concrete.
func (r *Review) place(sources *model.Sources) error {
	var failed error
	locate := func(at, key string) model.Location {
		origin, ok := sources.Locate(at, key)
		if !ok && failed == nil {
			failed = fmt.Errorf("the review names the node %q, which is not part of the model", at)
		}
		return origin.Location
	}
	for i := range r.DockerAPI {
		api := &r.DockerAPI[i]
		api.Location = locate(api.At, "")
		for j := range api.Places {
			api.Places[j].Location = locate(api.Places[j].At, "")
		}
	}
	for i := range r.Networks {
		r.Networks[i].Location = locate(r.Networks[i].At, "")
	}
	for _, target := range r.Targets {
		for _, entry := range target.Entries {
			for i := range entry.Path {
				entry.Path[i].Location = locate(entry.Path[i].At, "")
			}
		}
	}
	for _, item := range r.Checklist {
		for i := range item.Results {
			item.Results[i].Location = locate(item.Results[i].At, item.Results[i].Key)
		}
	}
	return failed
}

package report

import (
	"cmp"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/jsontext"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// Least is the least of the Docker API that the clients of a project need.
type Least struct {
	// Project is its first file, empty where there are images alone.
	Project string `json:"project"`
	rules.Least
	// Taken are the names of its services and networks.
	Taken []string `json:"-"`
}

// LeastReport is the answer of composelint least.
type LeastReport struct {
	Projects []Least
	// Kinds are the socket proxies that flags, profiles or lists alone set up.
	Kinds map[string]rules.Deployment
	// Kind is the one that is asked for, empty where it is to be the one that lets through the least.
	Kind string
}

// leastVersion is that of the document: least.schema.json describes it.
const leastVersion = 1

// leastDocument is what composelint least writes as JSON.
type leastDocument struct {
	// Version rises when a field changes its meaning or goes.
	Version int `json:"version"`
	// Kinds are, by name, the socket proxies that flags, profiles or lists alone set up.
	Kinds    map[string]rules.Deployment `json:"kinds"`
	Projects []Least                     `json:"projects"`
}

// LeastSchema returns the JSON Schema of that, with the comments of its types, by package.Type and
// package.Type.Field, for descriptions.
func LeastSchema(comments map[string]string) ([]byte, error) {
	return model.SchemaWithMaps(reflect.TypeFor[leastDocument](), comments)
}

// WriteJSON writes all that is known of the projects and of the kinds of proxies.
func (r LeastReport) WriteJSON(w io.Writer) error {
	return jsontext.Write(w, leastDocument{leastVersion, r.Kinds, append([]Least{}, r.Projects...)})
}

// Write writes for each project the services of the proxies that its clients need, as a Compose file of
// its own. What is to be said besides stands in comments. Of several projects those without clients are left out.
func (r LeastReport) Write(w io.Writer) error {
	projects := slices.DeleteFunc(slices.Clone(r.Projects), func(p Least) bool { return len(p.Clients) == 0 })
	if len(projects) == 0 {
		projects = r.Projects[:min(1, len(r.Projects))]
	}
	var text strings.Builder
	for i, p := range projects {
		if i > 0 {
			text.WriteString("---\n")
		}
		kind := cmp.Or(r.Kind, p.fitting(r.Kinds))
		writer := leastWriter{Least: p, b: &text, kind: kind, Deployment: r.Kinds[kind]}
		writer.write(r.Kinds)
	}
	_, err := io.WriteString(w, ShownLines(text.String()))
	return err
}

// fitting is the kind that does all that the clients need, does not give them the host, has flags, lets
// through the least, and takes the fewest flags. How to run it is known. A list lets through less than flags,
// and has to follow each release of a client that asks for more.
func (l Least) fitting(kinds map[string]rules.Deployment) string {
	known := slices.DeleteFunc(slices.Sorted(maps.Keys(kinds)), func(kind string) bool { return !kinds[kind].Hardened })
	if len(known) == 0 {
		return ""
	}
	return slices.MinFunc(known, func(a, b string) int { return slices.Compare(l.cost(a, kinds[a]), l.cost(b, kinds[b])) })
}

// cost is by what kinds are compared: what comes first counts most.
func (l Least) cost(kind string, d rules.Deployment) []int {
	cost := make([]int, 5)
	if d.Form != "flags" {
		cost[2] = 1
	}
	for _, p := range l.Proxies {
		if p.Kind == kind {
			if p.Root {
				cost[1]++
			}
			cost[0], cost[3], cost[4] = cost[0]+len(p.Denied), cost[3]+p.Operations, cost[4]+len(p.Flags)
		}
	}
	return cost
}

// shownClients is how many clients are named where there are many.
const shownClients = 3

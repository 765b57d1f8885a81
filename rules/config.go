package rules

import (
	"cmp"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// ConfigNames are the names that a configuration file is found by.
var ConfigNames = []string{".composelint.yaml", ".composelint.yml"}

// Config is what a configuration file says. docs/configuration.md describes the file.
type Config struct {
	Roles model.Roles
	// Registries are those that images may come from; where there is none, any may.
	Registries []string
}

// Known are the names that a configuration can use.
type Known struct {
	// Kinds are those of socket proxies.
	Kinds []string
	// Needs are what a client can need: operationIds of the Docker API, and consumers.
	Needs []string
}

// DefaultConfig is the configuration of a project that has no file.
func DefaultConfig() Config {
	return Config{
		Roles:      model.Roles{Proxies: []model.ProxyRole{}, Clients: []model.ClientRole{}},
		Registries: []string{},
	}
}

// ParseConfig reads a configuration file. The errors are in the order of the file; with
// any of them, the configuration is not to be used.
func ParseConfig(file *model.File, known Known) (Config, []error) {
	r := &configReader{known: known}
	c := r.config(r.document(file))
	slices.SortStableFunc(r.errors, func(a, b *ConfigError) int {
		return cmp.Or(cmp.Compare(a.Location.Start.Line, b.Location.Start.Line), cmp.Compare(a.Location.Start.Column, b.Location.Start.Column))
	})
	var errs []error
	for _, e := range r.errors {
		errs = append(errs, e)
	}
	if r.full() {
		errs = append(errs, fmt.Errorf("%s: no more than %d errors are listed", file.Path, maxConfigErrors))
	}
	return c, errs
}

// ConfigError is something wrong with a configuration file, and where.
type ConfigError struct {
	Location model.Location
	Message  string
}

func (e *ConfigError) Error() string { return e.Location.String() + ": " + e.Message }

// maxConfigErrors bounds how many errors are looked for, as looking for the nearest right
// name takes time and aliases make many values of a small file.
const maxConfigErrors = 100

// configReader reads a configuration and collects what is wrong with it.
type configReader struct {
	known  Known
	errors []*ConfigError
}

func (r *configReader) refuse(at yamltree.Span, format string, args ...any) {
	if !r.full() {
		r.errors = append(r.errors, &ConfigError{at.Location(), fmt.Sprintf(format, args...)})
	}
}

func (r *configReader) full() bool { return len(r.errors) >= maxConfigErrors }

// document is the file's only document, nil where it has none.
func (r *configReader) document(file *model.File) *yamltree.Node {
	documents, problems, fatal := yamltree.Parse(yamltree.NewSource(file))
	if fatal != nil {
		problems = append(problems, fatal)
	}
	for _, p := range problems {
		r.refuse(p.Span, "%s", p.Message)
	}
	if len(documents) > 1 {
		r.refuse(documents[1].Span.FirstLine(), "the file has more than one document: keep one")
	}
	if len(documents) == 0 {
		return nil
	}
	return documents[0]
}

func (r *configReader) config(n *yamltree.Node) Config {
	c := DefaultConfig()
	r.keys(n, "", "roles", "registries")
	roles := n.Field("roles")
	r.keys(roles, "roles", "proxies", "clients")
	for service, n := range r.fields(roles.Field("proxies"), "proxies") {
		c.Roles.Proxies = append(c.Roles.Proxies, model.ProxyRole{Service: service, Kind: r.kind(n, service)})
	}
	for service, n := range r.fields(roles.Field("clients"), "clients") {
		c.Roles.Clients = append(c.Roles.Clients, model.ClientRole{Service: service, Needs: r.needs(n, service)})
	}
	c.Registries = r.registries(n.Field("registries"))
	return c
}

// registries are those of a list. It may be absent or empty.
func (r *configReader) registries(n *yamltree.Node) []string {
	registries := []string{}
	if n == nil || n.Kind != yamltree.Sequence {
		if n.Plain() != nil {
			r.refuse(n.Place(), `"registries" must be a list, not %s`, shape(n))
		}
		return registries
	}
	for _, item := range n.Items {
		registry, ok := item.Value.(string)
		switch {
		case !ok:
			r.refuse(item.Place(), "a registry must be a string, not %s", shape(item))
		case !registryName.MatchString(registry):
			r.refuse(item.Place(), "%q is no registry: use a name as it stands in an image, such as \"docker.io\" or \"ghcr.io/acme\"", registry)
		default:
			registries = append(registries, registry)
		}
	}
	return registries
}

// registryName is a host, perhaps with a port, and perhaps the start of a repository.
var registryName = regexp.MustCompile(`^(localhost|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)(:\d+)?(/[a-z0-9._-]+)*$|^[A-Za-z0-9-]+:\d+(/[a-z0-9._-]+)*$`)

func (r *configReader) kind(n *yamltree.Node, service string) string {
	return r.name(n, choice{"kind", fmt.Sprintf(" of the proxy %q", service), r.known.Kinds, oneOf(r.known.Kinds)})
}

func (r *configReader) needs(n *yamltree.Node, service string) []string {
	needs := []string{}
	if n.Kind != yamltree.Sequence {
		r.refuse(n.Place(), "the needs of the client %q must be a list, not %s", service, shape(n))
	}
	c := choice{"need", fmt.Sprintf(" of the client %q", service), r.known.Needs, "an operationId of the Docker API or the name of a known consumer"}
	for _, item := range n.Items {
		needs = append(needs, r.name(item, c))
	}
	return needs
}

// keys refuses the keys of a mapping that are not among the known ones. Its name is that
// of its own key, "" for the file.
func (r *configReader) keys(n *yamltree.Node, name string, known ...string) {
	c := choice{"key", "", known, oneOf(known)}
	if name != "" {
		c.of = fmt.Sprintf(" in %q", name)
	}
	for key, field := range r.fields(n, name) {
		r.choose(field.Key, key, c)
	}
}

// fields are those of a mapping, by key. It may be absent or empty.
func (r *configReader) fields(n *yamltree.Node, name string) iter.Seq2[string, *yamltree.Node] {
	if n != nil && n.Kind != yamltree.Mapping && n.Plain() != nil {
		what := "the file"
		if name != "" {
			what = strconv.Quote(name)
		}
		r.refuse(n.Place(), "%s must be a mapping, not %s", what, shape(n))
	}
	return func(yield func(string, *yamltree.Node) bool) {
		for _, key := range n.Keys() {
			if !yield(key, n.Fields[key]) {
				return
			}
		}
	}
}

// choice is what a name is chosen from.
type choice struct {
	// what and of stand around the name in messages: unknown key "x" in "y".
	what, of string
	known    []string
	// right describes the known names.
	right string
}

// name is a string of the choice.
func (r *configReader) name(n *yamltree.Node, c choice) string {
	name, ok := n.Value.(string)
	if !ok {
		r.refuse(n.Place(), "the %s%s must be a string, not %s", c.what, c.of, shape(n))
		return ""
	}
	r.choose(n.Place(), name, c)
	return name
}

// choose refuses a name that is not among the known ones.
func (r *configReader) choose(at yamltree.Span, name string, c choice) {
	if slices.Contains(c.known, name) || r.full() {
		return
	}
	right := suggest.Question(name, c.known)
	if right == "" {
		right = ": use " + c.right
	}
	r.refuse(at, "unknown %s %q%s%s", c.what, name, c.of, right)
}

// oneOf lists names to choose from.
func oneOf(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = strconv.Quote(name)
	}
	last := len(quoted) - 1
	if last < 1 {
		return strings.Join(quoted, "")
	}
	return strings.Join(quoted[:last], ", ") + " or " + quoted[last]
}

// shape words what a value is.
func shape(n *yamltree.Node) string {
	switch n.Kind {
	case yamltree.Mapping:
		return "a mapping"
	case yamltree.Sequence:
		return "a list"
	}
	switch n.Value.(type) {
	case nil:
		return "empty"
	case string:
		return "a string"
	case bool:
		return "a boolean"
	}
	return "a number"
}

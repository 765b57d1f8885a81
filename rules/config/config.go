// Package config reads and checks the configuration file by one tree of shapes, from which its
// JSON Schema is made too.
package config

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
)

// FileNames are the names that a configuration file is found by.
var FileNames = []string{".composelint.yaml", ".composelint.yml"}

// Config is what a configuration file says. docs/configuration.md describes the file.
type Config struct {
	Strict bool
	// FailOn is a severity or none, empty where the file says nothing.
	FailOn string
	// Levels are those of rules, by id.
	Levels map[string]catalogue.Levels
	Roles  model.Roles
	// Engine is the version of the engine, empty where the file says nothing.
	Engine string
	// Registries are those that images may come from; where there is none, any may.
	Registries []string
	// HarmlessMounts are paths of the host that may be mounted, with all below them.
	HarmlessMounts []string
	Exceptions     []Exception
	// Environment is true where the file states variables, or names files of them; Excludes where it
	// leaves files out, by exclude or projects; Profiles where it narrows the profiles.
	Environment, Excludes, Profiles bool
	// Daemon is true where the file names the engine's configuration, by which some findings are settled.
	Daemon bool
}

// Known are the names that a configuration can use.
type Known struct {
	// Rules are the ids of the rules.
	Rules []string
	// Kinds are those of socket proxies.
	Kinds []string
	// Needs are what a client can need: operationIds of the Docker API, and consumers.
	Needs []string
}

// KnownTo are the names that an engine knows.
func KnownTo(e *rules.Engine) Known {
	return Known{
		Rules: e.Catalogue.IDs(),
		Kinds: e.Names("proxies"),
		Needs: slices.Concat(e.Names("docker_api", "operations"), e.Names("consumers")),
	}
}

// Default is the configuration of a project that has no file.
func Default() Config {
	return Config{
		Roles:      model.Roles{Proxies: []model.ProxyRole{}, Clients: []model.ClientRole{}, Edge: []string{}, Networks: []string{}},
		Registries: []string{}, HarmlessMounts: []string{},
	}
}

// Parse reads a configuration file. The errors are in the order of the file; with
// any of them, the configuration is not to be used.
func Parse(file *model.File, known Known) (Config, []error) {
	r := &reader{}
	root := r.document(file)
	if given(root) {
		r.check(root, fileShape(known), theFile)
		r.presets(root)
		r.overrides(root)
	}
	slices.SortStableFunc(r.errors, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Location.Start.Line, b.Location.Start.Line), cmp.Compare(a.Location.Start.Column, b.Location.Start.Column))
	})
	var errs []error
	for _, e := range r.errors {
		errs = append(errs, e)
	}
	if r.full() {
		errs = append(errs, fmt.Errorf("%s: no more than %d errors are listed", file.Path, maxErrors))
	}
	if errs != nil {
		return Config{}, errs
	}
	return configOf(root, file, known), nil
}

// The presets, in a word what a run is as strict as.
const (
	recommended = "recommended"
	strict      = "strict"
)

// presets refuses a preset that says otherwise than strict does.
func (r *reader) presets(n *yamltree.Node) {
	preset, stated := n.Field("preset"), n.Field("strict").Scalar()
	if word := textOf(preset); word == strict && stated == false || word == recommended && stated == true {
		r.refuse(preset.Place(), "the preset %q contradicts \"strict: %v\": keep one of them", word, stated)
	}
}

// overrides refuses files of which there is none, since all that is said is which are not meant.
func (r *reader) overrides(n *yamltree.Node) {
	overrides := n.Field("overrides")
	if overrides == nil {
		return
	}
	for _, item := range overrides.Items {
		files := item.Field("files").ListOrOne()
		some := slices.ContainsFunc(files, func(n *yamltree.Node) bool { return !strings.HasPrefix(textOf(n), "!") })
		if len(files) > 0 && !some {
			r.refuse(files[0].Place(), "\"files\" has only what to leave out: write before it what to leave it out of, such as \"*\"")
		}
	}
}

// Error is something wrong with a configuration file, and where.
type Error struct {
	Location model.Location
	Message  string
}

func (e *Error) Error() string { return e.Location.String() + ": " + e.Message }

// maxErrors bounds how many errors are looked for, as looking for the nearest right
// name takes time and aliases make many values of a small file.
const maxErrors = 100

// reader collects what is wrong with a configuration.
type reader struct{ errors []*Error }

func (r *reader) refuse(at yamltree.Span, format string, args ...any) {
	if !r.full() {
		r.errors = append(r.errors, &Error{at.Location(), fmt.Sprintf(format, args...)})
	}
}

func (r *reader) full() bool { return len(r.errors) >= maxErrors }

// document is the file's only document, nil where it has none.
func (r *reader) document(file *model.File) *yamltree.Node {
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

// configOf takes what a file says from its document, which fits fileShape.
func configOf(n *yamltree.Node, file *model.File, known Known) Config {
	c := Default()
	c.Strict = n.Field("strict").Scalar() == true || textOf(n.Field("preset")) == strict
	c.FailOn = textOf(n.Field("fail-on"))
	c.Levels = levelsInFiles(n.Field("overrides"), file, known.Rules, levelsOf(n.Field("rules"), known.Rules))
	roles := n.Field("roles")
	proxies, clients := roles.Field("proxies"), roles.Field("clients")
	for _, service := range proxies.Keys() {
		c.Roles.Proxies = append(c.Roles.Proxies, model.ProxyRole{Service: service, Kind: textOf(proxies.Field(service))})
	}
	for _, service := range clients.Keys() {
		c.Roles.Clients = append(c.Roles.Clients, model.ClientRole{Service: service, Needs: textsOf(clients.Field(service))})
	}
	c.Roles.Edge, c.Roles.Networks = textsOf(roles.Field("edge")), textsOf(roles.Field("networks"))
	c.Registries = textsOf(n.Field("registries"))
	if version := written(n.Field("engine")); version != nil {
		c.Engine = *version
	}
	c.HarmlessMounts = textsOf(n.Field("harmless-mounts"))
	c.Exceptions = exceptionsOf(n.Field("exceptions"), file)
	c.Daemon = given(n.Field("daemon"))
	c.Environment = given(n.Field("env-file")) || given(n.Field("variables"))
	c.Excludes = given(n.Field("exclude")) || given(n.Field("projects"))
	c.Profiles = given(n.Field("profiles"))
	return c
}

// PolicyDirectories are the directories of the user's own policies that a configuration file
// names, of which only what is right is looked at: the rules in them have to be known before
// the file can be checked. at is where they stand.
func PolicyDirectories(file *model.File) (dirs []string, at model.Location) {
	if file == nil {
		return nil, at
	}
	stated := (&reader{}).document(file).Field("policies")
	if stated != nil {
		at = stated.Span.Location()
	}
	for _, dir := range textsOf(stated) {
		if dir != "" {
			dirs = append(dirs, beside(file, dir))
		}
	}
	return dirs, at
}

// Scope is what a configuration file says of which files are projects, and of what they are read with.
// Only what is right in it is looked at: projects are found and loaded before the file can be checked.
type Scope struct {
	// Exclude are lines as those of a .gitignore file beside it.
	Exclude []string
	// Projects are the files of each project, where the file says which there are.
	Projects [][]string
	Profiles []string
	EnvFiles []string
	// Daemon is the path of the engine's configuration file, empty where none is stated.
	Daemon string
	// Engine is the engine's version, as 28 or 29.3, empty where none is stated.
	Engine string
	// Variables without a value are set where the project runs.
	Variables map[string]*string
}

// ScopeOf reads the scope of a file, which is nil where there is none.
func ScopeOf(file *model.File) Scope {
	s := Scope{Variables: map[string]*string{}}
	if file == nil {
		return s
	}
	document := (&reader{}).document(file)
	s.Exclude, s.Profiles = textsOf(document.Field("exclude")), textsOf(document.Field("profiles"))
	if projects := document.Field("projects"); projects != nil {
		for _, project := range projects.Items {
			if files := besideAll(file, project); len(files) > 0 {
				s.Projects = append(s.Projects, files)
			}
		}
	}
	s.EnvFiles = besideAll(file, document.Field("env-file"))
	if daemon := textOf(document.Field("daemon")); daemon != "" {
		s.Daemon = beside(file, daemon)
	}
	if version := written(document.Field("engine")); version != nil {
		s.Engine = *version
	}
	stated := document.Field("variables")
	for _, name := range textsOf(stated) {
		s.Variables[name] = nil
	}
	for _, name := range stated.Keys() {
		s.Variables[name] = written(stated.Field(name))
	}
	return s
}

// besideAll are the paths of the files that a value names, which is one or a list of them.
func besideAll(file *model.File, names *yamltree.Node) []string {
	var all []string
	for _, stated := range names.ListOrOne() {
		if name := textOf(stated); name != "" {
			all = append(all, beside(file, name))
		}
	}
	return all
}

// beside is the path of what a configuration file names.
func beside(file *model.File, name string) string {
	if path.IsAbs(name) {
		return name
	}
	return path.Join(path.Dir(file.Path), name)
}

// written is a scalar as the file writes it, nil where it says nothing.
func written(n *yamltree.Node) *string {
	switch value := n.Scalar().(type) {
	case nil:
		return nil
	case string:
		return &value
	}
	return new(string(n.Span.Source.Text[n.Span.Start:n.Span.End]))
}

// levelsOf are the levels of rules by their ids, which stand there or fit a pattern that does: the
// shortest first, since what is more exact goes before.
func levelsOf(n *yamltree.Node, rules []string) map[string]catalogue.Levels {
	if len(n.Keys()) == 0 {
		return nil
	}
	all, exact := map[string]catalogue.Levels{}, map[string]catalogue.Levels{}
	names := slices.SortedStableFunc(slices.Values(n.Keys()), func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	for _, name := range names {
		rule := n.Field(name)
		levels := catalogue.Levels{Everywhere: textOf(rule)}
		if rule.Kind == yamltree.Mapping {
			levels.Everywhere = textOf(rule.Field("severity"))
			services := rule.Field("services")
			levels.Services = map[string]string{}
			for _, service := range services.Keys() {
				levels.Services[service] = textOf(services.Field(service))
			}
		}
		for _, id := range matching(name, rules) {
			all[id] = levels
		}
		if slices.Contains(rules, name) {
			exact[name] = levels
		}
	}
	maps.Copy(all, exact)
	return all
}

// levelsInFiles adds to the levels of rules those that hold in some files.
func levelsInFiles(n *yamltree.Node, file *model.File, rules []string, levels map[string]catalogue.Levels) map[string]catalogue.Levels {
	if n == nil {
		return levels
	}
	for _, item := range n.Items {
		in := catalogue.Files{Directory: path.Dir(file.URI)}
		for _, pattern := range item.Field("files").ListOrOne() {
			in.Patterns = append(in.Patterns, textOf(pattern))
		}
		for id, there := range levelsOf(item.Field("rules"), rules) {
			if levels == nil {
				levels = map[string]catalogue.Levels{}
			}
			everywhere := levels[id]
			everywhere.Files = append(everywhere.Files, catalogue.FileLevels{In: in, Everywhere: there.Everywhere, Services: there.Services})
			levels[id] = everywhere
		}
	}
	return levels
}

func textOf(n *yamltree.Node) string {
	if n == nil {
		return ""
	}
	text, _ := n.Value.(string)
	return text
}

func textsOf(n *yamltree.Node) []string {
	texts := []string{}
	if n != nil {
		for _, item := range n.Items {
			texts = append(texts, textOf(item))
		}
	}
	return texts
}

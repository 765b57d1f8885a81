package compose

import (
	"fmt"
	"maps"
	"strings"
	"sync/atomic"

	composeloader "github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/override"
	"github.com/compose-spec/compose-go/v2/paths"
	"github.com/compose-spec/compose-go/v2/transform"
	"github.com/compose-spec/compose-go/v2/validation"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/internal/parallel"
	"github.com/composelint/composelint/loader/provenance"
	"github.com/composelint/composelint/loader/schema"
	"github.com/composelint/composelint/loader/yamltree"
)

// step is one of compose-go's functions over the plain values of a project: of base
// alone, or of over on top of base.
type step struct {
	name string
	// attributes are those of a service that the step looks at; the others are left alone,
	// and so are the project's extensions. nil is all of them.
	attributes map[string]bool
	apply      func(base, over map[string]any) (map[string]any, error)
	// inspect reports what the step would refuse and the plain values do not show.
	inspect func(root *yamltree.Node, p yamltree.Path, report yamltree.Reporter)
}

func attributes(names ...string) map[string]bool {
	s := map[string]bool{}
	for _, name := range names {
		s[name] = true
	}
	return s
}

// The steps, which merge.go runs in the order of compose-go's loadYamlFile (loader/loader.go
// v2.16.2).
var (
	mergeStep = step{name: "merge", apply: func(base, over map[string]any) (map[string]any, error) {
		return override.Merge(base, over)
	}}
	uniqueStep = step{
		name: "unique",
		attributes: attributes("annotations", "build", "cap_add", "cap_drop", "configs", "deploy", "devices", "dns", "dns_opt", "dns_search",
			"environment", "env_file", "expose", "labels", "links", "networks", "ports", "profiles", "secrets", "sysctls", "tmpfs", "volumes"),
		apply: func(base, _ map[string]any) (map[string]any, error) { return override.EnforceUnicity(base) },
	}
	// uniqueAgainStep looks at what the long form may have made equal.
	uniqueAgainStep = step{
		name:       "unique again",
		attributes: attributes("build", "configs", "devices", "dns", "env_file", "networks", "ports", "secrets", "volumes"),
		apply:      uniqueStep.apply,
	}
	canonicalStep = step{
		name: "canonical",
		attributes: attributes("build", "configs", "depends_on", "develop", "devices", "dns", "env_file", "extends", "gpus", "label_file",
			"models", "networks", "ports", "pre_start", "secrets", "triggers", "ulimits", "volumes"),
		apply: func(base, _ map[string]any) (map[string]any, error) {
			canonical, err := transform.Canonical(base, false)
			if err != nil {
				return nil, err
			}
			return composeloader.OmitEmpty(canonical), nil
		},
	}
	defaultsStep = step{
		name:       "defaults",
		attributes: attributes("build", "deploy", "gpus", "ports", "secrets", "volumes"),
		apply:      func(base, _ map[string]any) (map[string]any, error) { return transform.SetDefaultValues(base) },
	}
	validateStep = step{
		name:       "validate",
		attributes: attributes("deploy", "develop", "gpus", "ports"),
		apply: func(base, _ map[string]any) (map[string]any, error) {
			return base, validation.Validate(base)
		},
		inspect: reportDates,
	}
)

// pathsStep makes relative paths start in the directory of the including project instead
// of in dir. Those of the project itself stay relative, and so does ~, which would be the
// home directory of whoever runs the linter. develop is left out: compose-go would ask the
// file system there.
func pathsStep(dir string) step {
	return step{
		name:       "paths",
		attributes: attributes("build", "env_file", "extends", "label_file", "pre_start", "volumes"),
		apply: func(base, _ map[string]any) (map[string]any, error) {
			shield(base, true)
			local := localContexts(base)
			err := paths.ResolveRelativePaths(base, dir, nil)
			for _, context := range local {
				context.keepLocal()
			}
			shield(base, false)
			return base, err
		},
	}
}

// normalizeStep adds the implicit network, dependencies and names, and gives pre_start
// hooks what they inherit.
func normalizeStep(set *fileSet) step {
	return step{
		name: "normalize",
		apply: func(base, _ map[string]any) (map[string]any, error) {
			name, stated := base["name"]
			known := set.passedOn()
			base["name"] = known[ProjectName]
			normal, err := composeloader.Normalize(base, known)
			if err == nil {
				delete(normal, "name")
				if stated {
					normal["name"] = name
				}
			}
			return normal, err
		},
	}
}

// homeShield makes a path that starts with ~ look absolute.
const homeShield = "/\x00home/"

// shield puts homeShield before every string that starts with ~, or takes it off again.
func shield(v any, on bool) any {
	switch v := v.(type) {
	case map[string]any:
		for key, e := range v {
			v[key] = shield(e, on)
		}
	case []any:
		for i, e := range v {
			v[i] = shield(e, on)
		}
	case string:
		if on && strings.HasPrefix(v, "~") {
			return homeShield + v
		}
		return strings.TrimPrefix(v, homeShield)
	}
	return v
}

// buildContext is a value of a build section that names a context.
type buildContext struct {
	in  map[string]any
	key string
}

// localContexts are the contexts that are paths.
func localContexts(base map[string]any) []buildContext {
	var local []buildContext
	add := func(in map[string]any, key string) {
		if context, ok := in[key].(string); ok && !IsRemoteContext(context) {
			local = append(local, buildContext{in, key})
		}
	}
	for _, section := range ContainerSections {
		services, _ := base[section].(map[string]any)
		for _, s := range services {
			service, _ := s.(map[string]any)
			build, _ := service["build"].(map[string]any)
			more, _ := build["additional_contexts"].(map[string]any)
			add(build, "context")
			for key := range more {
				add(more, key)
			}
		}
	}
	return local
}

// keepLocal gives a path its ./ back where it would be taken for an address without.
func (c buildContext) keepLocal() {
	if path, ok := c.in[c.key].(string); ok && IsRemoteContext(path) {
		c.in[c.key] = "./" + path
	}
}

// run applies the step. What it refuses is reported and left out of the result, so that
// the rest of the project is judged.
func (s step) run(base, over *yamltree.Node, report yamltree.Reporter) *yamltree.Node {
	if s.inspect != nil {
		s.inspect(base, yamltree.NewPath(), report)
	}
	if over == nil && s.attributes != nil {
		if n := s.sideBySide(base); n != nil {
			return n
		}
	}
	result, err := s.try(base, over)
	if err != nil {
		if over != nil {
			over = s.prune(over, nil, func(n *yamltree.Node) error { _, err := s.try(beneath(base, n), n); return err }, report)
		} else {
			base = s.prune(base, nil, func(n *yamltree.Node) error { _, err := s.try(n, nil); return err }, report)
		}
		if result, err = s.try(base, over); err != nil {
			return base
		}
	}
	return s.reattached(result, base, over)
}

// sideBySide applies the step to shares of the services at once. It is nil where there are few, and
// where the step refuses something: what, it says of the whole.
func (s step) sideBySide(root *yamltree.Node) *yamltree.Node {
	shares := root.Shares("services", perShare)
	if len(shares) < 2 {
		return nil
	}
	var refused atomic.Bool
	parallel.Each(len(shares), func(i int) {
		result, err := s.try(shares[i], nil)
		if err != nil {
			refused.Store(true)
		} else {
			shares[i] = s.reattached(result, shares[i], nil)
		}
	})
	if refused.Load() {
		return nil
	}
	return yamltree.Joined("services", shares)
}

// perShare is how many services are one share of the work on them; tests have few.
var perShare = 100

// reattached gives what the step returned its places, and the attributes that it did not look at.
func (s step) reattached(result map[string]any, base, over *yamltree.Node) *yamltree.Node {
	n := provenance.Reattach(result, s.pick(base), over)
	if s.attributes != nil {
		s.restore(n, base)
	}
	return n
}

// try applies the step to copies of the values. A panic of compose-go is an error.
func (s step) try(base, over *yamltree.Node) (result map[string]any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("has a type that Compose does not expect")
		}
	}()
	plain, _ := s.pick(base).Plain().(map[string]any)
	plainOver, _ := over.Plain().(map[string]any)
	return s.apply(plain, plainOver)
}

// pick leaves out the attributes that the step does not look at.
func (s step) pick(root *yamltree.Node) *yamltree.Node {
	if s.attributes == nil {
		return root
	}
	picked := mapServices(root, func(service *yamltree.Node) *yamltree.Node {
		c := *service
		c.Fields = map[string]*yamltree.Node{}
		for key, field := range service.Fields {
			if s.attributes[key] {
				c.Fields[key] = field
			}
		}
		return &c
	})
	maps.DeleteFunc(picked.Fields, func(key string, _ *yamltree.Node) bool { return IsExtension(key) })
	return picked
}

// restore puts the attributes back that pick left out.
func (s step) restore(n, base *yamltree.Node) {
	for key, field := range base.Fields {
		if IsExtension(key) {
			n.Fields[key] = field
		}
	}
	for _, section := range ContainerSections {
		for name, service := range base.Field(section).Values() {
			into := n.Field(section).Field(name)
			if into == nil || into.Kind != yamltree.Mapping {
				continue
			}
			for key, field := range service.Fields {
				if !s.attributes[key] {
					into.Fields[key] = field
				}
			}
		}
	}
}

// beneath is the part of base that over lies on: without the keys that over has not.
func beneath(base, over *yamltree.Node) *yamltree.Node {
	if base == nil || base.Kind != yamltree.Mapping || over == nil || over.Kind != yamltree.Mapping {
		return base
	}
	c := *base
	c.Fields = make(map[string]*yamltree.Node, len(over.Fields))
	for key, field := range over.Fields {
		if under := base.Fields[key]; under != nil {
			c.Fields[key] = beneath(under, field)
		}
	}
	return &c
}

// prune removes what fails from n, which stands at p: try says what compose-go makes of
// the project with n in its place.
func (s step) prune(n *yamltree.Node, p yamltree.Path, try func(*yamltree.Node) error, report yamltree.Reporter) *yamltree.Node {
	err := try(n)
	if err == nil {
		return n
	}
	c := *n
	switch {
	case isOtherKind(p, err):
		report(n, p, otherForm(n, p))
		return nil
	case n.Kind == yamltree.Mapping && len(p) < 4:
		c.Fields = map[string]*yamltree.Node{}
		for _, key := range n.Keys() {
			kept := s.prune(n.Fields[key], p.Field(key), func(field *yamltree.Node) error {
				alone := *n
				alone.Fields = map[string]*yamltree.Node{key: field}
				return try(&alone)
			}, report)
			if kept != nil {
				c.Fields[key] = kept
			}
		}
	case n.Kind == yamltree.Sequence && len(p) < 4:
		c.Items = nil
		for i, item := range n.Items {
			kept := s.prune(item, p.Item(i), func(item *yamltree.Node) error {
				alone := *n
				alone.Items = []*yamltree.Node{item}
				return try(&alone)
			}, report)
			if kept != nil {
				c.Items = append(c.Items, kept)
			}
		}
	default:
		refuse(n, p, err, report)
		return nil
	}
	if try(&c) != nil {
		refuse(n, p, err, report)
		return nil
	}
	return &c
}

// refuse reports an error of compose-go. Where a key is misspelt, that is what is wrong.
func refuse(n *yamltree.Node, p yamltree.Path, err error, report yamltree.Reporter) {
	if !schema.ReportMisspelt(n, p, report) {
		report(n, p, refusal(n, p, err))
	}
}

// isOtherKind is true for the error of a value that is of another kind than that which it lies over.
func isOtherKind(p yamltree.Path, err error) bool {
	at, ok := strings.CutPrefix(err.Error(), "cannot override ")
	return ok && at == strings.Join(p, ".")
}

// otherForm words that a value cannot lie over the one of an earlier file, in the form that is right.
func otherForm(n *yamltree.Node, p yamltree.Path) string {
	if wrong := schema.WrongForm(n, p); wrong != "" {
		return wrong
	}
	return fmt.Sprintf("an earlier file has %s in another form: write both as a list or both as a mapping", p.Last())
}

// modelPath is a path in compose-go's model, the first thing in a text or within it.
var modelPath = lazyregexp.New(`^[a-z_]+(\.[^ :]+)+:? | (services|jobs)\.[^ ]+\.\[\d+\]`)

// refusal words an error of compose-go, whose text may have a path or a value of Go in it.
func refusal(n *yamltree.Node, p yamltree.Path, err error) string {
	text := modelPath().ReplaceAllString(err.Error(), "")
	text, _, _ = strings.Cut(text, "\n")
	if strings.Contains(text, "map[") || schema.IsEntryByMistake(n, p.Keys()) {
		return schema.EntryIsMapping(p.Key())
	}
	if n.Kind == yamltree.Sequence && strings.HasPrefix(p[len(p)-1], "[") {
		return schema.EntryIsList(p.Key())
	}
	return fmt.Sprintf("%s is not valid: %s", p.Last(), text)
}

package inspect

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/model"
)

// settings compares the environment. Of a socket proxy it shows the variables with their values, of others
// where the Docker API is; of all else the names alone.
func (p pair) settings() {
	told := map[string]bool{}
	p.proxy(told)
	p.endpoints(told)
	p.environment(told)
}

// proxy compares the variables of a socket proxy: those that the files or the container state, and those that
// the image has by default. A container whose image is one has them, too, where the files have none.
func (p pair) proxy(told map[string]bool) {
	proxy, stated := p.files.API.Proxies[p.file.Name], byName(p.file.Environment)
	for _, name := range slices.Concat(proxy.Stated, p.running.API.Proxies[p.seen.Name].Stated, sortedKeys(proxy.Defaults)) {
		told[name] = true
	}
	values := p.container.environment()
	for name := range each(told) {
		p.setting(sectionProxies, name, found(stated, name), found(values, name), found(proxy.Defaults, name))
	}
}

// found is what a map has, nil where it has nothing.
func found[V any](in map[string]V, name string) *V {
	if v, ok := in[name]; ok {
		return &v
	}
	return nil
}

// setting compares a variable or an option, whose value may be shown. Standard is the value that the image
// gives it, nil where that is not known.
func (p pair) setting(section, name string, stated *model.Setting, seen, standard *string) {
	one := check.Check{Section: section, ID: name, Subject: p.subject, Seen: "not set", Decides: name, Location: p.place(p.file.At, "")}
	if stated != nil {
		one.Location = p.place(stated.At, "")
	}
	if seen != nil {
		one.Seen = p.shown(section, name, *seen)
	}
	switch {
	case stated != nil && stated.Value == nil:
		one.Why = p.left(*stated)
	case stated != nil:
		one.Expected, one.Verdict = p.shown(section, name, *stated.Value), verdict(seen != nil && *seen == *stated.Value)
		if one.Verdict == check.Differs && one.Expected == one.Seen {
			one.Seen = another // in what is not shown
		}
	case seen == nil:
		return // the image has it as it has it
	case standard != nil && (*seen == *standard || !p.file.EnvironmentIncomplete):
		one.Expected, one.Verdict, one.Why = p.shown(section, name, *standard), verdict(*seen == *standard), "the image's own, since no file states it"
	case p.file.EnvironmentIncomplete:
		one.Why = "no file that is here states it"
	default:
		one.Why = "no file states it, the image may"
	}
	p.add(one)
}

func verdict(agrees bool) check.Verdict {
	if agrees {
		return check.Agrees
	}
	return check.Differs
}

// shown is a value as it may be shown, of an address where it leads and nothing else.
func (p pair) shown(section, name, value string) string {
	if section == sectionEndpoints {
		value = bare(value)
	}
	if value == "" {
		return "empty"
	}
	return p.show(name, value)
}

// bare is an address without what may be a credential: who asks, a query and a fragment.
func bare(address string) string {
	scheme, rest, found := strings.Cut(address, "://")
	if !found {
		scheme, rest = "", address
	} else {
		scheme += "://"
	}
	if end := strings.IndexAny(rest, "?#"); end >= 0 {
		if strings.Contains(rest[end:], "@") { // which may end a password
			return scheme
		}
		rest = rest[:end]
	}
	return scheme + rest[strings.LastIndex(rest, "@")+1:]
}

// left says what the files leave a setting to.
func (p pair) left(s model.Setting) string {
	var all []string
	for _, u := range p.unknown[p.file.Name] {
		if u.At == s.At {
			all = append(all, variable(u))
		}
	}
	if len(all) == 0 {
		return "the file leaves it to the environment of docker compose"
	}
	return "the file leaves it to " + list(all)
}

// endpoints compares where the container is told that the Docker API is. An option that the files do not have
// is the image's.
func (p pair) endpoints(told map[string]bool) {
	stated, seen := named(p.file, p.apiOfFiles), named(p.seen, p.apiOfRunning)
	variables, names := byName(p.seen.Environment), maps.Clone(stated)
	maps.Copy(names, seen)
	for name := range each(names) {
		var value *string
		if setting := found(seen, name); setting != nil {
			value = setting.Value
		}
		if of := found(stated, name); !told[name] && (of != nil || found(variables, name) != nil) {
			p.setting(sectionEndpoints, name, of, value, nil)
		}
		told[name] = true
	}
}

// named are the settings of a service that are among some nodes, by name.
func named(s *model.Service, nodes map[string]bool) map[string]model.Setting {
	all := map[string]model.Setting{}
	for _, setting := range slices.Concat(s.Environment, s.Options) {
		if nodes[setting.At] {
			all[setting.Name] = setting
		}
	}
	return all
}

// environment compares what is left of it, and names what differs. What the image has besides is in no file.
// A variable of docker compose that is not set leaves an empty value; one that is handed on need not be there.
func (p pair) environment(told map[string]bool) {
	values := p.container.environment()
	var others, missing, untold []string
	compared := 0
	for _, s := range p.file.Environment {
		if told[s.Name] || strings.Contains(s.Name, "=") {
			continue
		}
		compared++
		switch seen, there := values[s.Name]; {
		case !there && (s.Value != nil || p.isOfVariable(s)):
			missing = append(missing, s.Name)
		case s.Value == nil:
			untold = append(untold, s.Name)
		case seen != *s.Value:
			others = append(others, s.Name)
		}
	}
	if compared == 0 {
		return
	}
	const same = "the values of the files"
	one := check.Check{
		Section: sectionContainers, ID: "environment", Subject: p.subject, Expected: same, Seen: same,
		Decides: "environment", Location: p.place(p.file.At, "environment"),
	}
	switch {
	case len(others) > 0 && len(missing) > 0:
		one.Seen = fmt.Sprintf("other values of %s; not set: %s", list(others), list(missing))
	case len(others) > 0:
		one.Seen = "other values of " + list(others)
	case len(missing) > 0:
		one.Seen = "not set: " + list(missing)
	case len(untold) > 0:
		one.Expected, one.Seen = "", ""
	}
	if len(untold) > 0 {
		one.Why = "the files do not say the values of " + list(untold)
	}
	p.add(one)
}

// isOfVariable is true of a setting whose value the files put together of variables.
func (p pair) isOfVariable(s model.Setting) bool {
	return slices.ContainsFunc(p.unknown[p.file.Name], func(u model.Unknown) bool { return u.At == s.At })
}

func byName(all []model.Setting) map[string]model.Setting {
	by := map[string]model.Setting{}
	for _, s := range all {
		by[s.Name] = s
	}
	return by
}

package inspect

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/model"
)

// settings compares the environment. Of a socket proxy it shows the flags with their values, of others
// where the Docker API is; of all else the names alone.
func (p pair) settings() {
	told := map[string]bool{}
	if proxy, is := p.files.API.Proxies[p.file.Name]; is {
		p.flags(proxy.Stated, proxy.Defaults, told)
	} else if proxy, is := p.running.API.Proxies[p.seen.Name]; is {
		p.flags(proxy.Stated, nil, told)
	}
	p.endpoints(told)
	p.environment(told)
}

// flags compares the variables of a socket proxy: those that the files state, and those that the image
// has by default and the files leave alone.
func (p pair) flags(stated []string, defaults map[string]string, told map[string]bool) {
	values, in := p.container.environment(), byName(p.file.Environment)
	names := map[string]bool{}
	for _, name := range stated {
		names[name] = true
	}
	for name := range defaults {
		names[name] = true
	}
	if proxy, is := p.running.API.Proxies[p.seen.Name]; is {
		for _, name := range proxy.Stated {
			names[name] = true
		}
	}
	for name := range each(names) {
		told[name] = true
		seen, there := values[name]
		setting, isStated := in[name]
		one := check.Check{Section: sectionProxies, ID: name, Subject: p.subject, Seen: "not set", Decides: name, Location: p.place(p.file.At, "")}
		if there {
			one.Seen = p.shown(name, seen)
		}
		standard, known := defaults[name]
		switch {
		case isStated && setting.Value == nil:
			one.Location, one.Why = p.place(setting.At, ""), p.left(setting)
		case isStated:
			one.Location, one.Expected = p.place(setting.At, ""), p.shown(name, *setting.Value)
			one.Verdict = verdict(there && seen == *setting.Value)
		case !there:
			continue // the image has it as it has it
		case p.file.EnvironmentIncomplete && seen != standard:
			one.Why = "no file that is here states it"
		case known:
			one.Expected, one.Why, one.Verdict = p.shown(name, standard), "the image's own, since no file states it", verdict(seen == standard)
		default:
			one.Why = "no file states it, the image may"
		}
		p.add(one)
	}
}

func verdict(agrees bool) check.Verdict {
	if agrees {
		return check.Agrees
	}
	return check.Differs
}

// shown is a value as it may be shown.
func (p pair) shown(name, value string) string {
	if value == "" {
		return "empty"
	}
	return p.show(name, value)
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

// endpoints compares where the container is told that the Docker API is.
func (p pair) endpoints(told map[string]bool) {
	stated := named(p.file, p.apiOfFiles)
	seen := named(p.seen, p.apiOfRunning)
	names := maps.Clone(stated)
	maps.Copy(names, seen)
	for name := range each(names) {
		if told[name] {
			continue
		}
		told[name] = true
		expected, isStated := stated[name]
		found, there := seen[name]
		one := check.Check{Section: sectionEndpoints, ID: name, Subject: p.subject, Seen: "not set", Decides: name, Location: p.place(p.file.At, "")}
		if there {
			one.Seen = p.shown(name, text(found.Value))
		}
		switch {
		case isStated && expected.Value == nil:
			one.Location, one.Why = p.place(expected.At, ""), p.left(expected)
		case isStated:
			one.Location, one.Expected = p.place(expected.At, ""), p.shown(name, *expected.Value)
			one.Verdict = verdict(there && text(found.Value) == *expected.Value)
		case p.file.EnvironmentIncomplete:
			one.Why = "no file that is here states it"
		case strings.Contains(found.At, ".environment["):
			one.Why = "no file states it, the image may"
		default:
			continue // the command is the image's
		}
		p.add(one)
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
func (p pair) environment(told map[string]bool) {
	values := p.container.environment()
	var others, missing []string
	compared := 0
	for _, s := range p.file.Environment {
		if told[s.Name] || s.Value == nil || strings.Contains(s.Name, "=") {
			continue
		}
		compared++
		switch seen, there := values[s.Name]; {
		case !there:
			missing = append(missing, s.Name)
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
	}
	p.add(one)
}

func byName(all []model.Setting) map[string]model.Setting {
	by := map[string]model.Setting{}
	for _, s := range all {
		by[s.Name] = s
	}
	return by
}

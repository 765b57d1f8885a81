package lsp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/rules"
)

// setting is the service of which a setting is typed: a variable, or a word of its command.
func (t typing) setting() (service string, ok bool) {
	for _, form := range []string{"services.*.environment.*", "services.*.environment.[]", "services.*.command.[]"} {
		if matches(t.path, form) {
			return t.path[1], true
		}
	}
	return "", false
}

// settings offers the flags of a socket proxy, or the values of one.
func (c *completing) settings(projects []*lint.Edited, service string, t typing) {
	i := slices.IndexFunc(projects, func(p *lint.Edited) bool { return len(p.Proxies[service].Flags) > 0 })
	if i < 0 || (t.path[2] == "command") != (projects[i].Proxies[service].Option != "") {
		return
	}
	proxy := projects[i].Proxies[service]
	switch name, _, hasValue := strings.Cut(t.typed, "="); {
	case proxy.Option != "":
		c.options(proxy, t)
	case t.role == atValue:
		c.values(proxy, t.path[3], t, t.start)
	case t.role == atItem && hasValue:
		c.values(proxy, name, t, t.start+len(name)+1)
	case t.role == atKey || t.role == atItem:
		c.flags(proxy, t)
	}
}

// flags offers those that are not there yet, with the value that changes something: first those that clients need.
func (c *completing) flags(proxy rules.FlagProxy, t typing) {
	stated := map[string]bool{}
	for name := range t.parent().ValuesByName() {
		stated[name] = true
	}
	text := c.document.content[t.start:t.end]
	end := t.end
	before, _, hasValue := strings.Cut(text, "=")
	if t.role == atItem && hasValue {
		end = t.start + len(before)
	}
	for _, f := range neededFirst(proxy.Flags) {
		if stated[f.Name] {
			continue
		}
		o := offer{label: f.Name, kind: completesVariable, detail: opens(f, proxy.Gate), about: described(c.prose(), f, proxy)}
		switch {
		case t.role == atItem && !hasValue:
			o.text = f.Name + "=" + wanted(f)
		case t.role == atKey && !t.followed && !t.quoted:
			o.text = f.Name + ": " + asSiblings(t, wanted(f))
		}
		if t.before != "" {
			o.text = t.before + o.text
		}
		c.add(o, t.start, end)
	}
}

// neededFirst are flags in order, those first that a client needs and that are off by themselves.
func neededFirst(flags []rules.Flag) []rules.Flag {
	isLacking := func(f rules.Flag) bool { return len(f.NeededBy) > 0 && !isOn(f, f.Default) }
	all := slices.DeleteFunc(slices.Clone(flags), func(f rules.Flag) bool { return !isLacking(f) })
	return append(all, slices.DeleteFunc(slices.Clone(flags), isLacking)...)
}

// isOn is true of a flag with a value.
func isOn(f rules.Flag, value string) bool {
	return slices.Contains(f.Values, rules.FlagValue{Value: value, On: true})
}

// wanted is the value of a flag that somebody sets: what a client needs is on, and any other one is not what it is by
// itself, in the words of that.
func wanted(f rules.Flag) string {
	on := len(f.NeededBy) > 0 || !isOn(f, f.Default)
	for _, v := range f.Values {
		if v.On == on && (len(v.Value) > 1) == (len(f.Default) > 1) {
			return v.Value
		}
	}
	return "1"
}

// asSiblings is a value of a mapping in the quotes that others have there.
func asSiblings(t typing, value string) string {
	quote := ""
	if len(value) > 1 {
		quote = `"` // else it is a boolean
	}
	for _, key := range t.parent().Keys() {
		field := t.parent().Field(key)
		if strings.Contains(key, standIn) || field.Span.Start == field.Span.End || field.Via != nil || strings.Contains(field.String(), standIn) {
			continue
		}
		if c := t.content[field.Span.Start]; c == '"' || c == '\'' {
			quote = string(c)
		}
		break
	}
	return quote + value + quote
}

// values offers those of a flag, from an offset on.
func (c *completing) values(proxy rules.FlagProxy, name string, t typing, from int) {
	i := slices.IndexFunc(proxy.Flags, func(f rules.Flag) bool { return f.Name == name })
	if i < 0 {
		return
	}
	f := proxy.Flags[i]
	for _, v := range f.Values {
		o := offer{label: v.Value, kind: completesValue, detail: "off", text: v.Value}
		if v.On {
			o.detail = "on: " + opens(f, proxy.Gate)
		}
		if v.Value == f.Default {
			o.detail += " (as the image has it)"
		}
		if t.role == atValue && !t.quoted {
			o.text = asSiblings(t, v.Value)
		}
		o.text = t.before + o.text
		c.add(o, min(from, t.end), t.end)
	}
}

// options offers the flags that are the values of an option.
func (c *completing) options(proxy rules.FlagProxy, t typing) {
	option := "--" + proxy.Option + "="
	if len(proxy.Option) == 1 {
		option = option[1:]
	}
	for _, f := range neededFirst(proxy.Flags) {
		text := option + f.Name
		if slices.ContainsFunc(t.parent().Items, func(n *yamltree.Node) bool { return n.String() == text }) {
			continue
		}
		c.add(offer{label: text, kind: completesVariable, detail: opens(f, proxy.Gate), about: described(c.prose(), f, proxy), text: t.before + text}, t.start, t.end)
	}
}

// opens is in a few words what a flag opens.
func opens(f rules.Flag, gate string) string {
	var said string
	n, more := len(f.Opens), len(f.More)
	switch {
	case f.Name == gate:
		said = fmt.Sprintf("lets %s through besides GET and HEAD, where another flag opens them", words.Count(more, "operation"))
	case n == 0 && more == 0:
		return "opens nothing by itself"
	case n == 0:
		said = fmt.Sprintf("opens %s with %s, such as %s", words.Count(more, "operation"), gate, f.More[0])
	case more == 0:
		said = fmt.Sprintf("opens %s, such as %s", words.Count(n, "operation"), f.Opens[0])
	default:
		said = fmt.Sprintf("opens %s, such as %s; with %s %d more", words.Count(n, "operation"), f.Opens[0], gate, more)
	}
	switch {
	case f.Root:
		said += "; root on the host is possible"
	case f.MoreRoot && f.Name == gate:
		said += "; root on the host may be possible"
	case f.MoreRoot:
		said += "; root on the host is possible then"
	}
	return said
}

// described says of a flag what it opens, and who needs it.
func described(p prose, f rules.Flag, proxy rules.FlagProxy) string {
	requests := func(title string, all []string) string {
		if len(all) == 0 {
			return ""
		}
		coded := make([]string, len(all))
		for i, request := range all {
			coded[i] = p.code(request)
		}
		return title + ":\n\n" + p.list(some(coded, mostOperations), false)
	}
	gate := fmt.Sprintf("Opens with %s", p.code(proxy.Gate))
	if f.Name == proxy.Gate {
		gate = "Opens with the flags of their sections"
	}
	usual := ""
	if isOn(f, f.Default) {
		usual = "It is on unless it is set."
	}
	needed := "No client of this project is known to need it."
	if n := len(f.NeededBy); n > 0 {
		needed = fmt.Sprintf("%s %s it.", p.text(names(f.NeededBy)), map[bool]string{true: "needs", false: "need"}[n == 1])
	}
	return paragraphs(requests("Opens", f.Opens), requests(gate, f.More), usual, needed)
}

package yamledit

import (
	"bytes"
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// style is how a file is written.
type style struct {
	// lineBreak ends its lines, step is how far in a mapping is below its key, dash how far a list is.
	lineBreak, step, dash string
	// quote is what it puts around texts that need it.
	quote string
	// isJSON is true where every text needs it.
	isJSON bool
}

// styleOf is how most of a file is written.
func styleOf(f *File) style {
	s := style{lineBreak: "\n", quote: `"`, isJSON: json.Valid(bytes.TrimPrefix(f.Text, []byte(mark)))}
	switch i := bytes.IndexAny(f.Text, "\r\n"); {
	case i >= 0 && bytes.HasPrefix(f.Text[i:], []byte("\r\n")):
		s.lineBreak = "\r\n"
	case i >= 0 && f.Text[i] == '\r':
		s.lineBreak = "\r"
	}
	steps, dashes, quotes := map[int]int{}, map[int]int{}, map[byte]int{}
	var look func(n *yamltree.Node)
	look = func(n *yamltree.Node) {
		if !Own(n) {
			return
		}
		if n.Kind == yamltree.Scalar && n.Span.Start < n.Span.End {
			quotes[f.Text[n.Span.Start]]++
		}
		for _, field := range n.Fields {
			look(field)
			if !Own(field) || field.Span.IsZero() || field.Key.IsZero() || f.isFlow(field) || f.lineStart(field.Span.Start) <= field.Key.Start {
				continue
			}
			in := len(f.column(field.Span.Start)) - len(f.column(field.Key.Start))
			switch {
			case field.Kind == yamltree.Mapping && in > 0:
				steps[in]++
			case field.Kind == yamltree.Sequence && in >= 0:
				dashes[in]++
			}
		}
		for _, item := range n.Items {
			look(item)
		}
	}
	for _, doc := range f.Docs {
		look(doc)
	}
	if quotes['\''] > quotes['"'] {
		s.quote = "'"
	}
	s.step = strings.Repeat(" ", most(steps, 2))
	s.dash = strings.Repeat(" ", most(dashes, len(s.step)))
	return s
}

// most is what was counted most often, the smaller one of two; otherwise where nothing was.
func most(counted map[int]int, otherwise int) int {
	best, times := otherwise, 0
	for width, n := range counted {
		if n > times || n == times && width < best {
			best, times = width, n
		}
	}
	return best
}

// field are the lines of a key and its value in a block.
func (f *File) field(key string, value any, indent string) []string {
	head := indent + f.key(key) + ":"
	if below := f.below(value, indent); below != nil || value == nil {
		return append([]string{head}, below...)
	}
	return []string{head + " " + f.flow(value, "")}
}

// below are the lines of a collection under a key, nil for what stands on the line of the key.
func (f *File) below(value any, indent string) []string {
	var lines []string
	switch v := value.(type) {
	case map[string]any:
		for _, key := range ordered(v) {
			lines = append(lines, f.field(key, v[key], indent+f.step)...)
		}
	case []any:
		for _, item := range v {
			lines = append(lines, f.item(item, indent+f.dash, "")...)
		}
	}
	return lines
}

// item are the lines of an item of a list in a block.
func (f *File) item(value any, indent, quote string) []string {
	fields, ok := value.(map[string]any)
	if !ok || len(fields) == 0 {
		return []string{indent + "- " + f.flow(value, quote)}
	}
	var lines []string
	for _, key := range ordered(fields) {
		lines = append(lines, f.field(key, fields[key], indent+"  ")...)
	}
	lines[0] = indent + "- " + strings.TrimPrefix(lines[0], indent+"  ")
	return lines
}

// flow is a value in brackets, or a scalar.
func (f *File) flow(value any, quote string) string {
	var parts []string
	switch v := value.(type) {
	case map[string]any:
		for _, key := range ordered(v) {
			parts = append(parts, f.key(key)+": "+f.flow(v[key], ""))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []any:
		for _, item := range v {
			parts = append(parts, f.flow(item, quote))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return f.scalar(value, quote)
}

func (f *File) key(key string) string { return f.scalar(key, "") }

// scalar is a scalar in the quotes that are asked for, or that it needs.
func (f *File) scalar(value any, quote string) string {
	text, ok := value.(string)
	switch {
	case value == nil:
		return "null"
	case !ok:
		return yamltree.Written(value)
	case f.isJSON:
		return jsonText(text)
	case quote == "" && isPlain(text):
		return text
	}
	if cmp.Or(quote, f.quote) == "'" && quotable(text, "") {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return jsonText(text)
}

// Written is a text as YAML writes it: without quotes where it means itself without them.
func Written(text string) string {
	if isPlain(text) {
		return text
	}
	return jsonText(text)
}

// jsonText is a text in double quotes, which YAML reads as JSON does.
func jsonText(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a string
	return strings.TrimSuffix(b.String(), "\n")
}

// quotable is true for a text of one line of characters that can be shown, but for some.
func quotable(text, without string) bool {
	return !strings.ContainsAny(text, without+"\t\r\n\u0085\u2028\u2029\ufeff") && !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\ufffd' })
}

// plain is a text that means itself without quotes wherever it stands, as sizes and addresses do, and words the
// texts that it fits and that some parsers take for something else. begins is how a text without quotes can begin.
var (
	begins = regexp.MustCompile(`^(-{1,2}[A-Za-z]|[A-Za-z0-9_/.$~])`)
	plain  = regexp.MustCompile(`^-{0,2}[A-Za-z_/.][A-Za-z0-9_/.@+=-]*(:[A-Za-z0-9_/.@+=-]+)*$`)
	sized  = regexp.MustCompile(`^([0-9]+([kmgt]b?|[KMGT]i?B?|s|ms|h)|[0-9]+(\.[0-9]+){3}(:[0-9]+)*)$`)
	words  = regexp.MustCompile(`^(?i:true|false|yes|no|on|off|y|n|null|\.nan|\.inf|\.[0-9.e+-]*|=|<<)$`)
)

func isPlain(text string) bool {
	return plain.MatchString(text) && !words.MatchString(text) || sized.MatchString(text)
}

// plainAs is true for a number or a word as plain as the value that it takes the place of.
func plainAs(text string, old any) bool {
	switch old.(type) {
	case int, int64, uint64, float64:
		return number.MatchString(text)
	case bool:
		return text == "true" || text == "false"
	}
	return false
}

var number = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})$`)

// order is that in which Compose files state what services are; other keys follow by their names.
var order = []string{
	"rule", "image", "build", "command", "restart", "user", "read_only", "cap_drop", "cap_add", "security_opt", "environment", "ports", "volumes", "networks",
	"depends_on", "mem_limit", "cpus", "pids_limit", "tmpfs", "type", "source", "target",
}

// ordered are the keys of a mapping as people write them.
func ordered(fields map[string]any) []string {
	keys := make([]string, 0, len(fields))
	for key := range fields {
		keys = append(keys, key)
	}
	place := func(key string) int {
		if i := slices.Index(order, key); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(place(a)-place(b), cmp.Compare(a, b)) })
	return keys
}

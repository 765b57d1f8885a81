package lsp

import (
	"iter"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// tree is what a text says as YAML.
type tree struct {
	source *yamltree.Source
	docs   []*yamltree.Node
}

// parsed is the tree of a text; ok is false where it cannot be read.
func parsed(content string) (t tree, failed *yamltree.Error) {
	t.source = yamltree.NewSource(&model.File{Text: []byte(content)})
	t.docs, _, failed = yamltree.Parse(t.source)
	return t, failed
}

// mostBlanked is how many lines are left out of a text that cannot be read, mostRepaired the size of one of which
// several are, in bytes.
const (
	mostBlanked  = 3
	mostRepaired = 256 << 10
)

// repaired is the tree of a text without the lines at which it cannot be read, as those that somebody is typing:
// the one at which reading ends, or the one above. Offsets are those of the text. It is empty where too many lines
// would have to go.
func repaired(content string) tree {
	t, failed := parsed(content)
	for n := 0; failed != nil; n++ {
		if n == mostBlanked || n > 0 && len(content) > mostRepaired {
			return tree{}
		}
		line := strings.LastIndexAny(content[:failed.Span.Start], "\r\n") + 1
		above := strings.LastIndexAny(strings.TrimRight(content[:line], " \t\r\n"), "\r\n") + 1
		next := withoutLine(content, line)
		t, failed = parsed(next)
		if failed != nil {
			other := withoutLine(content, above)
			if t2, failed2 := parsed(other); failed2 == nil || failed2.Span.Start > failed.Span.Start {
				next, t, failed = other, t2, failed2
			}
		}
		content = next
	}
	return t
}

// withoutLine is a text with blanks in the place of the line that starts at an offset.
func withoutLine(content string, start int) string {
	end := len(content)
	if i := strings.IndexAny(content[start:], "\r\n"); i >= 0 {
		end = start + i
	}
	return content[:start] + blank(content[start:end]) + content[end:]
}

// role is what a spot is to the collection around it.
type role uint8

// The roles.
const (
	// nowhere is a place that is no value: between values, or in a comment.
	nowhere role = iota
	atKey
	atValue
	atItem
)

// spot is what stands at a place of a text.
type spot struct {
	role role
	// path are the keys and indexes down to what stands here: with its key, or its index.
	path yamltree.Path
	// nodes are the collections on the path, the document first.
	nodes []*yamltree.Node
	// node is what stands here: of a key its value.
	node *yamltree.Node
	// start and end are its token in bytes, without quotes.
	start, end int
}

// at is what stands at an offset.
func (t tree) at(offset int) spot {
	for _, doc := range t.docs {
		if s, found := (spot{path: yamltree.NewPath()}).into(doc, offset); found {
			return s
		}
	}
	return spot{}
}

// into looks for an offset in a node that stands in the text itself.
func (s spot) into(n *yamltree.Node, offset int) (found spot, ok bool) {
	if offset < n.Span.Start || n.Span.End < offset {
		return s, false
	}
	switch n.Kind {
	case yamltree.Mapping:
		s.nodes = append(s.nodes, n)
		for key, field := range n.Fields {
			if field.Key.Start < n.Span.Start || n.Span.End < field.Key.End {
				continue // merged from elsewhere
			}
			path := append(s.path[:len(s.path):len(s.path)], key)
			if field.Key.Start <= offset && offset <= field.Key.End {
				return spot{role: atKey, path: path, nodes: s.nodes, node: field}.token(field.Key), true
			}
			if f, ok := (spot{role: atValue, path: path, nodes: s.nodes}).value(field, offset); ok {
				return f, true
			}
		}
	case yamltree.Sequence:
		s.nodes = append(s.nodes, n)
		for i, item := range n.Items {
			if f, ok := (spot{role: atItem, path: append(s.path[:len(s.path):len(s.path)], "["+strconv.Itoa(i)+"]"), nodes: s.nodes}).value(item, offset); ok {
				return f, true
			}
		}
	default:
		s.node = n
		return s.token(n.Span), true
	}
	return s, false
}

// value looks for an offset in a value, or in the alias that stands for it.
func (s spot) value(n *yamltree.Node, offset int) (found spot, ok bool) {
	if n.Via == nil {
		return s.into(n, offset)
	}
	s.node = n
	return s.token(n.Via.At), n.Via.At.Start <= offset && offset <= n.Via.At.End
}

// token sets the place, less its quotes.
func (s spot) token(at yamltree.Span) spot {
	s.start, s.end = at.Start, at.End
	if text := at.Source.Text[at.Start:at.End]; len(text) > 1 && (text[0] == '"' || text[0] == '\'') && text[len(text)-1] == text[0] {
		s.start, s.end = s.start+1, s.end-1
	}
	return s
}

// parent is the collection around.
func (s spot) parent() *yamltree.Node {
	if len(s.nodes) == 0 {
		return nil
	}
	return s.nodes[len(s.nodes)-1]
}

// typing is a place in a text at which somebody types: the text is made one that can be read, with something at
// the place that stands for what is to be written.
type typing struct {
	spot
	// content is the text that was made.
	content string
	// attempt is what was put around it. What comes before has to be written, too: a blank behind a colon, the
	// mark of an item.
	attempt
	// typed is what stands between the start of the token and the place.
	typed string
	// alone is true where nothing else stands on the line, so that a key can, or an item that is a mapping.
	alone bool
	// followed is true where a colon stands behind the token.
	followed bool
	// quoted is true where the token stands in quotes.
	quoted bool
}

// standIn is a character that no text has, and that any text may have.
const standIn = "\ue000"

var (
	// wordOnly are lines with no more than the start of a key or an item.
	wordOnly = lazyregexp.New(`^[ \t]*(- +)*["']?[^\s"'#:,{}\[\]]*$`)
	// restOfWord is what may follow of it.
	restOfWord = lazyregexp.New(`^[^\s"'#:,{}\[\]]*["']?[ \t]*$`)
	inItem     = lazyregexp.New(`^[ \t]*- +`)
	nothing    = lazyregexp.New(`^[ \t]*$`)
	// followedByColon is what follows a key that has its colon.
	followedByColon = lazyregexp.New(`^["']?[ \t]*:`)
)

// typings are what somebody may be typing at an offset of a text, on a line that starts at another, the likeliest
// first: the start of a key may be one of an item as well.
func typings(content string, start, offset int) iter.Seq[typing] {
	end := len(content)
	if i := strings.IndexAny(content[offset:], "\r\n"); i >= 0 {
		end = offset + i
	}
	before, after := content[start:offset], content[offset:end]
	ways := []struct {
		rest string
		read func(string) tree
	}{{content[end:], strictly}, {"", strictly}, {content[end:], repaired}}
	if len(content) > mostRepaired {
		ways = ways[:2]
	}
	return func(yield func(typing) bool) {
		for _, way := range ways {
			found := false
			for _, a := range attempts(before, after) {
				made := content[:offset] + a.before + standIn + after + a.after + way.rest
				t := typing{attempt: a, alone: wordOnly().MatchString(before) && restOfWord().MatchString(after)}
				if !t.in(way.read(made), made, start, offset, end) {
					continue
				}
				if found = true; !yield(t) {
					return
				}
			}
			if found {
				return
			}
		}
	}
}

// in looks for the place in the text that was made; it is false where that is a part of something else.
func (t *typing) in(made tree, content string, start, offset, end int) bool {
	at := offset + len(t.before)
	s := made.at(at)
	if s.role == nowhere || s.start < start || strings.ContainsAny(content[s.start:s.end], "\r\n") {
		return false
	}
	inText := func(i int) int {
		if i <= offset {
			return i
		}
		return max(offset, min(i-len(t.before)-len(standIn), end))
	}
	t.spot, t.content, t.typed = s, string(made.source.Text), content[s.start:at]
	t.quoted = strings.HasSuffix(content[:s.start], `"`) || strings.HasSuffix(content[:s.start], "'")
	t.followed = t.after == "" && followedByColon().MatchString(content[s.end:])
	t.start, t.end = inText(s.start), inText(s.end)
	return true
}

// strictly is the tree of a text, empty where it cannot be read.
func strictly(content string) tree {
	t, failed := parsed(content)
	if failed != nil {
		return tree{}
	}
	return t
}

// attempt is what is put around the place to make a text that can be read.
type attempt struct{ before, after string }

// attempts are those for a line, the likeliest first.
func attempts(before, after string) []attempt {
	closing := closers(before + after)
	switch {
	case wordOnly().MatchString(before) && restOfWord().MatchString(after):
		all := []attempt{{"", closing + ":"}, {"", closing}}
		if inItem().MatchString(before) {
			all = []attempt{{"", closing}, {"", closing + ":"}}
		}
		if nothing().MatchString(before) {
			all = append(all, attempt{"- ", closing})
		}
		if strings.HasSuffix(before, "-") {
			all = append([]attempt{{" ", closing}}, all...)
		}
		return all
	case strings.HasSuffix(before, ":"):
		return []attempt{{" ", closing}, {"", closing}}
	}
	return []attempt{{"", closing}}
}

// closers are what closes what a line leaves open: quotes and brackets.
func closers(line string) string {
	var brackets []byte
	quote := byte(0)
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			} else if c == '\\' && quote == '"' {
				i++
			}
		case c == '"' || c == '\'':
			if i == 0 || strings.IndexByte(" \t[{,", line[i-1]) >= 0 {
				quote = c
			}
		case c == '#' && i > 0 && (line[i-1] == ' ' || line[i-1] == '\t'):
			i = len(line)
		case c == '[':
			brackets = append(brackets, ']')
		case c == '{':
			if i == 0 || line[i-1] != '$' {
				brackets = append(brackets, '}')
			}
		case (c == ']' || c == '}') && len(brackets) > 0 && brackets[len(brackets)-1] == c:
			brackets = brackets[:len(brackets)-1]
		}
	}
	var b strings.Builder
	if quote != 0 {
		b.WriteByte(quote)
	}
	for i := len(brackets) - 1; i >= 0; i-- {
		b.WriteByte(brackets[i])
	}
	return b.String()
}

// commentAt is the comment that an offset of a text stands in.
func commentAt(content string, offset int) (c yamltree.Comment, ok bool) {
	line := content[strings.LastIndexAny(content[:offset], "\r\n")+1 : offset]
	if !strings.Contains(line, "#") {
		return c, false
	}
	t, failed := parsed(content)
	if failed != nil {
		if r := repaired(content); r.source != nil {
			t = r
		}
	}
	for _, c := range yamltree.Comments(t.source, t.docs) {
		if c.Span.Start < offset && offset <= c.Span.End {
			return c, true
		}
	}
	return c, false
}

package fix

import (
	"errors"
	"strings"

	"github.com/composelint/composelint/internal/yamledit"
)

var errShortForm = errors.New("the short form cannot say it: write the long one")

// shortForm states a value in the short form of a mount or a port.
func (w written) shortForm(path []string, value any) (yamledit.Edit, error) {
	text, ok := w.node.Value.(string)
	if !ok || len(path) != 1 {
		return yamledit.Edit{}, errShortForm
	}
	parts := colons(text)
	switch list := w.last(2); {
	case list == "volumes" && path[0] == "read_only" && value == true:
		return w.readOnly(text, parts)
	case list == "ports" && path[0] == "host_ip":
		if ip, ok := value.(string); ok {
			return w.hostIP(text, parts, ip)
		}
	}
	return yamledit.Edit{}, errShortForm
}

// readOnly adds ro to the mode of SOURCE:TARGET or SOURCE:TARGET:MODE.
func (w written) readOnly(text string, parts []string) (yamledit.Edit, error) {
	if len(parts[0]) == 1 && !strings.ContainsAny(parts[0], "./~") { // a drive of Windows
		return yamledit.Edit{}, errShortForm
	}
	switch len(parts) {
	case 2:
		return w.put(len(text), len(text), ":ro")
	case 3:
		start := len(text) - len(parts[2])
		for mode := range strings.SplitSeq(parts[2], ",") {
			if mode == "rw" {
				return w.put(start, start+len(mode), "ro")
			}
			start += len(mode) + 1
		}
		return w.put(len(text), len(text), ",ro")
	}
	return yamledit.Edit{}, errShortForm
}

// hostIP puts an address before PUBLISHED:TARGET, in the place of one that is there.
func (w written) hostIP(text string, parts []string, ip string) (yamledit.Edit, error) {
	switch len(parts) {
	case 1:
		return w.put(0, 0, ip+"::")
	case 2:
		return w.put(0, 0, ip+":")
	case 3:
		return w.put(0, len(parts[0]), ip)
	}
	return yamledit.Edit{}, errShortForm
}

// put replaces the bytes [start, end) of the value.
func (w written) put(start, end int, text string) (yamledit.Edit, error) {
	from, ok := w.offset(start)
	to, alsoOK := w.offset(end)
	if !ok || !alsoOK {
		return yamledit.Edit{}, errShortForm
	}
	return w.Part(w.node, from, to, text)
}

// offset is where a byte of the value stands in the file.
func (w written) offset(i int) (int, bool) {
	for _, p := range w.node.Text {
		if i <= p.Length && p.Literal {
			return p.Start + i, true
		}
		if i -= p.Length; i < 0 {
			return 0, false
		}
	}
	return 0, false
}

// colons are the parts of a text between its colons, but for those in ${…} and in brackets.
func colons(text string) []string {
	var parts []string
	depth, start := 0, 0
	for i, c := range text {
		switch c {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ':':
			if depth == 0 {
				parts = append(parts, text[start:i])
				start = i + 1
			}
		}
	}
	return append(parts, text[start:])
}

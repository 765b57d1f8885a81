package fix

import (
	"errors"
	"strings"

	"github.com/composelint/composelint/internal/yamledit"
)

var errShortForm = errors.New("the short form cannot say it: write the long one")

// shortForm states a value in the short form of a mount or a port.
func (w written) shortForm(path []string, value any) (yamledit.Edit, error) {
	list, text := w.last(2), w.node.String() // a port may be a number
	word, _ := value.(string)
	if w.node.Value == nil {
		return yamledit.Edit{}, errShortForm
	}
	if w.last(1) == "tmpfs" { // one alone, without a list
		list = "tmpfs"
	}
	switch parts := colons(text); list + "." + strings.Join(path, ".") {
	case "volumes.read_only":
		if value == true {
			return w.readOnly(text, parts)
		}
	case "volumes.target":
		return w.target(parts, word)
	case "volumes.bind.propagation":
		return w.propagation(text, parts, word)
	case "ports.host_ip":
		return w.hostIP(text, parts, word)
	case "tmpfs.target":
		return w.put(0, len(parts[0]), word)
	case "tmpfs.allows":
		return w.withoutOptions(text, parts)
	}
	return yamledit.Edit{}, errShortForm
}

// target is where SOURCE:TARGET or SOURCE:TARGET:MODE is mounted.
func (w written) target(parts []string, path string) (yamledit.Edit, error) {
	if len(parts) < 2 || len(parts) > 3 || isDrive(parts[0]) {
		return yamledit.Edit{}, errShortForm
	}
	start := len(parts[0]) + 1
	return w.put(start, start+len(parts[1]), path)
}

// propagation takes the place of another one in a mode.
func (w written) propagation(text string, parts []string, word string) (yamledit.Edit, error) {
	if len(parts) < 3 {
		return yamledit.Edit{}, errShortForm
	}
	start := len(text) - len(parts[len(parts)-1])
	for mode := range strings.SplitSeq(text[start:], ",") {
		if strings.TrimPrefix(mode, "r") == "shared" {
			return w.put(start, start+len(mode), word)
		}
		start += len(mode) + 1
	}
	return yamledit.Edit{}, errShortForm
}

// withoutOptions leaves out what a tmpfs allows.
func (w written) withoutOptions(text string, parts []string) (yamledit.Edit, error) {
	if hasVariable(text) {
		return yamledit.Edit{}, errVariable
	}
	start := len(parts[0])
	var kept []string
	for option := range strings.SplitSeq(strings.TrimPrefix(text[start:], ":"), ",") {
		if option != "exec" && option != "suid" && option != "dev" {
			kept = append(kept, option)
		}
	}
	if len(kept) == 0 {
		return w.put(start, len(text), "")
	}
	return w.put(start, len(text), ":"+strings.Join(kept, ","))
}

// isDrive is true for the drive of a path of Windows.
func isDrive(part string) bool { return len(part) == 1 && !strings.ContainsAny(part, "./~") }

// readOnly adds ro to the mode of SOURCE:TARGET or SOURCE:TARGET:MODE.
func (w written) readOnly(text string, parts []string) (yamledit.Edit, error) {
	if isDrive(parts[0]) {
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
		if address := defaulted().FindStringSubmatchIndex(parts[0]); address != nil { // whoever sets it says so
			return w.put(address[4], address[5], ip)
		}
		if hasVariable(parts[0]) {
			return yamledit.Edit{}, errVariable
		}
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

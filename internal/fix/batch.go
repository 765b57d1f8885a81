package fix

import (
	"fmt"

	"github.com/composelint/composelint/internal/yamledit"
	"github.com/composelint/composelint/rules"
)

// Batch are the changes of several fixes that can be made at once.
type Batch struct{ byFile map[string][]rules.Change }

// Add takes the changes of a fix in. It reports false, and takes none, where one of them concerns the same
// bytes as another fix's: it has to wait until those are made.
func (b *Batch) Add(changes []rules.Change) bool {
	if b.byFile == nil {
		b.byFile = map[string][]rules.Change{}
	}
	var added []rules.Change
	for _, c := range changes {
		known := false
		for _, other := range b.byFile[c.File] {
			known = known || c == other
			if c != other && clash(c, other) {
				return false
			}
		}
		if !known {
			added = append(added, c)
		}
	}
	for _, c := range added {
		b.byFile[c.File] = append(b.byFile[c.File], c)
	}
	return true
}

// clash is true for two changes of a file of which one would undo the other.
func clash(a, b rules.Change) bool {
	switch {
	case a.Start == b.Start && a.Start == a.End && b.Start == b.End: // both put something in
		return a.Indent == b.Indent && (a.Indent == yamledit.Alone || a.Adds != "" && a.Adds == b.Adds)
	case a.Start == a.End:
		return b.Start < a.Start && a.Start < b.End
	case b.Start == b.End:
		return a.Start < b.Start && b.Start < a.End
	}
	return a.Start < b.End && b.Start < a.End
}

// Apply is what the files are with the changes, those that have some.
func (b *Batch) Apply(text func(file string) []byte) (map[string][]byte, error) {
	changed := map[string][]byte{}
	for file, changes := range b.byFile {
		edits := make([]yamledit.Edit, len(changes))
		for i, c := range changes {
			edits[i] = editOf(c)
		}
		after, err := yamledit.Apply(text(file), edits)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", file, err)
		}
		changed[file] = after
	}
	return changed, nil
}

func editOf(c rules.Change) yamledit.Edit {
	return yamledit.Edit{Start: c.Start, End: c.End, Text: c.Text, Adds: c.Adds, Indent: c.Indent}
}

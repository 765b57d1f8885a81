package rules

import "github.com/composelint/composelint/model"

// Fix is a way to mend a finding.
type Fix struct {
	// Label says what it does, as one would ask for it: add "no-new-privileges:true" to "security_opt".
	Label string `json:"title"`
	// Risk says what may become otherwise than before. It is empty for a fix that is safe: what Compose
	// makes of the files changes in nothing but what the finding is about, and the service goes on to run.
	Risk string `json:"risk"`
	// Edits are what the rule asks for.
	Edits []Edit `json:"edits"`
	// Refused says why it cannot be made, by what the rule knows of the project or because of how the files
	// are written; it is empty for one that can.
	Refused string `json:"refused"`
	// Changes are what it is in the files, in the order in which they are made, where somebody asked for it (package
	// internal/fix).
	Changes []Change `json:"-"`
}

// Safe is true for a fix that can be made unseen.
func (f Fix) Safe() bool { return f.Risk == "" }

// Edit is one thing that a fix does. policies/lib/lint.rego has a constructor for each.
type Edit struct {
	// Op is set (a value below a node, by Compose's keys), append (an item to a list below it), remove (the
	// node, or what it has under a key), replace (its text by another), correct (what is a slip of the value,
	// its text or its key), rename (its key), unquote (its value, of quotes that are a part of it), require (a
	// variable in the place of the secret in it) or define (a service, a network or the like, in the file of
	// the node).
	Op string `json:"op"`
	// At names a node of the model, Key what it has under one, as in a finding.
	At  string `json:"at"`
	Key string `json:"key"`
	// Path are Compose's keys that lead to the value, from the node, or from the root for define.
	Path []string `json:"path"`
	// Value is the new one.
	Value any `json:"value"`
}

// Change replaces a stretch of a file, Start to End in bytes, by a text.
type Change struct {
	// File is its path as it is shown, which Location has too.
	File       string
	Start, End int
	Location   model.Location
	Text       string
	// Adds is the key that the text brings into a mapping, Indent how far in it stands: of two changes at one
	// place that bring the same key, one waits.
	Adds   string
	Indent int
}

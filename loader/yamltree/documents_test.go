package yamltree

import "slices"

// document is a text that all tests of this package read. A want line is a node: its path,
// value and token, then its key, tag, hops, and the pieces of a text that is not one literal.
type document struct{ name, text, want string }

var documents = slices.Concat(scalarDocuments, lineDocuments, structureDocuments, aliasDocuments)

// Package policies holds the rules in Rego and the knowledge they use, as files.
package policies

import "embed"

// FS holds rules/, a file for each rule; lib/, what they share, with the two questions that Go
// asks (lib/composelint.rego, lib/review.rego); and what they know, data/*.json and
// data/*/*.json.
//
//go:embed rules lib data
var FS embed.FS

// Compiled is what OPA compiles FS to, so that no run has to: go test ./rules -run
// TestCompiled -update writes it.
//
//go:embed compiled.bin
var Compiled string

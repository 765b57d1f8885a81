// Package policies holds the rules in Rego and the knowledge they use, as files.
package policies

import "embed"

// FS holds rules/ and daemon/, a file for each rule about projects and about the engine's configuration; lib/, what they share, with the questions that Go
// asks (lib/composelint.rego, lib/review.rego, lib/least.rego); and what they know, data/*.json and
// data/*/*.json.
//
//go:embed rules daemon lib data
var FS embed.FS

//go:generate go run ../internal/generate/policies/main.go ..

// Compiled is the plan that OPA makes of FS, so that no run has to: go generate writes it.
//
//go:embed compiled.bin
var Compiled string

// Package policies holds the rules in Rego and the knowledge they use, as files.
package policies

import "embed"

// FS holds the router (composelint.rego), the helpers (lint.rego), a file for each rule,
// data/*.json and data/*/*.json.
//
//go:embed *.rego data
var FS embed.FS

//go:generate go run ../internal/generate/policies/main.go ..

// Compiled is what OPA compiles FS to, so that no run has to: go generate writes it.
//
//go:embed compiled.bin
var Compiled string

// Package policies holds the rules in Rego and the knowledge they use, as files.
package policies

import "embed"

// FS holds the router (composelint.rego), the helpers (lint.rego), a file for each rule
// and data/*.json.
//
//go:embed *.rego data/*.json
var FS embed.FS

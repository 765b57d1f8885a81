// Package docs holds the pages of the rules, for --explain.
package docs

import "embed"

// FS holds rules/<id>.md for each rule, and an index.
//
//go:embed rules/*.md
var FS embed.FS

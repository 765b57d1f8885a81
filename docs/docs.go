// Package docs holds the pages of the rules, for --explain.
package docs

import "embed"

// Made of the program and its policies are composelint.1, helpers.md, report.schema.json, least.schema.json, verify.schema.json and rules/*.md.
//
//go:generate go run ../internal/generate/main.go docs

// FS holds rules/<id>.md for each rule, and an index.
//
//go:embed rules/*.md
var FS embed.FS

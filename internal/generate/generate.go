// Package generate makes the files that are made of others: the man page, the pages of the rules
// and the schemas. The command in main.go writes them, which go generate runs.
package generate

import (
	"maps"

	"github.com/composelint/composelint/internal/lint"
)

// Model are the files of the directory model, by path below the root of the repository.
func Model(root string) (map[string]string, error) {
	schema, err := modelSchema(root)
	return map[string]string{"model/schema.json": string(schema)}, err
}

// Docs are the files of the directory docs, by path below the root of the repository, given the
// usage as composelint --help prints it.
func Docs(root, usage string) (map[string]string, error) {
	man, err := ManPage(usage)
	if err != nil {
		return nil, err
	}
	schema, err := reportSchema(root)
	if err != nil {
		return nil, err
	}
	verify, err := verifySchema(root)
	if err != nil {
		return nil, err
	}
	least, err := leastSchema(root)
	if err != nil {
		return nil, err
	}
	engine, err := lint.New(lint.Options{}).Engine()
	if err != nil {
		return nil, err
	}
	files, err := rulePages(root, engine.Catalogue)
	if err != nil {
		return nil, err
	}
	helpers, err := helpersPage(root)
	if err != nil {
		return nil, err
	}
	standards, err := standardsPage(root, engine.Catalogue)
	if err != nil {
		return nil, err
	}
	maps.Copy(files, map[string]string{"docs/composelint.1": man, "docs/report.schema.json": string(schema), "docs/least.schema.json": string(least), "docs/verify.schema.json": string(verify), "docs/helpers.md": helpers, "docs/standards.md": standards})
	return files, nil
}

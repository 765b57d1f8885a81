//go:build ignore

// Main writes what is generated of the directory that it is called with, docs or model.
//
// It is no part of ./... because pre-commit installs every program that is.
package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/composelint/composelint/internal/generate"
)

// root is the repository's: go generate runs this in a directory of it.
const root = ".."

func main() {
	log.SetFlags(0)
	log.SetPrefix("generate: ")
	files, err := filesOf(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for path, text := range files {
		if err := os.WriteFile(filepath.Join(root, path), []byte(text), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

func filesOf(directory string) (map[string]string, error) {
	switch directory {
	case "docs":
		help := exec.Command("go", "run", "./cmd/composelint", "--help")
		help.Dir, help.Stderr = root, os.Stderr
		usage, err := help.Output()
		if err != nil {
			return nil, fmt.Errorf("composelint --help: %w", err)
		}
		return generate.Docs(root, string(usage))
	case "model":
		return generate.Model(root)
	}
	return nil, fmt.Errorf("%q is no directory with generated files: use docs or model", directory)
}

//go:build ignore

// Main writes loader/secret/shapes.go; it is called in that directory.
//
// It is no part of ./... because pre-commit installs every program that is.
package main

import (
	"log"
	"os"

	"github.com/composelint/composelint/internal/generate/shapes"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("generate: ")
	data, err := os.ReadFile("../../policies/data/secret_shapes.json")
	if err != nil {
		log.Fatal(err)
	}
	text, err := shapes.Generate(data)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("shapes.go", text, 0o644); err != nil {
		log.Fatal(err)
	}
}

//go:build ignore

// Main writes what follows from the policies of the repository that it is called with.
//
// It is no part of ./... because pre-commit installs every program that is.
package main

import (
	"log"
	"os"

	"github.com/composelint/composelint/internal/generate/policies"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("generate: ")
	if err := policies.Generate(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

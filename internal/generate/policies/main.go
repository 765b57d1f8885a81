//go:build ignore

// Main makes what follows from the policies of the repository that it is called with.
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
	if len(os.Args) != 2 {
		log.Fatal("usage: go run main.go REPOSITORY")
	}
	if err := policies.Generate(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

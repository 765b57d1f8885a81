//go:build ignore

// Main refreshes policies/data/image_lifecycles.json, in the root of the repository:
//
//	go run internal/generate/lifecycles/main.go DIR DATE
//
// DIR is a copy of github.com/endoflife-date/endoflife.date, and DATE its day.
//
// It is no part of ./... because pre-commit installs every program that is.
package main

import (
	"log"
	"os"

	"github.com/composelint/composelint/internal/generate/lifecycles"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("lifecycles: ")
	if len(os.Args) != 3 {
		log.Fatal("name a copy of github.com/endoflife-date/endoflife.date, and its day: main.go DIR 2027-01-31")
	}
	const table = "policies/data/image_lifecycles.json"
	before, err := os.ReadFile(table)
	if err != nil {
		log.Fatal(err)
	}
	after, err := lifecycles.Refresh(before, os.DirFS(os.Args[1]), os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(table, after, 0o644); err != nil {
		log.Fatal(err)
	}
}

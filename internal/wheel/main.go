//go:build ignore

// Main writes the wheel of a binary into a directory: main.go VERSION OS ARCH BINARY DIRECTORY.
//
// It is no part of ./... because pre-commit installs every program that is.
package main

import (
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/composelint/composelint/internal/wheel"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("wheel: ")
	if len(os.Args) != 6 {
		log.Fatal("call it with VERSION OS ARCH BINARY DIRECTORY, in the root of the repository")
	}
	w := wheel.Wheel{Version: os.Args[1], OS: os.Args[2], Arch: os.Args[3]}
	if err := write(w, os.Args[4], os.Args[5]); err != nil {
		log.Fatal(err)
	}
}

func write(w wheel.Wheel, binary, directory string) error {
	name, err := w.Name()
	if err != nil {
		return err
	}
	if w.Program, err = os.ReadFile(binary); err != nil {
		return err
	}
	if w.License, err = os.ReadFile("LICENSE"); err != nil {
		return err
	}
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return err
	}
	path := filepath.Join(directory, name)
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := errors.Join(w.Write(file), file.Close()); err != nil {
		return err
	}
	_, err = fmt.Println(path)
	return err
}

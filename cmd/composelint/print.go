package main

import (
	"encoding/json"
	"io"

	"github.com/composelint/composelint/model"
)

// printed is what --print-model prints of a project: the policies' input, and with
// =sources the place of every node and of every value under it.
type printed struct {
	model.Input
	Sources []place `json:"sources,omitempty"`
}

// place is where a node of the model stands, or the value under one of its keys.
type place struct {
	At  string `json:"at"`
	Key string `json:"key"`
	model.Origin
}

// printModels writes one JSON document a project, with stars for what looks like a
// credential.
func (c *command) printModels(o *options, projects []*project) int {
	err := c.write(o, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		for _, p := range projects {
			document := printed{Input: p.Masked().Input(p.config)}
			if o.printModel == "sources" {
				document.Sources = places(p.Sources)
			}
			if err := e.Encode(document); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return c.trouble(err)
	}
	return statusClean
}

func places(sources *model.Sources) []place {
	all := []place{}
	for _, at := range sources.Ats() {
		for _, key := range append([]string{""}, sources.Keys(at)...) {
			if origin, ok := sources.Locate(at, key); ok {
				all = append(all, place{At: at, Key: key, Origin: origin})
			}
		}
	}
	return all
}

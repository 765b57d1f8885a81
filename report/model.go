package report

import (
	"io"

	"github.com/composelint/composelint/internal/jsontext"
	"github.com/composelint/composelint/model"
)

// PrintedModel is a project as --print-model prints it: the policies' input, and the place of
// every node and of every value under it.
type PrintedModel struct {
	model.Input
	Sources []ModelPlace `json:"sources,omitempty"`
}

// ModelPlace is where a node of the model stands, or the value under one of its keys.
type ModelPlace struct {
	At  string `json:"at"`
	Key string `json:"key"`
	model.Origin
}

// WriteModel writes what the policies see of a project as a JSON document. It hides nothing: the
// model is to be masked.
func WriteModel(w io.Writer, m PrintedModel) error { return jsontext.Write(w, m) }

// ModelPlaces are the places of all nodes.
func ModelPlaces(sources *model.Sources) []ModelPlace {
	all := []ModelPlace{}
	for _, at := range sources.Ats() {
		for _, key := range append([]string{""}, sources.Keys(at)...) {
			if origin, ok := sources.Locate(at, key); ok {
				all = append(all, ModelPlace{At: at, Key: key, Origin: origin})
			}
		}
	}
	return all
}

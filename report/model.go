package report

import (
	"io"

	"github.com/composelint/composelint/internal/jsontext"
	"github.com/composelint/composelint/model"
)

// printedModel is a project as --print-model prints it: the policies' input, and the place of
// every node and of every value under it.
type printedModel struct {
	model.Input
	Sources []modelPlace `json:"sources,omitempty"`
}

// modelPlace is where a node of the model stands, or the value under one of its keys.
type modelPlace struct {
	At  string `json:"at"`
	Key string `json:"key"`
	model.Origin
}

// Model writes what the policies see of a project as a JSON document, and where it stands unless
// sources is nil. It hides nothing: the input is to be masked.
func Model(w io.Writer, input model.Input, sources *model.Sources) error {
	document := printedModel{Input: input}
	if sources != nil {
		document.Sources = modelPlaces(sources)
	}
	return jsontext.Write(w, document)
}

func modelPlaces(sources *model.Sources) []modelPlace {
	all := []modelPlace{}
	for _, at := range sources.Ats() {
		for _, key := range append([]string{""}, sources.Keys(at)...) {
			if origin, ok := sources.Locate(at, key); ok {
				all = append(all, modelPlace{At: at, Key: key, Origin: origin})
			}
		}
	}
	return all
}

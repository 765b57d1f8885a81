package lsp

import (
	"context"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/yamltree"
)

// sections are the top-level keys whose entries are symbols, with the kinds of these.
var sections = map[string]int{
	"services": symbolClass, "networks": symbolInterface, "volumes": symbolStruct, "secrets": symbolKey, "configs": symbolFile,
	"models": symbolObject, "jobs": symbolEvent,
}

// symbols are what a document defines: in their sections, or without these where a client takes no tree.
func (s *server) symbols(_ context.Context, d *document, _ struct{}) (any, error) {
	if !d.compose {
		return nil, nil
	}
	all := symbolsOf(d)
	if s.params.Capabilities.TextDocument.DocumentSymbol.HierarchicalDocumentSymbolSupport {
		return all, nil
	}
	flat := []symbolInformation{}
	for _, section := range all {
		if len(section.Children) == 0 {
			flat = append(flat, symbolInformation{section.Name, section.Kind, location{d.uri, section.Range}, ""})
		}
		for _, symbol := range section.Children {
			flat = append(flat, symbolInformation{symbol.Name, symbol.Kind, location{d.uri, symbol.Range}, section.Name})
		}
	}
	return flat, nil
}

// symbolsOf are the symbols of a document in the order of its text.
func symbolsOf(d *document) []documentSymbol {
	all := []documentSymbol{}
	for _, doc := range repaired(d.content).docs {
		for _, key := range inOrder(doc) {
			section := doc.Field(key)
			kind, isSection := sections[key]
			switch {
			case strings.HasPrefix(key, "x-"):
				all = append(all, symbolOf(d, section, key, symbolVariable))
			case isSection:
				of := symbolOf(d, section, key, symbolNamespace)
				if section.Via == nil {
					for _, name := range inOrder(section) {
						entry := symbolOf(d, section.Field(name), name, kind)
						entry.Detail = detailOf(section.Field(name))
						of.Children = append(of.Children, entry)
					}
				}
				all = append(all, of)
			}
		}
	}
	return all
}

// inOrder are the keys of a mapping that stand in it, in the order of the text.
func inOrder(n *yamltree.Node) []string {
	keys := slices.DeleteFunc(n.Keys(), func(key string) bool {
		at := n.Field(key).Key
		return at.Start < n.Span.Start || n.Span.End < at.End
	})
	slices.SortFunc(keys, func(a, b string) int { return n.Field(a).Key.Start - n.Field(b).Key.Start })
	return keys
}

func symbolOf(d *document, n *yamltree.Node, name string, kind int) documentSymbol {
	end := max(n.Key.End, n.Span.End)
	if n.Via != nil {
		end = max(n.Key.End, n.Via.At.End)
	}
	if name == "" {
		name = `""` // a symbol without a name is refused
	}
	return documentSymbol{
		Name: name, Kind: kind, Range: textRange{d.position(n.Key.Start), d.position(end)},
		SelectionRange: textRange{d.position(n.Key.Start), d.position(n.Key.End)},
	}
}

// plainImage is the name of an image without anything else in it, such as a password.
var plainImage = lazyregexp.New(`^[A-Za-z0-9._/:-]+$`)

// detailOf says of a service where its container comes from.
func detailOf(n *yamltree.Node) string {
	switch image := n.Field("image").String(); {
	case plainImage().MatchString(image):
		return image
	case n.Field("build") != nil:
		return "build"
	case n.Field("extends") != nil:
		return "extends"
	}
	return ""
}

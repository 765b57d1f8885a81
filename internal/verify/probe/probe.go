// Package probe asks a Docker API, in ways that cannot act, what it lets through. It is the only package
// of the program that opens a connection, and does so to the address that it is given alone.
package probe

import (
	_ "embed"
	"encoding/json"
	"strings"
)

// Probe is a request that does nothing.
type Probe struct {
	// ID is the operation of the Docker API that it asks for, empty of one that tries a body.
	ID string `json:"id"`
	// Token says what the body asks for, in the words of attacks.json, and Title the same for people.
	Token   string            `json:"token"`
	Title   string            `json:"title"`
	Method  string            `json:"method"`
	Path    string            `json:"path"`
	Query   string            `json:"query"`
	Type    string            `json:"type"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
	// Harmless is true where nothing happens even if the engine obeys, for the reason of Why.
	Harmless bool   `json:"harmless"`
	Why      string `json:"why"`
}

// Probes are all requests that there are.
type Probes struct {
	// NoSuchID is the id that no object of an engine has.
	NoSuchID string `json:"id"`
	// TooNew is a version that engines refuse before they look at anything else, and Versions are
	// those to ask with, that one first; none is empty.
	TooNew   string   `json:"too_new"`
	Versions []string `json:"versions"`
	// Operations has a probe for each operation of the Docker API, Bodies those that differ by what
	// their bodies ask for.
	Operations []Probe `json:"operations"`
	Bodies     []Probe `json:"bodies"`
}

//go:embed probes.json
var text []byte

// All are the requests that there are.
func All() Probes {
	var all Probes
	if err := json.Unmarshal(text, &all); err != nil {
		panic(err) // the tests read it
	}
	named := strings.NewReplacer("{id}", all.NoSuchID)
	for _, probes := range [][]Probe{all.Operations, all.Bodies} {
		for i := range probes {
			p := &probes[i]
			p.Path, p.Query, p.Body = named.Replace(p.Path), named.Replace(p.Query), named.Replace(p.Body)
		}
	}
	return all
}

// Of is the probe of an operation, or false where there is none.
func (p Probes) Of(operation string) (Probe, bool) {
	for _, one := range p.Operations {
		if one.ID == operation {
			return one, true
		}
	}
	return Probe{}, false
}

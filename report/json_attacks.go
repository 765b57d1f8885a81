package report

import (
	"bufio"
	"bytes"
	"cmp"
	"io"

	"github.com/composelint/composelint/internal/jsontext"
	"github.com/composelint/composelint/rules"
)

// jsonAttack is an attack by way of a proxy or a socket from one entry point.
type jsonAttack struct {
	jsonScenario
	jsonFrom
	jsonOutcome
}

// jsonScenario is what is done to which target.
type jsonScenario struct {
	// Project is the first file of the project.
	Project string `json:"project"`
	ID      string `json:"id"`
	// Guide is its number in the validation guide, 0 for one that it leaves out.
	Guide  int        `json:"guide"`
	Title  string     `json:"title"`
	Target jsonTarget `json:"target"`
}

// jsonFrom is where it begins.
type jsonFrom struct {
	Entry jsonEntry    `json:"entry"`
	Path  []rules.Step `json:"path"`
}

// jsonOutcome is what comes of it.
type jsonOutcome struct {
	rules.Outcome
	// Flag decides Verdict.
	Flag string      `json:"flag"`
	Ways []rules.Way `json:"ways"`
}

// jsonTarget is what an attack is after: a proxy, or the socket that a service holds.
type jsonTarget struct {
	Kind    string `json:"kind"`
	Service string `json:"service"`
	At      string `json:"at"`
}

// jsonEntry is where an attack begins.
type jsonEntry struct {
	// Kind is service, port, host-network, router, external-network or edge.
	Kind    string `json:"kind"`
	Service string `json:"service"`
	// Called is a phrase for it.
	Called string `json:"called"`
	At     string `json:"at"`
	// Certain is false where it is not known whether there is anybody.
	Certain bool `json:"certain"`
}

// writeWithAttacks writes a document that has no attacks yet with those of the reviews. These are
// every scenario from every entry point of every target, in a large project more than the memory
// holds: each is put together of texts that others share, and written at once.
func writeWithAttacks(w io.Writer, d document, reviews []Review) error {
	var text bytes.Buffer
	if err := jsontext.Write(&text, d); err != nil {
		return err
	}
	// No string of JSON has a newline in it, so this is the field.
	before, after, _ := bytes.Cut(text.Bytes(), []byte("\n  \"attacks\": ["))
	b := bufio.NewWriter(w)
	b.Write(before)
	b.WriteString("\n  \"attacks\": [")
	a := attackWriter{w: b}
	for _, review := range reviews {
		for _, target := range review.Targets {
			a.target(review.Project, target)
		}
	}
	if a.written {
		b.WriteString("\n  ")
	}
	b.Write(after)
	return cmp.Or(a.err, b.Flush())
}

// attackWriter writes the items of the list of attacks.
type attackWriter struct {
	w       *bufio.Writer
	written bool
	err     error
}

// target writes the attacks on a target, in the order of its entries.
func (a *attackWriter) target(project string, target rules.Target) {
	var scenarios, certain, perhaps [][]byte
	for _, attack := range target.Attacks {
		scenarios = append(scenarios, a.fields(jsonScenario{
			Project: project, ID: attack.ID, Guide: attack.Guide, Title: attack.Title,
			Target: jsonTarget{Kind: target.Kind, Service: target.Service, At: target.At},
		}))
		certain = append(certain, a.fields(jsonOutcome{Outcome: attack.Certain, Flag: attack.Flag, Ways: attack.Ways}))
		perhaps = append(perhaps, a.fields(jsonOutcome{Outcome: attack.Perhaps, Flag: attack.Flag, Ways: attack.Ways}))
	}
	for _, e := range target.Entries {
		from := a.fields(jsonFrom{
			Entry: jsonEntry{Kind: e.Kind, Service: e.Service, Called: e.Called, At: e.At, Certain: e.Certain}, Path: e.Path,
		})
		outcomes := perhaps
		if e.Certain {
			outcomes = certain
		}
		for i := range scenarios {
			a.attack(scenarios[i], from, outcomes[i])
		}
	}
}

func (a *attackWriter) attack(scenario, from, outcome []byte) {
	if a.written {
		a.w.WriteByte(',')
	}
	a.written = true
	a.w.WriteString("\n    {\n")
	for i, fields := range [][]byte{scenario, from, outcome} {
		if i > 0 {
			a.w.WriteString(",\n")
		}
		a.w.Write(fields)
	}
	a.w.WriteString("\n    }")
}

// fields are those of a struct as they stand in an item.
func (a *attackWriter) fields(v any) []byte {
	text, err := jsontext.Fields(v, "    ")
	a.err = cmp.Or(a.err, err)
	return text
}

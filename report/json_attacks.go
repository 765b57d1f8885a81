package report

import "github.com/composelint/composelint/rules"

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

// attacks writes those on a target, in the order of its entries: every scenario from every entry
// point. Each is put together of texts that others share.
func (l *listWriter) attacks(project string, target rules.Target) {
	var scenarios, certain, perhaps [][]byte
	for _, attack := range target.Attacks {
		scenarios = append(scenarios, l.fields(jsonScenario{
			Project: project, ID: attack.ID, Guide: attack.Guide, Title: attack.Title,
			Target: jsonTarget{Kind: target.Kind, Service: target.Service, At: target.At},
		}))
		certain = append(certain, l.fields(jsonOutcome{Outcome: attack.Certain, Flag: attack.Flag, Ways: attack.Ways}))
		perhaps = append(perhaps, l.fields(jsonOutcome{Outcome: attack.Perhaps, Flag: attack.Flag, Ways: attack.Ways}))
	}
	for _, e := range target.Entries {
		from := l.fields(jsonFrom{
			Entry: jsonEntry{Kind: e.Kind, Service: e.Service, Called: e.Called, At: e.At, Certain: e.Certain}, Path: e.Path,
		})
		outcomes := perhaps
		if e.Certain {
			outcomes = certain
		}
		for i := range scenarios {
			l.item(scenarios[i], from, outcomes[i])
		}
	}
}

package report

import (
	"io"
	"reflect"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
	"github.com/composelint/composelint/rules/triage"
)

// jsonVersion is that of the document. Fields are added to a version, never changed or
// removed; report.schema.json describes it.
const jsonVersion = 1

// document is what the format json writes. Its arrays are there even when they are empty.
type document struct {
	Version   int              `json:"version"`
	Findings  []jsonFinding    `json:"findings"`
	DockerAPI []rules.ProxyAPI `json:"docker_api"`
	// Networks are those of the projects.
	Networks []jsonNetwork `json:"networks"`
	Attacks  []jsonAttack  `json:"attacks"`
	// Standards are those that the files are judged by, with the verdict on each control.
	Standards []jsonStandard `json:"standards"`
	// Suppressed are findings that something excuses, where they are asked for.
	Suppressed []jsonFinding `json:"suppressed"`
	// Relaxed is what hides findings, by file.
	Relaxed []Relaxed `json:"relaxed"`
	// Fixed are those of the baseline that are found no more.
	Fixed []triage.Accepted `json:"fixed"`
	// NotJudged says what could not be judged, empty where the run is whole.
	NotJudged []jsonTrouble `json:"not_judged"`
	Summary   jsonSummary   `json:"summary"`
}

// jsonTrouble is why something could not be judged.
type jsonTrouble struct {
	Message string `json:"message"`
	// Location is the place that it is about: at the first line of a project's first file where it is
	// about the project. It is missing where it is about none.
	Location *model.Location `json:"location,omitempty"`
}

// jsonFinding is one finding.
type jsonFinding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	// At names the model's node, Key the value of it, empty for the node itself.
	At       string         `json:"at"`
	Key      string         `json:"key"`
	Location model.Location `json:"location"`
	// Service is the service or job that it is about, empty where it is about none.
	Service string `json:"service"`
	// Related are further places that belong to it.
	Related []jsonPlace `json:"related"`
	// Path leads from where an attack begins to what it reaches.
	Path []jsonPlace `json:"path"`
	// Fixes are ways to mend it, the best one first.
	Fixes []jsonFix `json:"fixes"`
	// Help is the rule's page.
	Help string `json:"help"`
	// Suppression is what excuses it.
	Suppression *rules.Suppression `json:"suppression,omitempty"`
}

// jsonFix is a way to mend a finding.
type jsonFix struct {
	// Title says what it does.
	Title string `json:"title"`
	// Safe is true for one after which nothing runs otherwise but for what the finding is about; of others, Risk
	// says what may.
	Safe bool   `json:"safe"`
	Risk string `json:"risk"`
	// Changes are to be made together. There are none where Refused says why.
	Changes []jsonChange `json:"changes"`
	Refused string       `json:"refused"`
}

// jsonChange puts a text in the place of a stretch of a file, which may be empty.
type jsonChange struct {
	Location model.Location `json:"location"`
	NewText  string         `json:"new_text"`
}

// jsonNetwork is a network of a project.
type jsonNetwork struct {
	// Project is the first file of the project.
	Project string `json:"project"`
	rules.Network
}

// jsonPlace is a place with a phrase that says what is there.
type jsonPlace struct {
	Label    string         `json:"label"`
	Location model.Location `json:"location"`
}

// jsonSummary counts.
type jsonSummary struct {
	Projects int `json:"projects"`
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Notes    int `json:"notes"`
	// Suppressed are the findings that something excuses, shown or not.
	Suppressed int `json:"suppressed"`
	// Operations are those of all proxies, by verdict.
	Operations jsonOperations `json:"operations"`
	// Attacks are those that are listed, by verdict.
	Attacks jsonAttacks `json:"attacks"`
	// EntriesLeftOut are the entry points of which no attack is listed, since a thousand of the
	// project are.
	EntriesLeftOut int `json:"entries_left_out"`
}

type jsonOperations struct {
	Allow   int `json:"allow"`
	Deny    int `json:"deny"`
	Unknown int `json:"unknown"`
}

type jsonAttacks struct {
	Possible int `json:"possible"`
	Blocked  int `json:"blocked"`
	Unknown  int `json:"unknown"`
}

// Schema returns the JSON Schema of what the format json writes, with the comments of its types, by
// package.Type and package.Type.Field, for descriptions.
func Schema(comments map[string]string) ([]byte, error) {
	return model.SchemaOf(reflect.TypeFor[document](), comments)
}

// writeJSON writes everything for other programs.
func writeJSON(w io.Writer, r Report) error {
	l := newListWriter(w, document{
		Version: jsonVersion, Findings: []jsonFinding{}, DockerAPI: []rules.ProxyAPI{}, Networks: []jsonNetwork{}, Attacks: []jsonAttack{}, Standards: jsonStandards(r), Suppressed: []jsonFinding{},
		Relaxed: append([]Relaxed{}, r.Relaxed...), Fixed: append([]triage.Accepted{}, r.Fixed...), NotJudged: jsonTroubles(r.Trouble), Summary: summarize(r),
	}, 2)
	l.list("findings")
	l.findings(r, r.Findings)
	l.list("docker_api")
	for _, review := range r.Reviews {
		for _, api := range review.DockerAPI {
			api.Project = review.Project
			l.item(l.fields(api))
		}
	}
	l.list("networks")
	for _, review := range r.Reviews {
		for _, network := range review.Networks {
			l.item(l.fields(jsonNetwork{review.Project, network}))
		}
	}
	l.list("attacks")
	for _, review := range r.Reviews {
		for _, target := range review.Targets {
			l.attacks(review.Project, target)
		}
	}
	l.list("suppressed")
	if r.ShowSuppressed {
		l.findings(r, r.Suppressed)
	}
	return l.close()
}

func jsonTroubles(trouble []string) []jsonTrouble {
	all := []jsonTrouble{}
	for _, one := range trouble {
		at, message, placed := TroubleAt(one)
		said := jsonTrouble{Message: message}
		if placed {
			said.Location = &at
		}
		all = append(all, said)
	}
	return all
}

func (l *listWriter) findings(r Report, findings []rules.Finding) {
	for _, f := range findings {
		l.item(l.fields(jsonFinding{
			Rule: f.Rule, Severity: f.Severity.String(), Message: f.Message, At: f.At, Key: f.Key, Location: f.Location,
			Service: f.Service.Name, Related: jsonPlaces(f.Related), Path: jsonPlaces(f.Path), Fixes: jsonFixes(f.Fixes), Help: helpOf(r, f.Rule), Suppression: f.Suppression,
		}))
	}
}

func jsonFixes(fixes []rules.Fix) []jsonFix {
	all := []jsonFix{}
	for _, f := range fixes {
		changes := []jsonChange{}
		for _, c := range f.Changes {
			changes = append(changes, jsonChange{c.Location, c.Text})
		}
		all = append(all, jsonFix{Title: f.Label, Safe: f.Safe() && f.Refused == "", Risk: f.Risk, Changes: changes, Refused: f.Refused})
	}
	return all
}

func helpOf(r Report, id string) string {
	rule, _ := r.Rules.Find(id)
	return rule.HelpURI()
}

func jsonPlaces(related []rules.Related) []jsonPlace {
	places := []jsonPlace{}
	for _, r := range related {
		places = append(places, jsonPlace(r))
	}
	return places
}

func summarize(r Report) jsonSummary {
	s := jsonSummary{Projects: r.Projects, Suppressed: len(r.Suppressed)}
	severities := map[severity.Severity]*int{severity.Error: &s.Errors, severity.Warning: &s.Warnings, severity.Note: &s.Notes}
	for _, f := range r.Findings {
		*severities[f.Severity]++
	}
	verdicts := map[string]*int{"allow": &s.Operations.Allow, "deny": &s.Operations.Deny, "unknown": &s.Operations.Unknown}
	for _, review := range r.Reviews {
		for _, api := range review.DockerAPI {
			for _, operation := range api.Operations {
				*verdicts[operation.Verdict]++
			}
		}
	}
	verdicts = map[string]*int{"possible": &s.Attacks.Possible, "blocked": &s.Attacks.Blocked, "unknown": &s.Attacks.Unknown}
	for _, review := range r.Reviews {
		for _, target := range review.Targets {
			s.EntriesLeftOut += target.Left
			for _, entry := range target.Entries {
				for _, attack := range target.Attacks {
					*verdicts[attack.From(entry).Verdict]++
				}
			}
		}
	}
	return s
}

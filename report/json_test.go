package report

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/severity"
	"github.com/composelint/composelint/rules/triage"
)

// TestJSON states the whole document of a small report, and of one without anything.
func TestJSON(t *testing.T) {
	at := model.Location{File: "a.yml", Start: model.Position{Line: 3, Column: 5}, End: model.Position{Line: 3, Column: 9}}
	place := map[string]any{"file": "a.yml", "start": map[string]any{"line": 3.0, "column": 5.0}, "end": map[string]any{"line": 3.0, "column": 9.0}}
	operation := rules.Operation{OperationID: "ContainerList", Method: "GET", Path: "/containers/json", Spec: true, Verdict: "allow", Flag: "CONTAINERS"}
	r := Report{
		Rules:    catalogue.Catalogue{{ID: "a-rule"}},
		Projects: 1,
		Findings: []rules.Finding{{
			Service: rules.Service{Name: "a", Kind: "service"},
			Rule:    "a-rule", Severity: severity.Warning, Message: "<is wrong>", At: "services.a", Key: "b", Location: at,
			Related: []rules.Related{{Label: "beside", Location: at}}, Path: []rules.Related{{Label: "first", Location: at}},
			Fixes: []rules.Fix{
				{Label: "do it", Changes: []rules.Change{{File: "a.yml", Location: at, Text: "<b>\n"}}},
				{Label: "do more", Risk: "it may stop", Refused: "it stands elsewhere"},
			},
		}},
		Suppressed: []rules.Finding{{
			Rule: "a-rule", Severity: severity.Note, Message: "known", At: "services.a", Location: at,
			Suppression: &rules.Suppression{Kind: "exception", Reason: "why", Expires: "2027-01-31", Owner: "ops", Location: at},
		}},
		ShowSuppressed: true,
		Relaxed:        []Relaxed{{File: ".composelint.yaml", What: []string{"1 rule off"}}},
		Trouble:        []string{"a.yml:3:5: is wrong", `"a.yml" was not judged: correct it`, "elsewhere"},
		Fixed:          []triage.Accepted{{Rule: "a-rule", File: "a.yml", At: "services.a", Key: "b", Count: 2}},
		Reviews: []Review{{Project: "a.yml", Review: rules.Review{
			DockerAPI: []rules.ProxyAPI{{
				Service: "proxy", At: "services.proxy", Location: at, Kind: "tecnativa", Name: "Tecnativa", Filters: []string{}, Doubts: []string{},
				Operations: []rules.Operation{operation}, Partly: []string{}, Places: []rules.FlagPlace{},
			}},
			Networks: []rules.Network{{Name: "api", At: "networks.api", Internal: "yes", Services: []string{"proxy"}, Location: at}},
			Targets: []rules.Target{{
				Kind: "proxy", Service: "proxy", At: "services.proxy", Left: 7,
				Entries: []rules.Entry{
					{Kind: "edge", Service: "a", Called: "an edge", At: "services.a", Path: []rules.Step{{Label: "here", At: "services.a", Location: at}}},
					{Kind: "service", Service: "a", Called: `service "a"`, At: "services.a", Certain: true, Path: []rules.Step{}},
				},
				Attacks: []rules.Attack{{
					ID: "logs-read", Title: "read logs", Flag: "CONTAINERS", Ways: []rules.Way{{Title: "", Verdict: "blocked", Flag: "CONTAINERS"}},
					Certain: rules.Outcome{Verdict: "blocked", Goal: "possible"}, Perhaps: rules.Outcome{Verdict: "blocked", Goal: "unknown"},
				}},
			}},
			Standards: []rules.Standard{{ID: "s-1", Title: "A standard", Edition: "1", Controls: []rules.Control{
				{ID: "5.1", Title: "one", Verdict: rules.Fail, Judged: 3, Of: "service", By: []string{"pid"}, Rules: []rules.ControlRule{{ID: "a-rule", Findings: 2}}},
			}}},
		}}},
	}
	want := map[string]any{
		"version": 1.0,
		"not_judged": []any{
			map[string]any{"message": "is wrong", "location": map[string]any{
				"file": "a.yml", "start": map[string]any{"line": 3.0, "column": 5.0}, "end": map[string]any{"line": 3.0, "column": 5.0},
			}},
			map[string]any{"message": `"a.yml" was not judged: correct it`, "location": map[string]any{
				"file": "a.yml", "start": map[string]any{"line": 1.0, "column": 1.0}, "end": map[string]any{"line": 1.0, "column": 1.0},
			}},
			map[string]any{"message": "elsewhere"},
		},
		"standards": []any{map[string]any{"id": "s-1", "title": "A standard", "edition": "1", "controls": []any{map[string]any{
			"id": "5.1", "title": "one", "verdict": "fail", "looked_at": map[string]any{"number": 3.0, "of": "service", "by": []any{"pid"}}, "because": []any{}, "rules": []any{map[string]any{"id": "a-rule", "findings": 2.0}}, "projects": []any{"a.yml"},
		}}}},
		"findings": []any{map[string]any{
			"rule": "a-rule", "severity": "warning", "message": "<is wrong>", "at": "services.a", "key": "b", "location": place,
			"related": []any{map[string]any{"label": "beside", "location": place}},
			"path":    []any{map[string]any{"label": "first", "location": place}},
			"fixes": []any{
				map[string]any{"title": "do it", "safe": true, "risk": "", "changes": []any{map[string]any{"location": place, "new_text": "<b>\n"}}, "refused": ""},
				map[string]any{"title": "do more", "safe": false, "risk": "it may stop", "changes": []any{}, "refused": "it stands elsewhere"},
			},
			"help":    "https://github.com/composelint/composelint/blob/main/docs/rules/a-rule.md",
			"service": "a",
		}},
		"docker_api": []any{map[string]any{
			"project": "a.yml", "service": "proxy", "at": "services.proxy", "location": place, "kind": "tecnativa", "name": "Tecnativa",
			"assumed": false, "newer": false, "replaced": false, "doubts": []any{}, "filters": []any{}, "partly": []any{}, "places": []any{},
			"operations": []any{map[string]any{
				"operationId": "ContainerList", "method": "GET", "path": "/containers/json", "spec": true, "verdict": "allow", "flag": "CONTAINERS",
			}},
		}},
		"networks": []any{map[string]any{
			"project": "a.yml", "name": "api", "at": "networks.api", "internal": "yes", "services": []any{"proxy"}, "location": place,
		}},
		"attacks": []any{
			map[string]any{
				"project": "a.yml", "id": "logs-read", "guide": 0.0, "title": "read logs",
				"target":  map[string]any{"kind": "proxy", "service": "proxy", "at": "services.proxy"},
				"entry":   map[string]any{"kind": "edge", "service": "a", "called": "an edge", "at": "services.a", "certain": false},
				"path":    []any{map[string]any{"label": "here", "at": "services.a", "location": place}},
				"verdict": "blocked", "goal": "unknown", "flag": "CONTAINERS",
				"ways": []any{map[string]any{"title": "", "verdict": "blocked", "flag": "CONTAINERS", "filtered": false}},
			},
			map[string]any{
				"project": "a.yml", "id": "logs-read", "guide": 0.0, "title": "read logs",
				"target":  map[string]any{"kind": "proxy", "service": "proxy", "at": "services.proxy"},
				"entry":   map[string]any{"kind": "service", "service": "a", "called": `service "a"`, "at": "services.a", "certain": true},
				"path":    []any{},
				"verdict": "blocked", "goal": "possible", "flag": "CONTAINERS",
				"ways": []any{map[string]any{"title": "", "verdict": "blocked", "flag": "CONTAINERS", "filtered": false}},
			},
		},
		"suppressed": []any{map[string]any{
			"rule": "a-rule", "severity": "note", "message": "known", "at": "services.a", "key": "", "location": place, "service": "",
			"related": []any{}, "path": []any{}, "fixes": []any{}, "help": "https://github.com/composelint/composelint/blob/main/docs/rules/a-rule.md",
			"suppression": map[string]any{"kind": "exception", "reason": "why", "expires": "2027-01-31", "owner": "ops", "location": place},
		}},
		"relaxed": []any{map[string]any{"file": ".composelint.yaml", "what": []any{"1 rule off"}}},
		"fixed":   []any{map[string]any{"rule": "a-rule", "file": "a.yml", "at": "services.a", "key": "b", "count": 2.0}},
		"summary": map[string]any{
			"projects": 1.0, "errors": 0.0, "warnings": 1.0, "notes": 0.0, "suppressed": 1.0,
			"operations": map[string]any{"allow": 1.0, "deny": 0.0, "unknown": 0.0},
			"attacks":    map[string]any{"possible": 0.0, "blocked": 2.0, "unknown": 0.0}, "entries_left_out": 7.0,
		},
	}
	if diff := cmp.Diff(want, written(t, r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	empty := written(t, Report{})
	for _, list := range []string{"findings", "docker_api", "networks", "attacks", "suppressed", "relaxed", "fixed"} {
		if diff := cmp.Diff([]any{}, empty[list]); diff != "" {
			t.Errorf("%s of nothing (-want +got):\n%s", list, diff)
		}
	}
}

func written(t *testing.T, r Report) map[string]any {
	t.Helper()
	var b bytes.Buffer
	if err := writeJSON(&b, r); err != nil {
		t.Fatal(err)
	}
	var document map[string]any
	if err := json.Unmarshal(b.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	return document
}

package check

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/compose/composetest"
	"github.com/composelint/composelint/model"
	"github.com/google/go-cmp/cmp"
)

// checked loads a project as docker compose would be asked to, and lists its problems:
// place, message, location and token.
func checked(t *testing.T, file string, profiles ...string) []string {
	t.Helper()
	return checkedWith(t, file, "", profiles...)
}

// checkedWith is checked with a .env that enables profiles.
func checkedWith(t *testing.T, file, enabled string, profiles ...string) []string {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{"compose.yml": strings.TrimPrefix(file, "\n"), ".env": "COMPOSE_PROFILES=" + enabled} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m, problems := open(t)
	root, _ := Project(m.Merge(), problems, Options{Profiles: profiles, Enabled: m.Profiles(profiles), Partial: m.Partial(), Lacks: m.Lacks})
	m.Normalize(root)
	var got []string
	for _, p := range problems.All {
		at := p.Node.Place().Location()
		line := strings.Split(strings.TrimPrefix(file, "\n"), "\n")[at.Start.Line-1]
		token := line[at.Start.Column-1 : at.End.Column-1]
		got = append(got, fmt.Sprintf("%s: %s (%d:%d «%s»)", p.At, p.Message, at.Start.Line, at.Start.Column, token))
	}
	return got
}

// open opens the project of the working directory.
func open(t *testing.T) (*compose.Merger, *compose.Problems) {
	t.Helper()
	problems := &compose.Problems{}
	m, err := compose.Open(context.Background(), compose.Options{Files: []string{"compose.yml"}}, model.NewSources(), problems)
	if err != nil {
		t.Fatal(err)
	}
	return m, problems
}

// refusals are tested against compose-go, too: it refuses those with a problem.
type refusalCase struct {
	name, file string
	want       []string
}

func runRefusals(t *testing.T, cases []refusalCase) {
	t.Helper()
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, checked(t, test.file, "*")); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			err := composetest.Verdict(t, compose.Options{Files: []string{"compose.yml"}})
			if len(test.want) == 0 && err != nil {
				t.Errorf("compose-go refuses it: %v", err)
			} else if len(test.want) > 0 && err == nil {
				t.Error("compose-go accepts it")
			}
		})
	}
}

// TestUnreported lists what compose-go refuses and this leaves alone on purpose.
func TestUnreported(t *testing.T) {
	for _, test := range []struct{ name, file string }{
		{"an override file, which lacks what the other file defines", `
services:
  web: {networks: [front], depends_on: [db], volumes: ["data:/data"]}
`},
		{"variables that nobody set", `
services:
  web: {image: "${IMAGE}", mem_limit: "${SIZE}", networks: ["${NET}"], volumes: ["${DATA}:/data"], depends_on: ["${DB}"], ipc: "service:${IPC}"}
  api: {image: a, healthcheck: {test: ["${TEST}"], interval: "${TIME}"}, extra_hosts: ["${HOST}"]}
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := checked(t, test.file); got != nil {
				t.Errorf("reported: %q", got)
			}
			if composetest.Verdict(t, compose.Options{Files: []string{"compose.yml"}}) == nil {
				t.Error("compose-go accepts it")
			}
		})
	}
}

func TestProfiles(t *testing.T) {
	file := `
services:
  web: {image: a, depends_on: [db]}
  api: {image: a, depends_on: {db: {condition: service_started, required: false}}}
  db: {image: a, profiles: [data], networks: [nowhere]}
  other: {image: a, profiles: [other], depends_on: [db], networks: [back]}
`
	back := `services.other.networks.back: the network "back" is not defined: add it to the top-level "networks" (5:69 «back»)`
	nowhere := `services.db.networks.nowhere: the network "nowhere" is not defined: add it to the top-level "networks" (4:47 «nowhere»)`
	disabled := func(service, place string) string {
		return fmt.Sprintf(`services.%[1]s.depends_on.db: the service "db" runs only with the profile "data", and %[1]q without: give %[1]q the same, or write "required: false" (%[2]s «db»)`, service, place)
	}
	for profiles, want := range map[string][]string{
		"":           {nowhere, back, disabled("web", "2:32")},
		"*":          {nowhere, back},
		"data":       {nowhere},
		"other":      {back, disabled("other", "5:53"), disabled("web", "2:32")},
		"some":       {disabled("web", "2:32")},
		"data other": {nowhere, back},
	} {
		if diff := cmp.Diff(want, checked(t, file, strings.Fields(profiles)...)); diff != "" {
			t.Errorf("profiles %q (-want +got):\n%s", profiles, diff)
		}
	}
}

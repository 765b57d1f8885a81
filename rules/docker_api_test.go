package rules_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/rules/policy"
)

// TestMeasuredOperations replays what was measured on the proxies: each minimal set of flags
// lets the operation through, and each proper subset of it does not.
func TestMeasuredOperations(t *testing.T) {
	api := newDockerAPI(t)
	for name, image := range map[string]string{
		"tecnativa":         "tecnativa/docker-socket-proxy:v0.4.1",
		"linuxserver":       "linuxserver/socket-proxy:3.4.3-r0-ls92",
		"linuxserver-nginx": "linuxserver/socket-proxy:1.26.3-r0-ls46",
		"fluencelabs":       "fluencelabs/docker-socket-proxy:latest",
	} {
		t.Run(name, func(t *testing.T) {
			rows := measured(t, name+"-operations.csv")
			asked, different := 0, 0
			ask := func(operation string, flags []string, want string) {
				asked++
				got := api.decisions(image, api.only(name, flags))[operation].Verdict
				if got != want {
					different++
					t.Errorf("%s with %v: %s, measured %s", operation, flags, got, want)
				}
			}
			for _, row := range rows {
				for _, set := range strings.Split(row["minimal_flag_sets"], " | ") {
					if strings.HasPrefix(set, "NEVER") {
						ask(row["operationId"], api.flags(name), "deny")
						continue
					}
					flags := strings.Split(set, "+")
					ask(row["operationId"], flags, "allow")
					for _, smaller := range properSubsets(flags) {
						ask(row["operationId"], smaller, "deny")
					}
				}
			}
			t.Logf("%d operations, %d verdicts, %d differences", len(rows), asked, different)
		})
	}
}

// TestMeasuredConfigurations replays the images' defaults and the guide's configuration. (The
// two columns of the nginx era were not measured.)
func TestMeasuredConfigurations(t *testing.T) {
	api := newDockerAPI(t)
	guide := map[string]string{}
	for _, flag := range []string{"CONTAINERS", "IMAGES", "INFO", "VERSION", "POST", "DELETE"} {
		guide[flag] = "1"
	}
	for _, flag := range []string{"VOLUMES", "NETWORKS", "EXEC", "BUILD", "SWARM", "SERVICES", "TASKS", "COMMIT", "CONFIGS", "SECRETS", "PLUGINS"} {
		guide[flag] = "0"
	}
	for name, image := range map[string]string{
		"tecnativa":   "tecnativa/docker-socket-proxy:v0.4.1",
		"linuxserver": "linuxserver/socket-proxy:3.4.3-r0-ls92",
		"fluencelabs": "fluencelabs/docker-socket-proxy:latest",
	} {
		t.Run(name, func(t *testing.T) {
			for column, environment := range map[string]map[string]string{
				"allowed_by_image_defaults": {}, "allowed_by_guide_config": guide,
			} {
				decisions := api.decisions(image, environment)
				got, want := map[string]string{}, map[string]string{}
				for _, row := range measured(t, name+"-operations.csv") {
					id := row["operationId"]
					got[id] = decisions[id].Verdict
					want[id] = map[string]string{"yes": "allow", "no": "deny"}[row[column]]
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (-measured +got):\n%s", column, diff)
				}
			}
		})
	}
}

// TestMeasuredFlagValues replays every spelling of a flag's value that was measured.
func TestMeasuredFlagValues(t *testing.T) {
	api := newDockerAPI(t)
	var values map[string]map[string]string
	readFacts(t, "tecnativa-flag-values.json", &values)
	for literal, byVersion := range values {
		for _, result := range byVersion {
			section, gate, _ := strings.Cut(result, "/")
			environment := map[string]string{"POST": "1"}
			if value, ok := unquoted(t, literal); ok {
				environment["CONTAINERS"] = value
			}
			want := map[string]string{"on": "allow", "off": "deny"}
			if got := api.decisions("tecnativa/docker-socket-proxy:v0.4.1", environment)["ContainerCreate"].Verdict; got != want[section] {
				t.Errorf("CONTAINERS=%s: %s, measured %s", literal, got, section)
			}
			environment = map[string]string{"CONTAINERS": "1"}
			if value, ok := unquoted(t, literal); ok {
				environment["POST"] = value
			}
			if got := api.decisions("tecnativa/docker-socket-proxy:v0.4.1", environment)["ContainerCreate"].Verdict; got != want[gate] {
				t.Errorf("POST=%s: %s, measured %s", literal, got, gate)
			}
		}
	}
	t.Logf("%d values", len(values))
}

// unquoted reads a value as Python writes it: 'x', "x" or None.
func unquoted(t *testing.T, literal string) (string, bool) {
	t.Helper()
	if literal == "None" {
		return "", false
	}
	return strings.NewReplacer(`\t`, "\t", `\n`, "\n", `\\`, `\`, `\'`, "'").Replace(literal[1 : len(literal)-1]), true
}

func properSubsets(flags []string) [][]string {
	var subsets [][]string
	for mask := range 1<<len(flags) - 1 {
		subset := []string{}
		for i, flag := range flags {
			if mask&(1<<i) != 0 {
				subset = append(subset, flag)
			}
		}
		subsets = append(subsets, subset)
	}
	return subsets
}

// factsDir holds the measurements, beside the collection of real files.
func factsDir(t *testing.T) string {
	t.Helper()
	return filepath.Join(filepath.Dir(corpus.Dir(t)), "facts")
}

// measured are the rows of a table of measurements, by the names of their columns.
func measured(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(factsDir(t), name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, column := range lines[0] {
			row[column] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// dockerAPI asks the policies what a proxy lets through.
type dockerAPI struct {
	t      *testing.T
	query  policy.Query
	data   map[string]any
	before map[string]map[string]decision
	// socket is the engine's.
	socket string
}

type decision struct{ Verdict, Flag string }

func newDockerAPI(t *testing.T) *dockerAPI {
	t.Helper()
	query, err := fromText(t).Query(t.Context(), "data.composelint.effective_api.decisions.proxy")
	if err != nil {
		t.Fatal(err)
	}
	return &dockerAPI{t: t, query: query, data: policySet(t).Data, before: map[string]map[string]decision{}, socket: "/run/docker.sock"}
}

// decisions are those of a proxy of that image with that environment.
func (d *dockerAPI) decisions(image string, environment map[string]string) map[string]decision {
	d.t.Helper()
	repository, tag, _ := strings.Cut(image, ":")
	settings := []any{}
	for _, name := range slices.Sorted(maps.Keys(environment)) {
		settings = append(settings, map[string]any{"name": name, "value": environment[name]})
	}
	key := fmt.Sprint(image, settings)
	if d.before[key] != nil {
		return d.before[key]
	}
	value, err := d.query(d.t.Context(), ast.MustInterfaceToValue(map[string]any{
		"project": map[string]any{"services": []any{map[string]any{
			"name": "proxy", "image": map[string]any{"repository": repository, "tag": tag},
			"environment": settings, "environment_incomplete": false,
			"mounts": []any{map[string]any{"at": "socket", "type": "bind", "host_path": d.socket, "target": "/run/docker.sock", "volume": ""}}, "entrypoint": []any{}, "command": []any{}, "options": []any{},
		}}},
		"config": map[string]any{"roles": map[string]any{"proxies": []any{}, "networks": []any{}}},
	}))
	if err != nil {
		d.t.Fatal(err)
	}
	if value == nil {
		d.t.Fatalf("no decisions of %s", image)
	}
	plain, err := ast.JSON(value)
	if err != nil {
		d.t.Fatal(err)
	}
	text, err := json.Marshal(plain)
	if err != nil {
		d.t.Fatal(err)
	}
	var decisions map[string]decision
	if err := json.Unmarshal(text, &decisions); err != nil {
		d.t.Fatal(err)
	}
	d.before[key] = decisions
	return decisions
}

// flags are those of a kind of proxy.
func (d *dockerAPI) flags(kind string) []string {
	d.t.Helper()
	proxies := d.data["proxies"].(map[string]any)
	var flags []string
	for _, rule := range proxies[kind].(map[string]any)["rules"].([]any) {
		for _, sign := range []string{"if", "unless"} {
			if flag, ok := rule.(map[string]any)[sign].(string); ok && !slices.Contains(flags, flag) {
				flags = append(flags, flag)
			}
		}
	}
	return flags
}

// only is an environment in which these flags of a kind are on and all others off.
func (d *dockerAPI) only(kind string, on []string) map[string]string {
	d.t.Helper()
	environment := map[string]string{}
	for _, flag := range d.flags(kind) {
		environment[flag] = "0"
	}
	for _, flag := range on {
		environment[flag] = "1"
	}
	return environment
}

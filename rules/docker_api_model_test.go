package rules_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// TestOrderedModels compares the policies with the ordered models that were measured to be the
// proxies themselves: random flags, and random spellings of their values, over every path of
// every operation. The models are evaluated by the code below, which shares nothing with the
// policies.
func TestOrderedModels(t *testing.T) {
	api := newDockerAPI(t)
	var models map[string]*orderedModel
	readFacts(t, "socket-proxy-rules.json", &models)
	var operations struct {
		Ops []struct {
			Method, OperationID string
			Paths               []string
		}
	}
	readFacts(t, "docker-api-operations.json", &operations)
	spellings := spellings(t)
	for image, tag := range map[string]string{
		"tecnativa/docker-socket-proxy": "v0.4.1", "linuxserver/socket-proxy": "3.4.3-r0-ls92", "fluencelabs/docker-socket-proxy": "latest",
	} {
		model := models[image]
		model.compile(t)
		for what, value := range map[string]func(*rand.Rand) string{
			"flags":  func(r *rand.Rand) string { return []string{"0", "1"}[r.IntN(2)] },
			"values": func(r *rand.Rand) string { return spellings[r.IntN(len(spellings))] },
		} {
			t.Run(image+"/"+what, func(t *testing.T) {
				r := rand.New(rand.NewPCG(1, 2))
				asked, different := 0, 0
				for range 200 {
					environment := model.environment(r, value)
					decisions := api.decisions(image+":"+tag, environment)
					for _, o := range operations.Ops {
						for _, path := range o.Paths {
							for _, version := range []string{"", "/v1.47"} {
								asked++
								got, want := decisions[o.OperationID].Verdict, model.verdict(o.Method, version+path, environment)
								if got == want {
									continue
								}
								if different++; different <= 10 {
									t.Errorf("%s %s with %v: %s, the model says %s", o.Method, version+path, environment, got, want)
								}
							}
						}
					}
				}
				t.Logf("%d operations, %d verdicts, %d differences", len(operations.Ops), asked, different)
			})
		}
	}
}

// orderedModel is a proxy's configuration as an ordered list.
type orderedModel struct {
	Defaults map[string]string
	Rules    []*orderedRule
}

// orderedRule decides where it concerns the request. A gate only ever denies.
type orderedRule struct {
	Action          string
	Regex           string
	Method          string
	IfFlag          string `json:"if_flag"`
	UnlessFlag      string `json:"unless_flag"`
	Gate            string
	AllowIfMethodIn []string          `json:"allow_if_method_in"`
	OrFlag          string            `json:"or_flag"`
	PerMethodFlag   map[string]string `json:"per_method_flag"`
	compiled        *regexp.Regexp
}

func (m *orderedModel) compile(t *testing.T) {
	t.Helper()
	for _, rule := range m.Rules {
		compiled, err := regexp.Compile("(?i)" + rule.Regex)
		if err != nil {
			t.Fatal(err)
		}
		rule.compiled = compiled
	}
}

// environment sets about half of the flags, and leaves the others at their defaults.
func (m *orderedModel) environment(r *rand.Rand, value func(*rand.Rand) string) map[string]string {
	environment := map[string]string{}
	for _, flag := range slices.Sorted(maps.Keys(m.Defaults)) {
		if r.IntN(2) == 0 {
			environment[flag] = value(r)
		}
	}
	return environment
}

func (m *orderedModel) verdict(method, path string, environment map[string]string) string {
	on := func(flag string) bool {
		if value, ok := environment[flag]; ok {
			return haproxyBool(value)
		}
		return haproxyBool(m.Defaults[flag])
	}
	for _, rule := range m.Rules {
		switch {
		case rule.Gate != "":
			if !slices.Contains(rule.AllowIfMethodIn, method) && !on(rule.OrFlag) && !on(rule.PerMethodFlag[method]) {
				return "deny"
			}
		case rule.Method != "" && rule.Method != method:
		case rule.IfFlag != "" && !on(rule.IfFlag):
		case rule.UnlessFlag != "" && on(rule.UnlessFlag):
		case rule.compiled.MatchString(path):
			return rule.Action
		}
	}
	return "deny"
}

// haproxyBool reads an integer from the start of the value, as HAProxy's bool does.
func haproxyBool(value string) bool {
	digits := value
	if digits != "" && (digits[0] == '-' || digits[0] == '+') {
		digits = digits[1:]
	}
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return false
		}
		if c != '0' {
			return true
		}
	}
	return false
}

// spellings are the values whose meaning was measured, and other integers.
func spellings(t *testing.T) []string {
	t.Helper()
	var values map[string]any
	readFacts(t, "tecnativa-flag-values.json", &values)
	var all []string
	for _, literal := range slices.Sorted(maps.Keys(values)) {
		if value, ok := unquoted(t, literal); ok {
			all = append(all, value)
		}
	}
	for i := range 10 {
		all = append(all, fmt.Sprint(i-5), fmt.Sprintf("%04d", i), fmt.Sprintf("+%d.5", i))
	}
	return all
}

// readFacts reads a file of measurements.
func readFacts(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(factsDir(t), name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

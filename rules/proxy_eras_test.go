package rules_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/composelint/composelint/policies"
)

// TestEras compares the verdicts of the policies with the rules of each era of each proxy that is told
// by flags, read in their order by the code below, over random flags and every path of every operation.
// An era that gives an operation no verdict fails by its name.
func TestEras(t *testing.T) {
	api := newDockerAPI(t)
	api.socket = "/run/podman/podman.sock" // so that Podman's own operations are asked for too
	operations := dockerOperations(t)
	asked := 0
	for name, era := range proxyEras(t) {
		if era.kind.Language != "flags" || era.kind.Truth == "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			rules, flags := compiledRules(era.rules)
			for flag := range flags {
				if _, ok := era.variables[flag]; !ok {
					t.Errorf("its rules ask %q, which is none of its variables", flag)
				}
			}
			r := rand.New(rand.NewPCG(1, 2))
			for range 5 {
				environment, on := randomFlags(r, era)
				decisions := api.decisions(era.image, environment)
				for _, o := range operations.all() {
					if decisions[o.ID].Verdict == "" {
						t.Fatalf("it gives %s no verdict with %v", o.ID, environment)
					}
					for _, example := range o.examples(operations.Forms) {
						for _, version := range []string{"", "/v1.47", "/v5.0.0"} {
							asked++
							if got, want := decisions[o.ID].Verdict, inOrder(rules, o.Method, version+example, on); got != want {
								t.Errorf("%s %s with %v: %s, its rules say %s", o.Method, version+example, environment, got, want)
							}
						}
					}
				}
				if t.Failed() {
					return
				}
			}
		})
	}
	t.Logf("%d verdicts", asked)
}

// TestLinuxserverTags replays which flags each tag of linuxserver's has, by its builds, and that a tag of
// the version alone has those of the last build of it.
func TestLinuxserverTags(t *testing.T) {
	api, podman := newDockerAPI(t), newDockerAPI(t)
	podman.socket = "/run/podman/podman.sock" // so that Podman's own operations are asked for too
	var versions []struct {
		Version string
		LS      [2]int
		Base    string
		Has     map[string]bool `json:"moving_tag_has"`
	}
	readFacts(t, "linuxserver-tags.json", &versions)
	since := map[string]int{"ALLOW_PAUSE": 73, "LIBPOD": 84, "ALLOW_LOGS": 92}
	tags := 0
	for _, v := range versions {
		byTag := map[string]map[string]bool{v.Version: v.Has}
		for n := v.LS[0]; n <= v.LS[1]; n++ {
			byTag[fmt.Sprintf("%s-r0-ls%d", v.Version, n)] = map[string]bool{
				"ALLOW_PAUSE": n >= since["ALLOW_PAUSE"], "LIBPOD": n >= since["LIBPOD"], "ALLOW_LOGS": n >= since["ALLOW_LOGS"],
			}
		}
		byTag["amd64-"+v.Version] = v.Has
		for tag, has := range byTag {
			tags++
			image := "linuxserver/socket-proxy:" + tag
			verdict := func(api *dockerAPI, operation string, flags ...string) string {
				environment := map[string]string{}
				for _, flag := range flags {
					environment[flag] = "1"
				}
				return api.decisions(image, environment)[operation].Verdict
			}
			got := map[string]bool{
				"ALLOW_PAUSE": verdict(api, "ContainerPause", "ALLOW_PAUSE", "POST") == "allow",
				"LIBPOD":      verdict(podman, "(libpod) ContainerCreate", "LIBPOD_CONTAINERS", "POST") == "allow",
				"ALLOW_LOGS":  verdict(api, "ContainerLogs", "CONTAINERS") == "deny",
			}
			if !maps.Equal(got, has) {
				t.Errorf("%s has %v, measured %v", tag, got, has)
			}
			behindGate := v.LS[1] < 23 || strings.HasSuffix(tag, "-ls21") || strings.HasSuffix(tag, "-ls22")
			if open := verdict(api, "ContainerRestart", "ALLOW_RESTARTS") == "allow"; open == behindGate {
				t.Errorf("%s lets restarts through without POST: %v", tag, open)
			}
		}
	}
	t.Logf("%d tags", tags)
}

// proxyOfAnEra is a kind of proxies at some time: an image of it, and its rules and variables.
type proxyOfAnEra struct {
	kind      proxyKind
	image     string
	rules     []proxyRule
	variables map[string]string
}

// proxyEras are all kinds with their eras, by name and tag.
func proxyEras(t *testing.T) map[string]proxyOfAnEra {
	t.Helper()
	kinds := proxyKinds(t)
	images := map[string]string{}
	for name, p := range kinds {
		if len(p.Images) > 0 {
			images[name] = p.Images[0]
		}
	}
	tags := map[string]string{}
	for name, p := range kinds {
		for _, era := range p.Eras {
			if era.Kind != "" {
				images[era.Kind], tags[era.Kind] = images[name], era.Example
			}
		}
	}
	all := map[string]proxyOfAnEra{}
	for name, p := range kinds {
		tag := p.Newest
		if tags[name] != "" {
			tag = tags[name]
		}
		if tag == "" {
			tag = "latest"
		}
		all[name] = proxyOfAnEra{p, images[name] + ":" + tag, p.Rules, p.Variables}
		for i, era := range p.Eras {
			if era.Kind == "" {
				all[name+"@"+era.Example] = proxyOfAnEra{p, images[name] + ":" + era.Example, eraRules(t, name, i), eraVariables(p, era)}
			}
		}
	}
	return all
}

// eraRules are read from the file as they stand there.
func eraRules(t *testing.T, kind string, i int) []proxyRule {
	t.Helper()
	text, err := fs.ReadFile(policies.FS, path.Join("data/proxies", kind+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var p struct {
		Rules []proxyRule
		Eras  []struct {
			Before, Rules []proxyRule
			Without       []string
			Differs       struct{ Rules []proxyRule }
		}
	}
	if err := json.Unmarshal(text, &p); err != nil {
		t.Fatal(err)
	}
	era := p.Eras[i]
	if era.Differs.Rules != nil {
		p.Rules = era.Differs.Rules
	}
	left := slices.DeleteFunc(slices.Clone(p.Rules), func(r proxyRule) bool { return slices.Contains(era.Without, r.If+r.Unless) })
	return append(slices.Clone(era.Before), left...)
}

func eraVariables(p proxyKind, era proxyEra) map[string]string {
	variables := maps.Clone(p.Variables)
	for _, name := range era.Without {
		delete(variables, name)
	}
	return variables
}

type compiledRule struct {
	proxyRule
	path *regexp.Regexp
}

func compiledRules(rules []proxyRule) (compiled []compiledRule, flags map[string]bool) {
	flags = map[string]bool{}
	for _, r := range rules {
		compiled = append(compiled, compiledRule{r, regexp.MustCompile(string(r.Path))})
		if flag := r.If + r.Unless; flag != "" {
			flags[flag] = true
		}
	}
	return compiled, flags
}

// randomFlags states about half of the flags. The flags that are on are those with the value 1.
func randomFlags(r *rand.Rand, era proxyOfAnEra) (environment map[string]string, on map[string]bool) {
	_, flags := compiledRules(era.rules)
	environment, on = map[string]string{}, map[string]bool{}
	for _, flag := range slices.Sorted(maps.Keys(flags)) {
		value := era.variables[flag]
		if r.IntN(2) == 0 {
			value = []string{"0", "1"}[r.IntN(2)]
			environment[flag] = value
		}
		on[flag] = value == "1" || value == "true"
	}
	return environment, on
}

// inOrder is what the first rule says that applies.
func inOrder(rules []compiledRule, method, path string, on map[string]bool) string {
	for _, r := range rules {
		switch {
		case r.Methods != nil && !slices.Contains(r.Methods, method), slices.Contains(r.NotMethods, method):
		case r.If != "" && !on[r.If], r.Unless != "" && on[r.Unless]:
		case r.path.MatchString(path):
			return r.Verdict
		}
	}
	return "deny"
}

package verify_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/composelint/composelint/internal/verify"
	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/policies"
)

// kind is what data/proxies says of a proxy that is made of HAProxy.
type kind struct {
	Images    []string
	Truth     string
	Gate      string
	Variables map[string]string
	Rules     []rule
	Eras      []struct {
		Example, Kind string
		Without       []string
		Before        []rule
		Differs       struct{ Rules []rule }
	}
}

type rule struct {
	Verdict    string   `json:"verdict"`
	Methods    []string `json:"methods"`
	NotMethods []string `json:"not_methods"`
	Path       string   `json:"path"`
	If         string   `json:"if"`
	Unless     string   `json:"unless"`
}

// release is one of a kind, with the rules that it has.
type release struct {
	image     string
	rules     []rule
	variables map[string]string
}

// TestHAProxy writes the rules of each kind of proxy that is made of HAProxy as a configuration of that, from
// the data, and compares what a HAProxy before a stand-in for an engine does with what the policies say.
func TestHAProxy(t *testing.T) {
	needs(t, "haproxy")
	known, compared := knowledge(t), 0
	start := time.Now()
	for _, r := range releases(t) {
		for name, flags := range flagSets(r) {
			t.Run(r.image+"/"+name, func(t *testing.T) {
				socket, engine := startEngine(t, "dockerd 20.10.24 (API 1.41)")
				api := promised(t, composeOf(r.image, flags))
				report := verify.Live(t.Context(), api, known, at(t, startHAProxy(t, r, flags, socket)))
				lines := other(report)
				if len(engine.asked) == 0 { // so that nothing has shown what the engine refuses
					lines = slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, "docker api SwarmLeave:") })
				}
				for _, line := range lines {
					t.Error(line)
				}
				compared += report.Count(check.Agrees) + report.Count(check.Differs)
				if len(engine.foreign) > 0 {
					t.Errorf("the engine was asked %q", engine.foreign)
				}
			})
		}
	}
	t.Logf("%d checks in %v", compared, time.Since(start).Round(time.Millisecond))
}

// TestHAProxyBeforeEngines does so with each engine whose answers are recorded.
func TestHAProxyBeforeEngines(t *testing.T) {
	needs(t, "haproxy")
	known := knowledge(t)
	r := tecnativa(t)
	for name := range answers(t) {
		for _, set := range []string{"image", "guide", "all"} {
			flags := flagSets(r)[set]
			t.Run(name+"/"+set, func(t *testing.T) {
				socket, _ := startEngine(t, name)
				report := verify.Live(t.Context(), promised(t, composeOf(r.image, flags)), known, at(t, startHAProxy(t, r, flags, socket)))
				for _, line := range other(report) {
					t.Error(line)
				}
			})
		}
	}
}

// releases are those of the kinds that HAProxy decides for, one for each of their eras.
func releases(t *testing.T) (all []release) {
	t.Helper()
	files, err := fs.Glob(policies.FS, "data/proxies/*.json")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]kind{}
	for _, file := range files {
		text, err := fs.ReadFile(policies.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		var k kind
		if err := json.Unmarshal(text, &k); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		kinds[strings.TrimSuffix(path.Base(file), ".json")] = k
	}
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		k := kinds[name]
		if k.Truth != "haproxy" || len(k.Images) == 0 {
			continue
		}
		all = append(all, release{image: k.Images[0] + ":" + newest(name), rules: k.Rules, variables: k.Variables})
		for _, era := range k.Eras {
			r := release{image: k.Images[0] + ":" + era.Example, rules: k.Rules, variables: maps.Clone(k.Variables)}
			if era.Kind != "" {
				other := kinds[era.Kind]
				if other.Truth != "haproxy" {
					continue
				}
				r.rules, r.variables = other.Rules, other.Variables
			}
			if era.Differs.Rules != nil {
				r.rules = era.Differs.Rules
			}
			r.rules = append(slices.Clone(era.Before), slices.DeleteFunc(slices.Clone(r.rules), func(r rule) bool {
				return slices.Contains(era.Without, r.If) || slices.Contains(era.Without, r.Unless)
			})...)
			for _, variable := range era.Without {
				delete(r.variables, variable)
			}
			all = append(all, r)
		}
	}
	return all
}

// tecnativa is the release that most have.
func tecnativa(t *testing.T) release {
	t.Helper()
	all := releases(t)
	return all[slices.IndexFunc(all, func(r release) bool { return r.image == "tecnativa/docker-socket-proxy:v0.4.1" })]
}

// newest is a tag that has the rules of today.
func newest(kind string) string {
	return map[string]string{"tecnativa": "v0.5.0", "linuxserver": "3.4.3-r0-ls92"}[kind]
}

// flagSets are what the image sets itself, what the validation guide sets, all flags, and some by chance.
func flagSets(r release) map[string]map[string]string {
	var flags []string
	for _, rule := range r.rules {
		for _, flag := range []string{rule.If, rule.Unless} {
			if flag != "" && !slices.Contains(flags, flag) {
				flags = append(flags, flag)
			}
		}
	}
	sets := map[string]map[string]string{"image": {}, "guide": {}, "all": {}}
	for _, flag := range flags {
		sets["all"][flag] = "1"
		if slices.Contains([]string{"CONTAINERS", "IMAGES", "INFO", "VERSION", "POST"}, flag) {
			sets["guide"][flag] = "1"
		}
	}
	chance := rand.New(rand.NewPCG(24, uint64(len(r.rules))))
	for i := range 3 {
		set := map[string]string{}
		for _, flag := range flags {
			if on := chance.IntN(3); on < 2 {
				set[flag] = fmt.Sprint(on)
			}
		}
		sets[fmt.Sprintf("chance %d", i)] = set
	}
	return sets
}

// startHAProxy has HAProxy decide by the rules, and returns the socket where it listens, besides other addresses.
func startHAProxy(t *testing.T, r release, flags map[string]string, engine string, others ...string) (socket string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "verify")
	if err != nil {
		t.Fatal(err)
	}
	socket = filepath.Join(dir, "p.sock")
	configuration := filepath.Join(dir, "haproxy.cfg")
	if err := os.WriteFile(configuration, []byte(configurationOf(r.rules, engine, append(others, "unix@"+socket)...)), 0o600); err != nil {
		t.Fatal(err)
	}
	haproxy := exec.Command("haproxy", "-f", configuration)
	variables := maps.Clone(r.variables)
	maps.Copy(variables, flags)
	for name, value := range variables {
		haproxy.Env = append(haproxy.Env, name+"="+value)
	}
	if err := haproxy.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = haproxy.Process.Kill()
		_ = haproxy.Wait()
		os.RemoveAll(dir)
	})
	awaitSocket(t, socket, "haproxy")
	return socket
}

// awaitSocket waits until a program listens.
func awaitSocket(t *testing.T, socket, program string) {
	t.Helper()
	for range 500 {
		if c, err := net.Dial("unix", socket); err == nil {
			c.Close()
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s does not listen", program)
}

// configurationOf is a configuration that decides by the rules.
func configurationOf(rules []rule, engine string, addresses ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "defaults\n  mode http\n  option http-server-close\n  timeout connect 10s\n  timeout client 1m\n  timeout server 1m\n")
	fmt.Fprintf(&b, "backend engine\n  server engine unix@%s\nfrontend proxy\n", engine)
	for _, address := range addresses {
		fmt.Fprintf(&b, "  bind %s\n", address)
	}
	for _, rule := range rules {
		var conditions []string
		if len(rule.Methods) > 0 {
			conditions = append(conditions, fmt.Sprintf("{ method %s }", strings.Join(rule.Methods, " ")))
		}
		if len(rule.NotMethods) > 0 {
			conditions = append(conditions, fmt.Sprintf("!{ method %s }", strings.Join(rule.NotMethods, " ")))
		}
		if rule.Path != "" {
			conditions = append(conditions, fmt.Sprintf("{ path,url_dec -m reg -i '%s' }", rule.Path))
		}
		if rule.If != "" {
			conditions = append(conditions, fmt.Sprintf("{ env(%s) -m bool }", rule.If))
		}
		if rule.Unless != "" {
			conditions = append(conditions, fmt.Sprintf("!{ env(%s) -m bool }", rule.Unless))
		}
		line := "  http-request " + rule.Verdict
		if len(conditions) > 0 {
			line += " if " + strings.Join(conditions, " ")
		}
		b.WriteString(line + "\n")
	}
	b.WriteString("  default_backend engine\n")
	return b.String()
}

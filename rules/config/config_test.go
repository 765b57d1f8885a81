package config_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/config"
)

var known = config.Known{
	Rules: []string{"host-network", "privileged"},
	Kinds: []string{"nginx", "tecnativa"},
	Needs: []string{"ContainerInspect", "ContainerList", "dozzle"},
}

func parseConfig(text string) (config.Config, []error) {
	return config.Parse(&model.File{Path: "config.yaml", Text: []byte(text)}, known)
}

// TestParse reads what a file says, with services in the order of their names.
func TestParse(t *testing.T) {
	got, errs := parseConfig(`
roles:
  proxies:
    socket: nginx
    docker-proxy: tecnativa
  clients:
    monitor: [dozzle]
    app: &app [ContainerList, ContainerInspect]
    other: *app
    idle: []
  edge: [web]
  networks: [monitoring]
harmless-mounts: [/srv/media]
strict: true
fail-on: none
rules:
  privileged: off
  host-network: {severity: note, services: {app: error}}
overrides:
  - files: [test/, "*.dev.yaml"]
    rules: {'*': note, privileged: {services: {app: off}}}
  - files: deploy/**
    rules: {privileged: error}
registries: [docker.io, ghcr.io/acme, "registry.example.com:5000", "build:5000/team"]
`)
	if errs != nil {
		t.Fatal(errs)
	}
	tests := catalogue.Files{Directory: ".", Patterns: []string{"test/", "*.dev.yaml"}}
	want := config.Config{Strict: true, FailOn: "none", Levels: map[string]catalogue.Levels{
		"privileged": {Everywhere: "off", Files: []catalogue.FileLevels{
			{In: tests, Services: map[string]string{"app": "off"}},
			{In: catalogue.Files{Directory: ".", Patterns: []string{"deploy/**"}}, Everywhere: "error"},
		}},
		"host-network": {
			Everywhere: "note", Services: map[string]string{"app": "error"},
			Files: []catalogue.FileLevels{{In: tests, Everywhere: "note"}},
		},
	}, HarmlessMounts: []string{"/srv/media"}, Roles: model.Roles{
		Edge: []string{"web"}, Networks: []string{"monitoring"},
		Proxies: []model.ProxyRole{{Service: "docker-proxy", Kind: "tecnativa"}, {Service: "socket", Kind: "nginx"}},
		Clients: []model.ClientRole{
			{Service: "app", Needs: []string{"ContainerList", "ContainerInspect"}},
			{Service: "idle", Needs: []string{}},
			{Service: "monitor", Needs: []string{"dozzle"}},
			{Service: "other", Needs: []string{"ContainerList", "ContainerInspect"}},
		},
	}, Registries: []string{"docker.io", "ghcr.io/acme", "registry.example.com:5000", "build:5000/team"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("configuration (-want +got):\n%s", diff)
	}
}

// TestPatterns gives rules the level of the most exact name, whatever the order.
func TestPatterns(t *testing.T) {
	got, errs := parseConfig("rules: {'host-*': off, host-network: error, '*': note}")
	if errs != nil {
		t.Fatal(errs)
	}
	want := map[string]catalogue.Levels{}
	for _, id := range known.Rules {
		want[id] = catalogue.Levels{Everywhere: "note"}
		if strings.HasPrefix(id, "host-") {
			want[id] = catalogue.Levels{Everywhere: "off"}
		}
	}
	want["host-network"] = catalogue.Levels{Everywhere: "error"}
	if diff := cmp.Diff(want, got.Levels); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestParseEmpty takes files that say nothing, and parts that say nothing yet.
func TestParseEmpty(t *testing.T) {
	for _, text := range []string{
		"", "# nothing yet\n", "---\n", "{}", "registries:\n", "registries: []\n", "roles:\n", "roles: {}\n", "roles:\n  proxies:\n  # app: nginx\n  clients: {}\n", "\ufeffroles:\r\n  proxies:\r\n",
	} {
		got, errs := parseConfig(text)
		if diff := cmp.Diff(config.Default(), got); diff != "" || errs != nil {
			t.Errorf("%q: %v (-want +got):\n%s", text, errs, diff)
		}
	}
}

// TestParseErrors lists everything that is wrong with a file, at its place.
func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"role: {}", `1:1: unknown key "role": did you mean "roles"?`},
		{"mounts: []", `1:1: unknown key "mounts": use "daemon", "engine", "env-file", "exceptions", "exclude", "fail-on", "harmless-mounts", "overrides", "policies", "preset", "profiles", "projects", "registries", "roles", "rules", "strict" or "variables"`},
		{"strict: maybe", `1:9: "strict" must be a boolean, not a string`},
		{"fail-on: never", `1:10: unknown severity "never" of "fail-on": use "error", "warning", "note" or "none"`},
		{"preset: strickt", `1:9: unknown preset "strickt" of "preset": did you mean "strict"?`},
		{"preset: recommended\nstrict: true", `1:9: the preset "recommended" contradicts "strict: true": keep one of them`},
		{"preset: strict\nstrict: false", `1:9: the preset "strict" contradicts "strict: false": keep one of them`},
		{"overrides: [{files: test/, rules: {}, file: x}]", `1:39: unknown key "file" in an item of "overrides": did you mean "files"?`},
		{"overrides: [{rules: {privileged: off}}]", `1:13: an item of "overrides" lacks "files", the files that it is about, as lines of a .gitignore file beside this one`},
		{"overrides: [{files: 'test\\a.yaml', rules: {}}]", `1:21: "test\\a.yaml" has a "\": write "/" between directories`},
		{"overrides: [{files: ['{a,b}.yaml', ../x, ./x, 'a[b', '#a', ' '], rules: {}}]", `1:22: "{a,b}.yaml" has braces, which stand for themselves here: write a pattern for each of what they list
1:36: "../x" leads out of the directory of this file: put the configuration further up
1:42: "./x" has "." for a directory, which no path has: leave it out
1:47: "a[b" has a "[" without its "]": complete it
1:54: "#a" is a comment: begin the pattern with another character
1:60: " " says nothing`},
		{"overrides: [{files: test/, rules: {privleged: off, privileged: loud}}]", `1:36: unknown rule "privleged" in "rules": did you mean "privileged"?
1:64: unknown level "loud" of "privileged": use "off", "note", "warning" or "error"`},
		{"rules: {privleged: off}", `1:9: unknown rule "privleged" in "rules": did you mean "privileged"?`},
		{"rules: {x: off}", `1:9: unknown rule "x" in "rules": use an id that --list-rules lists, or a pattern of some`},
		{"rules: {privileged: hint}", `1:21: unknown level "hint" of "privileged": use "off", "note", "warning" or "error"`},
		{"rules: {privileged: 1}", `1:21: "privileged" must be a mapping or a string, not a number: use "off", "note", "warning" or "error"`},
		{"rules: {privileged: false}", `1:21: "privileged" must be a mapping or a string, not a boolean: use "off", "note", "warning" or "error"`},
		{"preset: true", `1:9: "preset" must be a string, not a boolean: use "recommended" or "strict"`},
		{"rules: {privileged: [off]}", `1:9: "privileged" must be a mapping or a string, not a list`},
		{"rules: {privileged: {service: {}}}", `1:22: unknown key "service" in "privileged": did you mean "services"?`},
		{"rules: {privileged: {services: {web: of}}}", `1:38: unknown level "of" of "web": did you mean "off"?`},
		{"exceptions: {}", `1:1: "exceptions" must be a list, not a mapping`},
		{"exceptions: [privileged]", `1:14: an item of "exceptions" must be a mapping, not a string`},
		{"exceptions: [{rule: privileged, service: web}]", `1:14: an item of "exceptions" lacks "reason", why they are accepted`},
		{"exceptions: [{rule: privileged, reason: , service: web}]", `1:14: an item of "exceptions" lacks "reason", why they are accepted`},
		{"exceptions: [{rule: privileged, reason: ' ', service: web}]", `1:41: " " says nothing`},
		{"exceptions: [{rule: privileged, reason: x}]", `1:14: an item of "exceptions" needs "file", "service" or "at", so that it holds for nothing else`},
		{"exceptions: [{rule: host-netwrk, reason: x, at: networks.a}]", `1:21: unknown rule "host-netwrk" of "rule": did you mean "host-network"?`},
		{"exceptions: [{rule: privileged, reason: x, at: a, expires: 2027-02-30}]", `1:60: "2027-02-30" is no date: write it as 2027-01-31`},
		{"exceptions: [{rule: privileged, reason: x, at: a, expires: soon}]", `1:60: "soon" is no date: write it as 2027-01-31`},
		{"exceptions: [{rule: privileged, reason: x, at: a, until: 2027-01-31}]", `1:51: unknown key "until" in an item of "exceptions": use "at", "expires", "file", "owner", "reason", "rule" or "service"`},
		{"roles:\n  proxys: {}", `2:3: unknown key "proxys" in "roles": did you mean "proxies"?`},
		{"roles:\n  edges: [web]", `2:3: unknown key "edges" in "roles": did you mean "edge"?`},
		{"engine: new", `1:9: "new" is no version of the engine: write one such as 28 or 29.3`},
		{"engine: [28]", `1:1: "engine" must be a value, not a list`},
		{"harmless-mounts: [srv]", `1:19: "srv" is no path of the host: begin it with /`},
		{"roles", `1:1: the file must be a mapping, not a string`},
		{"- roles", `1:1: the file must be a mapping, not a list`},
		{"variables: TAG", `1:12: "variables" must be a mapping or a list, not a string`},
		{"variables: {1A: x, B-C: , D: 1}", `1:13: "1A" is no name of a variable` + "\n" + `1:20: "B-C" is no name of a variable`},
		{"variables: [1A]", `1:13: "1A" is no name of a variable`},
		{"env-file: {a: b}", `1:1: "env-file" must be a list or a string, not a mapping`},
		{"env-file: 1", `1:11: "env-file" must be a list or a string, not a number`},
		{"roles: [proxies]", `1:1: "roles" must be a mapping, not a list`},
		{"registries: docker.io", `1:13: "registries" must be a list, not a string`},
		{"registries: {}", `1:1: "registries" must be a list, not a mapping`},
		{"registries: [1]", `1:14: an item of "registries" must be a string, not a number`},
		{"registries: ['https://ghcr.io']", `1:14: "https://ghcr.io" is no registry: use a name as it stands in an image, such as "docker.io" or "ghcr.io/acme"`},
		{"registries: [acme]", `1:14: "acme" is no registry: use a name as it stands in an image, such as "docker.io" or "ghcr.io/acme"`},
		{"roles: {proxies: 1}", `1:18: "proxies" must be a mapping, not a number`},
		{"roles: {clients: true}", `1:18: "clients" must be a mapping, not a boolean`},
		{"roles: {proxies: {app: tecnatva}}", `1:24: unknown kind "tecnatva" of "app": did you mean "tecnativa"?`},
		{"roles: {proxies: {app: Nginx}}", `1:24: unknown kind "Nginx" of "app": did you mean "nginx"?`},
		{"roles: {proxies: {app: haproxy}}", `1:24: unknown kind "haproxy" of "app": use "nginx" or "tecnativa"`},
		{"roles: {proxies: {app: }}", `1:19: "app" must be a string, not empty`},
		{"roles: {proxies: {app: 1.5}}", `1:24: "app" must be a string, not a number`},
		{"roles: {proxies: {app: [nginx]}}", `1:19: "app" must be a string, not a list`},
		{"roles: {clients: {app: dozzle}}", `1:24: "app" must be a list, not a string`},
		{"roles: {clients: {app: }}", `1:19: "app" must be a list, not empty`},
		{"roles: {clients: {app: {}}}", `1:19: "app" must be a list, not a mapping`},
		{"roles: {clients: {app: [containerlist]}}", `1:25: unknown need "containerlist" of "app": did you mean "ContainerList"?`},
		{"roles: {clients: {app: [portainer]}}", `1:25: unknown need "portainer" of "app": use an operationId of the Docker API or the name of a known consumer`},
		{"roles: {clients: {app: [{}]}}", `1:25: an item of "app" must be a string, not a mapping`},
		{"roles:\n  proxies:\n    app: nginx\n    app: tecnativa", `4:5: the key "app" is defined more than once`},
		{"roles:\n  proxies:\n    1: nginx", `3:5: the key "1" is not a string`},
		{"roles: {}\n---\nroles: {}", `3:1: the file has more than one document: keep one`},
		{"roles:\n  proxies: {app: nginx\n", `2:12: did not find expected ',' or '}' while parsing a flow mapping`},
		{"roles: \xff", `1:8: the file is not UTF-8`},
		{"roles: &a {proxies: *a}", `1:21: the anchor &a contains itself`},
		{"ä: {}\nroles: {clients: {äpp: [x]}, proxies: {äpp: x}}\n", "" +
			`1:1: unknown key "ä": use "daemon", "engine", "env-file", "exceptions", "exclude", "fail-on", "harmless-mounts", "overrides", "policies", "preset", "profiles", "projects", "registries", "roles", "rules", "strict" or "variables"` + "\n" +
			`2:25: unknown need "x" of "äpp": use an operationId of the Docker API or the name of a known consumer` + "\n" +
			`2:45: unknown kind "x" of "äpp": use "nginx" or "tecnativa"`},
		{"roles: {clients: {b: &x [x], a: *x}}\n", "" +
			`1:26: unknown need "x" of "a": use an operationId of the Docker API or the name of a known consumer` + "\n" +
			`1:26: unknown need "x" of "b": use an operationId of the Docker API or the name of a known consumer`},
	} {
		_, errs := parseConfig(c.text)
		if diff := cmp.Diff("config.yaml:"+strings.ReplaceAll(c.want, "\n", "\nconfig.yaml:"), text(errs)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}

// TestParseBounds bounds the work on a small file that aliases make large.
func TestParseBounds(t *testing.T) {
	var b strings.Builder
	b.WriteString("x: &needs [" + strings.Repeat("ContainerLost, ", 4000) + "]\nroles:\n  clients:\n")
	for i := range 200 {
		fmt.Fprintf(&b, "    s%d: *needs\n", i)
	}
	_, errs := parseConfig(b.String())
	if last := errs[len(errs)-1].Error(); len(errs) != 101 || last != "config.yaml: no more than 100 errors are listed" {
		t.Errorf("%d errors are listed, the last one is %s", len(errs), last)
	}
}

// text is one error a line.
func text(errs []error) string {
	lines := make([]string, len(errs))
	for i, err := range errs {
		lines[i] = err.Error()
	}
	return strings.Join(lines, "\n")
}

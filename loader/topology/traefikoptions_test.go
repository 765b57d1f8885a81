package topology_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/loader"
)

// TestTraefik states what each Traefik is told, and whether a file may tell it otherwise.
func TestTraefik(t *testing.T) {
	const file = `services:
  command: {image: "traefik:v3", command: [--API.insecure=true, --providers.docker], environment: {TRAEFIK_LOG_LEVEL: INFO}}
  variables: {image: "ghcr.io/mirror/traefik:v3", environment: {TRAEFIK_PROVIDERS_DOCKER_exposedByDefault: "true", TRAEFIK_: "", TZ: UTC}}
  unknown: {image: traefik, command: ["--api=${API}"]}
  file: {image: traefik, volumes: ["./traefik.yml:/etc/traefik/traefik.yml"]}
  named: {image: traefik, command: [--configFile=/config/static.yml]}
  directory: {image: traefik, volumes: ["./conf:/etc/traefik"]}
  anywhere: {image: traefik, volumes: ["./conf:${TARGET}"]}
  both: {image: traefik, build: ., volumes: ["./conf:${TARGET}"]}
  short: {image: traefik, volumes: ["./conf:traefik.yml"]}
  variable: {image: traefik, environment: {TRAEFIK_CONFIGFILE: /x}}
  cased: {image: traefik, command: [-C, x]}
  built: {image: traefik, build: .}
  dynamic: {image: traefik, volumes: ["./dynamic:/etc/traefik/dynamic"]}
  other: {image: traefik/whoami, command: [--api]}
`
	name := filepath.Join(t.TempDir(), "compose.yaml")
	if err := os.WriteFile(name, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := loader.Load(context.Background(), loader.Options{Files: []string{name}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, s := range r.Project.Services {
		if s.Traefik == nil {
			continue
		}
		file := "unknown"
		if s.Traefik.File != nil {
			file = *s.Traefik.File
		}
		text := "file: " + file
		for _, o := range s.Traefik.Options {
			value := "unknown"
			if o.Value != nil {
				value = fmt.Sprintf("%q", *o.Value)
			}
			text += fmt.Sprintf(", %s: %s at %s", o.Name, value, o.At)
		}
		got[s.Name] = text
	}
	want := map[string]string{
		"command":   `file: no, api.insecure: "true" at services.command.command[API.insecure], providers.docker: "" at services.command.command[providers.docker]`,
		"variables": `file: no, providers.docker.exposedbydefault: "true" at services.variables.environment[TRAEFIK_PROVIDERS_DOCKER_exposedByDefault]`,
		"unknown":   `file: no, api: unknown at services.unknown.command[api]`,
		"file":      "file: yes",
		"named":     `file: yes, configfile: "/config/static.yml" at services.named.command[configFile]`,
		"directory": "file: perhaps",
		"anywhere":  "file: unknown",
		"both":      "file: perhaps",
		"short":     "file: no",
		"variable":  `file: no, configfile: "/x" at services.variable.environment[TRAEFIK_CONFIGFILE]`,
		"cased":     `file: no, c: "x" at services.cased.command[C]`,
		"built":     "file: perhaps",
		"dynamic":   "file: no",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/golden"
)

// TestAuthenticationTable judges services one by one, each in every place where others can reach it:
// image × setting × reachability × severity.
func TestAuthenticationTable(t *testing.T) {
	places := map[string]string{
		"published": `ports: ["%[1]s:%[1]s"]`, "loopback": `ports: ["127.0.0.1:%[1]s:%[1]s"]`, "host": "network_mode: host",
		"edge": "networks: [edge]", "external": "networks: [foreign]", "strangers": "networks: [strangers]", "clients": "networks: [clients]",
		"router": `labels: ["traefik.http.routers.x.rule=Host(x)"]`, "login": `labels: ["traefik.http.routers.x.rule=Host(x)", traefik.http.routers.x.middlewares=sso@file]`,
	}
	const others = `
  front: {image: "nginx:1.29", ports: ["80:80"], networks: [edge]}
  stranger: {image: "example/other:1", networks: [strangers]}
  client: {image: "example/other:1", networks: [clients], environment: {SERVER: it}}
networks: {edge: , strangers: , clients: , foreign: {external: true}}
volumes: {data: }
`
	checkTable(t, "authentication.txt", "authentication-off", func(columns []string) string {
		place, port, _ := strings.Cut(columns[2], " ")
		fields := []string{"image: " + columns[0]}
		if columns[1] != "" {
			fields = append(fields, columns[1])
		}
		reached := places[place]
		if strings.Contains(reached, "%") {
			reached = fmt.Sprintf(reached, port)
		}
		return "services:\n  it: {" + strings.Join(append(fields, reached), ", ") + "}" + others
	})
}

// TestListenersTable says of ports what listens there: image × port × verdict.
func TestListenersTable(t *testing.T) {
	checkTable(t, "listeners.txt", "port-on-all-interfaces", func(columns []string) string {
		return fmt.Sprintf("services:\n  it: {image: %s, ports: [\"%[2]s:%[2]s\"]}\n", columns[0], columns[1])
	})
}

// checkTable makes a project of every row of a table, whose last column is the severity of a rule's
// finding there, or silent.
func checkTable(t *testing.T, name, rule string, project func(columns []string) string) {
	t.Helper()
	path := filepath.Join(absolute(t, testdata), "tables", name)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var table strings.Builder
	for line := range strings.Lines(string(text)) {
		end := strings.LastIndexByte(line, '|')
		if end < 0 || strings.HasPrefix(line, "#") {
			table.WriteString(line)
			continue
		}
		columns := strings.Split(line[:end], "|")
		for i := range columns {
			columns[i] = strings.TrimSpace(columns[i])
		}
		if err := os.WriteFile(filepath.Join(dir, "compose.yml"), []byte(project(columns)), 0o600); err != nil {
			t.Fatal(err)
		}
		stdout, stderr, _ := run(t, dir, "--no-config", "--fail-on=note", "--format=json", "compose.yml")
		if stderr != "" {
			t.Fatalf("%s: %s", line, stderr)
		}
		table.WriteString(line[:end] + "| " + verdict(t, stdout, rule) + "\n")
	}
	golden.Check(t, path, []byte(table.String()))
}

// verdict is the severity of a rule's findings in a report, and what is said of the place that they name.
func verdict(t *testing.T, report, rule string) string {
	t.Helper()
	var r struct {
		Findings []struct{ Rule, Severity, Message string }
	}
	if err := json.Unmarshal([]byte(report), &r); err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		if f.Rule == rule {
			_, called, _ := strings.Cut(f.Message, " of ")
			called, _, found := strings.Cut(called, " on every address")
			if !found {
				return f.Severity
			}
			return called
		}
	}
	return "silent"
}

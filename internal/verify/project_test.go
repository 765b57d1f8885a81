package verify_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/internal/verify/probe"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules"
)

// promised is what a Compose file promises of its only proxy.
func promised(t *testing.T, compose string) rules.ProxyAPI {
	t.Helper()
	file := filepath.Join(t.TempDir(), "compose.yaml")
	if err := os.WriteFile(file, []byte(compose), 0o600); err != nil {
		t.Fatal(err)
	}
	l := lint.New(lint.Options{NoConfig: true, Review: true})
	result, err := l.Judge(t.Context(), []loader.Found{{Files: []string{file}}}, func() {})
	if err != nil || len(result.Errors) > 0 {
		t.Fatal(err, result.Errors)
	}
	reviews := l.Triage(result.Projects).Report().Reviews
	if len(reviews) != 1 || len(reviews[0].DockerAPI) != 1 {
		t.Fatalf("there is not one proxy in\n%s", compose)
	}
	return reviews[0].DockerAPI[0]
}

// composeOf is a project of one proxy.
func composeOf(image string, environment map[string]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "services:\n  proxy:\n    image: %q\n    volumes: [/var/run/docker.sock:/var/run/docker.sock:ro]\n    environment:\n", image)
	for _, name := range slices.Sorted(maps.Keys(environment)) {
		fmt.Fprintf(&b, "      %s: %q\n", name, environment[name])
	}
	return b.String()
}

// knowledge is that of the policies.
func knowledge(t *testing.T) rules.Knowledge {
	t.Helper()
	engine, err := lint.New(lint.Options{}).Engine()
	if err != nil {
		t.Fatal(err)
	}
	known, err := engine.Knowledge(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return known
}

// at is a client that asks a unix socket.
func at(t *testing.T, socket string) *probe.Client {
	t.Helper()
	address, err := probe.ParseAddress("unix://" + socket)
	if err != nil {
		t.Fatal(err)
	}
	client, err := probe.NewClient(address, probe.TLS{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

// other is what does not agree, a line each.
func other(r check.Report) []string {
	var lines []string
	for _, c := range r.Checks {
		if c.Verdict != check.Agrees {
			lines = append(lines, fmt.Sprintf("%s %s: expected %q, seen %q: %s", c.Section, c.ID, c.Expected, c.Seen, c.Why))
		}
	}
	return lines
}

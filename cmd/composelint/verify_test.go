package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// secretOfAnswers stands in everything that the server of these tests sends.
const secretOfAnswers = "hunter2-\x1b[31m"

// startProxy answers as an engine does what the expression matches, and denies the rest as HAProxy does.
func startProxy(t *testing.T, passes string) (url string) {
	t.Helper()
	expression := regexp.MustCompile(passes)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !expression.MatchString(r.URL.Path) || r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprintf(w, "<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n%s</body></html>\n", secretOfAnswers)
			return
		}
		w.Header().Set("Api-Version", "1.41")
		w.Header().Set("Server", "hunter2")
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, secretOfAnswers)
	}))
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "http://", "tcp://", 1)
}

// TestVerify has the statuses of what agrees, differs and cannot be told, in each format, and tells nothing of what
// was answered.
func TestVerify(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "compose.yaml"), []byte(`services:
  proxy:
    image: tecnativa/docker-socket-proxy:v0.4.1
    environment:
      CONTAINERS: 1
      EVENTS: ${UNSET}
    volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]
`))
	put(t, filepath.Join(dir, "known.yaml"), []byte(`services:
  proxy:
    image: tecnativa/docker-socket-proxy:v0.4.1
    environment:
      CONTAINERS: 1
    volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]
`))
	for name, test := range map[string]struct {
		file, passes string
		status       int
		says         []string
	}{
		"agrees": {"known.yaml", `^(/v[0-9.]+)?/(containers|_ping|version|events)`, statusClean, []string{
			"docker api of \"proxy\": 121 agree, 0 differ, 0 could not be told\n",
		}},
		"differs": {"known.yaml", `^(/v[0-9.]+)?/(images|_ping|version|events)`, statusFindings, []string{
			"known.yaml:5:19: ContainerInspect: expected allow, seen deny (the proxy answered 403), decided by CONTAINERS\n",
			"known.yaml:2:3: ImageList: expected deny, seen allow (the engine answered 400), decided by IMAGES\n",
		}},
		"unknown": {"compose.yaml", `^(/v[0-9.]+)?/(containers|_ping|version|events)`, statusTrouble, []string{
			"could not be told: SystemEvents: the files do not say what it is to be\n",
		}},
		"denied": {"known.yaml", `^$`, statusFindings, []string{
			"note: \"proxy\" denied every request: it may not admit whoever asks from here\n",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			url := startProxy(t, test.passes)
			for _, format := range []string{"text", "json", "tap", "junit"} {
				stdout, stderr, status := run(t, dir, "verify", test.file, "--url", url, "--format", format)
				if status != test.status {
					t.Errorf("%s: status %d, want %d\n%s", format, status, test.status, stdout)
				}
				if strings.Contains(stdout+stderr, "hunter2") || strings.Contains(stdout+stderr, "\x1b") {
					t.Errorf("%s tells what was answered: %s", format, stdout)
				}
				for _, line := range test.says {
					if format == "text" && !strings.Contains(stdout, line) {
						t.Errorf("%q is not in\n%s", line, stdout)
					}
				}
				if format == "json" {
					validVerification(t, stdout)
				}
			}
		})
	}
}

// TestVerifyPage holds the page's example against what is printed for it.
func TestVerifyPage(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(repository(t), "docs", "verify.md"))
	if err != nil {
		t.Fatal(err)
	}
	dir, command, want := t.TempDir(), "", ""
	for _, m := range block.FindAllSubmatch(text, -1) {
		switch language, file, body := string(m[1]), string(m[2]), m[3]; {
		case file != "":
			put(t, filepath.Join(dir, file), body)
		case language == "console" && command == "":
			command, want, _ = strings.Cut(string(body), "\n")
		}
	}
	url := startProxy(t, `^(/v[0-9.]+)?/(containers|images|_ping|version|events)`) // as where IMAGES is 1
	command = strings.Replace(strings.TrimPrefix(command, "$ composelint "), "tcp://docker-proxy:2375", url, 1)
	stdout, stderr, status := run(t, dir, strings.Fields(command)...)
	got := strings.ReplaceAll(stderr, url, "tcp://docker-proxy:2375") + stdout
	if diff := cmp.Diff(want, got); diff != "" || status != statusFindings {
		t.Errorf("status %d (-page +got):\n%s", status, diff)
	}
}

// TestVerifyWithOwnPolicies knows how a proxy of the user's own denies.
func TestVerifyWithOwnPolicies(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "own", "data", "proxies", "docker-gate.json"), []byte(`{
  "name": "Docker gate", "source": "read", "images": ["example/docker-gate"], "port": 2375, "language": "flags", "truth": "go",
  "denied": {"source": "read", "status": [403], "type": "text/html", "body": "forbidden by administrative"},
  "variables": {"CONTAINERS": "false"},
  "rules": [{"verdict": "allow", "methods": ["GET", "HEAD"], "path": "^(/v[0-9.]+)?/containers(/|$)", "if": "CONTAINERS"}, {"verdict": "deny"}]
}`))
	put(t, filepath.Join(dir, "compose.yaml"), []byte(`services:
  gate: {image: "example/docker-gate:1", environment: {CONTAINERS: "true"}, volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]}
`))
	stdout, stderr, status := run(t, dir, "verify", "--policies", "own", "--url", startProxy(t, `^(/v[0-9.]+)?/containers`))
	if status != statusClean || !strings.Contains(stdout, "docker api of \"gate\": 121 agree") {
		t.Errorf("status %d: %s%s", status, stdout, stderr)
	}
}

// repository is the root of the repository, wherever a test has gone.
func repository(t *testing.T) string {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(here), root)
}

// validVerification holds a document against the schema that is published.
func validVerification(t *testing.T, text string) {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join(repository(t), "docs/verify.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var document any
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(document); err != nil {
		t.Error(err)
	}
}

// TestNoNetwork runs what is not verify where there is no network at all, and wants the same bytes.
func TestNoNetwork(t *testing.T) {
	if err := exec.Command("unshare", "--net", "true").Run(); err != nil {
		t.Skipf("there is no way to be without a network: %v", err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "composelint") // which the tests' program is by that name
	if err := os.Symlink(self, program); err != nil {
		t.Fatal(err)
	}
	guide := filepath.Join(repository(t), "testdata", "guide", "docker-compose.prod.yml")
	for _, args := range [][]string{
		{guide}, {"--format", "json", guide}, {"--format", "sarif", guide}, {"--format", "html", guide}, {"--format", "checklist", guide},
		{"--print-model=sources", guide}, {"least", guide}, {"least", "--image", "traefik:v3.6.4"}, {"--list-rules"}, {"--explain", "privileged"},
		{"--version", "--verbose"}, {"--completion", "bash"}, {"--help"}, {"--print-schema"},
	} {
		with := outputOf(t, dir, program, args...)
		without := outputOf(t, dir, "unshare", append([]string{"--net", program}, args...)...)
		if with == "" || strings.HasPrefix(with, "status 2") {
			t.Errorf("%q: %s", args, with)
		}
		if diff := cmp.Diff(with, without); diff != "" {
			t.Errorf("%q (-with a network +without):\n%s", args, diff)
		}
	}
}

// outputOf is all that a program prints, with its status.
func outputOf(t *testing.T, dir, program string, args ...string) string {
	t.Helper()
	c := exec.Command(program, args...)
	c.Dir = dir
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return fmt.Sprintf("status %d\n%s", c.ProcessState.ExitCode(), out.String())
}

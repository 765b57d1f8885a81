package verify_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/internal/verify/inspect"
	"github.com/composelint/composelint/loader"
)

// proxyOfGuide and appOfGuide are what docker compose asks the engine for, of the guide's deployment.
const (
	proxyOfGuide = `{"Image": "tecnativa/docker-socket-proxy:v0.4.1", "Cmd": ["x"],
		"Env": ["CONTAINERS=1", "IMAGES=1", "INFO=1", "VERSION=1", "POST=1", "DELETE=1", "VOLUMES=0", "NETWORKS=0", "EXEC=0", "BUILD=0", "SWARM=0",
			"SERVICES=0", "TASKS=0", "COMMIT=0", "CONFIGS=0", "SECRETS=0", "PLUGINS=0"],
		"Labels": {"com.docker.compose.project": "studio", "com.docker.compose.service": "docker-proxy"},
		"HostConfig": {"Binds": ["/var/run/docker.sock:/var/run/docker.sock:ro"], "NetworkMode": "studio_docker-api", "SecurityOpt": ["no-new-privileges:true"],
			"Memory": 268435456, "NanoCpus": 500000000, "RestartPolicy": {"Name": "unless-stopped"}}}`
	appOfGuide = `{"Image": "ghcr.io/claude-studio/claude-studio:1.4.2", "Cmd": ["x"],
		"Env": ["DOCKER_HOST=tcp://docker-proxy:2375", "NODE_ENV=production"],
		"Labels": {"com.docker.compose.project": "studio", "com.docker.compose.service": "claude-studio"},
		"HostConfig": {"NetworkMode": "coolify", "SecurityOpt": ["no-new-privileges:true"], "Memory": 2147483648, "NanoCpus": 2000000000,
			"RestartPolicy": {"Name": "unless-stopped"}}}`
	strangerOfGuide = `{"Image": "tecnativa/docker-socket-proxy:v0.4.1", "Cmd": ["x"], "HostConfig": {"Binds": ["/run/docker.sock:/x"], "Privileged": true, "NetworkMode": "none"}}`
)

// TestInspectDockerd and TestInspectPodman compare the guide's deployment with what a real engine says of its
// containers, which are made and never started.
func TestInspectDockerd(t *testing.T) {
	inspectGuide(t, startDockerd(t), "/images/create?fromSrc=-&repo=%s&tag=%s")
}

func TestInspectPodman(t *testing.T) {
	inspectGuide(t, startPodman(t), "/v4.0.0/libpod/images/import?reference=%s:%s")
}

func inspectGuide(t *testing.T, e engine, imports string) {
	t.Helper()
	for _, image := range [][2]string{{"docker.io/tecnativa/docker-socket-proxy", "v0.4.1"}, {"ghcr.io/claude-studio/claude-studio", "1.4.2"}} {
		e.make(t, fmt.Sprintf(imports, image[0], image[1]), "application/x-tar", string(make([]byte, 1024))) // an archive of nothing
	}
	e.make(t, "/networks/create", "application/json", `{"Name": "coolify"}`)
	e.make(t, "/networks/create", "application/json", `{"Name": "studio_docker-api", "Internal": true, "Labels": {"com.docker.compose.network": "docker-api", "com.docker.compose.project": "studio"}}`)
	e.make(t, "/containers/create?name=claude-studio-docker-proxy", "application/json", proxyOfGuide)
	e.make(t, "/containers/create?name=claude-studio", "application/json", appOfGuide)
	e.make(t, "/networks/studio_docker-api/connect", "application/json", `{"Container": "claude-studio"}`)
	if diff := cmp.Diff([]string(nil), e.differences(t)); diff != "" {
		t.Errorf("the guide's deployment (-want +got):\n%s", diff)
	}

	status, text := e.ask(t, "DELETE", "/containers/claude-studio-docker-proxy?force=1", "", nil)
	if status != 204 {
		t.Fatalf("%d %s", status, text)
	}
	changed := strings.NewReplacer("EXEC=0", "EXEC=1", "docker.sock:ro", "docker.sock", `"NanoCpus": 500000000, `, "", `"studio_docker-api"`, `"coolify"`).Replace(proxyOfGuide)
	e.make(t, "/containers/create?name=claude-studio-docker-proxy", "application/json", changed)
	e.make(t, "/containers/create?name=stranger", "application/json", strangerOfGuide)
	want := []string{
		`containers/cpus of docker-proxy: 0.5 | no limit`,
		`drift/holds-socket of stranger: no socket | "/run/docker.sock" writable`,
		`networks/networks of docker-proxy: docker-api | coolify`,
		`networks/way-out of docker-proxy: no way out | out by coolify`,
		`proxies/EXEC of docker-proxy: 0 | 1`,
		`sockets//var/run/docker.sock of docker-proxy: "/var/run/docker.sock" read-only | "/var/run/docker.sock" writable`,
	}
	if diff := cmp.Diff(want, e.differences(t)); diff != "" {
		t.Errorf("another deployment (-want +got):\n%s", diff)
	}
}

// make has the engine make something.
func (e engine) make(t *testing.T, path, media, body string) {
	t.Helper()
	if status, text := e.ask(t, "POST", path, media, strings.NewReader(body)); status >= 300 {
		t.Fatalf("%s: %d %s", path, status, text)
	}
}

// differences are what differs between the guide's file and the engine's containers, but that none runs.
func (e engine) differences(t *testing.T) []string {
	t.Helper()
	var said bytes.Buffer
	for _, kind := range []struct{ list, one string }{{"/containers/json?all=1", "/containers/%s/json"}, {"/networks", "/networks/%s"}} {
		_, text := e.ask(t, "GET", kind.list, "", nil)
		var all []struct{ ID string }
		if err := json.Unmarshal(text, &all); err != nil {
			t.Fatal(err)
		}
		for _, one := range all {
			_, text := e.ask(t, "GET", fmt.Sprintf(kind.one, one.ID), "", nil)
			said.Write(text)
		}
	}
	seen, err := inspect.Read(&said)
	if err != nil {
		t.Fatal(err)
	}
	const file = "../../testdata/guide/docker-compose.prod.yml"
	l := lint.New(lint.Options{NoConfig: true})
	result, err := l.Inspect(t.Context(), []loader.Found{{Files: []string{file}}}, func() {}, seen)
	if err != nil || len(result.Errors) > 0 {
		t.Fatal(err, result.Errors)
	}
	report := result.Projects[0].Report
	var lines []string
	for _, c := range report.Checks {
		if c.Verdict != check.Agrees && c.ID != "runs" {
			lines = append(lines, fmt.Sprintf("%s/%s of %s: %s | %s", c.Section, c.ID, c.Subject, c.Expected, c.Seen))
		}
	}
	t.Logf("%d of %d checks agree", report.Count(check.Agrees), len(report.Checks))
	slices.Sort(lines)
	return lines
}

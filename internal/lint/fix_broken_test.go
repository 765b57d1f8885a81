package lint

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/composelint/composelint/loader"
)

// safeProject is one that no rule of the default set finds anything in.
const safeProject = `services:
  docker-proxy:
    image: tecnativa/docker-socket-proxy:v0.4.1
    environment:
      CONTAINERS: "1"
      POST: "0"
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock:ro
    networks: [docker-api]
    security_opt: ["no-new-privileges:true"]
    mem_limit: 64m
    cpus: 0.5
  watcher:
    image: example/watcher:1.4
    environment:
      DOCKER_HOST: tcp://docker-proxy:2375
    networks: [docker-api]
    security_opt: ["no-new-privileges:true"]
    mem_limit: 64m
    cpus: 0.5
  web:
    image: nginx:1.31
    ports: ["127.0.0.1:8080:80"]
    security_opt: ["no-new-privileges:true"]
    mem_limit: 64m
    cpus: 0.5
  db:
    image: postgres:18
    environment:
      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}
    ports: ["127.0.0.1:5432:5432"]
    volumes: ["data:/var/lib/postgresql"]
    security_opt: ["no-new-privileges:true"]
    mem_limit: 512m
    cpus: 1
networks:
  docker-api:
    internal: true
volumes:
  data:
`

// TestBrokenSafeProject breaks a safe project in one way after another, and has fix mend it: then policies see
// what they saw before.
func TestBrokenSafeProject(t *testing.T) {
	safe := modelOfText(t, safeProject)
	for name, broken := range map[string][2]string{
		"writable socket":         {"docker.sock:ro", "docker.sock"},
		"writable by its mode":    {"docker.sock:ro", "docker.sock:rw"},
		"writing flag":            {`POST: "0"`, `POST: "1"`},
		"idle flag":               {`      POST: "0"` + "\n", `      POST: "0"` + "\n      ALLOW_START: \"1\"\n"},
		"published proxy":         {"    networks: [docker-api]\n    security_opt", "    ports: [\"2375:2375\"]\n    networks: [docker-api]\n    security_opt"},
		"privileged proxy":        {"    image: tecnativa", "    privileged: true\n    image: tecnativa"},
		"misspelt proxy":          {"tcp://docker-proxy:2375", "tcp://docker-prxy:2375"},
		"wrong port":              {"tcp://docker-proxy:2375", "tcp://docker-proxy:2376"},
		"privileges by setuid":    {"    networks: [docker-api]\n    security_opt: [\"no-new-privileges:true\"]\n", "    networks: [docker-api]\n"},
		"switched off":            {"no-new-privileges:true", "no-new-privileges:false"},
		"privileged service":      {"    image: nginx:1.31\n", "    image: nginx:1.31\n    privileged: true\n"},
		"port for all":            {"127.0.0.1:5432:5432", "5432:5432"},
		"the host's processes":    {"    image: nginx:1.31\n", "    image: nginx:1.31\n    pid: host\n"},
		"the host's IPC":          {"    image: nginx:1.31\n", "    image: nginx:1.31\n    ipc: host\n"},
		"dangerous capability":    {"    image: nginx:1.31\n", "    image: nginx:1.31\n    cap_add: [SYS_ADMIN]\n"},
		"well-known password":     {"${POSTGRES_PASSWORD:?}", "postgres"},
		"password in the file":    {"${POSTGRES_PASSWORD:?}", "kJ8xQ2mVb71LpZ"},
		"data beside the volume":  {"data:/var/lib/postgresql", "data:/var/lib/postgresql/data"},
		"misspelt key":            {"    image: nginx:1.31\n    ports:", "    image: nginx:1.31\n    prots:"},
		"undefined volume":        {"volumes:\n  data:\n", ""},
		"version of long ago":     {"nginx:1.31", "nginx:1.25"},
		"container without rules": {"    image: nginx:1.31\n", "    image: nginx:1.31\n    security_opt: [\"seccomp:unconfined\", \"no-new-privileges:true\"]\n"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(safeProject, broken[0], broken[1], 1)
			if name == "container without rules" {
				text = strings.Replace(text, "    ports: [\"127.0.0.1:8080:80\"]\n    security_opt: [\"no-new-privileges:true\"]\n", "    ports: [\"127.0.0.1:8080:80\"]\n", 1)
			}
			fixed := fixedProject(t, text)
			if got := modelOfText(t, fixed); got != safe {
				t.Errorf("it is another project:\n%s", fixed)
			}
		})
	}
}

// fixedProject is the text of a project with all fixes of the default set.
func fixedProject(t *testing.T, text string) string {
	t.Helper()
	l, projects := judgedText(t, text)
	fixed, err := l.Fix(context.Background(), projects, Fixing{Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(fixed.Files) == 0 {
		t.Fatal("nothing is fixed")
	}
	return string(fixed.Files[0].After.Text)
}

// modelOfText is what policies see of the services, networks and volumes of a project.
func modelOfText(t *testing.T, text string) string {
	t.Helper()
	_, projects := judgedText(t, text)
	model, err := json.Marshal(projects[0].Project)
	if err != nil {
		t.Fatal(err)
	}
	return string(model)
}

// judgedText is a project of one file, with the linter that judged it.
func judgedText(t *testing.T, text string) (*Linter, []*Judged) {
	t.Helper()
	l := New(Options{Load: loader.Options{Texts: map[string][]byte{"compose.yaml": []byte(text)}}, NoConfig: true, Whole: true, Today: "2026-12-01"})
	r, err := l.Judge(context.Background(), []loader.Found{{Files: []string{"compose.yaml"}}}, func() {})
	if err != nil || len(r.Projects) != 1 {
		t.Fatal(err, r.Errors)
	}
	return l, r.Projects
}

package loader

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMasked loads a project with a credential in every place that can hold one: none may
// be left, and nothing else may be gone.
func TestMasked(t *testing.T) {
	const file = `
services:
  app:
    image: app
    environment: {DB_PASSWORD: hunter01, URL: "postgres://u:hunter02@db", LEVEL: info}
    command: ["serve", "--token", "hunter03", "--api-key=hunter04", "--level", "debug"]
    entrypoint: sh -c "export SECRET_KEY=hunter05; run"
    labels: [auth.secret=hunter06, traefik.enable=true]
    logging: {options: {splunk-token: hunter07, max-size: 10m}}
    healthcheck: {test: "mysqladmin --password hunter08 ping"}
    deploy: {labels: {api_key: hunter09, tier: front}}
    sysctls: {net.core.somaxconn: 1024}
    build:
      context: https://u:hunter10@example.com/repo.git#main
      args: {NPM_TOKEN: hunter11, VERSION: "1.2"}
      labels: {build.password: hunter12}
    pre_start:
      - environment: ["PASSWORD=hunter13"]
        command: ["init", "--password=hunter14"]
  shapes:
    image: app
    environment:
      GH: ghp_hunter20hunter20hunter20hunter20hunter20
      AWS: AKIAHUNTER2100000000
      JWT: eyJhunter22aaa.eyJhunter22bbb.signature
      SLACK: xoxo-hunter23-0000
      AI: sk-hunter24hunter24hunter24
      PEM: "-----BEGIN RSA PRIVATE KEY----- hunter25"
      HASH: "$$2y$$10$$hunter26aaaaaaaaaaaaaaaa"
    labels:
      traefik.http.middlewares.a.basicauth.users: admin:$$apr1$$hunter27$$aaaa
      header.authorization: Bearer hunter28
    command: ["mysqld", "-phunter29", "-p", "kept-word"]
    healthcheck: {test: ["CMD-SHELL", "mysqladmin ping -phunter30 || curl -u me:hunter31 -H 'Authorization: Bearer hunter32'"]}
    volumes: ["share:/share"]
  plugin:
    provider: {type: cloud, options: {password: hunter15, size: large}}
networks:
  back: {driver_opts: {password: hunter16, encrypted: "yes"}}
volumes:
  share: {driver_opts: {type: nfs, device: "http://u:hunter33@share-host/path"}}
configs:
  settings:
    content: |
      user = admin
      password = hunter17
      key = -----BEGIN PRIVATE KEY-----
      hunter18
  api_token: {content: hunter19}
`
	t.Chdir(t.TempDir())
	if err := os.WriteFile("compose.yml", []byte(file), 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := Load(context.Background(), Options{Files: []string{"compose.yml"}})
	if err != nil {
		t.Fatal(err)
	}
	text := func(r *Result) string {
		text, err := json.Marshal(r.Project)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	before, masked := text(r), text(masked(r))
	for _, kept := range []string{"info", "serve", "debug", "traefik.enable", "10m", "mysqladmin", "front", "1024",
		"https://u:***@example.com/repo.git", "main", "1.2", "large", "yes", "user = admin",
		"admin:***", "kept-word", "mysqladmin ping -p*** || curl -u me:*** -H 'Authorization: Bearer ***'", "u:***@share-host/path"} {
		if !strings.Contains(masked, kept) {
			t.Errorf("%q is gone", kept)
		}
	}
	if strings.Contains(strings.ToLower(masked), "hunter") {
		t.Errorf("a credential is left in %s", masked)
	}
	if diff := cmp.Diff(before, text(r)); diff != "" {
		t.Errorf("the result itself was masked:\n%s", diff)
	}
	if n := strings.Count(before, "hunter"); n < 32 {
		t.Errorf("only %d credentials were in the model", n)
	}
}

// masked is a result as it is printed.
func masked(r *Result) *Result {
	return &Result{Project: Masked(NewModelMask(r.Secrets), r.Project)}
}

package loader

import (
	"strings"
	"testing"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// TestHideSecrets shows a file as every output shows it.
func TestHideSecrets(t *testing.T) {
	const file = `services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: hunter2
      POSTGRES_USER: admin
      PIN_TOKEN: 1234
      AUTH: 1
      SECRETS: 0
      PASSWORD_FILE: /run/secrets/pw
      FROM_ENV: ${DB_PASSWORD}
      DB_PASSWORD: ${DB_PASSWORD:?set it}
      API_KEY: ${API_KEY:-fallback-key}
      DATABASE_URL: postgres://app:s3cret@db:5432/app
      GITHUB: ghp_0123456789abcdefghijABCDEFGHIJ012345
  list:
    environment: ["SECRET_KEY=abc def", "LEVEL=info", 'TOKEN="quoted"']
    command: ["redis-server", "--requirepass", "hunter2", "--port", "6379"]
  line:
    command: 'mysqld --password=hunter2 --port 3306 && curl -H "X-Token: abc123"'
    healthcheck: {test: "mysqladmin --password hunter3 ping"}
    labels: [auth.secret=xyz]
    secrets: [db-password]
    build: {args: {NPM_TOKEN: npm_secret, VERSION: 1}}
configs:
  app:
    content: |
      user = admin
      password = hunter4
`
	const want = `services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: *******
      POSTGRES_USER: admin
      PIN_TOKEN: ****
      AUTH: 1
      SECRETS: 0
      PASSWORD_FILE: /run/secrets/pw
      FROM_ENV: ${DB_PASSWORD}
      DB_PASSWORD: ${DB_PASSWORD:?set it}
      API_KEY: ************************
      DATABASE_URL: postgres://app:******@db:5432/app
      GITHUB: ****************************************
  list:
    environment: ["SECRET_KEY=*******", "LEVEL=info", 'TOKEN=********']
    command: ["redis-server", "--requirepass", *********, "--port", "6379"]
  line:
    command: 'mysqld --password=******* --port 3306 && curl -H "X-Token: ******"'
    healthcheck: {test: "mysqladmin --password ******* ping"}
    labels: [auth.secret=***]
    secrets: [db-password]
    build: {args: {NPM_TOKEN: **********, VERSION: 1}}
configs:
  app:
    content: |
      user = admin
      password = *******
`
	source := yamltree.NewSource(&model.File{Path: "compose.yaml", Text: []byte(file)})
	documents, problems, err := yamltree.Parse(source)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	hideSecrets(documents[0])
	got := source.Lines()
	for i, line := range strings.Split(want, "\n") {
		if got[i] != line {
			t.Errorf("line %d\n got %s\nwant %s", i+1, got[i], line)
		}
	}
}

func TestMaskText(t *testing.T) {
	const text = "a://u:one@h b://u:two@h and ghp_0123456789abcdefghijABCDEFGHIJ012345"
	if got, want := maskText(text), "a://u:***@h b://u:***@h and ***"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
